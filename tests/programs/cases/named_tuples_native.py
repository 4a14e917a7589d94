# native: loop
"""Named tuples in hot loops: fields, subscripts, len, unpacking, methods, subclasses; classes that change in the middle, short tuples, what raises."""

import traceback
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y")


class Body(NamedTuple):
    x: float
    v: float = 1.5
    m: float = 2.0

    def energy(self):
        return self.m * self.v * self.v * 0.5 + self.x

    @property
    def momentum(self):
        return self.m * self.v


class Vector(Point):
    scale = 3

    def norm(self):
        return self.x * self.x + self.y * self.scale


class Odd(Point):
    __slots__ = ()

    def __len__(self):
        return 7

    def __getitem__(self, k):
        return 100 + k

    def __iter__(self):
        return iter((5, 6))


def fields(p, n):
    s = 0
    for k in range(n):
        s += p.x * k - p.y + p[0] + p[-1] + len(p)
        x, y = p
        s -= x - y
    return s


def over(points, n):
    s = 0
    for k in range(n):
        for p in points:
            s += p.x + p[1] * k
    return s


def made(n):
    p = Point(0, 1)
    for k in range(n):
        p = Point(p.y % 1000, p.x + k)
    return p


def bodies(list, n):
    s = 0.0
    for k in range(n):
        for b in list:
            s += b.energy() - b.momentum * b.v + b.m
    return s


def vectors(v, n):
    s = 0
    for k in range(n):
        s += v.norm() + v.scale
    return s


def same(p, n):
    count = 0
    for k in range(n):
        a, b = p
        count += (a is p.x) + (b is p[1]) + (p.x is p[0])
    return count


def changed(p, n, when):
    s = 0
    for k in range(n):
        s += p.x + len(p)
        if k == when:
            change()
    return s


def change():
    Point.x, Point.y = Point.y, Point.x


def hide(v, n):
    s = 0
    for k in range(n):
        s += v.norm()
        if k == n // 2:
            v.norm = lambda: 10**6
        if k == n // 2 + 3:
            del v.norm
    return s


def own_length(p, n):
    s = 0
    for k in range(n):
        s += len(p) + p[0]
        if k == n // 2:
            Point.__len__ = lambda self: 40
            Point.__getitem__ = lambda self, k: 500
        if k == n // 2 + 9:
            del Point.__len__, Point.__getitem__
    return s


def told(what, *arguments):
    try:
        print(what.__name__, repr(what(*arguments)))
    except Exception:
        print(what.__name__, traceback.format_exc())


for _ in range(200):
    fields(Point(3, 4), 1000)
for _ in range(3):
    told(fields, Point(3, 4), 400)
    told(fields, Point(3.5, 4), 400)
    told(fields, Vector(3, 4.5), 400)
    told(fields, Odd(3, 4), 400)
    told(over, [Point(1, 2), Point(3, 4)], 300)
    told(over, [Point(1, 2), Vector(3, 4), Odd(5, 6)], 300)
    told(over, (Body(1.5, 2.5), Body(0.25)), 1)
    told(made, 500)
    told(bodies, [Body(1.5, 2.5), Body(0.25)], 300)
    told(vectors, Vector(2, 3), 300)
    told(same, Point(1000, 2.5), 300)
    told(changed, Point(3, 50), 300, 100)
    told(hide, Vector(2, 3), 300)
    told(own_length, Point(2, 3), 300)
told(fields, tuple.__new__(Point, (3,)), 400)
told(fields, tuple.__new__(Point, (3, 4, 5)), 400)
told(fields, Point("a", 4), 400)
told(over, [Point(1, 2)] * 3 + [tuple.__new__(Point, ())], 300)
told(bodies, [Body(1.5, 2.5), None], 300)
told(fields, Point(3, 2**70), 50)


class Loud:
    def __radd__(self, other):
        return other + 1

    def __mul__(self, other):
        return 1

    def __rsub__(self, other):
        return other

    __sub__ = __rsub__

    def __del__(self):
        print("gone")


def replaced(n):
    p, s = Point(Loud(), 5), 0
    for k in range(n):
        s += p.y
        if k == n // 2:
            p = Point(1, 2)
            print("replaced")
    return s


told(replaced, 400)
