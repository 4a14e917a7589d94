"""Whole-array expressions with `framejit.jit`: each line of NumPy is one pass over memory, with NumPy's own bits.

    python examples/arrays.py
    FRAMEJIT_LOG=time,exits,breaks python examples/arrays.py
    FRAMEJIT_DISABLE=1 python examples/arrays.py        the same by NumPy alone

In the log, look at
- `waves: compiled in ... ms`, once, for all lengths;
- no exit of `waves` and `relu`, which never leave; one of `roots` where NumPy warns: the interpreter does that line, and warns.
"""

import time
import warnings

import numpy as np

import framejit


@framejit.jit
def waves(x):
    return np.sin(x) + np.cos(x)


@framejit.jit
def relu(x):
    return np.maximum(x, 0)


@framejit.jit
def roots(x, n):
    for k in range(n):
        x = np.sqrt(x * x - k) + 0.5
    return x


def milliseconds(function, *arguments):
    """The best time of five calls."""
    times = []
    for turn in range(5):
        start = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


for size in (3, 1000, 100_000):
    x = np.linspace(-2.0, 2.0, size)
    print(size, waves(x).sum(), relu(x).sum(), relu(x.astype(np.float32)).dtype)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for turn in range(3):
        print(roots(np.array([9.0, 1.0, 4.0]), 4))
print(len(caught), "warnings,", {str(one.message) for one in caught})
big = np.linspace(-2.0, 2.0, 1_000_000)
print(f"{milliseconds(waves, big):.1f} ms for a million sines and cosines, {milliseconds(relu, big):.1f} ms for relu")
