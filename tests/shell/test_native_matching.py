"""`match` in loops and in functions that are called natively: without call-outs, and no exits once its subjects are known."""

import gc

import pytest

import framejit
from tests.shell.test_native_calls import counters, program

CLASSES = """
from dataclasses import dataclass

@dataclass
class Point:
    x: float
    y: float

@dataclass
class Circle:
    center: Point
    r: float

class Slot:
    __slots__ = __match_args__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b

@dataclass
class Leaf:
    value: float

@dataclass
class Sum:
    left: object
    right: object

def area(shape):
    match shape:
        case Point(x=0.0):
            return 0.0
        case Point(x, y):
            return x * y
        case Circle(Point(x, y), r=r) if r > 0.5:
            return x * y * r
        case Circle(r=r):
            return r
        case Slot(a, b):
            return a - b

def loop(shapes, n):
    s = 0.0
    for k in range(n):
        s += area(shapes[k % len(shapes)])
    for shape in shapes:
        match shape:
            case Slot(b=b):
                s -= b
            case Point(y=y) | Circle(Point(y=y)):
                s += y
    return s
"""
KINDS = """
def loop(values, n):
    i, f, t = 0, 0.0, 0
    for value in values:
        match value:
            case bool():
                i += 1
            case int(k) if k > 3:
                i += k
            case int() | None:
                i -= 1
            case float(x):
                f += x
            case str(s):
                t += len(s)
            case ("add", a, b) | ["add", a, b]:
                i += a * b
            case [[a, b], [c, d]]:
                i += a * d - b * c
            case []:
                i += n
            case _:
                i += 1000
    return i, f, t
"""
TREES = """
def value(e):
    match e:
        case int() | float():
            return e
        case ("+", a, b):
            return value(a) + value(b)
        case ("*", a, b):
            return value(a) * value(b)
        case ("-", a):
            return -value(a)

def loop(e, n):
    s = 0
    for k in range(n):
        s += value(e) + k
    return s
"""
PROGRAMS = {
    "classes": (CLASSES, "[Point(0.0, 1.5), Point(2.0, 1.5), Circle(Point(1.0, 2.0), 0.75), Circle(Point(1.0, 2.0), 0.25), Slot(3.5, 1.0)] * 40, 1000"),
    "one class": (CLASSES, "[Point(k * 0.5, 1.5) for k in range(40)], 1000"),
    "kinds": (KINDS, "[7, 2, True, None, 1.5, 'word', ('add', 2, 3), ['add', 4, 5], ((1, 2), (3, 4)), [], {}, 5] * 50, 1000"),
    "trees": (TREES, "('+', ('*', 3, ('-', 4)), ('+', 1, ('*', 2, 5))), 600"),
    "trees of floats": (TREES, "('+', ('*', 3.5, ('-', 4.0)), ('+', 1.5, ('*', 2.0, 5.0))), 600"),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_without_call_outs(name):
    source, arguments = PROGRAMS[name]
    plain, fast = program(source), program(source, "loop")
    expected = plain["loop"](*eval(arguments, plain))
    given = eval(arguments, fast)
    for _ in range(12):
        assert fast["loop"](*given) == expected
    gc.collect()                # none is due while native calls are counted
    before = counters(), framejit.stats()["native_entries"]
    assert fast["loop"](*given) == expected
    assert counters()[0] == before[0][0]
    assert counters()[1] - before[0][1] <= 2
    assert framejit.stats()["native_entries"] > before[1]


def test_patterns_that_change():
    """Another class pattern in mid-loop is heard of at once; back again, nothing is compiled."""
    plain, fast = program(CLASSES), program(CLASSES, "loop")
    for space in (plain, fast):
        space["given"] = [space["Point"](2.0, 1.5), space["Slot"](3.5, 1.0)] * 20
    for names in (("x", "y"), ("y", "x"), ("x", "y"), ("x",), ("x", "y")):
        for space in (plain, fast):
            space["Point"].__match_args__ = names
        for _ in range(3):
            outcomes = []
            for space in (plain, fast):
                try:
                    outcomes.append(space["loop"](space["given"], 300))
                except TypeError as error:
                    outcomes.append(str(error))
            assert outcomes[0] == outcomes[1]
    before = framejit.stats()["regions_compiled"]
    fast["loop"](fast["given"], 300)
    assert framejit.stats()["regions_compiled"] == before
