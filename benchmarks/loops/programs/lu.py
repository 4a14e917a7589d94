"""LU factorisation in place with partial pivoting (Doolittle), over an array; gives the determinant."""

import numpy as np

SMALL = 8
LARGE = 210


def setup(size):
    """A random square matrix."""
    return (np.random.default_rng(2).standard_normal((size, size)),)


def run(a):
    n = a.shape[0]
    sign = 1.0
    for k in range(n):
        pivot = k
        largest = abs(a[k, k])
        for i in range(k + 1, n):
            if abs(a[i, k]) > largest:
                largest = abs(a[i, k])
                pivot = i
        if pivot != k:
            sign = -sign
            for j in range(n):
                t = a[k, j]
                a[k, j] = a[pivot, j]
                a[pivot, j] = t
        for i in range(k + 1, n):
            a[i, k] /= a[k, k]
            factor = a[i, k]
            for j in range(k + 1, n):
                a[i, j] -= factor * a[k, j]
    determinant = sign
    for k in range(n):
        determinant *= a[k, k]
    return float(determinant)
