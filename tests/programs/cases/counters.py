# native: loop
# collections.Counter in loops and functions: what isn't there is 0 and stays out; its class, or what it does about keys, changes in mid-loop.

from collections import Counter


class Tally(Counter):
    def __missing__(self, key):
        return 5


class Loud(Counter):
    def __setitem__(self, key, value):
        print("set", key, value) if key == 3 and value == 2 else None
        super().__setitem__(key, value)


class Key:
    def __hash__(self):
        return hash(1)

    def __eq__(self, other):
        print("compared") if other == 1 else None
        return other == 1


def counted(n, counts):
    s = 0
    for k in range(n):
        counts[k % 7] += 1
        s += counts[k % 11]
        if k % 5 in counts:
            s += 1
    return s, len(counts), sorted(counts.items())


def add(counts, words):
    for word in words:
        counts[word] += len(word)
    return counts["nothing"]


def words(n, counts):
    s = 0
    for k in range(n):
        s += add(counts, ["a", "bc", "a" if k % 3 else "dé"])
    return s, counts.most_common(3)


def looked_up(n, counts, change):
    s = 0
    for k in range(n):
        s += counts[k % 4]
        if k == n // 2:
            change(counts)
    return s


def patched(counts):
    Counter.__missing__ = lambda self, key: 100 + key


def patched_back(counts):
    Counter.__missing__ = missing


def other_code(counts):
    missing.__code__ = (lambda self, key: 7).__code__


def own_items(counts):
    Counter.__getitem__ = lambda self, key: 1000


def no_own_items(counts):
    del Counter.__getitem__


def filled(counts):
    counts[2] = 2.5
    counts[3] = None if counts[1] else 3


def odd_key(counts):
    counts.clear()
    counts[Key()] = 4


def shown(function, *arguments):
    try:
        print(function.__name__, function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


missing, code = Counter.__missing__, Counter.__missing__.__code__
for turn in range(3):
    for kind in (Counter, Counter, Tally, Loud, Counter):
        shown(counted, 5000, kind())
        shown(words, 2000, kind())
    shown(counted, 3000, Counter({True: 2, 2.0: 1}))
    for change in (filled, odd_key, patched, patched_back, own_items, no_own_items, other_code):
        shown(looked_up, 6000, Counter({1: 2}), change)
        shown(looked_up, 6000, Counter({1: 2}), len)
    missing.__code__ = code
