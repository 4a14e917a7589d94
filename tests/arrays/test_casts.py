"""Casts as parts of expressions: every pair of kinds, numbers that don't fit, layouts; no array between."""

import os

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, counted, outcome, plain_and_jitted

REAL = ("float64", "float32", "int64", "int32", "int16", "int8", "uint64", "uint32", "uint16", "uint8", "bool")
KINDS = (*REAL, "float16", "complex128", "complex64")
FORMS = (
    "(x + x).astype(np.{0})", "x.astype('{0}')", "(x * 1.5).astype('{0}') + 1", "(x > y).astype(np.{0}) * 2", "np.abs(x.astype('{0}'))", "x[::-1].astype('{0}')", "x[::2].astype('{0}') * x[::2]",
    "(x.astype('{0}') * y).sum()", "(-x).astype(dtype='{0}').astype('float64')", "np.where(x > y, x, y).astype('{0}')",
)
PLAIN = ("(x * 3).astype(int)", "np.floor(x * 3).astype(int) % 4", "(x > y).astype(float)", "x.astype(float) / 2", "x.astype(bool)", "(x > y).astype(np.int8).sum()", "x.astype(np.float64).astype(np.float32)",
         "x.astype(int).astype(float) - x", "(x * 2).astype(np.uint8)")
OTHER = ("x.astype('{0}', copy=False)", "x.astype('{0}', order='F')", "x.astype('>f8')", "x.astype('datetime64[s]')", "x.astype(object).tolist()", "x.astype('S3')", "x.astype('{0}', casting='safe')", "x.astype()",
         "x.T.astype('{0}')", "x.astype(None)", "x.astype('nothing')", "x.astype('{0}', 'C', 'unsafe', False)", "np.float32(x)", "(x - y).astype(np.dtype('int32'))", "np.{0}(x) + 1")
ODD = (0.0, -0.0, 1.5, -1.5, 127.9, 128.0, 255.5, 256.5, -129.0, 32768.5, 65536.75, -70000.25, 2147483647.5, 2147483648.0, -2147483649.0, 4294967296.5, 9.3e18, -9.3e18, 1.9e19, 1e300, -1e300, 1e-310, 3.5e38,
       np.inf, -np.inf, np.nan, 1e40, 16777217.0, 9007199254740993.0)
LENGTHS = (1, 3, 8, 17, 130)


def given(length, kind, ndim=1):
    r = np.random.default_rng(length)
    x, y = [(r.random(length) * 300 - 150).astype(kind) for _ in range(2)]
    return (x.reshape(-1, 1), y.reshape(-1, 1), 2) if ndim == 2 else (x, y, 2)


def source(text):
    return f"import numpy as np\ndef f(x, y, k):\n    return {text}\n"


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("form", FORMS + OTHER)
def test_kinds(form, target):
    plain, jitted = plain_and_jitted(source(form.format(target)))
    for kind in KINDS if os.environ.get("FRAMEJIT_NIGHTLY") else KINDS[::2] + KINDS[1:8:3]:
        for length in LENGTHS[::2]:
            for arguments in (given(length, kind), given(length, kind, 2)):
                for state in STATES[1:4]:
                    wanted = outcome(plain, arguments, state)
                    for _ in range(2):
                        assert outcome(jitted, arguments, state) == wanted, (kind, length, state)


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("form", ("x.astype('{0}')", "(x + 0.0).astype('{0}') + 1", "(x * 1).astype('{0}')[::-1]"))
def test_numbers_that_do_not_fit(form, target):
    """They warn, or don't, and wrap as NumPy's do; also where nobody wants to hear of it."""
    plain, jitted = plain_and_jitted(source(form.format(target)))
    for kind in ("float64", "float32"):
        with np.errstate(all="ignore"):
            odd = np.array(ODD).astype(kind)
        for values in (odd, odd[:8], np.repeat(odd[:3], 30), *[np.full(length, one) for one in odd for length in (1, 9, 67)]):
            for state in ({}, {"all": "ignore"}, {"invalid": "raise"}, {"over": "ignore"}):
                wanted = outcome(plain, (values, values, 2), state)
                for _ in range(2):
                    assert outcome(jitted, (values, values, 2), state) == wanted, (kind, values, state)


@pytest.mark.parametrize("target", REAL)
def test_integers(target):
    plain, jitted = plain_and_jitted(source(f"(x + 0).astype('{target}')"))
    for kind in REAL[2:10]:
        ends = np.iinfo(kind)
        for values in (np.array([ends.min, ends.max, 0, 1, ends.max // 3] * 5, kind), np.array([ends.max], kind)):
            wanted = outcome(plain, (values, values, 2), {})
            for _ in range(3):
                assert outcome(jitted, (values, values, 2), {}) == wanted, (kind, values)


@pytest.mark.parametrize("form", PLAIN)
def test_one_walk(form):
    _, jitted = plain_and_jitted(source(form))
    x, y = (np.arange(40) * 0.37 - 7 for _ in range(2))
    arguments = x + 7, y[::-1].copy(), 2
    said = framejit.explain(jitted, *arguments).nests
    assert len(said) == 1 and "NumPy's" not in said[0].replace("NumPy's own loop over tiles", ""), said
    assert counted(jitted, arguments) == [30, 0, 0]


MIXED = (               # two operands, which may lie in different orders
    "x * y.astype('{0}')", "x.astype('{0}') + y", "x.astype('{0}') * y.astype('{0}')", "(x - y.astype('{0}')).sum(axis=0)", "np.add.reduce(x * y.astype('{0}'))", "np.where(x > 0, y.astype('{0}'), 0)",
    "np.maximum(x, y.astype('{0}'))", "(x + y).astype('{0}')", "(x * y.astype('{0}')).max()", "(x - y).astype('{0}').astype('float64') - y", "np.sqrt(x * x) - y.astype('{0}')", "(x.astype('{0}') * y)[1:] * 2",
    "np.exp(x - (y.astype('{0}') * 0.1).max(axis=-1, keepdims=True))", "(x.astype('{0}') == y) | (x > y.astype('{0}'))", "x.astype('{0}') ** 2 + np.exp(y.astype('{0}') * 0.01)",
)
ORDERS = (lambda z: z, np.asfortranarray, lambda z: z.T.copy().T, lambda z: z[::-1], lambda z: z[:, ::-1], lambda z: np.repeat(z, 2, axis=1)[:, ::2], lambda z: z[:1], lambda z: z[:, :1], lambda z: np.broadcast_to(z[0], z.shape))


@pytest.mark.parametrize("target", ("int64", "int16", "uint8", "float32", "float64", "bool", "complex64", "complex128", "float16"))
@pytest.mark.parametrize("form", MIXED)
def test_orders(form, target):
    plain, jitted = plain_and_jitted(source(form.format(target)))
    for kind in ("float64", "int32", "float32"):
        z = (np.arange(12.0).reshape(3, 4) * 1.7 - 3).astype(kind)
        for first in ORDERS:
            for second in ORDERS:
                arguments = first(z), second(z * 2), 2
                wanted = outcome(plain, arguments, {})
                for _ in range(2):
                    assert outcome(jitted, arguments, {}) == wanted, (kind, ORDERS.index(first), ORDERS.index(second))


def test_elements_behind():
    """What has been cast is of that kind: its elements are read and written as such."""
    text = """
import numpy as np
def f(x, y, k):
    t = x * y.astype('float32')
    s = 0.0
    for i in range(len(t)):
        for j in range(t.shape[1]):
            s += t[i, j]
    t[0, 0] = 1.5
    return s, t, t.astype(int)
"""
    plain, jitted = plain_and_jitted(text)
    for first in ORDERS:
        for second in ORDERS:
            z = (np.arange(12.0).reshape(3, 4) * 1.7 - 3).astype("float32")
            wanted = outcome(plain, (first(z), second(z), 2), {})
            for _ in range(3):
                assert outcome(jitted, (first(z), second(z), 2), {}) == wanted
