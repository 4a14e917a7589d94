# native: entry
# Native calls and what could go wrong with them: parameters that nobody uses, numbers that get an object in a callee, a recursion limit that
# is lowered on the way, regions in regions that leave, objects that lead back to themselves.

import sys
import threading


class P:
    def __init__(self, x):
        self.x = x

    def set(self, value):
        self.x = value
        return 0

    def exchange(self, value):
        self.x = 0.5
        return value


def item(x, items, k):
    return items[k % 3] + 1


def same(a, b):
    return a is b


def set_first(items, value):
    items[0] = value
    return 0


def unused(n, items):
    total = count = 0
    for k in range(n):
        total += item(k * 0.5, items, k)
        y = k * 1.5
        count += same(y, y) + same(y, k * 1.5)
    return total, count


def stored(n, p, items):
    count, kept = 0, []
    for k in range(n):
        value = k * 1.5
        p.set(value)
        count += p.x is value
        set_first(items, value)
        count += items[0] is value
        old = p.x
        kept.append(p.exchange(p.x))
        count += kept[-1] is old
    return count, kept[-3:]


def down(n):
    return 0 if n == 0 else down(n - 1) + 1


def lowers(k):
    if k == 500:
        sys.setrecursionlimit(200)
    return k


def limited(n, depth):
    total, errors = 0, []
    for k in range(n):
        total += table[0](k)
        try:
            total += down(depth)
        except RecursionError:
            errors.append(k)
    return total, len(errors), errors[:3]


def big(n, a, b, c, d, e, g, h):
    t, u, v, w = a * b, c * d, e * g, h * a
    x, y = t + u, v + w
    return x if n == 0 else (big(n - 1, a, b, c, d, e, g, h) + t + u + v + w + x + y) % 1000003


def inner(n):
    total = 0
    for k in range(20):
        total += big(5, k, n, 4, 5, 6, 7, 8) % 1000
    kept.append([bytearray(size) for size in range(8000, 64000, 4000)])
    return total


def product(x, y):
    return 0 if x == 0 else x * y + product(0, y)


def outer(n, huge):
    total = 0
    for k in range(n):
        if k == 50:
            total += table[1](k)
        total += product(k, 3)
        if k == n - 1:
            total += product(huge, k)
    return total


def around(objects):
    total = 0
    for one in objects:
        for k in range(50):
            total += k
        total += table[2](one)
    return total


kept = []
table = [lowers, inner, lambda one: one.x]
first, second = P(1), P(2)
first.me, second.me = first, first
for turn in range(6):
    print(unused(3000, [1, 2, 3]), stored(3000, P(1.5), [1.5]), around((first, second)))
for depth in (100, 900, 900, 900, 900):
    sys.setrecursionlimit(1000)
    print(depth, limited(1000, depth))
sys.setrecursionlimit(1000)
print([outer(3000, huge) for huge in (5, 2 ** 62, 2 ** 62, 5, 2 ** 62)])
for _ in range(3):
    thread = threading.Thread(target=lambda: print(outer(3000, 2 ** 62)))
    thread.start()
    thread.join()
print([(len(block), place) for blocks in kept for block in blocks for place in range(0, len(block), 8) if block[place]])
