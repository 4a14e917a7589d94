"""Operators and comparisons of NumPy scalars: every pair of kinds over extremes, zeros, infinities, NaN, subnormals.

A slice of the pairs runs by default, all of them with FRAMEJIT_ALL_KINDS=1.
"""

import os

import numpy as np
import pytest
from tests.scalars.oracle import KINDS, NUMPY_KINDS, Case, outcome, values

OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^")
COMPARISONS = ("<", "<=", "==", "!=", ">", ">=")
EXPRESSIONS = [f"x {symbol} y" for symbol in (*OPERATORS, *COMPARISONS)]
UNARY = ["-x", "+x", "~x", "not x", "1 if x else 2", "x < 3 <= x", "0 < x < 100"]


def pairs():
    every = [(left, right) for left in KINDS for right in KINDS if left in NUMPY_KINDS or right in NUMPY_KINDS]
    if os.environ.get("FRAMEJIT_ALL_KINDS"):
        return every
    return [pair for number, pair in enumerate(every) if number % 9 == 0 or pair[0] == pair[1] or pair == ("float64", "py_float")]


def by_call_out(expression, left, right):
    """What NumPy refuses, and float powers that it leaves to a ufunc."""
    one, other = [type(values(kind)[0])(1) for kind in (left, right)]
    found, error, _ = outcome(eval, expression, {"x": one, "y": other})
    if error is not None:
        return True
    if "**" not in expression or not isinstance(found, np.floating):
        return False
    return left == "bool" or type(found) not in (type(one), type(other))


@pytest.mark.parametrize("left, right", pairs())
def test_two_operands(left, right):
    native = [expression for expression in EXPRESSIONS if not by_call_out(expression, left, right)]
    assert Case(native).native_differences(values(left), values(right)) == []
    assert Case([*set(EXPRESSIONS) - set(native), "x"]).compare_all(values(left), values(right)) == []


REFUSED = {"bool": ("-x", "+x"), "float32": ("~x",), "float64": ("~x",)}


@pytest.mark.parametrize("kind", NUMPY_KINDS)
def test_one_operand(kind):
    refused = REFUSED.get(kind, ())
    assert Case([expression for expression in UNARY if expression not in refused], "which, x").native_differences(values(kind)) == []
    assert Case([*refused, "x"], "which, x").compare_all(values(kind)) == []


@pytest.mark.parametrize("setting", [dict(all="ignore"), dict(all="raise"), dict(under="raise"), dict(over="ignore", invalid="warn")])
@pytest.mark.parametrize("left, right", [("float64", "float64"), ("float32", "py_float"), ("float32", "int8"), ("int8", "int8")])
def test_under_errstate(setting, left, right):
    """Only what np.errstate asks for is reported, and nothing of it is missed."""
    case = Case([expression for expression in EXPRESSIONS if not by_call_out(expression, left, right)])
    case.compare(0, values(left)[0], values(right)[0])
    with np.errstate(**setting):
        assert case.compare_all(values(left), values(right)) == []
