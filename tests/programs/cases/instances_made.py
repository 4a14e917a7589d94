# native: loop
# Instances made in hot loops: how they are initialised, who keeps them, how they end, and what is left in the middle of all that.

import gc
import sys
import traceback
import weakref
from dataclasses import dataclass


class Vec:
    def __init__(self, x, y=0.5):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __mul__(self, by):
        return Vec(self.x * by, y=self.y * by)

    def __truediv__(self, by):
        made = Vec(self.x, self.y)
        made.x = made.x / by
        return made

    def same(self):
        return self

    def larger(self, other):
        return self if self.x > other.x else other

    def dot(self, other):
        return self.x * other.x + self.y * other.y


class Slots:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        if b < 0:
            raise ValueError(b)
        self.b = b // (a - 900)


class Deep(Vec):
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


@dataclass
class Data:
    a: int
    b: float = 2.0


class Order:
    def __init__(self, first):
        if first:
            self.one = 1
            self.two = 2.0
        else:
            self.two = 3.0
            self.one = 4


class Ends:
    ended = 0

    def __init__(self, number):
        self.number = number

    def __del__(self):
        Ends.ended += self.number


class Returns:
    def __init__(self, k):
        self.k = k
        if k == 950:
            return 7


def sums(n):
    a, step = Vec(0.0, 0.0), Vec(0.5, 0.25)
    for k in range(n):
        a = a + step * 2.0 / 1.5
    return a.x, a.y


def dots(n):
    s = 0.0
    for k in range(n):
        s += Vec(k * 0.5).dot(Vec(1.0, y=k)) + Deep(1, 2.0, k).z + Data(k).b
    return s


def raises(n, bad):
    s = 0
    for k in range(n):
        one = Slots(k, -k if k == bad else k * 2)
        s += one.b
    return s, one.a, one.b


def caught(n):
    s = count = 0
    for k in range(n):
        try:
            s += Slots(k, k if k % 100 else -1).a
        except ValueError:
            count += 1
    return s, count


def zero(n):
    total = Vec(1.0)
    for k in range(n):
        total = total + Vec(1.0, k) / (n - 5 - k)
    return total.x


def kept(n):
    items = []
    best = Vec(0.0)
    for k in range(n):
        one = Vec(k % 17 * 1.0, k)
        best = best.larger(one)
        items.append(one.same())
        if items[-1] is not one or best is one and k > 100:
            return k
    return len(items), best.x, best.y, best is items[16], len({id(item) for item in items})


def order(n):
    for k in range(n):
        one = Order(k % 3 == 0)
    return list(vars(one)), list(vars(Order(True))), [list(vars(Order(k % 2))) for k in range(4)], vars(one)


def ends(n):
    s = 0
    for k in range(n):
        one = Ends(k)
        s += one.number + Ends.ended
        if k == n // 2:
            two = one
    return s, two.number, Ends.ended


def watched(n, seen):
    s = 0
    for k in range(n):
        one = Vec(k, 1)
        s += one.x
        if k % 100 == 5:
            seen.append(weakref.ref(one))
    return s, [ref() is None for ref in seen].count(True)


def chains(n):
    last = None
    for k in range(n):
        last = Slots(1000 + k, k)
        last.b = last
    return last is last.b, last.a


def returns(n):
    s = 0
    for k in range(n):
        s += Returns(k).k
    return s


def changes(n, when, change):
    s = 0
    for k in range(n):
        s += Changed(k, 2).x
        if k == when:
            change()
    return s


def new_class():
    class Changed:
        def __init__(self, x, y=0.5):
            self.x = x
            self.y = y

    return Changed


def new_init(): Changed.__init__ = lambda self, x, y=0: setattr(self, "x", -x)
def with_new(): Changed.__new__ = lambda kind, *arguments: object.__new__(Deep)
def setter(): Changed.__setattr__ = lambda self, name, value: object.__setattr__(self, name, value + 1)
def getter(): Changed.x = property(lambda self: 5, lambda self, value: None)
def wrong(): Changed.__init__ = lambda self, x: None
def ending(): Changed.__del__ = lambda self: counted.append(1)


counted = []


def shown(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)
        entry = error.__traceback__.tb_next
        while entry is not None:
            names = sorted([(name, str(value)[:40]) for name, value in entry.tb_frame.f_locals.items() if type(value) in (int, float, str)])
            print("   ", entry.tb_frame.f_code.co_name, entry.tb_lineno, names, sorted(getattr(entry.tb_frame.f_locals.get("self"), "__dict__", ())))
            entry = entry.tb_next
        if hasattr(error, "__notes__"):
            traceback.print_exception(error)


for turn in range(3):
    shown(sums, 2000)
    shown(dots, 2000)
    shown(raises, 800, 700)
    shown(raises, 1000, -1)
    shown(caught, 800)
    shown(zero, 900)
    shown(kept, 1500)
    shown(order, 700)
    Ends.ended = 0
    shown(ends, 600)
    shown(watched, 800, [])
    shown(chains, 900)
    shown(returns, 900)
    shown(returns, 1000)
for change in (new_init, with_new, setter, getter, wrong, ending):
    for when in (-1, 350, 699):
        Changed = new_class()
        shown(changes, 700, -1, None)
        shown(changes, 700, when, change)
        print(change.__name__, when, len(counted))
collections = []
gc.callbacks.append(lambda phase, details: collections.append(phase) if phase == "stop" else None)
gc.collect()
del collections[:]


def fills(n):
    items = []
    for k in range(n):
        items.append(Vec(k, k))
    return len(items)


for turn in range(3):
    print(fills(5000), len(collections) > 3)
sys.setrecursionlimit(150)


class Tree:
    def __init__(self, depth):
        self.depth = depth
        self.below = None if depth == 0 else Tree(depth - 1)


def trees(n, depth):
    for k in range(n):
        tree = Tree(depth)
    return tree.depth, tree.below.depth


for depth in (5, 60, 65, 70, 76, 130, 140, 146, 149, 200):
    try:
        print(depth, trees(30, depth))
    except RecursionError as error:
        print(depth, error)
