# native: loop
# Slices, sums, insertions and removals of lists and tuples in hot loops: items that end with a sound, lists that change meanwhile, bounds of all kinds.
import gc
import sys
import traceback


class Loud:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("ends", self.number)


class Index:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        print("index", self.number)
        return self.number


def flips(n):
    first, s = list(range(n)), 0
    for k in range(300):
        perm = first[:]
        turn = perm[k % n]
        perm[:turn + 1] = perm[turn::-1]
        first.insert(k % n, first.pop(0))
        s = (s * 31 + perm[0] * 7 + perm[-1]) % 65537
    return s, first, perm


def reads(items, n):
    s, last = 0.0, None
    for k in range(n):
        a, b = items[k % 7:], items[:-(k % 5) or None]
        c, d, e = items[::2], items[::-1], items[k % 3:-1:3]
        s += len(a) + len(b) + len(c) + len(d) + len(e) + len(items[5:2]) + len(items[-100:100])
        if a:
            s += a[0] * 0.5 + d[-1]
        last = a, b, c, d, e
    return s, last, [sys.getsizeof(part) for part in last]


def sums(n):
    path, pair, s = [], (1, 2.5), 0
    for k in range(n):
        path = path[-5:] + [k, k * 2]
        pair = pair[1:] + (k, 0.5)
        pair = pair[-3:]
        s += path[0] + len(pair)
    return s, path, pair


def stores(items, n, other):
    s = 0
    for k in range(n):
        items[k % 3:k % 3 + 2] = other
        items[-2:] = items[:2]
        items[:0] = other[:1]
        del items[9:]
        s += len(items) + items[0]
    return s, items


def queue(n):
    waiting, s = [(0, 1.5)], 0.0
    for k in range(n):
        a, b = waiting.pop(k % len(waiting))
        s += a * b
        waiting.insert(0, (k, b * 0.5 + k))
        waiting.append((k + 1, 0.25))
        if len(waiting) > 7:
            waiting.pop()
            waiting.pop(-2)
    return s, waiting


def pops(items, at, n):
    s = 0
    for k in range(n):
        s += k
        items.append(k)
        s += items.pop(at)
    return s, items


def loud(n, when, what):
    """Items that end in a slice's store, in a slice that takes a temporary's place, by pop."""
    items, s = [0, 1, 2, 3, 4, 5], 0
    for k in range(n):
        s += k * 3 % 7
        if k == when:
            items[1:3] = [Loud(1), Loud(2)]
        if k == when + 2:
            print("before")
            s += what(items)
            print("after")
        items[3:5] = (k, k + 1)
    return s, len(items)


def shrinks(items):
    items[1:3] = [7, 8]
    return 1


def pops_one(items):
    items.pop(1)
    return 2


def keeps(items):
    kept = items[:2]
    items[1:2] = ()
    return len(kept)


def same(n):
    a, s = [1, 2, 3, 4], 0
    for k in range(n):
        b = a[:]
        t = (1, 2, k)
        u = t[:]
        b[1:3] = b
        s += (a[:] is a) + (u is t) + len(b) + (t[3:] is ())
        c = b[2:][1:]
        s += c[0]
    return s, b


def changes(n, when, bound):
    items, s = list(range(20)), 0
    for k in range(n):
        if k == when:
            bound = Index(3)
        s += len(items[:bound]) + items[:bound][-1]
    return s


def attempt(function, *arguments):
    try:
        print(function.__name__, repr(function(*arguments)))
    except Exception:
        traceback.print_exc()


class Kin(list):
    def __getitem__(self, key):
        print("asked", key)
        return [7.5]


for turn in range(3):
    attempt(flips, 7)
    attempt(reads, list(range(12)), 400)
    attempt(reads, tuple(range(12)), 400)
    attempt(reads, [0.5] * 9, 400)
    attempt(sums, 400)
    attempt(stores, [1, 2, 3, 4, 5, 6], 400, [7, 8, 9])
    attempt(stores, [1, 2, 3, 4, 5, 6], 400, (7, 8))
    attempt(queue, 400)
    attempt(pops, [1, 2, 3], 0, 400)
    attempt(pops, [1, 2, 3], -1, 400)
    attempt(pops, [1, 2, 3], 1, 400)
    attempt(same, 400)
    attempt(changes, 400, 500, 4)
for what in (shrinks, pops_one, keeps):
    attempt(loud, 500, 400, what)
attempt(pops, [1, 2, 3], 5, 400)
attempt(pops, [1, 2, 3], 10**30, 400)
attempt(pops, [], -2, 5)
attempt(reads, "abcdefghijkl", 3)
attempt(reads, Kin([1, 2]), 2)
attempt(stores, [1, 2, 3, 4, 5, 6], 300, iter([1, 2]))
attempt(stores, [1, 2, 3, 4, 5, 6], 300, 5)
attempt(stores, [1, 2, 3, 4, 5, 6], 300, [])
attempt(changes, 400, 300, 4)
attempt(changes, 400, 300, None)
attempt(changes, 400, 300, 2.5)
attempt(changes, 400, 300, True)
gc.collect()
