"""What `explain` and the log `loops` say of expressions over whole arrays."""

import numpy as np

import framejit


def waves(a, b, n):
    for _ in range(n):
        t = a * b + np.sin(a)
        a = np.maximum(t, 0) - b
    return a


def powers(a, b):
    return a ** b


def test_what_is_fused_and_what_vanished():
    line, *_ = framejit.explain(waves, np.ones(3), np.ones(3), 2).nests
    assert line.startswith("float64, rank 1: multiply, sin, add, maximum, subtract; 2 arrays of several statements; 3 arrays vanished; 8 at once, sin by NumPy's own loop over tiles")
    assert "arrays:\n    float64" in str(framejit.explain(waves, np.ones(3), np.ones(3), 2))


def test_threads_and_why_not():
    assert framejit.explain(powers, np.ones(3, dtype=int), np.ones(3, dtype=int)).nests == ["int64, rank 1: power; 8 at once, power by NumPy's own loop over tiles; one thread, for power may raise"]


def test_no_arrays():
    assert framejit.explain(lambda a: a + 1, 2).nests == []
