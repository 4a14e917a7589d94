# native: loop
"""Lists, arrays and ranges walked from their ends, left in mid-iteration, changed on the way, entered when they run already."""
import gc
import sys
import numpy as np


def total(items, odd):
    seen, last = 0, None
    for item in reversed(items):
        try:
            seen += 10 // (item - odd)
        except ZeroDivisionError:
            seen += 1000
        last = item
    return seen, last


numbers = list(range(3000))
for count in (0, 1, 2, 3000):
    print(total(numbers[:count], 1500), total(np.arange(count), 1500), total([1.5] * count, 1.5))

for step in (1, 2, 3, 7, -1, -2, -3, -7):
    for start, stop in ((0, 10), (10, 0), (5, 5), (-20, 31), (31, -20)):
        print(step, [item for item in reversed(range(start, stop, step))], end=" ")
    print(total(range(0, 2000 * step, step), 500 * step))


def shrinking(items, when, by):
    """The index may come to lie behind the end: then it is over."""
    seen = []
    for item in reversed(items):
        seen.append(item)
        if item == when:
            del items[by:]
    return len(seen), seen[-3:]


def growing(items, when):
    seen = 0
    for item in reversed(items):
        seen += 1
        if item == when:
            items.append(-1)
    return seen, len(items)


for when, by in ((2500, 100), (2500, 2500), (2500, 2499), (10, 9), (10, 11)):
    print(shrinking(list(range(3000)), when, by), growing(list(range(3000)), when))


def kept(items):
    """The iterator has a name, and others may look at it and move it."""
    walk = reversed(items)
    seen = 0
    for item in walk:
        seen += item
        if item == 1000:
            seen += 7 * next(walk)
            print(walk.__length_hint__(), walk.__reduce__()[2:], sys.getrefcount(items))
        if item == 5:
            break
    return seen, list(walk), next(walk, "nothing"), gc.get_referents(walk)


print(kept(list(range(2000))), kept(list(range(2))))


def pairs(items):
    seen = 0
    for number, item in enumerate(reversed(items)):
        seen += number * item
    for one, other in zip(items, reversed(items)):
        seen ^= one * other
    return seen


print(pairs(list(range(4000))))

outer = 0
for item in reversed(numbers * 60):
    outer = (outer * 3 + item) % 1000003
print(outer, item)
big = [2**40 + item for item in range(150_000)]
for item in reversed(big):
    outer += item * item
print(outer, item)


def last_of(items):
    for item in reversed(items):
        if item < 0:
            return item, gc.get_referrers(items) is None
    return None


for turn in range(3):
    print(last_of(numbers), last_of([-1] + numbers))


def made_here(n):
    """A list that only native code knows, walked while it is."""
    made = [0] * n
    for k in range(n):
        made[k] = k * k % 17
    seen = 0
    for item in reversed(made):
        seen = seen * 3 % 1009 + item
    return seen, made[:3]


print(made_here(5000), made_here(1), made_here(0))


def squares(items):
    """Leaves where a square doesn't fit, with an iterator that native code has begun."""
    seen = 0
    for item in reversed(items):
        seen += item * item
    return seen, item


for turn in range(3):
    print(squares(numbers), squares([2**40, 2**20, *numbers]), squares(np.arange(5)))
