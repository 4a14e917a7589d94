"""Shortest paths, ranks, searches by matrices and masks."""

import numpy as np

from benchmarks.numpy.catalogue import Program


def floyd_warshall(d):
    for k in range(len(d)):
        d = np.minimum(d, d[:, k, None] + d[None, k, :])
    return d


def page_rank(links, damping, steps):
    n = len(links)
    out = links.sum(axis=0)
    transition = links / np.where(out == 0, 1, out)
    rank = np.full(n, 1.0 / n)
    for _ in range(steps):
        new = damping * (transition @ rank) + (1 - damping) / n
        change = np.abs(new - rank).sum()
        rank = new
        if change < 1e-12:
            break
    return rank


def breadth_first(links, start):
    distance = np.full(len(links), -1)
    distance[start] = 0
    frontier = np.zeros(len(links), dtype=bool)
    frontier[start] = True
    level = 0
    while frontier.any():
        level += 1
        reached = links[frontier].any(axis=0)
        frontier = reached & (distance < 0)
        distance[frontier] = level
    return distance


def label_propagation(edges_from, edges_to, labels, steps):
    for _ in range(steps):
        smallest = labels.copy()
        np.minimum.at(smallest, edges_to, labels[edges_from])
        np.minimum.at(smallest, edges_from, labels[edges_to])
        if (smallest == labels).all():
            break
        labels = smallest
    return labels


def linked(r, n):
    return r.random((n, n)) < min(0.5, 4.0 / n)


PROGRAMS = {
    "floyd_warshall": Program(floyd_warshall, lambda r, n: (r.random((n, n)) * 10,), (8, 64, 300)),
    "page_rank": Program(page_rank, lambda r, n: (linked(r, n) * 1.0, 0.85, 50), (8, 100, 1_000)),
    "breadth_first": Program(breadth_first, lambda r, n: (linked(r, n), 0), (8, 100, 2_000)),
    "label_propagation": Program(label_propagation, lambda r, n: (r.integers(0, n, 2 * n), r.integers(0, n, 2 * n), np.arange(n), 20), (10, 1_000, 50_000)),
}
