# native: entry
# Generator expressions over arrays: NumPy's scalars, their overflow warnings, nothing at all, rows, two dimensions by subscripts, arrays that change kind.

import traceback
import warnings

import numpy as np

import framejit


def shown(values):
    return [(type(value).__name__, repr(value)) for value in values]


@framejit.jit
def squares(a):
    return sum(x * x for x in a)


@framejit.jit
def started(a, start):
    return sum((x for x in a if x > 1), start), sum((x * 2 for x in a), start)


@framejit.jit
def extremes(a, limit):
    return min(x for x in a), max(abs(x) for x in a), any(x > limit for x in a), all(x < limit for x in a), any(x for x in a)


@framejit.jit
def collected(a):
    return [x + 1 for x in a if x > 2], list(x * x for x in a), tuple(-x for x in a), sorted(x for x in a)


@framejit.jit
def paired(a, b):
    return sum(x * y for x, y in zip(a, b)), sum(i * x for i, x in enumerate(a)), max(x - y for x, y in zip(a, b))


@framejit.jit
def of_rows(m):
    return sum(row[0] * row[-1] for row in m), [float(row.sum()) for row in m], max(row.max() for row in m)


@framejit.jit
def by_subscripts(m, n, k):
    return sum(m[i, j] * i for i in range(n) for j in range(k)), [m[i, k - 1] for i in range(n)], any(m[i, i] == 5 for i in range(n))


@framejit.jit
def as_floats(a):
    return sum(float(x) for x in a), sum(int(x) for x in a), [float(x) * 0.5 for x in a]


@framejit.jit
def within(a, times):
    found = 0
    for k in range(times):
        found += sum(x * k for x in a)
        if k == 3:
            a[k] = 100
    return found


def attempt(name, function, *arguments):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = function(*arguments)
            print(name, shown(result) if isinstance(result, tuple) else shown([result]))
        except Exception as error:
            frames = [(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
            print(name, type(error).__name__, error, frames)
    print([(str(each.message), each.lineno) for each in caught])


for kind in ("f8", "i1", "?", "O"):
    for a in (np.arange(9).astype(kind), np.arange(0).astype(kind), (np.arange(40) * 7)[::-2].astype(kind)):
        for time in range(2):
            attempt(kind, squares, a)
            attempt(kind, started, a, 0.5)
            attempt(kind, started, a, 3)
            attempt(kind, extremes, a, 4)
            attempt(kind, collected, a)
            attempt(kind, paired, a, a[1:])
            attempt(kind, as_floats, a)
            attempt(kind, within, a.copy(), 6)
for m in (np.arange(12.0).reshape(3, 4), np.arange(12).reshape(4, 3).T, np.zeros((0, 3)), np.zeros((2, 2, 2))):
    for time in range(2):
        attempt("rows", of_rows, m)
        attempt("subscripts", by_subscripts, m, 3, m.shape[1])
        attempt("too far", by_subscripts, m, m.shape[0] + 1, 2)
for a in (np.array([0.0, -0.0, 1.0]), np.array([-0.0]), np.array([1e308, 1e308, -1e308]), np.array([np.nan, 1.0, np.inf]), np.array([np.inf, -np.inf]), np.array([127, 1, -1], "i1"), np.array(3.0)):
    for time in range(3):
        attempt("special", squares, a)
        attempt("special", extremes, a, 1)
        attempt("special", started, a, 0)
        with np.errstate(all="raise"):
            attempt("raising", squares, a)
attempt("other kinds", squares, [np.float64(2), np.float64(3)])
attempt("other kinds", squares, [1, np.float64(2), 3.5])
attempt("other kinds", squares, [0.1, 0.2, np.float64(0.3), 0.4])
