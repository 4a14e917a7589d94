# native: loop
"""Loops that are entered while they run, once each: over tuples, strings, bytes, zip and enumerate, which are left in their middle and gone on with."""
import gc
import sys

N = 300_000
numbers = [k * 0.5 for k in range(N)]
counts = [k % 97 for k in range(N)]
pairs = [(k, k * 0.25) for k in range(N)]
frozen, text, wide, raw = tuple(numbers), "the quick brown fox é " * (N // 22), "a€ç" * (N // 3), bytes(range(251)) * (N // 251)

total = 0.0
for x in frozen:
    total += x * 0.5
print(total)
seen = 0
for c in text:
    if c == "q" or c == "é":
        seen += 1
print(seen)
for c in wide:
    if c == "€":
        seen += 2
print(seen)
for b in raw:
    seen = (seen * 3 + b) & 0xFFFFFF
print(seen)
for i, x in enumerate(numbers, 5):
    total += x * i
print(total, i)
for x, k in zip(numbers, counts):
    total += x * k
print(total)
for i, (x, k) in enumerate(zip(frozen, counts)):
    total += x * k - i
print(total)
for i, (k, x) in enumerate(pairs):
    total += x * k - i
print(total)
for c, b, i in zip(text, raw, range(3, 10**9, 7)):
    if c == "o":
        seen = (seen + b * i) & 0xFFFFFF
print(seen, i)
for c, i in zip(reversed(counts), range(N, 0, -1)):
    seen = (seen * 5 + c * i) & 0xFFFFFF
print(seen, i)


def left_in_the_middle(mixed):
    """The type changes, and changes back."""
    total = 0
    for i, (x, c) in enumerate(zip(mixed, text)):
        if c != "z":
            total += x * i
    return total, i


mixed = list(counts)
for place in (100_000, 100_005, 175_000, 295_000):
    mixed[place] = 0.5
mixed[200_000] = 2**70
print(left_in_the_middle(mixed))


def grows(items):
    """The list is longer, and shorter, by and by."""
    total = 0
    for i, x in enumerate(items):
        total += x * i
        if i % 45_000 == 1 and len(items) < 305_000:
            items.append(i)
        if i == 250_000:
            del items[-20_000:]
    return total, i


print(grows(list(counts)))


def raises(items, names):
    total = 0
    try:
        for i, (x, name) in enumerate(zip(items, names)):
            total += x * i
            if i == 250_000:
                names[x - 1000]
    except IndexError as error:
        return total, i, str(error)
    return total


print(raises(counts, text))


def shared(items):
    """Somebody else has the iterator, or an inner one."""
    walk = iter(items)
    both, total = zip(walk, walk), 0
    for one, other in both:
        total = (total * 3 + one * other) & 0xFFFFFF
        if total % 1024 == 7:
            total += next(both, (1, 1))[0] + next(walk, 0)
    named = enumerate(walk := iter(items))
    for i, x in named:
        total = (total * 3 + i * x) & 0xFFFFFF
        if total % 1024 == 7:
            total += next(named, (1, 1))[1] + next(walk, 0)
    for i, x in enumerate(walk := iter(items)):
        total = (total * 3 + i * x) & 0xFFFFFF
        if total % 512 == 7:
            total += next(walk, 0)
    return total, sys.getrefcount(walk)


print(shared(counts))


def strict(one, other):
    total = 0
    try:
        for x, k in zip(one, other, strict=True):
            total += x * k
    except ValueError as error:
        return total, str(error)
    return total


print(strict(numbers, counts), strict(numbers, counts[:-1]))


def large():
    """Numbers beyond what fits."""
    total = 0
    for i, x in enumerate(counts, 2**63 - 200_000):
        total ^= i * 2 + x
    return total


print(large())


class Said:
    """Says when it goes."""

    def __init__(self, name):
        self.name = name

    def __del__(self):
        said.append(self.name)


said = []


def lives(items):
    """What zip has given last lives as long as it keeps it."""
    total = 0
    for i, x in enumerate(items):
        if x.__class__ is Said:
            items[i] = 0
            x = 1
            said.append(i)
        total += x
    return total, said[:]


items = list(counts)
for place in (0, 1, 2, 150_000, 225_000, 299_990):
    items[place] = Said(place)
print(lives(items), said)


def consumers():
    """Generators that walk beside the loop."""
    def every():
        for i, c in enumerate(text):
            if i % 3 == 0:
                yield c
    total = 0
    for i, c in enumerate(every()):
        total = (total + i * ord(c)) & 0xFFFFFF
    return total


print(consumers())
walks = [enumerate(counts), zip(counts, numbers), iter(frozen), iter(text)]
for walk in walks:
    for turn, one in zip(range(250_000), walk):
        pass
    print(turn, one, next(walk), sys.getrefcount(walk))
print(gc.isenabled())
