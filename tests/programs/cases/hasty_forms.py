# native: entry
# Recursive functions that only compute and read: what they can't do at the end of a long walk, conditions of which one is in vain, other threads.
import sys
import threading
import time
import traceback


def total(tree):
    return 0 if tree is None else total(tree[0]) + tree[1] + total(tree[2])


def grown(depth, leaf=None):
    return leaf if depth == 0 else (grown(depth - 1, leaf), depth, grown(depth - 1, leaf))


def place(n, row, columns, rising, falling):
    if row == n:
        return 1
    count = 0
    for column in range(n):
        if not (columns >> column & 1 or rising >> (row + column) & 1 or falling >> (row - column + n) & 1):
            count += place(n, row + 1, columns | 1 << column, rising | 1 << (row + column), falling | 1 << (row - column + n))
    return count


def either(x, y, n):
    """Shifts whose counts are wrong only where they are in vain."""
    if n == 0 or x < 0 or y >> x & 1 or x + y > 50:
        return n
    if x < 60 and y >> x + 1 & 1 == 0 and y + x < 40:
        return either(x + 1, y, n - 1) + either(x - 1, y - 1, n - 1) * 3
    return either(x - 1, y, n - 1)


def nested(a, b, c, depth):
    if not (a > b and (b > c or a - c > depth)) or depth < 0:
        return a - b + c
    return nested(a, b + 1, c, depth - 1) + nested(a - 1, b, c + 1, depth - 1)


def far(a, b, depth):
    """Sums in vain that don't fit 64 bits."""
    if depth == 0 or a + b > 2**62:
        return depth
    if b > 100 or a + a + b > 5 and a - b > -2**63:
        return far(a - 1, b, depth - 1) + 1
    return far(a, b + 3, depth - 1) + far(a, b, depth - 2 if depth > 1 else 0)


def helper(values, place, n):
    """Too large to be copied."""
    a = values[place] * 3 + n
    b = values[place + 1] * 5 - n
    c = a * b + a - b if a > b else a * a - b
    d = (a + b) * (c - a) if c > 4 else (a - b) * (c + b)
    e = a + b + c + d if d > a else a - b - c - d
    f = e // (values[place] - 7) + d // 3
    return a + b - c + d - e + f


def helped(values, place, n):
    if n == 0:
        return helper(values, place, n)
    return helped(values, place, n - 1) + helper(values, place + 1, n) - helped(values, place + 1, n - 1)


def first(n, values):
    return values[n] if n < 2 else second(n - 1, values) + second(n - 2, values) + first(n - 2, values)


def second(n, values):
    return values[n + 2] if n < 2 else first(n - 1, values) - first(n - 2, values)


def many(n, a, b, c, d, e, f, g):
    """More than registers pass and give."""
    if n == 0 or a > b and c >> d & 1:
        return a, b, c, d, e, f, g
    a, b, c, d, e, f, g = many(n - 1, b, a, c + 1, d, e * 2, f - 1, g + a)
    return many(n - 2 if n > 1 else 0, c, a, b, d, f, e, g)


def kept(n, a, b, v, t):
    """Gives the object that it was passed, and counts turns: more than registers hold."""
    if n <= 0:
        return a
    for k in range(a & 3):
        if t[1] >> (n + 1) & 1:
            break
        a += kept(n - 1, t[0], b, v, t)
    return kept(n - 1, v[a & 3], b, v, t[2])


def attempt(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception as error:
        trace = traceback.format_exc().splitlines()
        print(len(trace), *trace[:4], *trace[-3:], sep="\n")
        print(type(error).__name__, error)


def last(tree, value):
    """The same tree with another value in the node that comes last."""
    return (None, value, None) if tree[2] is None else (tree[0], tree[1], last(tree[2], value))


LONG = (3, 4, (5, 6, (7, 8, (1, 2, (4, 5, (3, 1, None))))))
numbers = list(range(10, 60))
tree = grown(9)
for _ in range(300):
    total(tree), place(5, 0, 0, 0, 0), either(3, 4, 5), nested(9, 4, 2, 5), far(1, 2, 6), helped(numbers, 3, 4), first(8, numbers), many(4, 1, 2, 3, 4, 5, 6, 7), kept(4, 5, 6, numbers, LONG)

for x in (-1, 0, 1, 5, 39, 59, 60, 62, 63, 64, 70):
    for y in (-3, 0, 7, 2**40, 2**62, -2**63):
        attempt(either, x, y, 6)
for a in (-2, 3, 9, 2**62, -2**62, 2**63 - 1, -2**63):
    for b in (-5, 2, 8, 2**62, -2**62):
        attempt(nested, a, b, 3, 4)
        attempt(far, a, b, 7)
attempt(place, 8, 0, 0, 0, 0)
attempt(place, 6, 0, 0, 2**70, 0)
attempt(place, 6, -1, 0, 0, 0)
attempt(place, 33, 31, 0, 0, 0)
attempt(helped, numbers, 40, 8)
attempt(helped, numbers, 44, 8)
attempt(helped, [7] * 20, 3, 4)
attempt(helped, numbers[:9] + [7] + numbers, 3, 8)
attempt(helped, numbers[:9] + [2**40] + numbers, 3, 4)
attempt(helped, numbers[:9] + ["a"] + numbers, 3, 8)
attempt(first, 12, numbers)
attempt(first, 12, [1, 2, 3])
attempt(first, 12, [1, 2, 3, 2**63])

for depth in (0, 1, 5, 9):
    attempt(kept, depth, 400, 6, numbers, LONG)
    attempt(kept, depth, 401, 6, [10**9, 2**60, 2**62, 2**61, 3], LONG)

big = grown(16)
for value in (2**62, 2**63, 0.5, True, None, "x", 3):       # long in vain, again and again
    attempt(total, last(big, value))
    attempt(total, big)
sys.setrecursionlimit(150)
chain = None
for k in range(160):
    chain = (chain, k, None) if k % 2 else (None, k, chain)
    if k > 120:
        attempt(total, chain)
sys.setrecursionlimit(1000)

ended = threading.Event()
turns = [0]


def others():
    while not ended.is_set():
        turns[0] += 1


thread = threading.Thread(target=others)
thread.start()
while not turns[0]:
    time.sleep(0.001)
print(sum([total(big) for _ in range(6)]), place(8, 0, 0, 0, 0), nested(40, 1, 0, 14))
ended.set()
thread.join()
print(total(big))
