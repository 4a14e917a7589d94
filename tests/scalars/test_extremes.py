"""min and max of several numbers, some of them NumPy's: the very object, of the kind that won; ties, NaNs, zeros of both signs."""

import copy
import os
import random

import numpy as np
import pytest

import framejit
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 150
PARTS = ("s[i - 1, j - 1] + 1", "s[i - 1, j] - 1", "s[i, j - 1] - 1", "s[i, j]", "s[i - 1, j - 1] + (1 if i % 3 == j % 3 else -1)", "v", "w", "best", "0", "0", "0.0", "-0.0", "1.5", "3", "x", "y", "l[j]", "i", "s[i, j] * 0.5", "-s[i, j]", "10**20", "t[j] * 2", "True",
         "float('nan')")
USES = ("best = {0}", "best = {0}", "s[i, j] = {0}", "s[i, j] = {0}", "out.append({0})", "v = {0}\n            out.append((v is w, v is x, type(v)))", "w = {0}\n            s[i, j] = w", "total += {0}", "x = {0}\n            y = x if i % 2 else y")


def program(r):
    def call():
        parts = [r.choice(PARTS) if r.random() < 0.5 else r.choice(PARTS[:6]) for _ in range(r.choice((2, 3, 3, 3, 4, 5)))]
        return f"{r.choice(('max', 'min'))}({', '.join(parts)})"

    uses = "".join([f"            {r.choice(USES).format(call())}\n" for _ in range(r.choice((1, 1, 2, 3, 4)))])
    return f"def f(s, t, l, x, y, n, out):\n    best, total = s[0, 0], 0\n    v = w = s[0, 1]\n    for i in range(1, n):\n        for j in range(1, n):\n{uses}    return best, total, v, w, x, y\n"


def arguments(r):
    values = np.random.default_rng(r.randrange(1000))
    kind = r.choice(("int64", "float64", "float64", "int32", "float32"))
    s = values.integers(-3, 4, (6, 6)).astype(kind)
    if s.dtype.kind == "f" and r.random() < 0.3:
        s[values.random((6, 6)) < 0.2] = np.nan
    return [s, values.integers(-3, 4, 6).astype(r.choice((kind, "float64"))), r.choice(([1, 2, 3, 0, -1, 2], [0.5, -1.5, 2.0, 0.0, -0.0, 3.0], [np.float64(1.0), 2, 0.5, 1.0, 2.0, 3.0])),
            r.choice((1, 1.5, np.float64(2.5), np.int64(2), -0.0)), r.choice((0, 2.0, np.float64(-0.0))), r.choice((2, 4, 6))]


def told(value):
    return [told(one) for one in value] if isinstance(value, (list, tuple)) else (type(value), repr(value))


def observed(function, given):
    out = []
    given = copy.deepcopy(given)
    try:
        result = function(*given, out)
    except Exception as error:
        result = type(error).__name__, str(error)
    return told(result), told(out), told(given[0]) if isinstance(given[0], list) else given[0].tobytes()


def listed(given):
    """The same with lists of lists in the place of the matrix and the vector."""
    return [one.tolist() if isinstance(one, np.ndarray) else one for one in given]


def compare(seed):
    r = random.Random(9_100_000 + seed)
    text, spaces, lists = program(r), ({}, {}), seed % 2
    if lists:
        text = text.replace("s[i - 1, j", "s[i - 1][j").replace("s[i, j", "s[i][j").replace("s[0, ", "s[0][")
    for space in spaces:
        exec(compile(text, f"<extremes {seed}>", "exec"), space)
    plain, jitted = spaces[0]["f"], framejit.jit(spaces[1]["f"])
    for _ in range(3):
        given = listed(arguments(r)) if lists else arguments(r)
        for _ in range(2):
            assert observed(jitted, given) == observed(plain, given), text


def test_random_extremes():
    before = framejit.stats()["native_entries"]
    with np.errstate(all="ignore"):
        for seed in due(range(COUNT)):
            compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT / 3


def aligned(s, a, b):
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            s[i, j] = max(s[i - 1, j - 1] + (1 if a[i - 1] == b[j - 1] else -1), s[i - 1, j] - 1, s[i, j - 1] - 1)
    return s


def locally(s, a, b):
    best = 0
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            s[i, j] = max(0, s[i - 1, j - 1] + (2 if a[i - 1] == b[j - 1] else -1), s[i - 1, j] - 1, s[i, j - 1] - 1)
            best = max(best, s[i, j])
    return best


@pytest.mark.parametrize("function", (aligned, locally))
@pytest.mark.parametrize("kind", (int, float))
def test_alignments_are_native(function, kind):
    a, b = "GATTACAGATTACA", "GCATGCUGATTAGA"
    jitted = framejit.jit(function)
    for _ in range(3):
        found, expected = [one(np.zeros((15, 15), dtype=kind), a, b) for one in (jitted, function)]
        assert told(np.asarray(found).tolist()) == told(np.asarray(expected).tolist()) and type(found) is type(expected)
    before = framejit.stats()["callouts"]
    jitted(np.zeros((15, 15), dtype=kind), a, b)
    assert framejit.stats()["callouts"] == before


def very(n, sign):
    """Items of lists that nobody else has."""
    a, b, found = [sign * (k * 37 % 11) * 0.5 for k in range(n)], [k * 1.25 for k in range(n)], []
    for k in range(1, n):
        x = max(0, a[k], a[k - 1])
        y = min(a[k], 3, b[k], a[k - 1])
        found.append((x is a[k], x is a[k - 1], y is a[k], y is b[k], y is a[k - 1], type(x), type(y), x, y))
    return found, a, b


def test_the_very_items_of_new_lists():
    jitted = framejit.jit(very)
    for n, sign in ((9, 1), (9, 1), (30, 1), (30, -1), (9, 1), (2, 1), (1, 1)):
        assert told(jitted(n, sign)) == told(very(n, sign))


def among(s, n):
    """The same beside NumPy's numbers."""
    a, b, found = [(k * 37 % 11) * 0.5 for k in range(n)], [k * 0.75 for k in range(n)], []
    for k in range(1, n):
        x = max(s[k], a[k], a[k - 1])
        y = min(a[k], b[k], s[k - 1])
        found.append((x is a[k], x is a[k - 1], y is a[k], y is b[k], type(x), type(y), x, y))
    return found, a, b


def test_the_very_items_beside_numpys_numbers():
    jitted = framejit.jit(among)
    for n in (9, 9, 30, 30, 9, 2, 1):
        s = np.arange(n)[::-1] * 0.25
        assert told(jitted(s, n)) == told(among(s, n))
