"""Functions of NumPy's C code that native code calls as they are; lists and tuples that only such a call sees."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome
from tests.arrays.test_vectors import differing

KINDS = ("float64", "float32", "float16", "int64", "int8", "uint64", "bool", "complex128")
LENGTHS = (0, 1, 2, 7, 12, 100)
TEXTS = ("np.searchsorted(x, x)", "np.searchsorted(x, k, side='right')", "x.searchsorted(x[:2])", "np.take(x, i)", "x.take(i, axis=0)", "np.take(x, k)", "x.argsort()", "np.argsort(x, kind='stable')",
         "np.argsort(x, axis=None)", "np.nonzero(x)", "x.nonzero()[0] + 1", "np.cumsum(x)", "x.cumsum(axis=0)", "x.cumprod()", "np.cumsum(x, dtype=np.float64)", "np.ravel(x)", "x.ravel('F')",
         "x.transpose()", "np.transpose(x)", "np.swapaxes(x, 0, -1)", "np.squeeze(x)", "x.diagonal()", "np.trace(x)", "x.trace(1)", "np.repeat(x, 2)", "x.repeat(k)", "np.round(x, 1)", "x.round()",
         "np.around(x)", "x.reshape(-1)", "np.reshape(x, (1, -1))", "x.reshape(len(x), -1)", "x.flatten()", "x.astype(np.float32)", "x.astype('int64')", "x.astype(complex)", "x.astype(float, copy=False)",
         "np.where(x)", "np.concatenate((x, x * 2))", "np.concatenate([x, x[1:], x], axis=0)", "np.concatenate((x, x), axis=None)", "np.bincount(i)", "np.bincount(i, minlength=k)", "np.interp(x, x, x)",
         "np.interp(0.5, x, x)", "np.count_nonzero(x)", "np.inner(x, x)", "np.vdot(x, x)", "np.lexsort((x, x))", "np.einsum('i,i->', x, x)", "np.einsum('ij,j->i', x, x[0])", "x.item()", "x.item(0)",
         "x.tolist()", "x.conj()", "np.choose(i % 2, (x, x))", "np.nonzero(x)[0].sum() + x.argsort()[0]", "x.item(0) + x.tolist()[0]", "np.argsort(x, axis=0)", "np.concatenate((x, i))")


def given(kind):
    found = []
    for length in LENGTHS:
        numbers = (np.random.default_rng(length).random(2 * length) * 9 - 3).astype(kind)
        places = np.arange(length)[::-1] // 2
        found += [(numbers[:length], places, 1), (numbers[::-2], places, 2), (numbers[:length].reshape(1, -1), places * 0, 0), (numbers[:length // 4 * 4].reshape(-1, 4).T, places[:3] // 3, 2)]
        found += [(np.sort(numbers), places, 3)]
    if kind[0] in "fc":
        found += [(np.array(some).astype(kind), np.array([0]), 1) for some in ([1, np.nan, 2], [1e300 if kind != "float16" else 6e4] * 2, [np.inf, -np.inf])]
    return found


def compare_kinds(text):
    """All at once for one kind after the other: other kinds and layouts follow, which are left or compiled anew."""
    source = f"import numpy as np\ndef f(x, i, k):\n    r = x\n    for n in range(3):\n        r = {text}\n    return r"
    with np.errstate(all="ignore"):
        for kind in KINDS:
            differing(source, *given(kind), states=({}, {"all": "raise"}) if kind in ("float64", "complex128") else ({},))


@pytest.mark.parametrize("text", TEXTS)
def test_functions(text):
    compare_kinds(text)


SMALL = """
import numpy as np
def f(n, x, i, m):
    s = 0
    for k in range(n):
        o = x.argsort()
        y = np.take(x, o)
        c = y.cumsum()
        p = np.nonzero(m)[0]
        j = np.searchsorted(y, 0.5)
        z = np.concatenate((y[1:], c * 2), axis=0)
        r = np.round(z, 2).reshape(-1, 1)
        s += np.count_nonzero(m) + p.sum() + j + np.interp(0.3, y, c) + np.bincount(i)[0]
        w = np.array([[s, 1.0], [k, s]])
        s += w[1, 0] * 0.5
        x = x * 0.99
    return s, x, o, r, w
"""


def test_native_from_the_start():
    spaces = [{}, {}]
    for space in spaces:
        exec(SMALL, space)
    given = np.linspace(0.0, 1.0, 9), np.arange(9)[::-1].copy(), np.linspace(-1, 1, 9) > 0
    jitted, plain = framejit.jit(spaces[1]["f"]), outcome(spaces[0]["f"], (60, *given), {})
    before = framejit.stats()
    framejit.explain(jitted, 60, *given)
    assert outcome(jitted, (60, *given), {}) == plain
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("callouts", "exits", "native_iterations")] == [0, 0, 60]


def test_exits_in_the_middle():
    """An index out of range, shapes that don't fit, a function that is replaced: each in some iteration."""
    source = """
import numpy as np
def f(n, x, places, kind):
    done, s = [], 0.0
    for k in range(n):
        try:
            t = np.take(x, places[k:k + 2])
            u = np.concatenate((t, x[:k].reshape(kind)))
            s += u.sum() + np.searchsorted(x, s)
        except (IndexError, ValueError) as error:
            done.append((k, type(error), str(error)))
    return s, t, done
"""
    x = np.arange(10.0)
    differing(source, (20, x, np.array([1, 2, 3] * 3 + [99] + [4] * 12), -1), (8, x, np.arange(10), (-1, 1)), (9, x, np.arange(10), (2, -1)), states=({},))


def test_functions_that_are_replaced():
    """By others of NumPy's own, before and in the middle."""
    source = """
import numpy as np
def f(n, x):
    s = 0.0
    for k in range(n):
        y = np.copy(x)
        z = np.empty(3)
        z += 1
        s += y.sum() + z.sum() + np.take(x, 1) + np.array([1.0, s])[0]
        if k == n - 5:
            np.copy, np.take, np.array = np.negative, np.add, np.asarray
    return s, y, z
"""
    names, results = ("copy", "empty", "take", "array"), []
    originals = [getattr(np, name) for name in names]
    for wrapped in (lambda function: function, framejit.jit):
        for others in ({}, {"copy": np.negative, "empty": np.zeros}):
            space = {}
            exec(source, space)
            function = wrapped(space["f"])
            for _ in range(4):
                for name, original in zip(names, originals):
                    setattr(np, name, others.get(name, original))
                try:
                    results.append(outcome(function, (60, np.arange(3.0)), {}))
                finally:
                    for name, original in zip(names, originals):
                        setattr(np, name, original)
    assert results[:8] == results[8:]


@pytest.mark.parametrize("text", ("[x, y]", "[[x, y], [y, 1]]", "[k, 2]", "[k, x]", "[True, False]", "[x > y, True]", "[[k], [2]]", "[[x, y], [k]]", "[]", "[x, 2j]", "[k, True]", "[[[k]]]", "[x, None]",
                                  "[1, 2], dtype=float", "[k, 2], np.float32", "[x, y], dtype=int", "[np.float32(x), y]", "[-0.0, x]", "[[x, y], (y, x)]", "[k / 3, abs(x)]"))
def test_arrays_of_numbers(text):
    for name in ("array", "asarray"):
        source = f"import numpy as np\ndef f(x, y, k):\n    r = None\n    for n in range(4):\n        r = np.{name}({text})\n        k = k + 1\n    return r, r.flags.writeable"
        differing(source, (0.5, 1.5, 3), (float("nan"), -0.0, 2**62), (1.0, 2.0, -5), states=({},))
