"""Small functions whose decoded bytecode is run and kept as snapshots; with arguments to run them on."""

import math
import sys


class Box:
    size = 0

    def grown(self, by=1, *, twice=False):
        return self.size + by * (2 if twice else 1)


def straight(a, b):
    c = a + b * 2
    c -= a // b
    return -c ** 2 % 7 @ Matrix() if a is None else (c << 2) ^ (a | b) & ~a


class Matrix:
    def __rmatmul__(self, other):
        return other


def branches(a, b):
    if a < b and not a == 3 or b is None:
        return a >= 0 or b
    return 1 <= a < 10


def total(n):
    s = 0
    for i in range(n):
        if i % 3 == 0:
            continue
        if i > 50:
            break
        s += i
    else:
        s = -s
    return s


def nested_loops(n):
    count = 0
    k = 0
    while k < n:
        j = k
        while j:
            count += j
            j -= 1
        k += 1
    return count, k


def containers(values):
    first = values[0]
    pair = values[1:3]
    values[0], values[-1] = values[-1], values[0]
    values[2:4] = [7, 8]
    del values[0]
    a, b = pair
    table = {"a": a, "b": b, a: b}
    table["c"] = {a, b}
    return [*values, 2], {3, first}, table, first, a in values, b not in pair


def comprehensions(values):
    return [x * 2 for x in values if x != 7], {x for x in values}, {x: -x for x in values}


def calls(x, box):
    box.size = x
    box.size += 1
    many = [x, 2]
    return (math.sqrt(box.size), max(x, 2, key=abs), box.grown(), box.grown(3, twice=True), print.__name__, sum(many), max(*many))


def texts(x):
    name = "n" + str(x)
    return f"{name} is {x:>5} or {x!r:>3}, {x!s}{x!a}"


def deletes(x):
    y = x
    del x
    x = y + 1
    del y
    return x


def none_tests(a, b):
    while a is not None:
        a = None if b is None else b
        b = None
    return a


def positional(a, b):
    return [+a, a[1:2] is b, a[::-1]] if isinstance(a, list) else (+a, a is b, a is not b)


def handled(x):
    try:
        y = 1 / x
    except ZeroDivisionError:
        y = 0
    return y


def squares(n):
    """Pairs of locals in one opcode, in the order that matters."""
    a = n
    b = n + 1
    a, b = b, a
    c = a
    d = c
    return a - b, d * c - b


# Before 3.12 a comprehension is a function of its own.
INLINED = sys.version_info >= (3, 12)

PROGRAMS = (
    (straight, [(5, 3), (-7, 2)]),
    (branches, [(1, 2), (3, 5), (3, 4), (20, 1), (5, 5)]),
    (total, [(0,), (10,), (100,)]),
    (nested_loops, [(0,), (6,)]),
    (calls, [(4, Box())]),
    (texts, [(12,), (True,)]),
    (deletes, [(1,)]),
    (none_tests, [(1, 2), (None, None), (1, None)]),
    (positional, [(1, True), (2, 2)]),
    (containers, [([1, 2, 3, 4, 5],)]),
    (comprehensions, [([1, 7, 3],)] if INLINED else []),
    (handled, [(2,)]),
    (squares, [(3,), (10,)]),
)
