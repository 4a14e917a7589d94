# native: loop
# Functions that change in hot loops, given to instances that are just being made, to instances that are called, and to operators.

import gc


class Applied:
    def __init__(self, f, x):
        self.x = x
        self.y = f(x)


class Kept:
    __slots__ = ("f", "x")

    def __init__(self, f, x=2):
        self.f = f
        self.x = x

    def value(self):
        return self.f(self.x)

    def __call__(self, g):
        return g(self.x)

    def __add__(self, g):
        return g(self.x) + 1


def one(x):
    return x + 1.0


def two(x):
    return x * 3


def three(x):
    return (x, x + 1)


def work(fs, n):
    s = 0.0
    for k in range(n):
        f = fs[k * len(fs) // n]
        a = Applied(f, k)
        s += a.y if type(a.y) is not tuple else a.y[1]
        b = Kept(fs[k * len(fs) // n], x=k)
        s += b.x
        t = b.value()
        s += t if type(t) is not tuple else t[0]
        t = b(f)
        s += t if type(t) is not tuple else t[0]
        t = b + two
        s += t
    return s


def count():
    return sum(type(o) in (Applied, Kept) for o in gc.get_objects())


for fs in ([one], [one, two], [one, two, one, three], [one, lambda x: x - 1, lambda x: x - 2, abs], [three, one]):
    for _ in range(5):
        print(repr(work(fs, 300)), count())
try:
    work([one, None], 100)
except TypeError as error:
    print(error, error.__traceback__.tb_next.tb_lineno, count())
