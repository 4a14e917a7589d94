# native: loop
# Classes whose methods close over variables, take functions, give tuples: what classes and closures do together.


class Vec:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def pair(self):
        return self.x, self.y

    @property
    def sides(self):
        return self.y, self.x * 2.0

    def mapped(self, f):
        return Vec(f(self.x), f(self.y))

    def both(self, f, g=None):
        return f(self.x), f(self.y)


def classes(scale, shift):
    """A class whose methods close over variables of this call."""
    count = 0

    class Base:
        def __init__(self, x):
            nonlocal count
            count += 1
            self.x = x * scale

        def __add__(self, other):
            return self.x * scale + other.x + shift

        def __len__(self):
            return shift + 3

        @property
        def scaled(self):
            return self.x * scale

        @scaled.setter
        def scaled(self, value):
            self.x = value / scale

        @staticmethod
        def twice(x):
            return x * scale * 2.0

        @classmethod
        def shifted(cls, x):
            return x + shift

        def step(self, k):
            return self.x + k

    class Derived(Base):
        def step(self, k):
            return super().step(k) * scale

        def plain(self, k):
            return super().step(k)

    return Base, Derived, lambda: count


def added(n, scale):
    base, derived, counted = classes(scale, 2)
    one, other, s = base(1.5), derived(2.5), 0.0
    for k in range(n):
        s += one + other
        s += len(one) + one.scaled + other.twice(0.5) + other.shifted(k) + other.step(k) + other.plain(k)
        one.scaled = 0.5 * (k % 7)
    return s, counted()


def made(n, scale):
    base, derived, counted = classes(scale, 1)
    s = 0.0
    for k in range(n):
        s += derived(k).step(1)
    return s, counted()


def pairs(n):
    total, v = 0.0, Vec(1.0, 2.0)
    step = Vec(0.25, 0.5)
    for k in range(n):
        v = v + step
        a, b = v.pair()
        c, d = v.sides
        e, f = (v + step).pair()
        total += a * b - c + d * e - f
    return total


def same_objects(n):
    """Numbers that tuples bring are the attributes' own objects."""
    v, same = Vec(1.5, 2.5), 0
    for k in range(n):
        if k % 5 == 0:
            v = Vec(k + 0.5, k + 1.5)
        a, b = v.pair()
        same += (a is v.x) + (b is v.y)
    return same


def passed(n, f):
    v, total = Vec(0.5, 1.5), 0.0
    for k in range(n):
        w = v.mapped(f)
        a, b = v.both(f)
        total += w.x - a + w.y * b
    return total


def zero():
    return 0.25


class Counted:
    def __init__(self, f, n):
        self.start = zero()
        self.total = 0.0
        for k in range(n):
            self.total = self.total + f(k)
        self.ends = f(n) + self.start


def initialised(n, f):
    s = 0.0
    for k in range(n):
        one = Counted(f, k % 5)
        s += one.total + one.ends
    return s


def consumed(n):
    values = [Vec(0.5 * k, 1.0) for k in range(20)]
    s = 0.0
    for k in range(n):
        s += sum(v.x * k for v in values) + max(v.pair()[0] for v in values) + sum((v + values[1]).x for v in values)
    return s


class Means:
    def hidden(self, k):
        return k + 1


class Changes(Means):
    def hidden(self, k):
        return super().hidden(k) * 2

    def change(self, kind):
        nonlocal_class(self, kind)


def nonlocal_class(self, kind):
    Changes.hidden.__closure__[0].cell_contents = kind


class Other(Means):
    def hidden(self, k):
        return -k


def super_changes(n):
    one, s = Changes(), 0
    for k in range(n):
        try:
            s += one.hidden(k)
        except TypeError as error:
            s -= 1
            if k == n // 2 + 9:
                print(type(error).__name__)
        if k == n // 2:
            one.change(Other)
        if k == n // 2 + 10:
            one.change(Changes)
    return s


def raising(n):
    def f(x):
        return 1.0 / (x - 40.0)
    v, total = Vec(0.0, 100.0), 0.0
    for k in range(n):
        v.x = float(k)
        try:
            total += v.mapped(f).x + v.both(f)[0]
        except ZeroDivisionError as error:
            frames, at = [], error.__traceback__
            while at:
                frames.append((at.tb_frame.f_code.co_name, at.tb_lineno - at.tb_frame.f_code.co_firstlineno))
                at = at.tb_next
            print(k, frames)
    return total


class Seen:
    def __init__(self, k):
        self.k = k

    def __del__(self):
        ended.append(self.k)

    def with_k(self, f):
        return f(self.k), self.k


ended = []


def finalized(n):
    s = 0
    for k in range(n):
        a, b = Seen(k).with_k(lambda x: x + 1)
        s += a * b
    return s, len(ended), ended[-3:]


for _ in range(4):
    print(added(300, 1.5), added(300, 2), made(200, 0.5))
    print(pairs(300), same_objects(200))
    for by in (2.0, 3):
        print(passed(200, lambda x: x * by), initialised(200, lambda x: x * by + 0.5))
    print(consumed(50), super_changes(300), raising(80), finalized(60))
