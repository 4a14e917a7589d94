"""Heat on a small grid, step by step."""

import numpy as np


def heat(n, steps):
    u = np.zeros((n, n))
    u[n // 2, n // 2] = 100.0
    for _ in range(steps):
        u[1:-1, 1:-1] = u[1:-1, 1:-1] + 0.1 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4 * u[1:-1, 1:-1])
    return u


print(heat(60, 80000).sum())
