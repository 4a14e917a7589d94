# native: loop
# Dictionaries that make what is missing, read and written in functions: factories of the program's, factories that raise or change, subclasses,
# keys of the program's classes, values whose end is seen.

import gc
import traceback
from collections import Counter, defaultdict

ENDED, CALLED = [], []


class Loud:
    def __init__(self):
        self.name = len(ENDED)

    def __del__(self):
        ENDED.append(self.name)


class Key:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        CALLED.append("eq")
        return self.value == getattr(other, "value", other)


class Table(defaultdict):
    def __missing__(self, key):
        CALLED.append(key)
        return 7


def tally(counts, key):
    counts[key] += 1
    return counts[key]


def grouped(groups, key, value):
    groups[key].append(value)
    return len(groups[key])


def marked(marks, key, value):
    marks[key].add(value)
    return len(marks)


def weighed(weights, key, by):
    weights[key] += by * 0.5
    return weights.get(key, 0.0)


def loop(counts, groups, marks, weights, keys, n):
    s = 0
    for k in range(n):
        key = keys[k % len(keys)]
        s += tally(counts, key) + grouped(groups, key, k) + marked(marks, key, k % 5) + weighed(weights, key, k % 3) + tally(counts, k * 1000)
    return s


def tables():
    return defaultdict(int), defaultdict(list), defaultdict(set), defaultdict(float)


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
    print(len(ENDED), len(CALLED), CALLED[-3:])


def raising():
    if len(CALLED) % 7 == 5:
        raise LookupError("no value")
    CALLED.append("made")
    return 3


KEYS = ["a", "b", "long" * 3, "\u20ac"]
for turn in range(4):
    given = tables()
    shown(loop, *given, KEYS, 2000)
    shown(loop, *given, [1, 2, -1, 2 ** 40], 2000)
    print([len(one) for one in given], list(given[0].items())[:9], list(given[3].items())[:9])
shown(loop, *tables(), ["a", 5, None, 2.5, (1, 2)], 400)
shown(loop, *tables(), [Key("a"), "a", Key(3), 3], 400)
shown(loop, defaultdict(raising), *tables()[1:], KEYS, 400)
shown(loop, defaultdict(None), *tables()[1:], KEYS, 400)
shown(loop, defaultdict(lambda: 2.5), *tables()[1:], KEYS, 400)
shown(loop, defaultdict(bool), defaultdict(lambda: [1]), *tables()[2:], KEYS, 400)
shown(loop, defaultdict(str), *tables()[1:], KEYS, 400)
shown(loop, Counter(), *tables()[1:], KEYS, 400)
shown(loop, Table(int), *tables()[1:], KEYS, 400)
shown(loop, {**dict.fromkeys(KEYS, 0)}, *tables()[1:], KEYS, 400)
shown(loop, defaultdict(int, {"a": 2 ** 62, "b": 2 ** 63 - 5}), *tables()[1:], KEYS, 400)
given = tables()
given[0].default_factory = Loud
shown(loop, *given, KEYS, 400)


def changing(counts, n):
    s = 0
    for k in range(n):
        if k == n // 2:
            counts.default_factory = FACTORIES.pop()
        s += tally(counts, k)
    return s


FACTORIES = [None, list, lambda: 100, float, int]
for turn in range(5):
    shown(changing, defaultdict(int), 500)


def identities(n):
    table, order = defaultdict(list), []
    for k in range(1000, 1000 + n):
        x = k * 3
        table[x].append(k)
        order.append(x)
        table[k + 1].append(x)
    keys = {id(key) for key in table}
    return sum(id(one) in keys for one in order), sum(value[0] is other for value, other in zip(table.values(), order))


def made_here(n):
    s = 0
    for k in range(n):
        counts, rows = defaultdict(int), defaultdict(list)
        for j in range(5):
            counts[j % 3] += k
            rows[j % 2].append(j)
        s += counts[0] + len(rows[1]) + len(counts)
        for key, value in counts.items():
            s += key * value
    return s


for turn in range(4):
    shown(identities, 300)
    shown(made_here, 300)
