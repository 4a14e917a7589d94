# native: loop
# Loops over dictionaries and sets, in functions and by themselves: tables that change meanwhile, entries whose end is seen, iterators with names,
# types that change in the middle, dictionaries that native code relies on itself.

import gc
import sys
import traceback
from collections import OrderedDict, defaultdict

ENDED = []
LIMIT = 50


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        ENDED.append(self.name)

    def __repr__(self):
        return f"Loud({self.name})"


def total(table):
    s = 0
    for key, value in table.items():
        s += value * key
    return s


def keys(table):
    s = 0
    for key in table:
        s += key
    return s


def values(table):
    s = 0
    for value in table.values():
        s += value
    return s


def first_above(table, limit):
    for key, value in table.items():
        if value > limit:
            return key
    return None


def named(words, letter):
    found = 0
    for word, count in words.items():
        if word.startswith(letter):
            found += count
    return found


def pairs(table):
    s = 0
    for name, (a, b) in table.items():
        s += a * b + len(name)
    return s


def nested(table):
    s = 0
    for row in table.values():
        for key in row:
            s += key
    return s


def all_of(n, table, words, points, rows, known):
    s = 0
    for k in range(n):
        s += total(table) + keys(table) + values(table) + named(words, "b") + pairs(points) + nested(rows) + keys(known)
        s += first_above(table, k % 40) or 0
    return s


def changed(table, at, value):
    seen = []
    for key in table:
        seen.append(key)
        if key == at:
            table[value] = key
    return seen


def overwritten(table, value):
    last = None
    for key, old in table.items():
        table[key] = value
        last = old
        old = None
    return last, len(ENDED)


def emptied(table):
    seen = 0
    for key in list(table):
        del table[key]
        seen += key
    for key in table:
        seen += 1000
    return seen


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments))[:200])
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, repr(value)) for name, value in frame.f_locals.items() if type(value) in (int, float, str, list)])[:9])
            trace = trace.tb_next
        print("".join(traceback.format_exception(error)))
    print(len(ENDED), ENDED[-3:])


TABLE = {k: 3 * k + 1 for k in range(60)}
WORDS = {letter * 3 + str(k): k for k in range(20) for letter in "abc"}
POINTS = {"p": (1, 2), "q": (0.5, 4), "r": (3, 3)}
ROWS = {"x": {1: 0, 2: 0}, "y": {5: 1}, "z": {}}
for turn in range(4):
    shown(all_of, 60, TABLE, WORDS, POINTS, ROWS, {1, 5, 99})
shown(all_of, 60, {**TABLE, 7: 2.5}, WORDS, POINTS, ROWS, {1, 5, 99})
shown(all_of, 60, {**TABLE, 2 ** 70: 2 ** 80}, WORDS, POINTS, ROWS, {1, 5, 99})
shown(all_of, 60, {**TABLE, True: 1}, WORDS, POINTS, ROWS, frozenset({1, 5, 99}))
shown(all_of, 60, {}, {}, {}, {}, set())
shown(all_of, 60, OrderedDict(TABLE), WORDS, POINTS, ROWS, {1, 5, 99})
shown(all_of, 60, defaultdict(int, TABLE), WORDS, POINTS, ROWS, {1, 5.5, 99})
shown(all_of, 60, TABLE, {**WORDS, 5: 5}, POINTS, ROWS, {1})
shown(all_of, 60, TABLE, WORDS, {**POINTS, "s": [1, 2]}, ROWS, {1})
shown(all_of, 60, TABLE, WORDS, {**POINTS, "s": (1, 2, 3)}, ROWS, {1})
shown(all_of, 60, TABLE, WORDS, POINTS, {**ROWS, "w": [1, 2]}, {1, "x"})
for turn in range(5):
    shown(changed, {k: k for k in range(40)}, 20, 30)           # no new key
    shown(changed, {k: k for k in range(40)}, 20, 50)           # one
    shown(changed, {k: k for k in range(40)}, 39, 50)           # one, behind the last
    shown(overwritten, {k: Loud(k) for k in range(30)}, turn)
    shown(overwritten, {k: [k] for k in range(30)}, turn)
    shown(overwritten, {str(k): str(k) * 2 for k in range(30)}, turn)
    shown(emptied, {k: k for k in range(30)})


# The tables die, and what they hold, with the loop.
def made(n):
    s = 0
    for k in range(n):
        for key, value in {k: 1, k + 1: 2}.items():
            s += key * value
        for key in {1, k}:
            s += key
    return s


def loud(n):
    s = 0
    for k in range(n):
        for key, value in {k: Loud(k)}.items():
            s += key + len(ENDED)
        value = None
        s += len(ENDED)
    return s


for turn in range(4):
    shown(made, 200)
    shown(loud, 60)


# Iterators that have names go on where they stood.
def in_two(table):
    iterator, s = iter(table.items()), 0
    for key, value in iterator:
        s += value
        if key == LIMIT:
            break
    left = iterator.__length_hint__()
    for key, value in iterator:
        s -= value
    return s, left, iterator.__length_hint__(), list(iterator), sys.getrefcount(table) - sys.getrefcount(LIMIT) * 0


for turn in range(4):
    shown(in_two, {k: k * 2 for k in range(200)})
    shown(in_two, {str(k): k * 2 for k in range(200)})


# What native code relies on itself.
RATE, OTHER = 3, 5


def rated(x):
    return x * RATE


def over_names(n):
    global RATE
    s = 0
    for k in range(n):
        RATE = k
        for name, value in globals().items():
            if name == "RATE":
                s += value
        s += rated(k)
        for value in vars(HOLDER).values():
            s += value
        HOLDER.x = k
    return s


class Holder:
    def __init__(self):
        self.x, self.y = 1, 2


HOLDER = Holder()
for turn in range(4):
    shown(over_names, 100)

# At module level, with names that others see.
seen = 0
for key, value in TABLE.items():
    for other in WORDS:
        seen += len(other) * key
    for one in {5, 6, 7}:
        seen += one
print(seen, key, value, other, one)
gc.collect()
print(len(ENDED))
