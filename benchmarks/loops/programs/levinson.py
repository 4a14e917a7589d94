"""The Levinson-Durbin recursion: a Toeplitz system's predictor from autocorrelations, over arrays."""

import numpy as np

SMALL = 10
LARGE = 1800


def setup(size):
    """Autocorrelations of a decaying process, room for the coefficients and for a copy."""
    r = 0.9 ** np.arange(size + 1.0) + 0.5 * 0.7 ** np.arange(size + 1.0)
    return r, np.zeros(size + 1), np.zeros(size + 1)


def run(r, a, copy):
    order = len(r) - 1
    error = r[0]
    a[0] = 1.0
    for m in range(1, order + 1):
        s = r[m]
        for i in range(1, m):
            s += a[i] * r[m - i]
        reflection = -s / error
        for i in range(1, m):
            copy[i] = a[i]
        for i in range(1, m):
            a[i] = copy[i] + reflection * copy[m - i]
        a[m] = reflection
        error *= 1.0 - reflection * reflection
    return float(error)
