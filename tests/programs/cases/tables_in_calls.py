# native: loop
# Functions that look things up in dictionaries and sets, called natively: keys that aren't there, keys of the program's classes, values whose
# end is seen, dictionaries that native code relies on itself.

import gc
import traceback
from collections import Counter, OrderedDict, defaultdict

ENDED = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        ENDED.append(self.name)


class Key:
    """Equal to a string or a number of the same hash, and says that it was asked."""

    asked = 0

    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        Key.asked += 1
        if Key.asked == 150:
            raise LookupError("asked too often")
        return self.value == other


class Text(str):
    def __eq__(self, other):
        Key.asked += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


class Table(dict):
    def __missing__(self, key):
        self[key] = len(self)
        return -1


def price(prices, name, k):
    return prices[name] * k


def count(counts, word):
    counts[word] = counts.get(word, 0) + 1
    return counts[word]


def seen(known, x):
    if x in known:
        return 1
    known.add(x)
    return 0


def put(table, key, value):
    table[key] = value
    return len(table)


def shop(prices, names, n):
    total = 0
    for k in range(n):
        total += price(prices, names[k % len(names)], k)
    return total


def words(counts, names, n):
    total = 0
    for k in range(n):
        total += count(counts, names[k % len(names)])
    return total


def numbers(known, counts, n, step):
    total = 0
    for k in range(n):
        total += seen(known, k * step % 301 - 150) + count(counts, k % 50 - 25)
    return total


def filled(table, values, n):
    total = 0
    for k in range(n):
        total += put(table, k % 7, values[k % len(values)])
    return total


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments))[:200])
    except Exception as error:
        print(type(error).__name__, error)
        trace = error.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, repr(value)) for name, value in frame.f_locals.items() if type(value) in (int, float, str)]))
            trace = trace.tb_next
        print("".join(traceback.format_exception(error)))
    gc.collect()            # frames and errors are in a cycle
    print(len(ENDED), ENDED[-3:], Key.asked)


NAMES = ["apple", "pear", "plum", "fig" * 2, "\u00e9t\u00e9", "\u20ac", "\U0001f600"]
for turn in range(3):
    prices = {name: 3 + place for place, name in enumerate(NAMES)}
    shown(shop, prices, NAMES, 3000)
    shown(shop, prices, [*NAMES, "nothing"], 3000)
    shown(shop, prices, [*NAMES, None], 3000)
    shown(shop, {**prices, "plum": 2.5}, NAMES, 3000)
    shown(shop, Table(prices), [*NAMES, "nothing"], 3000)
    shown(shop, {**prices, Key("plum"): 1}, NAMES, 3000)
    shown(shop, {Key("plum"): 1, "pear": 4}, ["pear", "plum"], 200)
    shown(shop, {Text("plum"): 1, "pear": 4}, ["pear", "plum"], 200)
    shown(shop, prices, ["pear", Text("plum"), []], 3000)
    Key.asked = 0
    shown(words, {}, NAMES, 3000)
    for kind in (dict, OrderedDict, Counter, lambda: defaultdict(int)):
        counts = kind()
        shown(words, counts, NAMES, 3000)
        print(list(counts.items()))
    shown(words, {Key("pear"): 3}, NAMES, 400)
    shown(words, {"pear": Loud("counted")}, NAMES, 400)
    shown(words, {"pear": 2 ** 70, "plum": 0.5, "apple": True}, NAMES, 400)
    counts, known = {True: 5, 2.0: 7, -1: 3, 2 ** 70: 1}, {True, -2, 3.0, "x"}
    shown(numbers, known, counts, 2000, 7)
    print(counts, sorted(known, key=repr)[:20], len(known))
    shown(numbers, {1.5, (1, 2), None, Key(7)}, {None: 1, (1,): 2, -1: -1}, 2000, 7)
    shown(numbers, frozenset(range(-200, 200)), {}, 2000, 7)
    shown(numbers, {10}, {}, 2000, 10 ** 18)
    table = {}
    shown(filled, table, [1, 2.5, "text", None], 300)
    shown(filled, table, [Loud("first"), Loud("second"), 3], 300)
    print(table.keys())
    shown(filled, table, [[k] for k in range(5)], 300)
    shown(filled, {}, [0.1 * k for k in range(9)], 300)
    del table

# What native code relies on itself.
RATE = 3
BY = {"x": 1}


def rated(x, *, by=2):
    return x * RATE + by


def changing(table, n, key, first, second):
    total = 0
    for k in range(n):
        total += rated(k)
        put(table, key, first if k % 2 else second)
        total += rated(1)
    return total


for turn in range(3):
    shown(changing, BY, 500, "x", 1, 2)
    shown(changing, globals(), 500, "RATE", 1, 2)
    shown(changing, rated.__kwdefaults__, 500, "by", 10, 20)
    shown(changing, vars(Loud("held")), 500, "name", 10, 20)
    RATE = 3


# Numbers that are keys and something else.
def identities(n):
    found, table, order = 0, {}, []
    for k in range(1000, 1000 + n):
        put(table, k, k)
        order.append(k)
        x = k * 2
        put(table, x, x)
        y = x + k
        put(table, y, 1)
        order.append(y)
    for key, value in table.items():
        found += key is value
    keys = {id(key) for key in table}
    return found, sum(id(one) in keys for one in order)


for turn in range(3):
    shown(identities, 300)


def changed_while_walking(n):
    table = {k: k for k in range(n)}
    for key in table:
        put(table, key, 0)
    for key in table:
        put(table, key + n, 0)


shown(changed_while_walking, 300)
