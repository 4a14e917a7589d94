# native: loop
# Keys and values that are taken out of dictionaries, in functions: keys that aren't there, values and keys whose end is seen, loops over the
# dictionary meanwhile, numbers that others know, dictionaries that native code relies on itself.

import gc
import traceback
from collections import defaultdict

ENDED = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        ENDED.append(self.name)

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        return self.name == getattr(other, "name", other)


def put(queue, key, value):
    queue[key] = value


def drop(queue, key):
    value = queue[key]
    del queue[key]
    return value


def take(queue, key):
    return queue.pop(key)


def loop(queue, n, step):
    s = 0
    for k in range(n):
        put(queue, k, k * 3)
        put(queue, -k - 1, k)
        s += drop(queue, k * step) + take(queue, -k - 1)
    return s, len(queue)


def words(counts, names):
    s = 0
    for name in names:
        counts[name] = len(name)
        s += counts.pop(name)
        counts[name, 1] = s
        del counts[(name, 1)]
    return s, len(counts)


def objects(table, n):
    seen = 0
    for k in range(n):
        table[k] = Loud(k)
        seen += len(ENDED)
        del table[k]
        seen += len(ENDED)
        table[k] = Loud(-k)
        table.pop(k)
        seen += len(ENDED)
    return seen


def lists(table, n):
    s = 0
    for k in range(n):
        table[k] = [k, k + 1]
        items = table.pop(k)
        s += items[1] + len(items)
    return s


def identities(n):
    table, order, found = {}, [], 0
    for k in range(n):
        x = k * 1000 + 300
        table[x] = x
        y = table.pop(x)
        found += y is x
        table[k] = y
        order.append(y)
    return found, sum(one is other for one, other in zip(table.values(), order))


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
    print(len(ENDED), ENDED[-3:])


def while_walking(table, at):
    s = 0
    for key in table:
        if key == at:
            del table[key]
        s += 1
    return s


for turn in range(5):
    shown(loop, {}, 1500, 1)
    shown(loop, {1.0: 2.5, "x": 1}, 300, 1)
    shown(loop, defaultdict(int), 300, 1)
    shown(loop, {}, 300, 2)
    shown(words, {}, ["a", "bc", "\u20ac", "a"] * 50)
    shown(objects, {}, 60)
    shown(lists, {}, 200)
    shown(identities, 200)
    shown(while_walking, {k: k for k in range(60)}, 30)
    shown(while_walking, {k: k for k in range(60)}, 59)
shown(loop, {Loud(5): 7, Loud(-3): 8}, 300, 1)
shown(loop, {k: Loud(k) for k in range(5, 9)}, 300, 1)

RATE = OTHER = 2


def rated(n, key):
    s = 0
    for k in range(n):
        s += k * RATE
        if k == n // 2:
            s += globals().pop(key)
    return s


for turn in range(3):
    RATE = OTHER = turn + 2
    shown(rated, 300, "OTHER")
    shown(rated, 300, "RATE")
