# native: loop
"""Loops entered in their middle whose ranges have other steps the next time; they leave in mid-iteration and go on."""
import sys

flags = [True] * 400_000
i = 2
while i < 400:
    if flags[i]:
        for multiple in range(i * i, len(flags), i):
            flags[multiple] = False
    i += 1
print(sum(flags))

big = 2**62
for step in (1, 2, 3, 7, 2**31 - 1, 2**31, 2**40, -1, -2, -7, -2**31, -2**40):
    start, stop = (0, 300_000 * step) if step > 0 else (-300_000 * step, 0)
    total = seen = 0
    where = range(start, stop, step)
    for k in where:
        seen += 1
        total += k & 255
        if seen == 200_000:
            total += big
    else:
        seen += 1
    print(step, k, seen, total)


def walk(start, stop, step, odd):
    total = 0
    for k in range(start, stop, step):
        try:
            total += 10 // (k - odd)
        except ZeroDivisionError:
            total += 1000
    return total, k


for step in (3, 5, 11, -3, -5):
    print(walk(*((0, 900_000, step) if step > 0 else (900_000, 0, step)), 15_000 * abs(step)))

iterator = iter(range(5, 3_000_000, 4))
for k in iterator:
    if k > 2_000_000:
        break
print(k, next(iterator), sys.getrefcount(iterator), list(iterator)[-1])


def where_the_next_one_does_not_fit(n):
    total = 0
    for _ in range(n):
        for i in range(2**63 - 5, 2**63 - 1, 3):
            total ^= i
        for i in range(-2**63 + 5, -2**63, -3):
            total ^= i
        for i in range(2**63 - 4, 2**63 - 1):
            total ^= i
        for i in reversed(range(-2**63, -2**63 + 5, 2)):
            total ^= i
        for i, j in zip(range(2**62 - 10, 2**62 - 1, 2**62 + 5), range(5)):
            total ^= i + j
    return total, i, j


print(where_the_next_one_does_not_fit(20_000))
for step in (1, 2, 3, 5):
    total = 0
    for i in range(2**63 - 1_000_000, 2**63 - 1, step):
        total ^= i
    print(i, total)
