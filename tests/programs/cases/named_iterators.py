# native: loop
"""Iterators with names: the loop, next(), another loop and whoever else was given it move the same one."""
import gc
import sys

import numpy as np


def skipping(items, walk, every):
    seen, skipped = 0, 0
    for item in walk:
        seen = (seen * 3 + item) & 0xFFFF
        if seen % every == 0:
            skipped += next(walk, 1000)
    return seen, skipped, next(walk, None), sys.getrefcount(walk)


def backwards(items, every):
    walk = reversed(items)
    seen = 0
    for item in walk:
        seen = (seen * 3 + item) & 0xFFFF
        if seen % every == 0:
            seen += next(walk, 7)
            if seen % 5 == 0:
                seen += walk.__length_hint__()
    return seen, list(walk)


def counted(items, every):
    walk = same = enumerate(items)
    seen = 0
    for place, item in walk:
        seen = (seen * 3 + place * item) & 0xFFFF
        if seen % every == 0:
            seen += next(same, (1, 2))[0]
    return seen, walk is same, next(walk, "over")


def paired(items, others, every):
    seen = 0
    for one, other in (pairs := zip(items, reversed(others))):
        seen = (seen * 3 + one * other) & 0xFFFF
        if seen % every == 0:
            seen += next(pairs, (5, 6))[1]
    return seen, next(pairs, "over")


def inside(items):
    """One iterator twice, in pairs; in a tuple; walked by an inner loop as far as that likes."""
    walk = iter(items)
    seen = 0
    for one, other in zip(walk, walk):
        seen = (seen * 3 + one * other) & 0xFFFF
    both = (reversed(items), enumerate(items))
    for item in both[0]:
        seen = (seen * 5 + item) & 0xFFFF
        if item % 7 == 3:
            seen += next(both[0], 0) + next(both[1], (0, 0))[1]
    rest = reversed(items)
    rounds = 0
    for item in rest:
        rounds += 1
        for other in rest:
            seen = (seen + item * other) & 0xFFFF
            if other % 11 == 0:
                break
    return seen, rounds, both[1].__reduce__()[0] is enumerate, len(gc.get_referents(rest))


numbers = [k * 37 % 101 for k in range(4000)]
for turn in range(6):
    for every in (3, 50, 100_000):
        print(backwards(numbers, every), backwards(range(4000), every), backwards(np.arange(3000), every) == backwards(list(range(3000)), every))
        print(counted(numbers, every), counted(np.array(numbers), every)[1:], paired(numbers, numbers, every))
        print(skipping(numbers, reversed(numbers), every), skipping(numbers, iter(range(5000)), every))
    print(inside(numbers), inside(range(3000)), inside(tuple(numbers[:500])))

walk = again = reversed(numbers * 5)
total = 0
for item in walk:
    total = (total * 3 + item) % 100_003
    if total % 17 == 0:
        total += next(again, 0)
    if total % 1000 == 3:
        walk = None
print(total, walk is again, next(again, "over"))
