"""Arrays of which NumPy warns when they are written: what np.broadcast_arrays gives."""

import warnings

import numpy as np

import framejit

SOURCE = """
import numpy as np
def reads(a, b):
    s = 0.0
    for k in range(4):
        s += (a * b).sum() + a[0, 1]
    return s

def writes(a, b):
    for k in range(3):
        a[0, 1] = k
    return a.sum()

def adds(a, b):
    for k in range(3):
        np.add(a, 1, out=a)
    return a.sum()

def stores(a, b):
    for k in range(3):
        a[...] = b + k
        a[np.array([0])] = 2.0
    return a.sum()
"""
NAMES = ("reads", "writes", "adds", "stores")


def seen(function, warn):
    """What it gives and warns of, with arrays that NumPy would warn of and plain ones by turns."""
    found = []
    for turn in range(4):
        memory, other = np.arange(3.0) + np.zeros((1, 1)), np.ones((1, 3))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter(warn)
            a, b = np.broadcast_arrays(memory, other) if turn % 2 == 0 else (memory, other)
            found += [repr(function(a, b)), [(one.category, str(one.message), one.lineno) for one in caught], memory.tobytes()]
    return found


def test_they_warn():
    for name in NAMES:
        spaces = [{}, {}]
        for space in spaces:
            exec(SOURCE, space)
        for warn in ("always", "default"):
            jitted = framejit.jit(spaces[1][name])
            assert seen(jitted, warn) == seen(spaces[0][name], warn), name
