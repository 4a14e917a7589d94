"""Ends that `clip` is given by name: as by place in expressions; what NumPy refuses it says itself."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted

NATIVE = (
    "x.clip(min=0)", "x.clip(max=k)", "x.clip(min=-1, max=k)", "x.clip(max=2, min=0)", "x.clip(0, max=2)", "x.clip(None, max=2)", "x.clip(min=None, max=2)", "np.clip(x, a_min=0, a_max=2)", "np.clip(x, 0, a_max=k)", "np.clip(x, a_max=None, a_min=k)",
    "(x * 2).clip(min=0) - x.clip(max=0)", "x.clip(min=x[::-1])", "x.clip(min=0).sum()",
)
REFUSED = (
    "x.clip(min=None)", "x.clip(min=0, out=x)", "x.clip(0, min=1)", "x.clip(a_min=0)", "x.clip(0, 1, max=2)", "np.clip(x, a_min=0)", "np.clip(x, min=0, max=2)", "np.clip(x, 0, a_min=1)", "np.clip(a=x, a_min=0, a_max=1)", "np.clip(x, min=0)", "np.clip(0, a_min=x, a_max=9)",
    "np.maximum(x, a_min=1)", "np.where(x > 0, a_min=x, a_max=1)", "x.round(min=1)", "x.conj(max=1)", "np.add(x, a_max=1)", "x.clip(min='a', max=1)", "x.clip(min=0, max=[1])",
)


def values(kind):
    found = np.array([0, 1, 2, 3, 5, 7, 1, 0, 100, 4] * 2, kind)
    if kind.startswith("float"):
        found[::4] = [-0.0, np.nan, -np.inf, 1.5, -2]
    if kind.startswith("int"):
        found[::5] = -3
    return found


def compared(call, kind):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, k):\n    t = x + x\n    return {call}, t")
    before = framejit.stats()["native_entries"] - framejit.stats()["exits"]
    for array in (values(kind), values(kind)[::-2], values(kind)[:0], values(kind).reshape(4, 5)):
        wanted = outcome(plain, (array.copy(), 1), {})
        for _ in range(2):
            assert outcome(jitted, (array.copy(), 1), {}) == wanted, call
    return framejit.stats()["native_entries"] - framejit.stats()["exits"] > before


@pytest.mark.parametrize("kind", ("float64", "float32", "int64", "int8", "uint8"))
@pytest.mark.parametrize("call", NATIVE)
def test_taken(call, kind):
    assert compared(call, kind) or kind == "uint8" and "-" in call


@pytest.mark.parametrize("call", REFUSED)
def test_refused(call):
    for kind in ("float64", "int64", "bool"):
        compared(call, kind)


def test_one_expression():
    assert "maximum, multiply, minimum" in framejit.explain(lambda x: (x.clip(min=0) * 2).clip(max=3), np.ones(4)).nests[0]
