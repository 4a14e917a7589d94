"""The product of two matrices by three loops, over arrays."""

import numpy as np

SMALL = 7
LARGE = 160


def setup(size):
    """Two random matrices, and one for the product."""
    random = np.random.default_rng(3)
    return random.standard_normal((size, size)), random.standard_normal((size, size)), np.zeros((size, size))


def run(a, b, c):
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            s = 0.0
            for k in range(a.shape[1]):
                s += a[i, k] * b[k, j]
            c[i, j] = s
    return float(c[0, 0])
