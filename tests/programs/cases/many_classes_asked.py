# native: loop
# Objects of six classes at one place: what they have in different ways (values, what the class has, properties, slots, nothing), truth, equality, isinstance,
# methods that take other arguments, raise, are static, or belong to the class; classes that change meanwhile.

import sys
import traceback


class Shape:
    RATE = 2
    sides = 0

    def __init__(self, size):
        self.size = size
        self.seen = 0

    def area(self):
        return self.size * self.RATE

    def touched(self, by=1):
        self.seen += by
        return self

    @staticmethod
    def unit():
        return 1

    @classmethod
    def twice(cls):
        return cls.RATE * 2


class Square(Shape):
    RATE = 3
    sides = 4

    def area(self):
        return self.size * self.size


class Circle(Shape):
    @property
    def sides(self):
        return self.size % 3

    def area(self):
        return self.size * 3.25


class Bar(Shape):
    def __init__(self, size):
        self.length = size
        Shape.__init__(self, size)
        self.sides = size

    def touched(self, by=2):
        self.seen += by
        return self.size

    @staticmethod
    def unit():
        return 7


class Empty(Shape):
    def __bool__(self):
        return self.seen & 1 == 0

    def __eq__(self, other):
        return self.size == 2

    __hash__ = None

    @classmethod
    def twice(cls):
        return -cls.RATE


class Other:
    __slots__ = ("size", "seen", "sides")
    RATE = 11

    def __init__(self, size):
        self.size = size
        self.seen = 0
        self.sides = 5

    area = Shape.area
    touched = Shape.touched
    unit = staticmethod(lambda: 13)
    twice = classmethod(lambda cls: 17)


KINDS = Shape, Square, Circle, Bar, Empty, Other


def reads(shapes, n):
    s = 0
    for k in range(n):
        o = shapes[k % len(shapes)]
        s += o.size * o.RATE + o.sides
        o.size = (o.size + k) & 7
    return s


def calls(shapes, n):
    s = 0
    for k in range(n):
        o = shapes[k % len(shapes)]
        s += o.area() + o.unit() * 10 + o.twice()
        o.touched()
        if k % 3 == 0:
            o.touched(k & 3)
    return s


def asks(shapes, n):
    s = 0
    for k in range(n):
        o = shapes[k % len(shapes)]
        if o:
            s += 1
        if isinstance(o, Square):
            s += 10
        elif isinstance(o, (Bar, Circle)):
            s += o.size
        if o == shapes[0]:
            s += 1000
        if o is not shapes[1] and o != None:
            o.seen += 1
    return s


def held(holder, n):
    s = 0
    for k in range(n):
        holder = holder[1]
        s += holder[0].area() * 2 + holder[0].touched(1).seen
    return s


def ring(shapes):
    first = [shapes[0], None]
    last = first
    for shape in shapes[1:]:
        last[1] = [shape, None]
        last = last[1]
    last[1] = first
    return first


def tried(function, *arguments):
    try:
        return function(*arguments)
    except Exception:
        traceback.print_exc(file=sys.stdout)


def state(shapes):
    return [(type(o).__name__, o.size, o.seen) for o in shapes]


for function in (reads, calls, asks):
    for count in (6, 4, 6):
        shapes = [kind(k + 2) for k, kind in enumerate(KINDS[:count])]
        for n in (10, 700, 700, 700, 700):
            print(function.__name__, tried(function, shapes, n))
        print(state(shapes))
shapes = [kind(k + 2) for k, kind in enumerate(KINDS[:4])]
for n in (10, 700, 700):
    print(tried(held, ring([o for o in shapes if type(o) is not Bar]), n))
print(tried(held, ring(shapes), 700))

# what the classes have changes meanwhile
shapes = [kind(k + 2) for k, kind in enumerate(KINDS)]
Square.RATE = 2.5
print(tried(reads, shapes, 700), tried(calls, shapes, 700))
Shape.unit = lambda self: 21
print(tried(calls, shapes, 700), tried(calls, shapes, 700))
del Circle.sides
print(tried(reads, shapes, 700), tried(reads, shapes, 700))
Circle.area = Square.area
print(tried(calls, shapes, 700), tried(calls, shapes, 700))
del Other.area
print(tried(calls, shapes, 700), tried(calls, shapes, 700))
Other.area = lambda self: "text"
print(tried(calls, shapes, 700), tried(calls, shapes, 700))
Other.area = Bar.area
del shapes[2].size
print(tried(calls, shapes, 700), tried(reads, shapes, 700))
shapes[2].size = 5
shapes[3].area = lambda: 1
print(tried(calls, shapes, 700), tried(calls, shapes, 700))
print(state(shapes))
