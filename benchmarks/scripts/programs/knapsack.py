"""A table of best values, backwards."""

import random

random.seed(2)
items = [(random.randrange(1, 60), random.randrange(1, 100)) for _ in range(120)]


def knap(items, cap):
    best = [0] * (cap + 1)
    for w, v in items:
        for c in range(cap, w - 1, -1):
            t = best[c - w] + v
            if t > best[c]:
                best[c] = t
    return best[cap]


print([knap(items, cap) for cap in (500, 1000, 2000, 4000) * 12])
