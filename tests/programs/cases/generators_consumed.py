# native: entry
# Generator expressions that sum, any, all, min and max consume on the spot: what raises in the middle, what changes, what is empty.

import signal
import sys
import threading
import traceback


def norm(xs):
    return sum(x * x for x in xs)


def dot(xs, ys, scale):
    return sum(x * y * scale for x, y in zip(xs, ys)) + sum(i * x for i, x in enumerate(xs) if i % 2)


def inverse(xs, shift):
    return sum(1.0 / (x - shift) for x in xs)


def checks(xs, limit):
    return any(x > limit for x in xs), all(x <= limit for x in xs), any(x is xs[3] for x in xs)


def ends(xs):
    return max(x for x in xs), min(-x for x in xs), max(x for x in range(len(xs)) if x % 7)


def nested(n):
    return sum(i * j for i in range(n) for j in range(i) if i % 3)


def power(x, n):
    result = 1.0
    for k in range(n):
        result *= x
    return result


def called(xs, n):
    return sum(power(x, n) for x in xs)


def stored(found, x):
    found[0] += x
    return found[0]


def not_twice(xs):
    found = [0]
    return sum(stored(found, x) for x in xs), found


def tree(node):
    return node[0] + sum(tree(inner) for inner in node[1:])


def counted(n, xs):
    total, seen = 0, 0
    for k in range(n):
        seen += 1
        total += sum(x * k + seen for x in xs)
        if k % 100 == 50:
            xs[k % len(xs)] += 1
    return total


def replaced(n, xs):
    global sum
    found = 0
    for k in range(n):
        found += sum(x for x in xs)
        if k == n // 2:
            sum = lambda values: len(list(values))
        if k == n // 2 + 5:
            del sum
    return found


def interrupted(xs):
    try:
        threading.Timer(0.05, signal.raise_signal, (signal.SIGINT,)).start()
        for turn in range(10_000_000):
            norm(xs)
        return "never"
    except KeyboardInterrupt:
        return "interrupted"


class Loud:
    def __init__(self, x):
        self.x = x

    def __mul__(self, other):
        return self.x * other.x

    def __del__(self):
        print("gone", self.x)


def shown(function, *arguments):
    try:
        result = function(*arguments)
        print(function.__name__, type(result).__name__, repr(result)[:70])
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, float))]))
            trace = trace.tb_next
        print("".join(traceback.format_exception(error)))


floats, ints = [k * 0.1 - 3.0 for k in range(400)], [k * 3 - 600 for k in range(400)]
for turn in range(5):
    for xs in (floats, ints, [], [1e16, 1.0, -1e16, 1e-3] * 50, [float("inf"), 1.0], [float("nan")], [-0.0], [True, 2, 3.5] * 30, [2 ** 62] * 5, [1, "a"], [Loud(2), Loud(3)], iter([1, 2, 3]), (1.5, 2)):
        shown(norm, xs)
    shown(dot, floats, ints, 0.25)
    shown(dot, floats, ints[:100], 3)
    shown(inverse, floats, 1e9)
    shown(inverse, floats, floats[150])
    shown(inverse, ints, 0)
    for xs in (floats, ints, floats + [float("nan")]):
        shown(checks, xs, 1000)
        shown(checks, xs, 1)
        shown(ends, xs)
    shown(ends, [])
    shown(nested, 60)
    shown(called, floats, 3)
    shown(called, floats + ["a"], 3)
    shown(not_twice, ints + [2 ** 63])
    shown(tree, (1, (2, (3,), (4, (5,))), (6,)))
    shown(counted, 300, list(range(20)))
    shown(replaced, 400, list(range(20)))
    big = max(x for x in ints) * 1000
    values = [big + k for k in range(10)]
    print(max(x for x in values) is values[-1], min(x for x in values) is values[0])
print(interrupted(floats))
sys.setrecursionlimit(200)
deep = (1,)
for k in range(120):
    deep = (k, deep)
shown(norm, floats)
try:
    print(tree(deep))
except RecursionError as error:
    print(error, len(traceback.extract_tb(error.__traceback__)) > 100)
