# native: loop
# What classes have for all their instances, properties and operators, in hot loops: while they change, raise, or say NotImplemented.

import sys
import traceback


class Base:
    RATE = 0.5
    COUNT = 3
    limit = 10 ** 12

    def __init__(self, x, y):
        self.x = x
        self.y = y

    @staticmethod
    def half(x):
        return x * 0.5

    @classmethod
    def scaled(cls, x, by=2):
        return cls.RATE * x + by

    @property
    def total(self):
        return self.x + self.y

    @property
    def part(self):
        return self.x // self.y

    @part.setter
    def part(self, value):
        self.x = value + self.y // 1
        if value > 5 * 10 ** 18:
            self.y = 0

    def __mul__(self, by):
        if by == 77:
            return NotImplemented
        return self.x * by

    def __rmul__(self, by):
        return by * self.y

    def __add__(self, other):
        return self.x * 1 + other.y // other.x

    def __eq__(self, other):
        return self.x == other.x

    def __lt__(self, other):
        return self.y // self.x < other.y

    def __getitem__(self, k):
        if k > 3:
            raise IndexError(k)
        return self.x if k else self.y

    def __setitem__(self, k, value):
        self.y = value + k // 1

    def __len__(self):
        return self.COUNT

    def __contains__(self, value):
        return value == self.x or value // self.y == 1

    def __call__(self, t, *, more=0):
        return self.x * t

    def __neg__(self):
        return -self.x

    def __hash__(self):
        return 5


class Child(Base):
    RATE = 0.25


def shared(items, n, event, when):
    s = 0.0
    for k in range(n):
        for one in items:
            s += one.RATE * one.x + one.half(k) + one.scaled(1.5, by=k) + Base.RATE + Base.half(2.0) + Child.scaled(k) + one.COUNT
        if k == when:
            event(items)
    return s, k


def counted(items, n, event, when):
    for k in range(n):
        Base.COUNT += 1
        if k == when:
            event(items)
    return Base.COUNT


def properties(items, n, event, when):
    s = 0
    for k in range(n):
        for one in items:
            s += one.total + one.part
            one.part = k
        if k == when:
            event(items)
    return s, k


def operators(items, n, event, when):
    s = 0
    for k in range(n):
        for one in items:
            s += one * 2 + 3 * one + (one + items[0]) + one[k & 1] + len(one) - (-one)
            if one < items[1] or one == items[0]:
                s += 1
            if k in one or k + 1 not in one:
                s += 2
            one[0] = k + 1
        if k == when:
            event(items)
    return s, k


def nothing(items): pass
def rate(items): Base.RATE = 0.75
def rate_whole(items): Base.RATE = 3
def rate_text(items): Base.RATE = "text"
def rate_property(items): Base.RATE = property(lambda self: 0.125)
def rate_child(items): Child.RATE = 1.0
def rate_own(items): items[0].RATE = 9.0
def static(items): Base.half = staticmethod(lambda x: x * 0.25)
def static_plain(items): Base.half = lambda self, x=1.0: x * 0.75
def class_method(items): Base.scaled = classmethod(lambda cls, x, by=3: x - by)
def getter(items): Base.total = property(lambda self: self.x - self.y)
def getter_gone(items): del Base.total
def value_instead(items): Base.total = 7
def part_zero(items): items[1].y = 0
def part_big(items): items[1].x = 2 ** 70
def part_float(items): items[0].y = 2.5
def setter_other(items): Base.part = Base.part.setter(lambda self, value: None)
def setter_gone(items): Base.part = property(Base.part.fget)
def add(items): Base.__add__ = lambda self, other: 5
def add_gone(items): del Base.__add__
def iadd(items): Base.__iadd__ = lambda self, other: 6
def length(items): Base.COUNT = -1
def length_text(items): Base.COUNT = "long"
def equal(items): Base.__eq__ = lambda self, other: NotImplemented
def contains(items): Base.__contains__ = lambda self, value: 3
def no_contains(items): Base.__contains__ = None
def other_class(items): items[0].__class__ = Child
def child(items): items.append(Child(4, 5))
def dictionary(items): items[0].__dict__["half"] = lambda x: 4.0
def negative(items): Base.__neg__ = lambda self: "text"


EVENTS = [value for name, value in list(globals().items()) if getattr(value, "__code__", None) and value.__code__.co_varnames == ("items",)]
SAVED = {kind: dict(vars(kind)) for kind in (Base, Child)}


def restored():
    for kind, names in SAVED.items():
        for name in list(vars(kind)):
            if name not in names:
                delattr(kind, name)
        for name, value in names.items():
            if vars(kind).get(name) is not value:
                setattr(kind, name, value)


def shown(function, items, n, event, when):
    try:
        print(function.__name__, event.__name__, when, function(items, n, event, when))
    except Exception as error:
        print(function.__name__, event.__name__, when, type(error).__name__, error)
        entry = error.__traceback__
        while entry is not None:
            frame = entry.tb_frame
            names = sorted([(name, str(value)[:40]) for name, value in frame.f_locals.items() if type(value) in (int, float, str)])
            print("   ", frame.f_code.co_name, entry.tb_lineno, names)
            entry = entry.tb_next
        if "--columns" in sys.argv:
            traceback.print_exception(error)
    print([(type(one).__name__, str(one.x)[:30], str(one.y)[:30]) for one in items], Base.COUNT)


for function in (shared, properties, operators, counted):
    for event in EVENTS:
        for when in (-1, 7, 200):
            shown(function, [Base(3, 2), Base(7, 5)], 300, event, when)
            restored()
for k in (76, 77, 78):
    try:
        s = 0
        for i in range(1000):
            s += Base(3, 2) * (k if i == 900 else 2)
        print(s)
    except TypeError as error:
        print(error, i)


class Deep:
    def __init__(self, depth):
        self.depth = depth

    @property
    def below(self):
        return 0 if self.depth == 0 else Deep(self.depth - 1).below + 1

    def __call__(self, n):
        return 0 if n == 0 else self(n - 1) + 1

    def __sub__(self, n):
        return 0 if n == 0 else (self - (n - 1)) + 1


def recursive(n):
    deep, s = Deep(n), 0
    for k in range(3):
        s += deep.below + deep(n) + (deep - n)
    return s


sys.setrecursionlimit(200)
for n in (10, 20, 80, 90, 95, 96, 97, 98, 99, 100, 150, 190, 195, 196, 197, 198, 199, 250):
    try:
        print(n, recursive(n))
    except RecursionError as error:
        print(n, error, len(traceback.extract_tb(error.__traceback__)))
