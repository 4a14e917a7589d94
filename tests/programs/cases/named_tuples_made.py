# native: loop
# Named tuples made in functions that are called natively: what their classes are told to do in the middle, errors, identity, collections.

import gc
import sys
import traceback
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y", defaults=(2.5,))


class Size(NamedTuple):
    width: float
    height: float = 1.5

    def area(self):
        return self.width * self.height


class Named(namedtuple("Base", "name value")):
    def doubled(self):
        return Named(self.name, self.value * 2)


class Counted(namedtuple("CountedBase", "a b")):
    made = 0

    def __new__(cls, a, b):
        Counted.made += 1
        return super().__new__(cls, a, b + 1)


class Begun(namedtuple("BegunBase", "a b")):
    seen = []

    def __init__(self, *arguments):
        Begun.seen.append(arguments)


def point(x):
    return Point(x)


def moved(p, dx, dy):
    return Point(y=p.y + dy, x=p.x + dx)


def size(x):
    return Size(x, x * 0.5).area()


def named(name, k):
    return Named(name, k).doubled()


def others(k):
    return Counted(k, k).b + Begun(k, k).a


def path(n):
    p = Point(0.5)
    total = 0.0
    for k in range(n):
        p = moved(p, 1.0, -0.5)
        total += p.x * p.y + size(k * 0.25)
    return total, p


def names(n):
    last = None
    total = 0
    for k in range(n):
        last = named("n" if k % 3 else None, k * 1000)
        total += last.value
    return total, last


def both(n):
    return sum([others(k) for k in range(n)]), Counted.made, len(Begun.seen)


def kept(n):
    made = []
    same = 0
    for k in range(n):
        x = k + 1000
        p = point(x)
        made.append(p)
        same += p.x is x
        same += p[0] is made[-1].x
    return same, len(made), made[-1]


def changing(n, when):
    total = 0.0
    for k in range(n):
        total += point(k).y
        if k == when:
            change(k)
    return total


def replaced_new(cls, x, y=7.0):
    return tuple.__new__(cls, (x, y * 2))


def change(k):
    global Point
    step = k % 5
    if step == 0:
        Point.__new__.__defaults__ = (Point.__new__.__defaults__[0] + 1.0,)
    elif step == 1:
        Point.__new__.__globals__["_tuple_new"] = lambda cls, items: tuple.__new__(cls, (items[0], items[1] + 100.0))
    elif step == 2:
        Point.__new__.__globals__["_tuple_new"] = tuple.__new__
    elif step == 3:
        Point.__new__ = staticmethod(replaced_new)
    else:
        Point = namedtuple("Point", "x y z", defaults=(2.5, 3.5))


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        print(type(error).__name__, error)
        print("".join(traceback.format_exception(error)))


def deep(n):
    return point(n).y if n == 0 else deep(n - 1)


def deepest():
    """How deep one can go before there is no room for the call of __new__."""
    low, high = 1, 600
    while low < high:
        middle = (low + high + 1) // 2
        try:
            deep(middle)
            low = middle
        except RecursionError:
            high = middle - 1
    return low


for turn in range(3):
    shown(path, 2000)
    shown(names, 1000)
    shown(both, 400)
    shown(kept, 2000)
limit = sys.getrecursionlimit()
sys.setrecursionlimit(300)
depths = [deepest() for _ in range(6)]
print(len(set(depths)))
sys.setrecursionlimit(limit)
for when in (-1, -1, 300, 301, 302, 303, -1, -1, 304, -1):
    shown(changing, 600, when)
Point = namedtuple("Point", "x")
shown(path, 5)
shown(kept, 5)
Point = len
shown(kept, 5)

Point = namedtuple("Point", "x y", defaults=(2.5,))
passed = []
gc.collect()
gc.callbacks.append(lambda phase, info: passed.append(phase))
held = kept(3000)
gc.callbacks.clear()
print(len(passed) > 3)
