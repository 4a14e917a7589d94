"""What `explain` and the log `loops` say of expressions over whole arrays."""

import random

import numpy as np

import framejit
from framejit.loops import vector_functions


def waves(a, b, n):
    for _ in range(n):
        t = a * b + np.sin(a)
        a = np.maximum(t, 0) - b
    return a


def angles(a, b):
    return np.arctan2(a, b) * 2.0 + np.sin(b)


def powers(a, b):
    return a ** b


def test_what_is_fused_and_what_vanished():
    line, *_ = framejit.explain(waves, np.ones(3), np.ones(3), 2).nests
    sines = "" if vector_functions.found("sin", "float64") else ", sin by NumPy's own loop over tiles"
    assert line.startswith("float64, rank 1: multiply, sin, add, maximum, subtract; 2 arrays of several statements; 3 arrays vanished; 8 at once" + sines + ";")
    assert "arrays:\n    float64" in str(framejit.explain(waves, np.ones(3), np.ones(3), 2))


def test_what_loops_of_numpys_compute():
    line, = framejit.explain(angles, np.ones(3), np.ones(3)).nests
    others = "" if vector_functions.found("sin", "float64") else ", sin"
    assert line.startswith(f"float64, rank 1: arctan2, multiply, sin, add; 3 arrays vanished; 8 at once, arctan2{others} by NumPy's own loop over tiles;")


def test_threads_and_why_not():
    assert framejit.explain(powers, np.ones(3, dtype=int), np.ones(3, dtype=int)).nests == ["int64, rank 1: power; 8 at once, power by NumPy's own loop over tiles; one thread, for power may raise"]


def taken_up(a, m):
    total = (a * a).sum() + m.std(axis=0)[0]
    return total + (m + 1).max(axis=1)


def called(a, i):
    o = np.argsort(a)
    return np.take(a, o), a[i] * 2, a.cumsum()


def test_what_takes_up_an_expression():
    lines = framejit.explain(taken_up, np.ones(3), np.ones((3, 4))).nests
    begins = [line.partition(";")[0] for line in lines]
    assert "float64, rank 1: multiply, then sum" in begins and "float64, rank 2: add, then max" in begins
    assert "1 array vanished" in lines[begins.index("float64, rank 1: multiply, then sum")]


def test_what_numpys_code_computes():
    *_, last = framejit.explain(called, np.ones(3), np.arange(3)).nests
    names, _, rest = last.partition(":")
    assert rest == " by NumPy's own code, called without the interpreter" and {"argsort", "take"} <= {*names.split(", ")}


def test_no_arrays():
    assert framejit.explain(lambda a: a + 1, 2).nests == []


def normalised(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def weighted(q, k, v):
    s = np.einsum("btnh,bsnh->btns", q, k)
    e = np.exp(s - s.max(axis=-1, keepdims=True))
    return np.einsum("btns,bsnh->btnh", e / e.sum(axis=-1, keepdims=True), v)


def test_what_feeds_one_another_row_by_row():
    *_, last = framejit.explain(normalised, np.ones((3, 4))).nests
    assert last == "float64, rank 2, row by row: max, then subtract, exp, then sum, then divide; 1 array vanished"
    *_, last = framejit.explain(framejit.jit(fastmath=True)(weighted), *[np.ones((2, 3, 2, 4))] * 3).nests
    assert last == "float64, rank 4, row by row: product by BLAS, then max, then subtract, exp, then sum, then divide, then product by BLAS; 3 arrays vanished"


def chosen(a, i, m, n):
    s = 0.0
    for k in range(n):
        a[m] += 1
        s += a[i].sum() + np.dot(a, a) + random.random()
    return s


def test_products_choices_and_draws():
    found = dict(line.split(": ") for line in framejit.explain(chosen, np.ones(3), np.arange(3), np.ones(3, dtype=bool), 3).nests)
    assert found["getitem, setitem"] == "elements that arrays choose, by framejit's loops where they lie side by side, else by NumPy's own code"
    assert found["dot"] == "products, by NumPy's own code and the BLAS that it calls"
    assert found["numbers drawn one by one"] == "by the generator's own functions"
