# native: entry
# Keyword-only defaults, *args, calls with the items of tuples: what changes in the middle, what raises, what dies.

import sys
import traceback


def scaled(x, *, by=2.0, plus=0.5):
    return x * by + plus


def rest(a, *args):
    return a + args[0] * len(args)


def pair(*args):
    x, y = args
    return x // y


def kept(*args):
    return args


def walked(*args):
    total = 0
    for x in args:
        total += x
    return total


def passed(*args):
    return pair(*args)


def counted(function):
    def wrapper(*args):
        return function(*args) + 1
    return wrapper


@counted
def product(a, b):
    return a * b


def change(k):
    if k == 50:
        scaled.__kwdefaults__["by"] = 3.0
    if k == 60:
        scaled.__kwdefaults__ = {"by": 1.0, "plus": 4}
    if k == 70:
        del scaled.__kwdefaults__["plus"]


def back():
    scaled.__kwdefaults__ = {"by": 2.0, "plus": 0.5}


def defaults(n):
    total = 0.0
    for k in range(n):
        total += scaled(k) + scaled(k, by=0.25)
        change(k)
    return total


def calls(n, t, when):
    total = 0
    for k in range(n):
        total += rest(k, 2, total) % 1000 + pair(*t) + passed(k, 3) + product(k, 2) + len(kept(k, total)) + walked(k, 1)
        if k == when:
            t = (1, 0)
    return total


def lengths(items):
    total = 0
    for t in items:
        total += rest(*t)
    return total


class Loud:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return self.x

    def __del__(self):
        print("gone", self.x)


def first(a, *args):
    a = None
    print("let go")
    return 1


def ends(n):
    total = 0
    for k in range(n):
        t = Loud(k), Loud(-k)
        total += first(*t) + first(Loud(k), 2)
    return total


def same(n, x):
    count = 0
    for k in range(n):
        y = x + k
        one = kept(y, y)
        count += one[0] is one[1] and one[0] is y
    return count


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        trace = error.__traceback__.tb_next
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, float, tuple))]))
            trace = trace.tb_next
        frame = None        # no cycle is left for the collector
        print("".join(traceback.format_exception(error)))


for turn in range(5):
    for n in (40, 55, 65, 90):
        shown(defaults, n)
        back()
    for t in ((7, 2), (7.5, 2), [7, 2], (1, 2, 3), (True, 4)):
        shown(calls, 60, t, -1)
    shown(calls, 200, (9, 3), 150)
    shown(lengths, [(k, k + 1) for k in range(50)])
    shown(lengths, [(k, k + 1, 2.5)[:k % 3 + 1] for k in range(1, 50)])
    shown(lengths, [(k, "a") for k in range(50)])
    shown(ends, 3)
    shown(same, 100, 1000)
sys.setrecursionlimit(120)


def deep(*args):
    return deep(*args) + 1 if len(args) else 0


shown(calls, 60, (7, 2), -1)
