"""The spectral norm of an infinite matrix (benchmarks game), its elements computed where they are used."""

import math

import numpy as np

SMALL = 10
LARGE = 320


def setup(size):
    """The vectors u, v and one for the product between them."""
    return np.ones(size), np.zeros(size), np.zeros(size), 10


def run(u, v, between, rounds):
    n = len(u)
    for turn in range(rounds):
        for i in range(n):
            s = 0.0
            for j in range(n):
                s += u[j] / ((i + j) * (i + j + 1) // 2 + i + 1)
            between[i] = s
        for i in range(n):
            s = 0.0
            for j in range(n):
                s += between[j] / ((i + j) * (i + j + 1) // 2 + j + 1)
            v[i] = s
        for i in range(n):
            s = 0.0
            for j in range(n):
                s += v[j] / ((i + j) * (i + j + 1) // 2 + i + 1)
            between[i] = s
        for i in range(n):
            s = 0.0
            for j in range(n):
                s += between[j] / ((i + j) * (i + j + 1) // 2 + j + 1)
            u[i] = s
    uv = 0.0
    vv = 0.0
    for i in range(n):
        uv += u[i] * v[i]
        vv += v[i] * v[i]
    return math.sqrt(uv / vv)
