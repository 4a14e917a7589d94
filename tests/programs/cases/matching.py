# native: loop
# `match` in hot loops: classes whose patterns change, instances that lack attributes, subjects that answer for themselves, errors of patterns.
import traceback
from collections import OrderedDict, defaultdict, deque
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
    __slots__ = ("a", "b")
    __match_args__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b


class Farther(Point):
    pass


class Asked:
    __match_args__ = ("value", "other")

    def __init__(self, value):
        self.value = value

    @property
    def other(self):
        print("asked", self.value)
        if self.value == 2:
            raise AttributeError("hidden")
        if self.value == 3:
            raise LookupError("loud")
        return self.value + 1


class Meta(type):
    def __instancecheck__(cls, instance):
        print("instancecheck", type(instance).__name__)
        return isinstance(instance, (int, float)) and instance > 2


class Large(metaclass=Meta):
    pass


class Proxy:
    @property
    def __class__(self):
        print("class asked")
        return Point

    x, y = 1.5, 2.5


class Whole(int):
    __match_args__ = ("real", "imag")


class Table(dict):
    def get(self, key, default=None):
        print("get", key)
        return super().get(key, default)

    def __len__(self):
        print("len")
        return 3


class Loud:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("ends", self.number)


def shapes(values):
    s = 0.0
    for value in values:
        match value:
            case Point(x=0.0, y=y):
                s += y
            case Point(x, y):
                s += x * y
            case Circle(Point(x, y), r) if r > 0.5:
                s += x * r
            case Circle(r=r):
                s -= r
            case Slot(a, b=b):
                s -= a * b
            case _:
                s += 1
    return s


def commands(values):
    s = 0
    for value in values:
        match value:
            case ("add", a, b):
                s += a + b
            case ["neg", a] | ["minus", a]:
                s -= a
            case ("sum", *rest, last):
                s += len(rest) * last
            case [[a, b], [c, d]]:
                s += a * d - b * c
            case {"k": v, **others}:
                s += v + len(others)
            case None | True | False:
                s += 7
            case "word" | b"bytes":
                s += 11
            case int(k) | float(k) if k > 2:
                s += k
            case _:
                s += 100
    return s


def tables(values):
    s = 0
    for value in values:
        match value:
            case {"k": int(v), 3: w}:
                s += v + w
            case {"k": {"inner": v}}:
                s += v
            case {"k": v}:
                s += v
            case {}:
                s += 1
            case _:
                s -= 1
    return s


def tree(e):
    match e:
        case int() | float():
            return e
        case ("+", a, b):
            return tree(a) + tree(b)
        case ("*", a, b):
            return tree(a) * tree(b)
        case ("-", a):
            return -tree(a)
    raise ValueError(e)


def trees(e, n):
    s = 0
    for k in range(n):
        s += tree(e) + k
    return s


def told(values):
    """What a value was known to be on one way isn't where the ways meet."""
    i = f = 0
    names = ""
    for value in values:
        match value:
            case bool():
                kind = "bool"
            case int(n):
                kind, i = "int", i + n
            case float():
                kind, f = "float", f + value
            case str(text):
                kind, names = "str", text
            case list() | tuple():
                kind, i = "items", i + len(value)
            case None:
                kind = "None"
            case object():
                kind = "object"
        i += len(kind)
    return i, f, names, value, kind


def counted(n, when, change):
    s, p = 0.0, Point(1.5, 2.0)
    for k in range(n):
        if k == when:
            change(p)
        match p:
            case Point(x, y):
                s += x * y + k
            case _:
                s -= 1
    return s


def wrong(n, when, number):
    s = 0.0
    for k in range(n):
        s += k * 0.5
        if k == when:
            match (Point(1.0, 2.0), Whole(5), 5, Asked(number))[number]:
                case Point(a, b, c):
                    s += 1
                case Whole(a, real=b):
                    s += 2
                case int(a, b):
                    s += 3
                case Asked(a, b):
                    s += 4
    return s


def unpacked(n):
    """Subjects that only the stack keeps."""
    s = 0.0
    for k in range(n):
        match Point(k * 0.5, 2.0):
            case Point(x, y):
                s += x - y
        match Circle(Point(1.0, k), 0.25):
            case Circle(Point(x=1.0, y=y), r):
                s += y * r
        match (k % 3, Loud(k)):
            case (2, loud):
                s += loud.number
            case (0, _):
                s -= 1
    return s


def attempt(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception:
        traceback.print_exc()


def swap(p):
    Point.__match_args__ = ("y", "x") if Point.__match_args__ == ("x", "y") else ("x", "y")


def lose(p):
    del p.x


def late(p):
    Point.x = 7.5
    del p.x


MIXED = [Point(0.0, 3.0), Point(1.5, 2.0), Circle(Point(2.0, 1), 0.75), Circle(Point(2, 1.0), 0.25), Slot(2, 3.5)]
WORDS = [("add", 1, 2), ["neg", 7], ("sum", 1, 2, 3, 4), {"k": 3, "j": 1}, None, "word", 5, 2.5, 1, ([1, 2], [3, 4]), ("minus", 2)]
E = ("+", ("*", 3, ("-", 4)), ("+", 1, ("*", 2, 5.5)))
for turn in range(4):
    attempt(shapes, [MIXED[k % 2] for k in range(3000)])
    attempt(shapes, [MIXED[k % 5] for k in range(3000)])
    attempt(commands, [WORDS[0] for k in range(3000)])
    attempt(commands, [WORDS[k % 3] for k in range(900)])
    attempt(tables, [{"k": k, 3: 1} for k in range(2000)])
    attempt(tables, [({"k": k, 3: 1}, {"k": {"inner": k}}, {"k": 0.5}, {}, {"j": 1}, 5)[k % 6] for k in range(3000)])
    attempt(trees, E, 2000)
    attempt(trees, ("+", ("*", 2, 3), ("-", 5)), 2000)
    attempt(told, [(1, 2.5, True, "a", [1], None, (), {}, 10**30)[k % 9] for k in range(3000)])
    attempt(counted, 3000, -1, swap)
for turn in range(3):
    attempt(counted, 3000, 2000 + turn, swap)
    attempt(counted, 3000, 2000 + turn, lose)
attempt(shapes, [*MIXED * 200, Farther(3.0, 4.0), Slot.__new__(Slot), Asked(1), Proxy(), 5, None, Point.__new__(Point)])
attempt(commands, [*WORDS * 100, deque([1, 2]), OrderedDict(k=5), defaultdict(int, k=2), Table(k=1), range(3), "neg", b"bytes", True, Whole(9), float("nan"), ("add", "a", "b"), ("neg", "a")])
attempt(tables, [*[{"k": 1}] * 300, Table(k=2), defaultdict(list, j=1), OrderedDict(k=3), {"k": "text"}])
attempt(told, [*[1, 0.5] * 300, Whole(3), deque(), True, 10**25])
attempt(trees, ("+", ("*", 2, "a"), 3), 5)
attempt(trees, ("+", ("?", 2, 3), 3), 500)
attempt(trees, ("-", "text"), 500)
for number in range(4):
    attempt(wrong, 800, 700, number)
attempt(unpacked, 12)
attempt(unpacked, 6)
attempt(counted, 3000, 1500, late)
attempt(shapes, [Point(1.0, 2.0)] * 1000)


def asked(values):
    s = 0.0
    for value in values:
        match value:
            case Large():
                s += 10
            case Asked(v, o):
                s += v + o
            case _:
                s += 0.5
    return s


attempt(asked, [1, 5, Asked(1), Asked(2), "a"])
attempt(asked, [1, 5, Asked(3)])


def twice(n, mapping, key):
    s = 0
    for k in range(n):
        s += k
        if k == n - 2:
            match mapping:
                case {"a": x, key.name: y}:
                    s += x + y
    return s


class Key:
    name = "a"


attempt(twice, 500, {"a": 1}, Key)
Key.name = "b"
attempt(twice, 500, {"a": 1, "b": 2}, Key)
