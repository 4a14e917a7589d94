"""Operands with negative strides that NumPy's loops are handed as they lie: some give other bits then."""

import numpy as np
import pytest

import framejit
from framejit.loops.backward_loops import are_handed_as_they_lie
from tests.arrays.programs import some
from tests.arrays.test_vectors import differing

LENGTHS = (0, 1, 2, 7, 8, 127, 128, 129, 255, 256, 257, 1000, 9000)
SHAPES = ((1, 1), (1, 9), (9, 1), (2, 100), (3, 100), (2, 5), (3, 0), (0, 3), (5, 129), (2, 1000), (2, 5000), (3, 4, 50), (1, 3, 300), (2, 1, 6000), (2, 3, 1))
TURNS = (np.s_[...], np.s_[::-1], np.s_[..., ::-1], np.s_[::-1, ..., ::-1], np.s_[..., ::-2], np.s_[::2])
TEXTS = ("np.exp(x)", "np.exp(x) * y", "np.arctan2(x, y)", "np.arctan2(y, x) - x", "np.exp2(x) + np.cbrt(y)", "np.exp(x) + np.exp(y) * np.exp(x * 0.5)", "np.power(abs(x), y)", "np.arctan2(x * 2, y)", "np.tan(x) - x / y",
         "(np.exp(x) - y).sum()", "np.expm1(x).max(axis=-1)", "np.arcsinh(x).mean(axis=0)", "np.where(np.exp(x) > y, x, np.sinh(y))", "np.exp(x[::-1]) * x", "np.arctan2(x, x[..., ::-1])")


def numbers(count, kind, start=1):
    values = (np.arange(count) + start) * 0.7548776662466927 % 1.0 * 6.0 - 3.0
    return values.astype(kind)


def unaligned(values):
    """The same in bytes from an odd address on."""
    room = np.zeros(values.nbytes + 1, "u1")[1:].view(values.dtype).reshape(values.shape)
    room[...] = values
    return room


def rows(kind, other):
    for length in LENGTHS:
        x, y = numbers(length, kind), numbers(length, other, 5)
        yield from ((x[::-1], y), (x, y[::-1]), (x[::-1], y[::-1]), (x[::-2], y[::2]), (x[:1][::-1], y), (x[:1][::-1], y[:1][::-1]))
        yield unaligned(x)[::-1], y


def matrices(kind, other):
    for shape in SHAPES:
        count = int(np.prod(shape))
        x, y = numbers(count, kind).reshape(shape), numbers(count, other, 5).reshape(shape)
        yield from ((x[turn], y[turn]) for turn in TURNS[1:])
        yield from ((x[turn], y) for turn in TURNS[1:])
        yield from ((x, y[..., ::-1]), (x[..., ::-1], y[::-1]), (x[..., ::-1], y[..., :1]), (x[..., ::-1], y[:1]), (x[..., :1], y[..., ::-1]), (np.asfortranarray(x)[..., ::-1], y), (x.T[::-1], y.T), (x[::-1, ..., ::-1], y[-1:]))
        if shape[0]:
            yield from ((x[::-1, ..., ::-1], y[0, ..., ::-1]), (y[0, ..., ::-1], x[..., ::-1]))
        yield unaligned(x)[..., ::-1], y


def alike(given):
    """Arguments that one compilation is for, together."""
    groups = {}
    for arrays in given:
        groups.setdefault(tuple([(one.ndim, one.flags.c_contiguous, one.flags.aligned) for one in arrays if isinstance(one, np.ndarray)]), []).append(arrays)
    return groups.values()


@pytest.mark.parametrize("text, kinds", some(TEXTS, (("f8", "f8"), ("f4", "f4"), ("f8", "f4"), ("f8", "i4"), ("f2", "f2"))))
def test_expressions(text, kinds):
    before = framejit.stats()["native_entries"]
    for given in [*alike(rows(*kinds)), *(alike(matrices(*kinds)) if kinds[0] == "f8" else ())]:
        differing(f"import numpy as np\ndef f(x, y):\n    return {text}", *given, states=({"all": "ignore"},))
    assert framejit.stats()["native_entries"] > before


@pytest.mark.parametrize("text", ("a * b", "np.square(a) + b", "abs(a) * b", "np.exp(a) / b", "np.conj(a) * a", "a * 2j", "np.isfinite(abs(a))", "np.signbit(abs(a)) ^ np.isfinite(abs(b))"))
@pytest.mark.parametrize("kind", ("c16", "c8"))
def test_complex_numbers(text, kind):
    given = [((x + 1j * y[..., ::-1]).astype(kind)[turn], (y - 2j * x).astype(kind)) for x, y in [(numbers(n, "f8"), numbers(n, "f8", 3)) for n in LENGTHS[1:]] for turn in (np.s_[::-1], np.s_[...])]
    differing(f"import numpy as np\ndef f(a, b):\n    return {text}", *given, *[(b, a) for a, b in given], states=({"all": "ignore"},))


@pytest.mark.parametrize("text", ("a[...] = np.exp(x[::-1])", "a[::-1] = np.exp(x)", "a[::-1] //= x + 4", "a[1:] = np.arctan2(x[:0:-1], a[1:])", "a[::-1] += np.exp(a)", "a %= x[::-1]", "a[::-1] -= np.tan(x[::-1])"))
def test_stores(text):
    for kind in ("f8", "f4"):
        given = [(numbers(n, kind), numbers(n, kind, 5)) for n in LENGTHS]
        given += [(numbers(count, kind).reshape(shape), numbers(count, kind, 5).reshape(shape)) for shape in SHAPES for count in [int(np.prod(shape))]]
        for group in alike([(a[..., ::back], x[::other]) for a, x in given for back in (1, -1) for other in (1, -1)]):
            differing(f"import numpy as np\ndef f(a, x):\n    a = a.copy()\n    {text}\n    return a", *group, states=({"all": "ignore"},))


@pytest.mark.parametrize("text", ("a[...] = np.exp(x)", "a[...] = np.exp(x) * a", "a += np.exp(x)", "a[...] = np.exp(a[::-1]) * a[:, :1]"))
@pytest.mark.parametrize("kind", ("f8", "f2"))
def test_stores_of_operands_in_other_orders(text, kind):
    """Of numbers whose exponentials depend on the direction in which NumPy's loop goes."""
    values = numbers(60_000, "f8").astype(kind)
    values = values[np.exp(values) != np.exp(values[::-1])[::-1]]
    values = values if len(values) else numbers(60_000, kind)
    for shape in ((3, 100), (100, 3), (4, 50)):
        x = np.resize(values, shape).T
        given = [(np.ones(x.shape, kind, order), x[turn]) for turn in TURNS[:4] for order in "CF"]
        for group in alike(given):
            differing(f"import numpy as np\ndef f(a, x):\n    a = a.copy(order='K')\n    {text}\n    return a", *group, states=({"all": "ignore"},))


def test_warnings_come_once():
    differing("import numpy as np\ndef f(x, y):\n    return np.exp(x) * y + np.log(y)", *[(x[::-1] * 1000, y) for x, y in [(numbers(n, "f8"), numbers(n, "f8", 5)) for n in LENGTHS]])


def test_another_size_of_buffers():
    """It decides which rows are copied first."""
    before = np.getbufsize()
    try:
        for size in (160, 16000):
            np.setbufsize(size)
            for given in list(alike(matrices("f8", "f8")))[::2]:
                differing("import numpy as np\ndef f(x, y):\n    return np.exp(x) * np.arctan2(x, y)", *given, states=({"all": "ignore"},))
    finally:
        np.setbufsize(before)


RUNS = """
import numpy as np

def rows(x, y, n):
    for k in range(n):
        r = np.exp(x[::-1]) * y + np.arctan2(y, x[::-1])
    return r

def matrices(x, y, n):
    a, b = x.reshape(5, -1), y.reshape(5, -1)
    for k in range(n):
        r = np.exp(a[:, ::-1]) * b + np.exp(a[::-1, ::-1])
    return r

def given(x, y, n):
    x = x[::-1]
    for k in range(n):
        s = (np.exp(x) - y).sum()
    return s

def step(x, y):
    return np.exp(x[::-1]) * y

def routines(x, y, n):
    for k in range(n):
        r = step(x, y)
    return r
"""


@pytest.mark.skipif(not are_handed_as_they_lie(), reason="no function of NumPy's shows here how it is handed its operands")
@pytest.mark.parametrize("name", ("rows", "matrices", "given", "routines"))
@pytest.mark.parametrize("length", (10, 1000))
def test_runs_natively(name, length):
    space, other = {}, {}
    exec(RUNS, space)
    exec(RUNS, other)
    jitted, given = framejit.jit(space[name]), (numbers(length, "f8"), numbers(length, "f8", 5))
    for _ in range(6):
        jitted(*given, 50)
    before = framejit.stats()
    result = jitted(*given, 50)
    after = framejit.stats()
    assert result.tobytes() == other[name](*given, 50).tobytes()
    assert after["exits"] == before["exits"] and after["callouts"] - before["callouts"] <= 2      # reshape
    assert after["native_iterations"] - before["native_iterations"] >= 49
