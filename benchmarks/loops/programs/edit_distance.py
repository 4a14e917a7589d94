"""The edit distance (Levenshtein) of two sequences of ints, two rows at a time, over lists."""

import numpy as np

SMALL = 12
LARGE = 2000


def setup(size):
    """Two sequences over an alphabet of four."""
    random = np.random.default_rng(5)
    return random.integers(0, 4, size).tolist(), random.integers(0, 4, size + size // 8).tolist()


def run(first, second):
    m = len(first)
    n = len(second)
    previous = [0] * (n + 1)
    current = [0] * (n + 1)
    for j in range(n + 1):
        previous[j] = j
    for i in range(1, m + 1):
        current[0] = i
        for j in range(1, n + 1):
            if first[i - 1] == second[j - 1]:
                cost = 0
            else:
                cost = 1
            best = previous[j - 1] + cost
            if previous[j] + 1 < best:
                best = previous[j] + 1
            if current[j - 1] + 1 < best:
                best = current[j - 1] + 1
            current[j] = best
        previous, current = current, previous
    return previous[n]
