# native: loop
# Variables hold methods of lists, dictionaries, sets and strings; which one, and what it is bound to, changes in the middle.

import sys
import traceback


class Loud(list):
    def append(self, item):
        print("append", item)
        super().append(item)


class Noted:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def collected(n):
    found = []
    append = found.append
    for k in range(n):
        append(k * 0.5)
    return found


def grouped(values):
    groups, group = [], []
    take, keep = group.append, groups.append
    for x in values:
        take(x)
        if len(group) == 5:
            total = 0
            for y in group:
                total = 85 * total + y
            keep(total)
            group.clear()
    return groups, group


def counted(words):
    counts, seen = {}, set()
    get, add = counts.get, seen.add
    for word in words:
        counts[word] = get(word, 0) + 1
        add(word)
    return counts, sorted(seen)


class Found:
    def __init__(self, number):
        self.number = number


def asked(get, keys, other):
    found = []
    for key in keys:
        found.append(get(key, other))
    return found


def with_method(append, values):
    for x in values:
        append(x)


def switched(n, others):
    found = []
    append = found.append
    for k in range(n):
        if k % 50 == 49:
            append = others[k // 50 % len(others)]
        append(k)
    return found


def let_go(n):
    found = [Noted("item")]
    append = found.append
    del found
    for k in range(n):
        append(k)
        if k == n - 2:
            append = [].append
    return k


def replaced(n):
    found, other = [], []
    append = found.append
    for k in range(n):
        append(k)
        if k == n // 2:
            sys._getframe().f_locals
            append = other.insert if n % 2 else other.append
    return found, other


for turn in range(4):
    print(sum(collected(300)), grouped(range(203))[1], len(grouped(range(203))[0]))
    counts, seen = counted(["a", "b", "c", "ab"] * 60 + [str(turn)])
    print(sorted(counts.items()), seen)
target, text = [], []
for values in ([1] * 100, [1.5] * 100, ["x"] * 100, [None] * 100):
    with_method(target.append, values)
    with_method(text.extend, [[x] for x in values])
with_method(Loud().append, range(3))
with_method(set().add, range(100))
with_method(print, range(3))
print(len(target), len(text))
try:
    with_method({}.pop, range(3))
except KeyError:
    traceback.print_exc()
try:
    with_method(set().add, [1, 2, [], 3])
except TypeError:
    traceback.print_exc()
more, loud = [], Loud()
for turn in range(3):
    print(sum(switched(200, [more.append, set().add, loud.append if turn == 2 else more.append])), len(more), len(loud))
print(let_go(100))
for n in (100, 101):
    try:
        print([len(one) for one in replaced(n)])
    except TypeError:
        traceback.print_exc()
other = Found(-1)
tables = [({k: Found(k) for k in range(0, 50, 3)}, list(range(50))), ({str(k): Found(k) for k in range(0, 50, 2)}, [str(k) for k in range(50)]),
          ({(k, k + 1): Found(k) for k in range(0, 50, 2)}, [(k, k + 1) for k in range(50)])]
for turn in range(3):
    for table, keys in tables:
        found = asked(table.get, keys, other)
        print([one.number for one in found], found.count(other))
