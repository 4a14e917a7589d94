"""Builtins, math and NumPy's own functions of NumPy scalars: values, types, warnings, and the very object."""

import math

import numpy as np
import pytest

import framejit
from tests.scalars.oracle import KINDS, NUMPY_KINDS, Case, values

MATH = ("sqrt", "sin", "exp", "log", "log2", "log10", "fabs", "floor", "ceil", "trunc", "isnan", "isinf", "isfinite", "atan", "expm1",
        "erf", "erfc", "cbrt", "exp2", "degrees", "radians")
UFUNCS = ("sqrt", "abs", "floor", "ceil", "trunc", "rint", "isnan", "isfinite", "isinf")
TYPES = [kind for kind in NUMPY_KINDS]
ONE = ["abs(x)", "int(x)", "float(x)", "bool(x)", "round(x)", *[f"math.{name}(x)" for name in MATH]]
NUMPY = [f"np.{name}(x)" for name in (*UFUNCS, *TYPES)]
TWO = ["divmod(x, y)", "pow(x, y)", "min(x, y)", "max(x, y)", "math.atan2(x, y)", "math.fmod(x, y)", "math.copysign(x, y)", "math.remainder(x, y)",
       "np.maximum(x, y)", "np.minimum(x, y)"]
MIXED = [("float64", "float64"), ("float64", "py_float"), ("py_int", "float64"), ("float32", "py_float"), ("int8", "uint64"),
         ("int64", "py_int"), ("uint8", "uint8"), ("bool", "float64"), ("py_float", "int32")]


def compared(expressions, native, parameters, *columns):
    """Differences; the expressions of `native` must not have needed a call-out."""
    kept = [expression for expression in expressions if expression in native]
    others = [expression for expression in expressions if expression not in native]
    case = Case(kept, parameters)
    before = framejit.stats()["native_entries"]
    found = case.compare_all(*columns)
    assert framejit.stats()["native_entries"] - before == case.calls
    return found + Case([*others, "x"], parameters).compare_all(*columns)


@pytest.mark.parametrize("kind", NUMPY_KINDS)
def test_one_number(kind):
    by_call_out = {"bool": ("round(x)",)}.get(kind, ()) + (() if kind == "float64" else ("math.trunc(x)",))
    assert compared(ONE, set(ONE) - set(by_call_out), "which, x", values(kind)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_numpy_of_one_number(kind):
    native = {"np.abs(x)", *[f"np.{name}(x)" for name in TYPES]}
    if kind in ("float32", "float64", "py_float"):
        native |= set(NUMPY)
    if kind in ("int32", "int64", "uint32", "uint64", "py_int"):
        native |= {"np.sqrt(x)"}
    assert compared(NUMPY, native, "which, x", values(kind)) == []


@pytest.mark.parametrize("left, right", MIXED)
def test_two_numbers(left, right):
    ufuncs = {"np.maximum(x, y)", "np.minimum(x, y)"}
    by_call_out = (ufuncs | {"pow(x, y)"} if "bool" in (left, right) else
                   {"pow(x, y)"} if {left, right} & {"uint64", "int32"} else set())
    assert compared(TWO, set(TWO) - by_call_out, "which, x, y", values(left), values(right)) == []


@pytest.mark.parametrize("setting", [dict(all="ignore"), dict(all="raise")])
@pytest.mark.parametrize("kind", ["float64", "float32", "py_float"])
def test_under_errstate(setting, kind):
    case = Case(NUMPY, "which, x")
    with np.errstate(**setting):
        assert case.compare_all(values(kind)) == []


def identities(x, y):
    smallest = min(x, y)
    largest = max(x, y)
    return smallest is x, smallest is y, largest is x, largest is y, [smallest, largest, x, y]


def of_elements(values, i, j):
    x, y = values[i], values[j]
    largest = max(x, y)
    return largest is x, largest is y, [largest, x, y]


@pytest.mark.parametrize("x, y", [(np.float64(1), np.float64(2)), (np.float64(2), 1.5), (3, np.int64(3)), (np.float64("nan"), 1.0)])
def test_extrema_are_the_very_objects(x, y):
    fast = framejit.jit(identities)
    for _ in range(3):
        flags, wanted = fast(x, y), identities(x, y)
        assert flags[:4] == wanted[:4]
        assert [[a is b for b in flags[4]] for a in flags[4]] == [[a is b for b in wanted[4]] for a in wanted[4]]
        assert flags[4][0] is wanted[4][0] and flags[4][1] is wanted[4][1]


def test_extrema_of_elements():
    fast, elements = framejit.jit(of_elements), np.array([1.5, 2.5, math.nan])
    for i in range(3):
        for j in range(3):
            for _ in range(2):
                found, wanted = fast(elements, i, j), of_elements(elements, i, j)
                assert found[:2] == wanted[:2]
                assert [[a is b for b in found[2]] for a in found[2]] == [[a is b for b in wanted[2]] for a in wanted[2]]


def running_maximum(elements):
    best = 0.0
    for k in range(len(elements)):
        best = max(best, elements[k])
    return best


def test_running_maximum_stays_native():
    elements = np.random.default_rng(5).random(5000)
    fast = framejit.jit(running_maximum)
    before = framejit.stats()
    for part in (elements, -elements, elements[:0]):
        found, wanted = fast(part), running_maximum(part)
        assert type(found) is type(wanted) and found == wanted
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 10000
    assert after["exits"] == before["exits"] and after["callouts"] == before["callouts"]


def several(elements):
    """Each call has two outcomes; the paths may not multiply without end."""
    total = 0.0
    for k in range(len(elements)):
        a, b = elements[k], elements[k] * 2.0
        c = max(a, b)
        d = min(b, c)
        e = max(c, d)
        f = min(a, e)
        total += max(f, min(e, 0.5)) + max(elements[k] * 0.5, elements[k] - 1.0)
    return total


def test_several_extrema():
    elements = np.random.default_rng(6).normal(size=3000)
    fast = framejit.jit(several)
    before = framejit.stats()
    for _ in range(3):
        assert repr(fast(elements)) == repr(several(elements))
    assert framejit.stats()["native_iterations"] - before["native_iterations"] >= 3000
