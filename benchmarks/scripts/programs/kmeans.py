"""Clusters of points: tuples, min() with a key."""

import random, math

random.seed(1)
pts = [(random.gauss(c, 1), random.gauss(-c, 1)) for c in (0, 4, 8) for _ in range(700)]


def dist(a, b):
    return math.sqrt(sum(((x - y) ** 2 for x, y in zip(a, b))))


cents = pts[:3]
for it in range(250):
    groups = [[] for _ in cents]
    for p in pts:
        k = min(range(len(cents)), key=lambda i: dist(p, cents[i]))
        groups[k].append(p)
    cents = [tuple((sum(c) / len(g) for c in zip(*g))) if g else c0 for g, c0 in zip(groups, cents)]
print([tuple((round(v, 3) for v in c)) for c in cents])
