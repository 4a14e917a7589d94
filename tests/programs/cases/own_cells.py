# native: loop
# Functions that keep variables in cells of their own: inner functions, lambdas, generator expressions; what they leave behind, and when it ends.

import gc
import traceback
import weakref


def norm(values, k):
    return sum(value * k for value in values)


def mean_of(values, scale=2.0):
    def scaled(x):
        return x * scale
    total = 0.0
    for value in values:
        total += scaled(value)
    return total / len(values)


def adder(n, m):
    def add(x, y=1):
        return x + n * m + y
    return add


def counted(n):
    total = 0

    def bump(x):
        nonlocal total
        total += x
        return total

    bump(n)
    return bump(2) + total


def divided(n, at):
    inverse = lambda x: 1000 // (x - at)
    return inverse(n) + inverse(n + 1)


def late(n, bound):
    def read():
        return value + n
    if bound:
        value = n
    return read()


def kept(n, keep):
    def inner():
        return n, keep
    keep.append(inner)
    return len(keep)


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def holds(n, loud):
    held = loud
    name = lambda: held.name
    return len(name()) + n


def recursive(n):
    def walk(k):
        return k if k < 2 else walk(k - 1) + walk(k - 2)
    return walk(n)


def empty(n):
    def total():
        return first + n
    first = n * 100000
    return total()


def loop(n, at, at_late):
    values, s = [1.5, 2.5, 3.5], 0
    for k in range(n):
        s += norm(values, k) + mean_of(values) + adder(k, 2)(3) + counted(k) + divided(k, at) + late(k, k != at_late) + empty(k)
    return s


def passed(n):
    s = 0
    for k in range(n):
        s += norm((k, 2, 3), k) + (lambda x: x - k)(1)
    return s


def keeping(n):
    keep, s = [], 0
    for k in range(n):
        s += kept(k, keep)
        if k % 1000 == 999:
            s += sum(inner()[0] for inner in keep) + (keep[-1]()[1] is keep)
            keep.clear()
    return s


def loudly(n):
    s = 0
    for k in range(n):
        s += holds(k, Loud(k) if k % 4000 == 3999 else known)
    return s


def walking(n):
    s = 0
    for k in range(n):
        s += recursive(k % 7)
    return s


def weakly(n):
    ended, s = [], 0
    for k in range(n):
        add = adder(k, 1)
        if k % 3000 == 2999:
            reference = weakref.ref(add, lambda _: ended.append(k))
        s += add(1)
    return s, ended


def replaced(n):
    global adder
    before, s = adder, 0
    for k in range(n):
        s += adder(k, 2)(1)
        if k == n // 2:
            adder = lambda a, b: lambda x: a * b * x
    adder = before
    return s


def shown(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)
        entry = error.__traceback__
        while entry is not None:
            frame = entry.tb_frame
            print("   ", frame.f_code.co_qualname, entry.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, float))]))
            entry = entry.tb_next
        print("".join(traceback.format_exception(error)))


known = Loud("known")
gc.disable()        # when cycles end is another program's business
for turn in range(3):
    shown(loop, 4000, -5, -1)
    shown(loop, 6000, 4321, -1)
    shown(loop, 6000, -5, 4444)
    for function in (passed, keeping, loudly, walking, weakly, replaced):
        shown(function, 9000)
