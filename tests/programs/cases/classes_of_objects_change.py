# native: loop
# Objects that get another class in a hot loop: directly, in functions, in methods, in finalizers, in other threads' turns.

import sys


class A:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return "A+"

    def __len__(self):
        return 1

    def __getitem__(self, k):
        return "A[]"

    def __call__(self):
        return "A()"

    def __bool__(self):
        return True

    def __neg__(self):
        return "-A"

    def __contains__(self, k):
        return True

    def method(self):
        return "A.method"

    @property
    def shown(self):
        return "A.shown"

    value = "A.value"


class B(A):
    def __add__(self, other):
        return "B+"

    def __len__(self):
        return 2

    def __getitem__(self, k):
        return "B[]"

    def __call__(self):
        return "B()"

    def __bool__(self):
        return False

    def __neg__(self):
        return "-B"

    def __contains__(self, k):
        return False

    def method(self):
        return "B.method"

    @property
    def shown(self):
        return "B.shown"

    value = "B.value"


METHODS = ("__init__", "__add__", "__len__", "__getitem__", "__call__", "__bool__", "__neg__", "__contains__", "method", "shown", "value")
SlottedA = type("SlottedA", (), {"__slots__": ("x",), **{name: vars(A)[name] for name in METHODS}})
SlottedB = type("SlottedB", (SlottedA,), {"__slots__": (), **{name: vars(B)[name] for name in METHODS[1:]}})


def other(v):
    return {A: B, B: A, SlottedA: SlottedB, SlottedB: SlottedA}[type(v)]


def change(v):
    v.__class__ = other(v)


class Ends:
    def __init__(self, v):
        self.v = v

    def __del__(self):
        change(self.v)


def directly(v):
    v.__class__ = other(v)


def by_setattr(v):
    setattr(v, "__class__", other(v))


def by_finalizer(v):
    Ends(v)


def by_key(v):
    sorted([v, v, v], key=lambda one: change(one) or 0)


EXPRESSIONS = ("v + 1", "len(v)", "v[k]", "v()", "1 if v else 2", "-v", "k in v", "v.method()", "v.shown", "v.value", "isinstance(v, B)", "type(v) is B", "type(v).__name__", "not v", "v.x")
SOURCE = """
def loop(v, n, change, every):
    found = []
    for k in range(n):
        if k % every == every - 1:
            {change}
        w = {expression}
        if k % (every // 2) == 0:
            found.append(str(w))
    return found
"""
CHANGES = ("v.__class__ = other(v)", "change(v)")
WAYS = (directly, by_setattr, by_finalizer, by_key)

for expression in EXPRESSIONS:
    for place, text in enumerate(CHANGES):
        space = {"other": other, "A": A, "B": B}
        exec(SOURCE.format(change=text, expression=expression), space)
        for kind in (A, B, SlottedA):
            for way in (WAYS if place else WAYS[:1]):
                print(expression, text, kind.__name__, way.__name__, *space["loop"](kind(1.5), 1200, way, 100))


class Machine:
    """Its states are classes."""

    def __init__(self):
        self.count = 0

    def step(self):
        self.count += 1
        if self.count % 7 == 0:
            self.__class__ = Resting
        return 1


class Resting(Machine):
    def step(self):
        self.count += 1
        if self.count % 3 == 0:
            self.__class__ = Machine
        return 100


def loop(n):
    machines = [Machine() for _ in range(3)]
    total = 0
    for k in range(n):
        for one in machines:
            total += one.step()
    return total, [type(one).__name__ for one in machines]


for _ in range(3):
    print(loop(3000))


def refused(v, n):
    for k in range(n):
        try:
            v.__class__ = int if k == n - 2 else type(v)
        except TypeError as error:
            print(k, error, sys.exc_info()[2].tb_lineno)
    return type(v).__name__


print(refused(A(1), 3000))
