# native: loop
# Ints and floats by turns at one place, None among them, and functions that give one or the other: values, types, identity, what ends when.

import traceback
import warnings

ENDED = []
BIG = 2 ** 70


class Point:
    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def moved(self, by):
        self.x = self.x + by if self.x is not None else by
        return self.x

    def larger(self):
        return self.x if self.x > self.y else self.y


class Slotted:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x


class Odd(int):
    def __mul__(self, other):
        return "odd"

    __rmul__ = __mul__


class Ends:
    def __init__(self, name):
        self.name = name

    def __float__(self):
        return 0.5

    def __add__(self, other):
        return other

    __radd__ = __add__

    def __del__(self):
        ENDED.append(self.name)


def clamped(x):
    if x < 0:
        return 0
    if x > 900:
        return None
    return x * 0.5


def position(values, wanted):
    for k, x in enumerate(values):
        if x == wanted:
            return k
        if x is None:
            return "none before"
    return None


def itself(x, other):
    return x if x else other


def items(values, n):
    s, last = 0, None
    for k in range(n):
        x = values[k % len(values)]
        s += x * 2 - 1
        if x > 3:
            last = x
        values[k % 7] = x
    return s, last, [x is last for x in values]


def identities(values, n):
    same = 0
    for k in range(n):
        x, y = values[k % len(values)], values[(k * 3) % len(values)]
        same += x is y
        z = x if x else y
        same += z is x
        values[0], values[1] = y, x
        same += itself(x, y) is x
    return same, [type(x).__name__ for x in values]


def optional(values, n):
    s = 0.0
    for k in range(n):
        x = values[k % len(values)]
        if x is None:
            s += 1
        elif x:
            s += x
        s += (x or 0) + (1 if not x else 2)
    return s


def moving(points, n):
    s = 0
    for k in range(n):
        p = points[k % len(points)]
        s += p.moved(1 if k % 3 else 0.5)
        p.y = p.x * 2 if k % 2 else p.y
        s -= p.larger()
    return s, [(p.x, p.y) for p in points]


def giving(n, top):
    s, none, kinds = 0.0, 0, {}
    for k in range(n):
        r = clamped(k - 50.5)
        if r is None:
            none += 1
        else:
            s += r
        if clamped(top - k):
            s += 1
        kinds[type(r).__name__] = k
    return s, none, kinds


def found(values, n):
    texts = 0
    for k in range(n):
        r = position(values, k % 11)
        if r is None:
            texts += 1
        elif r == "none before":
            texts += 10
        else:
            texts += r
    return texts


def truths(values, n):
    s = 0
    for k in range(n):
        x = values[k % len(values)]
        if x:
            s += 1
        y = not x
        s += 3 if x or y else 4
        s += isinstance(x, (int, str)) * 5
    return s


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments))[:200])
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__.tb_next
        while trace is not None:
            print("   ", trace.tb_frame.f_code.co_name, trace.tb_lineno, sorted([(name, repr(value)) for name, value in trace.tb_frame.f_locals.items() if type(value) in (int, float, type(None))]))
            trace = trace.tb_next
        print("".join(traceback.format_exception(error)))
    print(ENDED)


TURNS = [1, 2.5, 3, 4.5, True, 0.5, 2, 7]
for turn in range(3):
    for function in items, identities:
        shown(function, TURNS[:], 3_000)
        shown(function, [float("nan"), 1, -0.0, 0, 1_000, 1_000.0, False], 3_000)
        shown(function, [1.5, 2, BIG, 0.5], 3_000)
        shown(function, [2.5, 3, Odd(5), 1], 2_000)
    shown(items, TURNS[:] + [None], 3_000)
    shown(items, TURNS[:] + ["text"], 3_000)
    shown(items, [1.5, 1e308, 1e308, 2, 10 ** 400], 3_000)
    shown(optional, [1.5, None, 2, 3.5, None, 0.0, 1, 0], 3_000)
    shown(optional, [None, 5, None], 3_000)
    shown(optional, [None, 5, 2.5, Ends("first"), None][:3 + turn], 900)
    shown(truths, [1, 2.5, None, 0], 2_000)
    shown(truths, [1, 2.5, "a", "", [], None], 2_000)
    shown(truths, [1.5, 2, True, 0.0, BIG], 2_000)
    shown(moving, [Point(1), Point(2.5), Point(None), Point(0, 0.5)], 3_000)
    shown(moving, [Point(1), Point(2.5, None), Point(None)], 3_000)
    shown(moving, [Point(1), Point(2.5), Point(BIG)], 3_000)
    shown(giving, 3_000, 60.5)
    shown(giving, 3_000, 60)
    shown(found, [3, 4.0, True, 6.5, None, 9], 3_000)
    shown(found, [3, 4.0, True, 10], 3_000)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    shown(items, TURNS[:], 3_000)
