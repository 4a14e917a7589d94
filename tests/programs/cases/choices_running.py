# native: loop
"""Loops over itertools' choices that are entered while they run, left in their middle, and gone on with."""
import itertools
import sys
from itertools import combinations, permutations, product

total = 0
for i, j in product(range(500), range(400)):
    total += i * j
print(total, i, j)
points = [(k * 0.5, k % 7) for k in range(500)]
nearest = 1e9
for (x, y), (u, v) in combinations(points, 2):
    distance = (x - u) ** 2 + (y - v) ** 2
    if distance < nearest:
        nearest = distance
print(nearest, x, u)
found = 0
for p in permutations(range(8)):
    if p[0] < p[1] and p[2] < p[3]:
        found += p[4]
print(found, p)


def left(items):
    total, kept = 0, []
    walk = combinations(items, 2)
    for k, (x, y) in enumerate(walk):
        total += x * y
        if k % 20_000 == 7:
            kept.append(next(walk))
    return total, kept


mixed = list(range(450))
mixed[200] = 2.5
mixed[300] = 2**70
print(left(mixed))


def raised(items):
    total = 0
    walk = product(items, items)
    try:
        for x, y in walk:
            total += x * y
            if x == 300 and y == 7:
                items[x * 9]
    except IndexError as error:
        return total, next(walk), str(error)


print(raised(list(range(450))))


def gone_on_with():
    walk = itertools.combinations_with_replacement(range(600), 2)
    total = 0
    while True:
        for x, y in walk:
            total = (total * 3 + x - y) & 0xFFFFFF
            if total % 4096 == 9:
                break
        else:
            return total, sys.getrefcount(walk)
        total += next(walk, (1, 1))[0]


print(gone_on_with())
