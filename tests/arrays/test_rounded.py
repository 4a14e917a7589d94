"""`round` to places: three steps of an expression where that is what NumPy's own function does, NumPy's function elsewhere."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted

NATIVE = (
    "x.round(2)", "np.round(x, 2)", "np.around(x, 1)", "x.round(decimals=2)", "np.round(x, decimals=3)", "x.round(-1)", "np.round(x, -2)", "x.round(0)", "x.round(decimals=0)", "x.round(22)", "np.round(x / 3, 12)",
    "(x * 2 + k).round(2) - x.round(1)", "np.round(x, 2).sum()", "np.round(np.exp(-np.abs(x)) * x + x / 7 - k, 4)", "x.round(2).round(1)", "(x[1:] - x[:-1]).round(1)", "np.where(x > 0, x.round(1), x)", "x.mean(axis=-1, keepdims=True) - x.round(3)",
)
LEFT = (
    "x.round(k)", "np.round(x, k)", "x.round(2, out=x)", "np.round(x, 2, x)", "x.round(True)", "x.round(None)", "x.round(2.0)", "x.round(decimals='2')", "x.round(places=2)", "x.round(2, decimals=2)", "x.round(2, x, 3)", "np.round(a=x, decimals=2)",
    "np.round(2, x)", "np.round(k, 2)", "np.round(2.675, 2)", "x.round(23)", "x.round(-23)", "x.round(400)", "round(x, 2)", "np.around(x, decimals=k)", "np.round(x, min=1)", "x.round(10 ** 20)", "np.round(decimals=2)",
)
KINDS = ("float64", "float32", "float16", "int64", "uint8", "bool", "complex128")


def layouts(kind):
    """Arrays whose results lie otherwise than an expression's among them."""
    one = (np.random.default_rng(6).normal(size=60) * 1000).astype(kind)
    if np.dtype(kind).kind == "f":
        one[:8] = [-0.0, 0.5, 1.5, 2.675, -2.5, np.nan, np.inf, 0.005]
    yield from (one, one[::2], one[::-1], one[:0], one[3:4], one.reshape(6, 10), one.reshape(6, 10).T, one.reshape(3, 4, 5).transpose(0, 2, 1), one.reshape(3, 4, 5)[:, ::2, ::-1], one.reshape(6, 10)[:, 1:3])
    yield np.broadcast_to(one[:5], (3, 5))
    yield one[7:8].reshape(())


def compared(call, kind, arrays):
    """Whether native code has given an array of the kind, after NumPy's and our results, warnings and errors were found to be equal."""
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, k):\n    t = x + x\n    return {call}, t")
    before = framejit.stats()["native_entries"] - framejit.stats()["exits"]
    for array in arrays:
        for state in ({}, {"all": "raise"}):
            wanted = outcome(plain, (array.copy("K"), 1), state)
            for _ in range(2):
                assert outcome(jitted, (array.copy("K"), 1), state) == wanted, (call, array.shape, array.strides)
    return framejit.stats()["native_entries"] - framejit.stats()["exits"] > before


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("call", NATIVE)
def test_taken(call, kind):
    assert compared(call, kind, layouts(kind)) or kind not in ("float64", "float32")


@pytest.mark.parametrize("call", LEFT)
def test_left(call):
    for kind in ("float64", "int64", "bool"):
        compared(call, kind, list(layouts(kind))[:6])


@pytest.mark.parametrize("kind", ("float64", "float32", "float16"))
@pytest.mark.parametrize("places", (1, 4, 5, 8, 9, 20, 22, -1, -4, -5, -20))
def test_overflow(kind, places):
    """What is too large for the power of ten warns as NumPy does, or raises."""
    most = np.finfo(kind).max
    compared(f"x.round({places}) + 1", kind, [np.array([1, 2, most], kind), np.array([most / 5, -most, 0.1], kind), np.array([np.finfo(kind).tiny, np.finfo(kind).smallest_subnormal, 7], kind)])


def test_one_expression():
    said = framejit.explain(lambda x: (x * 3 + 1).round(2) - np.round(x, 1), np.linspace(0, 1, 9)).nests
    assert len(said) == 1 and "multiply, rint, divide" in said[0] and "subtract" in said[0]


def test_long_expression():
    """Where an expression is too long the operand is computed first; the three steps stay together."""
    for count in range(12, 40):
        text = " + ".join([f"x * {n}.5" for n in range(count)])
        compared(f"({text}).round(2)", "float64", [np.linspace(-9, 9, 40)])
