"""Sums of every length in groups of iterations: what lanes that don't count add changes nothing, not even a zero's sign or a NaN's bits."""

import struct

import numpy as np
import pytest

import framejit

LOUD = struct.unpack("<d", struct.pack("<Q", 0x7FF0000000000123))[0]    # a signalling NaN
BODIES = {
    "total": "s += a[i]",
    "difference": "s -= a[i]",
    "several": "s += a[i] * a[i]; t -= s; u += a[i] * 0.5",
    "index": "a[i] = a[i] + a[i]; s += i",
    "unchanged": "a[i] = a[i] * 0.5; s += x; t -= x",
    "all but one": "if i != k: s += a[i] * 0.5; t = t + a[i]",
    "skipped": "if i == k: continue\n        s -= a[i]; u = u + a[i]",
    "products": "s += a[i] * b[i]; t -= a[i] - b[i]",
}
SOURCE = """
def run(a, b, s, n, k):
    t = u = s
    x = s
    for i in range(n):
        {0}
    return s, t, u
"""
FLOATS = (0.0, -0.0, LOUD, np.float64(-0.0))
ARRAYS = {
    "ramp": (np.linspace(0.5, 2.0, 40), (*FLOATS, 0)), "minus zeros": (np.full(40, -0.0), FLOATS), "zeros": (np.zeros(40), FLOATS),
    "singles": (np.linspace(-3.0, 1.0, 40).astype(np.float32), (0.0, np.float32(-0.0))),
    "single minus zeros": (np.full(40, -0.0, dtype=np.float32), (-0.0, np.float32(-0.0))),
    "ints": (np.arange(40), (0, np.int64(2**63 - 100))), "large ints": (np.full(40, 2**58), (0, 2**62)),
    "short ints": (np.full(40, 2**28, dtype=np.int32), (0, np.int32(-2**30))),
}
LENGTHS = (*range(28), 40)


def bits(value):
    return type(value).__name__, value if type(value) is int else struct.pack("<d", value) if type(value) is float else value.tobytes()


def results(function, array, start):
    """The bits of everything, for all lengths; and with something in one place that isn't finite."""
    for number, bad in enumerate([None] * 4 + [np.nan, np.inf, -np.inf, LOUD]):
        for n in LENGTHS[number::3]:
            a = array.copy()
            if bad is not None and a.dtype.kind == "f" and start == start:      # of two NaNs either may win: docs/contract.md
                a[n // 2] = bad
            for k in (0, n // 2, n - 1, 50):
                with np.errstate(all="ignore"):
                    yield n, bad, k, [bits(value) for value in function(a, array[::-1], start, n, k)], a.tobytes()


@pytest.mark.parametrize("array", ARRAYS)
@pytest.mark.parametrize("body", BODIES)
def test_sums(body, array):
    iterations = framejit.stats()["native_iterations"]
    array, starts = ARRAYS[array]
    for start in starts:
        space = {}
        exec(SOURCE.format(BODIES[body]), space)
        wanted = list(results(space["run"], array, start))
        found = list(results(framejit.jit(space["run"]), array, start))
        assert [pair for pair in zip(wanted, found) if pair[0] != pair[1]] == []
    assert framejit.stats()["native_iterations"] - iterations > 3000
