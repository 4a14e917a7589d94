# native: entry
# sorted, min and max with key functions of the program: keys that aren't ordered, compare by themselves, raise in the middle, note that they
# are asked, change what is sorted; equal keys both ways; what the items are afterwards, and who has them.

import math
import sys
import traceback

from turns import Named, ended


class Version:
    def __init__(self, n): self.n = n
    def __lt__(self, other): asked.append(self.n); return self.n < other.n
    def __repr__(self): return f"v{self.n}"


asked, seen = [], []
rate = 3


def second(row): return row[1]
def noted(row): seen.append(row); return row[1]
def inverse(x): return 1000 // (x - 7)
def root(x): return math.sqrt(x)


def orders(n, rows):
    s = 0
    for k in range(n):
        s += sorted(rows, key=lambda r: r[1])[0][0] + sorted(rows, key=second, reverse=True)[1][0] + sorted(rows, reverse=False, key=lambda r: (r[1] * k) % 17)[-1][1]
        s += max(rows, key=lambda r: r[1] - k)[0] + min(rows, key=second)[0] + max(rows, key=lambda r: r[0] % rate)[0]
    return s, sorted(rows, key=lambda r: r[1] % 3), sorted(rows, key=lambda r: r[1] % 3, reverse=True)


def numbers(n, items, key):
    count = 0
    for k in range(n):
        found = sorted(items, key=key)
        best = max(items, key=key)
        count += best is items[0] or best is found[-1]
        least = min(items, key=key)
        count += least is found[0]
    return count, found, best, least


def inside(rows, factor):
    return sorted(rows, key=lambda row: row[1] * factor)[0]


def nested(n, rows):
    s = 0
    for k in range(n):
        s += inside(rows, k - 20)[0]
        s += len(sorted([k, -k, k % 3, 5], key=lambda x: -x)) + sorted((k, 3 * k, 7), key=lambda x: x % 5)[0]
    return s


def changes(n, rows):
    for k in range(n):
        first = sorted(rows, key=lambda row: rows.append((k, k)) or row[1] if len(rows) < 20 else row[1])
    return len(rows), first


def notes(n, rows):
    for k in range(n):
        sorted(rows, key=noted)
    return len(seen)


def dies(n):
    for k in range(n):
        last = max([Named(k), Named(-k)], key=lambda one: one.name)
        first = sorted([Named(k), Named(-k)], key=lambda one: one.name)[0]
    return last.name, first.name, len(ended)


def rebound(n, rows):
    global rate
    s = 0
    key = lambda row: row[1]
    for k in range(n):
        if k == 40:
            key = lambda row: -row[1]
        if k == 50:
            rate = 2
        s += sorted(rows, key=key)[0][0] * rate
    rate = 3
    return s


def shown(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception as error:
        trace = error.__traceback__.tb_next
        while trace is not None:
            frame = trace.tb_frame
            print("   ", frame.f_code.co_name, trace.tb_lineno, sorted([(name, value) for name, value in frame.f_locals.items() if isinstance(value, (int, float, list))], key=str))
            trace = trace.tb_next
        frame = None        # no cycle is left for the collector
        print("".join(traceback.format_exception(error)) if turn == 0 else repr(error))


for turn in range(3):
    rows = [(i, (i * 79) % 31) for i in range(40)]
    for some in (rows, tuple(rows), rows[:1], [], [(1, 2.5), (2, 1.5), (3, 2.5)], [(1, 3), (2, 2.5), (3, True)], [(1, 2**70), (2, 3)]):
        shown(orders, 40, some)
    for items in ([5000, 300, 70000, 300], [2.5, -1.0, float("nan"), 0.5, float("nan"), -3.0], [3, 2.5, True], list("hello"), ["b", "a", 3], [], [7, 8]):
        for key in (lambda x: x, lambda x: -x, inverse, root, lambda x: (x, 1), lambda x: Version(x), abs, str, None):
            shown(numbers, 30, items, key)
    print(len(asked))
    shown(nested, 60, rows)
    shown(changes, 10, rows[:])
    shown(notes, 30, rows)
    shown(dies, 20)
    shown(rebound, 60, rows)
    found = sorted(rows, key=second)
    print(sys.getsizeof(found), sys.getrefcount(found))
print(ended)
