# native: entry
# set of generator expressions, lists and tuples: which of equal items stays, in which order they stand, what hashes by itself, what raises in the middle.

import sys
import traceback


def sums(row, n):
    cols, found = range(n), 0
    for k in range(40):
        vec = row[k % 3:] + row[:k % 3]
        found += n == len(set(vec[i] + i for i in cols)) == len(set(vec[i] - i for i in cols))
    return found


def given(xs):
    return set(x for x in xs)


def doubled(xs):
    return set(x * 2 for x in xs if x)


def inverse(xs):
    return set(1.0 / x for x in xs)


def of_items(xs):
    found = None
    for _ in range(30):
        found = set(xs)
        found.add(len(xs))
    return found, 3 in found


def ways(xs):
    for x in xs:
        yield x
        rest = set(y for y in xs if y != x)
        yield len(rest), sorted(rest)
        yield tuple(y + x for y in xs[:2])


def replaced(n, xs):
    global set
    found = []
    for k in range(n):
        found.append(len(set(x % (k + 2) for x in xs)))
        if k == n // 2:
            set = lambda values: ["replaced", *values]
        if k == n // 2 + 5:
            del set
    return found


class Loud:
    def __init__(self, x):
        self.x = x

    def __hash__(self):
        print("hash of", self.x)
        return self.x % 2

    def __eq__(self, other):
        print("is", self.x, other)
        return True

    def __repr__(self):
        return f"Loud({self.x})"

    def __del__(self):
        print("gone", self.x)


class Key(int):
    def __hash__(self):
        print("hash of key", int(self))
        return 0


def shown(function, *arguments):
    try:
        result = function(*arguments)
        print(function.__name__, type(result).__name__, list(result) if isinstance(result, set) else result, sys.getsizeof(result))
    except Exception as error:
        print(type(error).__name__, error)
        print("".join(traceback.format_exception(error)))


nan = float("nan")
kinds = ([k * 0.1 - 3.0 for k in range(60)], [k * 37 % 61 - 30 for k in range(60)], [], [7] * 9, [3, 1.0, -0.0, 3.0, 0.0, 0], [True, 1, 1.0, False, 0], [2 ** 62, 1, 2 ** 70, -1, -2],
         [1, "a", 3, "a", None], (1.5, 2, 1.5), ["b", "a", "b"], [b"b", b"b", "b"], [(1, 2), (1, 2)], [[1], 2], [Key(3), 3, Key(4)], [1, "c", {}])
for turn in range(4):
    for xs in kinds:
        for function in (given, doubled, of_items):
            shown(function, xs)
    shown(given, iter([3, 1, 2]))
    shown(given, [Loud(2), Loud(3), Loud(4)])
    shown(inverse, kinds[1][:20])
    shown(inverse, [1, 2, 0, 4])
    shown(sums, [3, 1, 4, 0, 2], 5)
    shown(sums, [3, 1, 4, 0, 2], 6)
    shown(lambda: list(ways([3, 1.0, 2])))
    shown(replaced, 30, list(range(20)))
big = [k * 1000.5 for k in range(20)]
held = given(big)
print([any(one is other for other in held) for one in big].count(True), len(given([nan, nan])), len(given([nan, float("nan")])))
