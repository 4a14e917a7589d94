# native: loop
# Loops over arrays whose iterations can be computed side by side, and everything that must stop that at the right place.
import warnings

import numpy as np


def smooth(new, old, first, last):
    for j in range(first, last):
        new[j] = 0.5 * (old[j - 1] + old[j + 1])
    return j


def running(a, b):
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


def scaled(a, k, n):
    for i in range(n):
        a[i] = a[i] / k
    return i


def columns(table, out, c):
    for i in range(table.shape[0]):
        out[i] = table[i, c] * 2.0 + table[i, 0]
    return out


def others(p, me):
    pull = 0.0
    for j in range(len(p)):
        if j != me:
            pull += 1.0 / (p[j] - p[me])
    return pull


def backwards(a, b, m):
    for i in range(1, m):
        a[i] = b[i] + 0.25 * b[m - i]
    return float(a.sum())


def counts(x, n):
    for i in range(n):
        x[i] = x[i] + (i + 7) * (i + 9) // 2
    return i


def attempt(function, *arguments):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = function(*arguments)
        except Exception as error:
            result = type(error).__name__, str(error)
    print(function.__name__, repr(result), [(str(one.message), one.lineno) for one in caught])
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            print(argument.astype(float).sum(), argument[:3].tolist(), argument[-3:].tolist())


for turn in range(3):
    for size in (3, 15, 16, 17, 18, 33, 100):
        ramp = np.linspace(0.0, 1.0, size)
        attempt(smooth, np.zeros(size), ramp, 1, size - 1)
        attempt(smooth, np.zeros(size), ramp, 1, size)
        attempt(smooth, ramp, ramp, 1, size - 1)
        shared = np.linspace(1.0, 2.0, size + 1)
        attempt(smooth, shared[1:], shared[:-1], 1, size - 1)
        attempt(smooth, shared[:-1], shared[1:], 1, size - 1)
        attempt(running, ramp, ramp[::-1])
        attempt(running, ramp, ramp[::-1].copy())
        for where in (0, size // 2, size - 1):
            for bad in (np.inf, np.nan, 1e308, 5e-324, -0.0):
                changed = ramp + 1.0
                changed[where] = bad
                attempt(running, changed, changed)
                attempt(scaled, changed.copy(), 1e-10, size)
                attempt(scaled, changed.copy(), 1e300, size)
                attempt(smooth, np.zeros(size), changed, 1, size - 1)
        attempt(scaled, ramp.copy(), 0.0, size)
        attempt(scaled, ramp.copy(), 3.0, size + 2)
        table = np.arange(size * 4.0).reshape(size, 4)
        attempt(columns, table, np.zeros(size), 3)
        attempt(columns, table, np.zeros(size), -1)
        attempt(columns, table, table[:, 1], 2)
        attempt(columns, table.T.copy().T, np.zeros(size), 1)
        attempt(columns, table, np.zeros(size - 1), 1)
        attempt(others, np.arange(float(size)), 0)
        attempt(others, np.arange(float(size)), size // 2)
        attempt(others, np.ones(size), 2)
        attempt(backwards, np.zeros(size), ramp, size)
        attempt(backwards, ramp.copy(), ramp, size)
        attempt(backwards, np.zeros(size), ramp, size + 1)
        attempt(counts, np.zeros(size), size)
        attempt(counts, np.zeros(size, dtype=np.int64), size)
        attempt(counts, np.full(size, 2**63 - 100), size)
