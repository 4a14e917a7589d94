# native: loop
"""Who finds a loop's iterator through the collector may keep it, and move it later; who finds an item may see how long it lives, and who refers to a generator."""
import gc
import weakref

N = 200_000
kept = []


def act(x, kind, wanted):
    if x == N - 2000:
        kept[:] = [one for one in gc.get_objects() if type(one) is kind and wanted(one)]
    if x == N - 1000 and kept:
        print(next(kept[0]))
        kept.clear()


def over(values, kind):
    turns = last = 0
    for x in values:
        turns += 1
        last = x
        if x >= N - 2000:
            act(x, kind, lambda one: one.__length_hint__() > 9)
    return turns, last


def numbered(values):
    turns = last = 0
    for i, x in enumerate(values):
        turns += i & 1
        last = x
        if x >= N - 2000:
            act(x, enumerate, lambda one: True)
    return turns, last


def side_by_side(values, others):
    turns = last = 0
    for x, y in zip(values, others):
        turns += y
        last = x
        if x >= N - 2000:
            act(x, zip, lambda one: True)
    return turns, last


values = list(range(N))
gc.collect()
gc.freeze()
for _ in range(3):
    print(over(values, type(iter(values))), over(tuple(values), type(iter(()))))
    print(numbered(values), side_by_side(values, [1] * N))


class Noticed:
    pass


def lives(pairs, n):
    alive = []
    for t, i in zip(pairs, range(n)):
        if i == n - 5:
            reference = weakref.ref(t[1])
            pairs[i] = t = None
            alive.append(reference() is not None)
        elif i == n - 4:
            alive.append(reference() is not None)
    return alive


def lives_numbered(pairs, n):
    alive = []
    for i, t in enumerate(pairs):
        if i == n - 5:
            reference = weakref.ref(t[1])
            pairs[i] = t = None
            alive.append(reference() is not None)
        elif i == n - 4:
            alive.append(reference() is not None)
    return alive


for _ in range(3):
    for walk in (lives, lives_numbered):
        pairs = [(i, 1) for i in range(N)]
        pairs[N - 5] = (N - 5, Noticed())
        print(walk(pairs, N))

most = 0


def seen(x):
    global most
    most = max(most, weakref.getweakrefcount(expression))
    return x


items = list(range(3000))
for k in range(300):
    expression = (seen(x) for x in items)
    total = sum(expression)
print(most, total)
total = 0
for i, x in enumerate(items * 200, 2**63 - 300_000):
    total += x
print(total, i)
