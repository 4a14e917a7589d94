# native: entry
# list, tuple and sorted of generator expressions, comprehensions, sum with a start: what raises in the middle, what is empty, what changes.

import sys
import traceback


def squares(xs):
    return list(x * x for x in xs)


def chosen(xs, limit):
    return tuple(x for x in xs if x > limit)


def ordered(xs, divisor):
    return sorted(x % divisor for x in xs), sorted(-x for x in xs if x)


def doubled(xs):
    return [x * 2 for x in xs if x != 3]


def inverse(xs):
    return [1.0 / x for x in xs]


def added(xs, start):
    return sum((x * 0.5 for x in xs), start), sum((x for x in xs), start * 2)


def rows(n):
    total = 0
    for k in range(n):
        row = [j * k for j in range(k % 7)]
        kept = list(j for j in row if j % 2)
        total += len(row) + sum(row) + sum((j for j in kept), k)
        row.append(total)
        kept.append(row)
    return total, row, kept


def replaced(n, xs):
    global sorted
    found = []
    for k in range(n):
        found += sorted(x * k for x in xs)
        if k == n // 2:
            sorted = lambda values: ["replaced", *values]
        if k == n // 2 + 5:
            del sorted
    return found[-4:], len(found), found.count("replaced")


class Loud:
    def __init__(self, x):
        self.x = x

    def __mul__(self, other):
        return Loud(self.x * (other.x if isinstance(other, Loud) else other))

    def __repr__(self):
        return f"Loud({self.x})"

    def __del__(self):
        print("gone", self.x)


def louds():
    return [Loud(5), Loud(6)]


def attributes(n):
    found = []
    for k in range(n):
        found += [one.x for one in louds()]
        print("next")
    return found


def shown(function, *arguments):
    try:
        result = function(*arguments)
        parts = result if type(result) is tuple else (result,)
        print(function.__name__, type(result).__name__, repr(result)[:70], [sys.getsizeof(part) for part in parts][:20])
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__.tb_next
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, float))]))
            trace = trace.tb_next
        frame = None        # no cycle is left for the collector
        print("".join(traceback.format_exception(error)))


floats, ints = [k * 0.1 - 3.0 for k in range(400)], [k * 3 - 600 for k in range(400)]
for turn in range(5):
    for xs in (floats, ints, [], *[[7] * count for count in range(1, 12)], [float("nan"), 1.0, -0.0], [True, False], [2 ** 62, 1], [1, 2.5, 3], [1, "a", 3], (1.5, 2), iter([3, 1, 2])):
        for function, *more in ((squares,), (chosen, 2), (ordered, 7), (doubled,), (added, 1), (added, 0.25), (added, -0.0), (added, True), (added, 2 ** 62)):
            shown(function, xs, *more)
    shown(squares, [Loud(2), Loud(3)])
    shown(inverse, floats[1:20])
    shown(inverse, ints)
    shown(rows, 60)
    shown(replaced, 40, list(range(20)))
    shown(attributes, 3)
    shown(added, [1.5], "a")
big = [k * 1000.5 for k in range(20)]
print([one is other for one, other in zip(big, list(x for x in big if x >= 0))].count(True))
print([one is other for one, other in zip(big, sorted(x for x in big))].count(True), [one is other for one, other in zip(big, [x for x in big])].count(True))
