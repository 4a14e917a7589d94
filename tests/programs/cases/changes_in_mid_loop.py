# native: entry
# __class__, __bases__, __code__, __defaults__, builtins, the recursion limit, slots and metaclasses change while a loop runs natively.

import builtins
import functools
import sys

import framejit


class Base:
    rate = 2

    def step(self, k):
        return k * self.rate

    @property
    def size(self):
        return 3


class Other(Base):
    rate = 5

    def step(self, k):
        return k - self.rate


class Third:
    rate = 0.5

    def step(self, k):
        return k + self.rate

    size = 1.5


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x
        self.y = x

    def __add__(self, k):
        self.x += k
        return self


class SlottedToo:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x

    def __add__(self, k):
        self.y = self.x
        self.x -= k
        return self


class Meta(type):
    def __call__(cls, *args):
        LOG.append(cls.__name__)
        return super().__call__(*args)


class Made:
    def __init__(self, x):
        self.x = x


class MadeToo(Made):
    def __init__(self, x):
        super().__init__(x)
        self.x = self.x * 2 + 1


LOG = []


def helper(k, by=3):
    return k * by


def helper_too(k, by=7):
    return k - by if k else "none"


@framejit.jit
def methods(one, n, when, change):
    s = 0
    for k in range(n):
        s += one.step(k) + one.size
        if k % when == when - 1:
            change(one, k)
    return s


@framejit.jit
def slots(one, n, when, change):
    for k in range(n):
        one = one + k
        if k % when == when - 1:
            change(one, k)
    return one.x, getattr(one, "y", "unset")


@framejit.jit
def made(kind, n, when, change):
    s = 0
    for k in range(n):
        one = kind(k)
        s += one.x
        if k % when == when - 1:
            change(one, k)
    return s


@framejit.jit
def builtin(values, n, when, change):
    s = 0
    for k in range(n):
        s += abs(values[k % 3]) + len(values) + max(k, 3) + helper(k) + int(k * 0.5)
        if k % when == when - 1:
            change(values, k)
    return s


@framejit.jit
def deep(k):
    return 0 if k == 0 else 1 + deep(k - 1)


@framejit.jit
def limited(values, n, when, change):
    s = 0
    for k in range(n):
        try:
            s += deep(60 + k % 5)
        except RecursionError as error:
            s += 100000
            LOG.append(str(error)[:32])
        if k % when == when - 1:
            change(values, k)
    return s


def once(*steps):
    """Does one step after the other, and begins again."""
    turns = []

    def change(one, k):
        turns.append(k)
        steps[(len(turns) - 1) % len(steps)](one)

    return change


def swap_class(*kinds):
    return [functools.partial(lambda kind, one: setattr(one, "__class__", kind), kind) for kind in kinds]


def swap_codes(one):
    helper.__code__, helper_too.__code__ = helper_too.__code__, helper.__code__


def limit(number):
    return lambda one: sys.setrecursionlimit(sys_depth() + number)


def sys_depth():
    depth, frame = 0, sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth


def replaced(name, value):
    return lambda one: setattr(builtins, name, value)


PLAIN_ABS, PLAIN_LEN, PLAIN_MAX = abs, len, max
ROWS = [
    (methods, Base, once(*swap_class(Other, Third, Base))),
    (methods, Base, once(lambda one: setattr(Other, "__bases__", (Third,)), lambda one: setattr(Base, "rate", 2.5), lambda one: setattr(Other, "__bases__", (Base,)), lambda one: setattr(Base, "rate", 2))),
    (methods, Other, once(lambda one: setattr(Base, "size", property(lambda self: 4)), lambda one: setattr(Other, "size", 9), lambda one: delattr(Other, "size"), lambda one: setattr(Base, "size", property(lambda self: 3)))),
    (methods, Base, once(lambda one: setattr(one, "step", lambda k: k * 100), lambda one: delattr(one, "step"), lambda one: one.__dict__.update(rate=11), lambda one: one.__dict__.clear())),
    (methods, Base, once(lambda one: setattr(Base, "__getattribute__", lambda self, name: LOG.append(name) or object.__getattribute__(self, name)), lambda one: delattr(Base, "__getattribute__"))),
    (slots, functools.partial(Slotted, 1), once(*swap_class(SlottedToo, Slotted))),
    (slots, functools.partial(Slotted, 1), once(lambda one: setattr(one, "x", 0.5), lambda one: delattr(one, "y"), lambda one: setattr(one, "x", 2**62))),
    (made, lambda: Made, once(lambda one: setattr(Made, "__init__", lambda self, x: setattr(self, "x", -x)), lambda one: setattr(Made, "__new__", lambda cls, x: LOG.append(x) or object.__new__(cls)), lambda one: delattr(Made, "__new__"))),
    (made, lambda: MadeToo, once(lambda one: setattr(MadeToo, "__bases__", (Third, Made)), lambda one: setattr(MadeToo, "__bases__", (Made,)))),
    (made, lambda: Meta("Dynamic", (Made,), {}), once(lambda one: setattr(Meta, "__call__", type.__call__), lambda one: LOG.append(type(one).__mro__[1].__name__))),
    (builtin, lambda: [1, -2, 3.5], once(swap_codes, swap_codes, lambda one: setattr(helper, "__defaults__", (0.25,)), lambda one: setattr(helper, "__defaults__", (3,)))),
    (builtin, lambda: [1, -2, 3], once(replaced("abs", lambda x: LOG.append(x) or 1), replaced("len", lambda x: 2.5), replaced("abs", PLAIN_ABS), replaced("len", PLAIN_LEN), replaced("max", min), replaced("max", PLAIN_MAX))),
    (builtin, lambda: [1, -2, 3], once(lambda one: one.append(4.5), lambda one: one.__setitem__(1, "text"[:0] or -7), lambda one: one.clear() or one.extend([True, 2**65, -0.0]))),
    (limited, list, once(limit(40), limit(500), limit(64), limit(900))),
]

for turn in range(3):
    for function, make, change in ROWS:
        for when in (1000, 50, 7, 13):
            try:
                found = function(make(), 120, when, change)
            except Exception as error:
                place, lines = error.__traceback__, []
                while place is not None:
                    lines.append((place.tb_frame.f_code.co_name, place.tb_lineno))
                    place = place.tb_next
                found = type(error).__name__, str(error)[:80], lines
            builtins.abs, builtins.len, builtins.max = PLAIN_ABS, PLAIN_LEN, PLAIN_MAX
            sys.setrecursionlimit(1000)
            print(function.__name__, when, found, len(LOG), LOG[:6])
            LOG.clear()
