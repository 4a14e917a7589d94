"""All shortest paths (Floyd-Warshall) over a list of lists of ints."""

import numpy as np

SMALL = 8
LARGE = 260


def setup(size):
    """The distances between neighbours, far where there is no edge."""
    random = np.random.default_rng(4)
    weights = random.integers(1, 1000, (size, size))
    edges = random.random((size, size)) < 0.1
    distance = np.where(edges, weights, 1_000_000_000)
    np.fill_diagonal(distance, 0)
    return (distance.tolist(),)


def run(distance):
    n = len(distance)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                through = distance[i][k] + distance[k][j]
                if through < distance[i][j]:
                    distance[i][j] = through
    total = 0
    for i in range(n):
        for j in range(n):
            total += distance[i][j]
    return total
