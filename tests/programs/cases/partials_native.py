# native: loop
"""functools.partial of functions that are called natively, and the operator module's functions; what the program changes about them."""

import operator
import traceback
import warnings
from functools import partial


def scale(a, x, *, by=1, plus=0):
    if x == 977:
        raise ValueError((a, x, by))
    return a * x + by - plus


def identical(a, b=None):
    return a


def other(a, x, *, by=1, plus=0):
    return a + x + by


double = partial(scale, 2)
half = partial(scale, 0.5, by=0.25)
named = partial(scale, plus=3)
big = 10**10
gives = partial(identical, big)


class Holder:
    def __init__(self, function):
        self.function = function
        self.total = 0

    def run(self, n):
        for k in range(n):
            self.total += self.function(k)
        return self.total


def parts(n):
    s = 0.0
    for k in range(n):
        s += double(k) + half(k) + double(k, by=3) + half(k, by=k) + named(3, k) + named(2, k, plus=1)
    return s


def through(p, n):
    s = 0
    for k in range(n):
        s = s + p(k) & 0xFFFFF
    return s


def same(n):
    count = 0
    for k in range(n):
        if gives() is big and gives(k) is big:
            count += 1
    return count


def operators(n, xs):
    s, t = 1, 0.5
    for k in range(n):
        s = operator.and_(operator.add(operator.mul(s, 3), operator.xor(k, 5)), 0xFFFF)
        t = operator.sub(t, operator.truediv(k, operator.add(k, 2)))
        if operator.lt(s, 100) or operator.not_(operator.ge(s, 90)) or operator.contains((3, 5, 9), s):
            s = operator.iadd(s, operator.floordiv(k, 7)) + operator.mod(-k, 7) + operator.pow(k % 5, 2)
        t += operator.getitem(xs, k % len(xs)) + operator.neg(t) * 0.5 + operator.abs(t - 3) + operator.index(s) + operator.truth(k)
        if operator.is_(xs, None) or operator.is_not(xs, xs):
            t = 0.0
        s = operator.lshift(s, 1) >> operator.rshift(k, 9) | operator.or_(k, 1) + operator.inv(k)
    return s, t


def told(what, *arguments):
    try:
        print(what.__name__, repr(what(*arguments)))
    except Exception:
        print(what.__name__, traceback.format_exc())


def change(k):
    if k == 300:
        double.keywords["by"] = 7
    elif k == 310:
        half.__setstate__((scale, (0.75,), {"by": 0.5}, {}))
    elif k == 320:
        scale.__code__, other.__code__ = other.__code__, scale.__code__
    elif k == 330:
        scale.__kwdefaults__["by"] = 11
    elif k == 340:
        double.keywords["none"] = 7
    elif k == 350:
        del double.keywords["none"], double.keywords["by"]
    elif k == 360:
        named.__setstate__((other, (), {}, {}))
    elif k == 370:
        half.__setstate__((operator.mul, (2.0,), {}, {}))


def changed(n):
    s, failed = 0.0, []
    for k in range(n):
        try:
            s += double(k)
        except TypeError as error:
            failed.append(k)
        s += half(k) + named(2, k)
        change(k)
    return s, failed


def fail_at_zero(n):
    s = 0
    for k in range(n):
        s += operator.mod(100, n - 5 - k)
    return s


for _ in range(2000):
    through(double, 900)
for _ in range(3):
    told(parts, 400)
    told(through, double, 400)
    told(through, half.func, 0)
    told(through, partial(scale, 4, by=9), 400)
    told(same, 400)
    told(operators, 400, [0.25, 1.5, -2.0])
    told(operators, 400, (0.25, 1.5, -2.0))
    told(operators, 300, [1, 2, 3, 4])
told(parts, 1000)
told(through, double, 1000)
told(fail_at_zero, 400)
told(Holder(partial(scale, 3)).run, 500)
told(Holder(partial(scale, 3)).run, 1000)
told(Holder(double).run, 500)
told(operators, 300, [1, "2", 3, 4])
told(operators, 300, [0.5, 2**70, 3, 4])
told(changed, 400)
told(parts, 400)
scale.__code__, other.__code__ = other.__code__, scale.__code__
told(changed, 290)


class Loud:
    def __del__(self):
        print("gone")

    def __radd__(self, other):
        return other + 1


def finalised(n):
    s = 0
    for k in range(n):
        if k == n // 2:
            double.__setstate__((identical, (Loud(),), {}, {}))
        value = double(k)
        if k == n // 2 + 2:
            double.__setstate__((scale, (2,), {}, {}))
            print("let go")
        s = s + value
    return s


told(finalised, 400)
operator.add = lambda a, b: a - b
told(operators, 300, [1, 2, 3, 4])

try:
    import numpy
except ImportError:
    numpy = None
if numpy is not None:
    def scalars(n, x):
        for k in range(n):
            x = operator.add(operator.mul(x, numpy.float32(1.5)), k)
        return x

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        told(scalars, 400, numpy.float32(1))
        print([(str(one.message), one.lineno) for one in seen])
