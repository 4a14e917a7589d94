# native: loop
# Tuples as keys of dictionaries and sets, in functions: of ints and strings, of what only the program can compare, of floats that are equal to
# ints, and whose items are somebody else's objects.

import gc
import traceback
from collections import defaultdict

ASKED = []


class Key:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        ASKED.append(self.value)
        if len(ASKED) == 120:
            raise LookupError("asked too often")
        return self.value == getattr(other, "value", other)


class Pair(tuple):
    def __eq__(self, other):
        ASKED.append("pair")
        return tuple.__eq__(self, other)

    __hash__ = tuple.__hash__


def paths(memo, r, c):
    if r == 0 or c == 0:
        return 1
    if (r, c) in memo:
        return memo[r, c]
    s = paths(memo, r - 1, c) + paths(memo, r, c - 1)
    memo[r, c] = s
    return s


def alive(cells, counts, x, y):
    n = 0
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            if (x + dx, y + dy) in cells:
                n += 1
                counts[x + dx, y + dy] += 1
    return n


def weight(weights, a, b):
    return weights[a, b] if (a, b) in weights else weights.get((b, a), 0.5)


def visited(seen, key):
    if key in seen:
        return 1
    seen.add(key)
    return 0


def loop(memo, cells, counts, weights, names, keys, n):
    seen, s = set(), 0
    for k in range(n):
        s += paths(memo, k % 7, k % 5) + alive(cells, counts, k % 6, k % 4) + weight(weights, names[k % len(names)], names[k // 2 % len(names)])
        s += visited(seen, keys[k % len(keys)]) + visited(seen, (k % 11, 1000 + k % 7, "x", k % 3))
    return s, len(seen)


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments))[:300])
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, repr(value)) for name, value in frame.f_locals.items() if type(value) in (int, float, str)]))
            trace = trace.tb_next
        print("".join(traceback.format_exception(error)))
    gc.collect()
    print(len(ASKED), ASKED[-3:])


CELLS = {(1, 2), (2, 2), (3, 2), (5, 1), (-1, 0), (2 ** 40, -2 ** 40)}
WEIGHTS = {("a", "b"): 1.5, ("b", "c"): 2.5, ("c" * 2, "a"): 0.25, "a": 7.0}
KEYS = [(1, 2), (3, "x"), ("y",), (1, 2, 3, 4), (-1, 2 ** 61 - 1)]
for turn in range(5):
    memo, counts = {}, defaultdict(int)
    shown(loop, memo, CELLS, counts, WEIGHTS, ["a", "b", "c", "cc"], KEYS, 1500)
    shown(loop, memo, frozenset(CELLS), counts, WEIGHTS, ["a", "\u20ac"], KEYS, 300)
    print(sorted(memo.items())[:20], list(counts.items())[:9])
names = ["a", "b", "c"]
shown(loop, {}, {(1.0, 2), (True, 2), (0, False)}, defaultdict(int), WEIGHTS, names, KEYS, 300)
shown(loop, {(1.0, 1): 100}, CELLS, defaultdict(int), WEIGHTS, names, KEYS, 300)
shown(loop, {(1, 1): 2.5, (True, 2): 3}, CELLS, defaultdict(int), WEIGHTS, names, KEYS, 300)
shown(loop, {}, {(Key(1), 2), (Key(0), Key(0)), Key(3)}, defaultdict(int), WEIGHTS, names, KEYS, 100)
shown(loop, {Pair((1, 1)): 4}, CELLS, defaultdict(int), {**WEIGHTS, ("b", Key("b")): 1.0}, names, KEYS, 300)
shown(loop, {}, CELLS, defaultdict(int), {**WEIGHTS, ("b", Key("b")): 1.0}, [*names, None], KEYS, 300)
shown(loop, {}, CELLS, defaultdict(int), WEIGHTS, names, [*KEYS, (), (1, (2, 3)), (1.5, 2), (2 ** 70, 1), (1, 2, 3, 4, 5)], 300)
shown(loop, {}, CELLS, defaultdict(int), WEIGHTS, names, [*KEYS, [1, 2], Pair((1, 2))], 300)
shown(loop, {}, CELLS, dict.fromkeys(CELLS, 0), WEIGHTS, names, KEYS, 300)
shown(loop, {}, CELLS, {}, WEIGHTS, names, KEYS, 300)


def identities(n):
    table, order = {}, []
    for k in range(n):
        x = k * 1000
        y = x + 1
        key = (x, y)
        table[key] = x
        table[y, x] = key
        order += [x, y, key]
    inner = {id(item) for key in table for item in key} | {id(key) for key in table}
    return sum(id(one) in inner for one in order), sum(key[0] is value for key, value in table.items()), sum(table[key] is key[1] for key in order if type(key) is tuple)


for turn in range(4):
    shown(identities, 200)
