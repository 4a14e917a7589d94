# native: loop
# Items go out of lists and dictionaries natively, and somebody hears of the last ones: temporaries, lists that functions make of the same items, containers in containers.
import numpy as np

notes, log = [], []


class Loud:
    def __init__(self, n=0):
        self.n = n

    def __del__(self):
        notes.append((self.n, len(log)))


class Quiet:
    def __init__(self, n):
        self.n = n


def shown(function, *arguments):
    notes.clear()
    log.clear()
    try:
        print(function.__name__, function(*arguments), notes, len(log))
    except Exception as error:
        print(function.__name__, repr(error), notes, len(log))
    arguments = None
    print(notes)


def removed(items):
    n = 0
    while items:
        items.remove(items[0])
        n += 1
    return n


def take(items):
    x = items.pop()
    return 1


def taken(items):
    s = 0
    while items:
        s += take(items)
        log.append(s)
    return s


def cleared(items):
    a = items[:]
    b = items[:]
    items.clear()
    return len(a) + len(b)


def all_cleared(lists):
    s = 0
    for items in lists:
        s += cleared(items)
        log.append(s)
    return s


def some_kept(items, keep):
    a = items[:]
    while items:
        x = items.pop()
        if x.n > 5:
            keep.append(x)
    return len(a)


def all_kept(lists, keep):
    s = 0
    for items in lists:
        s += some_kept(items, keep)
        log.append(s)
    return s, len(keep)


def tuple_sought(items, n):
    for i in range(n):
        d = Loud(i)
        if (d, i) in items:
            log.append("in")
        d = None
        log.append(i)
    return n


def deleted(rows, row, n):
    for k in range(n):
        del rows[0][0]
        rows[0] = row
        log.append(k)
        row.append(k)
    return len(rows)


def extended(rows, items, row, n):
    for k in range(n):
        items += rows[0]
        rows[0] = row
        log.append(k)
        items.clear()
    return len(rows)


def part_stored(rows, row, n):
    for k in range(n):
        rows[0][0:1] = (5,)
        rows[0] = row
        log.append(k)
    return len(rows)


def key_deleted(tables, table, n):
    for k in range(n):
        del tables[0]["x"]
        tables[0] = table
        table["x"] = 7
        log.append(k)
    return len(tables)


class Less:
    calls = 0

    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        Less.calls += 1
        if Less.calls == 1:
            raise ValueError("first")
        return self.v < other.v


def sorts(items):
    for k in range(9):
        items.sort()
    return len(items)


def arrays_put(table, a, n):
    for k in range(n):
        table.setdefault(k % 3, a)
    return len(table)


def sums(items, n):
    s = 0
    for k in range(n):
        try:
            s += sum(items)
        except OverflowError:
            s += 1
    return s


def deeper(known, n):
    known.add(n)
    return 0 if n > 10**6 else deeper(known, n + 1)


def deepest():
    known = set()
    try:
        deeper(known, 0)
    except RecursionError:
        pass
    return len(known)


shown(removed, [(k,) for k in range(900)])
shown(removed, [(Loud(k),) for k in range(5)])
shown(taken, [Quiet(k) for k in range(900)])
shown(taken, [Loud(k) for k in range(5)])
shown(all_cleared, [[k] for k in range(900)])
shown(all_cleared, [[Loud(k)] for k in range(5)])
shown(all_kept, [[Quiet(k) for k in range(9)] for _ in range(300)], [])
shown(all_kept, [[Loud(k) for k in range(9)] for _ in range(3)], [])
shown(tuple_sought, [(1, 2)], 9)
shown(deleted, [[1, 2, 3]], [1, 2, 3], 900)
shown(deleted, [[1, Loud(), 3]], [1, 2, 3], 9)
shown(extended, [[1, 2, 3]], [], [1, 2, 3], 900)
shown(extended, [[1, Loud(), 3]], [], [1, 2, 3], 9)
shown(part_stored, [[1, 2, 3]], [1, 2, 3], 900)
shown(part_stored, [[1, Loud(), 3]], [1, 2, 3], 9)
shown(key_deleted, [{"x": 1, "y": 2}], {"x": 5}, 900)
shown(key_deleted, [{"x": 1, "y": Loud()}], {"x": 5}, 9)
shown(sorts, [(2,), (1,)])
shown(sorts, [(), (Less(2),), (Less(1),)])
print(Less.calls)
shown(arrays_put, {}, np.zeros(3), 900)
shown(sums, [0.5, 10**400], 9)
print([deepest() for _ in range(3)])
