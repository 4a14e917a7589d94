# native: loop
# Objects are made in native code while collections of garbage come due: those that find none, those that end something, full ones,
# with callbacks, other thresholds, and none at all.

import gc
import sys
from weakref import ref


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def pair(self):
        return self.x * 2.0, self.y


class Slotted:
    __slots__ = ("value", "next")

    def __init__(self, value, next):
        self.value = value
        self.next = next


class Empty:
    __slots__ = ()

    def __init__(self):
        pass


class Noted:
    ended = []

    def __init__(self, name):
        self.name = name
        self.itself = self

    def __del__(self):
        Noted.ended.append((self.name, sys._getframe(1).f_code.co_name))


def sums(n):
    total = Point(0.0, 0.0)
    for k in range(n):
        total = total.plus(Point(k * 0.5, 1.0))
    return total.x, total.y


def kept(n):
    made = [None] * n
    for k in range(n):
        made[k] = Point(k, -k)
    return made


def chain(n):
    last = None
    for k in range(n):
        last = Slotted(k, last)
    return last


def empties(n):
    count = 0
    for k in range(n):
        if Empty() is not None:
            count += 1
    return count


def pairs(n):
    point, total = Point(0.5, 1.5), 0.0
    made = []
    for k in range(n):
        pair = point.pair()
        made.append(pair)
        total += pair[0] + pair[1]
    return total, len(made)


def rounds(since):
    """Collections, what they have found, and counts are the program's own."""
    now = [(row["collections"], row["collected"], row["uncollectable"]) for row in gc.get_stats()]
    return now, [tuple(a - b for a, b in zip(one, other)) for one, other in zip(now, since)]


def counted(what, *arguments):
    gc.collect()
    gc.collect()
    before, _ = rounds([(0, 0, 0)] * 3)
    made = what(*arguments)
    _, since = rounds(before)
    return made, [row[1:] for row in since], since[0][0] > 0 or gc.get_threshold()[0] > 10_000


for _ in range(3):
    print(counted(sums, 6000))
    print(len(counted(kept, 5000)[0]), counted(chain, 5000)[0].value, counted(empties, 5000), counted(pairs, 5000)[:2])

# Garbage among the young: finalizers run in the middle, in the frame where the interpreter has them run.
for turn in range(3):
    for number in range(4):
        Noted((turn, number))
    print(sums(4000), len(kept(3000)), sorted({name for (_, name) in Noted.ended}), len(Noted.ended))

# A weak reference's callback hears of it, too.
heard = []
for turn in range(3):
    cycle = Slotted(0, None)
    point = Point(0, 0)
    point.y = [point]
    watch = ref(point, lambda _: heard.append(turn))
    del point, cycle
    print(len(kept(3000)), heard)

# Callbacks of the collector.
phases = []


def told(phase, info):
    phases.append((phase, info["generation"] < 3, sys._getframe(1).f_code.co_name))


gc.callbacks.append(told)
print(sums(3000), len(kept(3000)), sorted(set(phases)), len(phases) > 4)
gc.callbacks.remove(told)

for threshold in ((5, 5, 5), (1, 1, 1), (0, 10, 10), (100_000, 10, 10), (700, 0, 0), (700, 10, 10)):
    gc.set_threshold(*threshold)
    print(threshold, sums(2000), len(kept(1500)), chain(1500).value)
gc.disable()
print(sums(5000), len(kept(3000)), gc.isenabled())
gc.enable()
gc.set_debug(gc.DEBUG_SAVEALL)
Slotted.itself = Slotted(0, None)
Slotted.itself.next = [Slotted.itself]
del Slotted.itself
print(len(kept(5000)), len(gc.garbage))
gc.set_debug(0)
gc.garbage.clear()
gc.freeze()
print(sums(5000), len(kept(5000)), gc.get_freeze_count() > 0)
gc.unfreeze()
gc.collect()
print(len(Noted.ended))
