# native: entry
# Generator expressions over dictionaries and their views that sum, any, all, min, max, list and others consume on the spot: tables that
# change in the body, entries that were taken out, namespaces, subclasses, keys and values of several types, iterators that go on elsewhere.

import traceback
from collections import Counter, OrderedDict, defaultdict


def totals(n, table):
    s = 0
    for k in range(n):
        s += sum(v * k for v in table.values()) + sum(key for key, v in table.items() if v > k) + sum(1 for _ in table)
        s += any(v == k for v in table.values()) + all(key < 1000 for key in table) + max(v for key, v in table.items()) + min(key for key in table.keys())
    return s


def listed(n, table):
    for k in range(n):
        found = list(v for v in table.values()), tuple(key for key in table if key != k), sorted(v for key, v in table.items()), set(key for key in table)
    return found


def same(n, table):
    count = 0
    for k in range(n):
        table[3] = x = k + 5000
        count += max(v for v in table.values()) is x
        count += max(key for key, v in table.items()) is x
    return count


def thinned(n, table):
    """Entries are taken out and come in between two walks."""
    s = 0
    for k in range(n):
        table[k] = k
        if k % 3 == 0:
            del table[k]
        elif k > 30 and k - 10 in table:
            table.pop(k - 10)
        s += sum(key * v for key, v in table.items())
    return s, len(table)


def grows(n, table):
    """The body changes what it walks over."""
    s = 0
    for k in range(n):
        s += sum(v for v in table.values() if table.setdefault(k // 7, 1))
    return s


def added(table, key):
    table[key] = 1
    return key


def calls(n, table):
    s = 0
    for k in range(n):
        s += sum(added(table, key + k) for key in table)
    return s


def texts(n, table):
    count = 0
    for k in range(n):
        count += sum(len(name) for name in table) + any(name == "beta" for name, v in table.items() if v)
        count += len([name for name in (name.upper() for name in table) if name])
    return count


number = 5


def namespace(n):
    global number
    s = 0
    for k in range(n):
        number = k
        s += sum(1 for name, v in globals().items() if v is number)
    return s > 0


class Table(dict):
    def items(self): return [(1, 2)]
    def values(self): return [7]
    def __iter__(self): return iter([9])


class Instance:
    def __init__(self): self.a, self.b = 1, 2


def parts(n, instance):
    s = 0
    for k in range(n):
        instance.a = k
        s += sum(v for v in instance.__dict__.values()) + sum(v for v in vars(instance).values())
    return s


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        trace = error.__traceback__.tb_next
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, str, dict))], key=str))
            trace = trace.tb_next
        frame = None        # no cycle is left for the collector
        print("".join(traceback.format_exception(error)) if turn == 0 else repr(error))


for turn in range(3):
    for table in ({k: k * 3 for k in range(40)}, {}, defaultdict(int, {1: 2, 3: 4}), {1: 2.5, 2: 3.5}, {1: 2, 2: 2.5, 3: True}, {1: 2, 2**70: 2**80}, {1: "a"}, Counter([1, 1, 2]), OrderedDict([(2, 1), (1, 2)]), Table({1: 1})):
        shown(totals, 50, table)
        shown(listed, 50, table)
    shown(same, 60, {3: 1, 4: 2, 70000: 0})
    shown(thinned, 120, {})
    shown(grows, 4, {0: 1, 5: 2})
    shown(grows, 40, {0: 1, 5: 2})
    shown(calls, 5, {0: 1})
    shown(texts, 60, {"alpha": 1, "beta": 0, "\u20ac": 2})
    shown(texts, 60, {"alpha": 1, 7: 0})
    shown(namespace, 30)
    shown(parts, 60, Instance())
