"""The heat equation on a plate by Jacobi steps, over two arrays."""

import numpy as np

SMALL = 6
LARGE = 200


def setup(size):
    """A plate, its upper edge hot, a second one, and the number of steps."""
    plate = np.zeros((size, size))
    plate[0, :] = 100.0
    return plate, plate.copy(), 40


def run(old, new, steps):
    n = old.shape[0]
    m = old.shape[1]
    for step in range(steps):
        for i in range(1, n - 1):
            for j in range(1, m - 1):
                new[i, j] = 0.25 * (old[i - 1, j] + old[i + 1, j] + old[i, j - 1] + old[i, j + 1])
        old, new = new, old
    total = 0.0
    for i in range(n):
        for j in range(m):
            total += old[i, j]
    return float(total)
