"""Objects in global names: replaced by others of their address, dropped with an echo, watched, deleted."""

import sys
import weakref

from attacked import attempt, compiled, say

thing = other = None


class Slotted:
    __slots__ = ("a", "b", "c")


class Row(list):
    pass


def same_place(turn):
    """The list dies, and an object of another type lies where it lay."""
    global thing
    if turn % 50 == 49:
        spare = [Slotted() for _ in range(64)]
        made = []
        many = [[] for _ in range(200)]
        del many
        address = id(thing)
        thing = 0
        made += [Slotted() for _ in range(4)]
        thing = [item for item in made if id(item) == address or item is made[-1]][0]


@compiled
def other_type_at_the_same_address(act, n):
    global thing
    total = 0
    for turn in range(n):
        thing = [turn * 1.0, 2.0, 5.5]
        act(turn)
        total += thing[0] if turn % 3 else thing[1]
        for k in range(20):
            total += k & turn
    return total


attempt(other_type_at_the_same_address, lambda: (same_place, 49))
attempt(other_type_at_the_same_address, lambda: (same_place, 60))
say(type(thing).__name__)


@compiled
def item_of_what_dies(rows):
    global thing
    seen = []
    for k in range(len(rows)):
        thing = rows[k]
        rows[k] = None
        thing = thing[0]
        seen.append(thing)
        other = thing
        thing = rows
        thing = other
    return seen, thing


attempt(item_of_what_dies, lambda: ([[k * 1.5, 2.5] for k in range(300)],))


@compiled
def item_of_a_local_that_dies(rows):
    total = 0.0
    for k in range(len(rows)):
        row = rows[k]
        rows[k] = None
        row = row[0]
        total += row
    return row, total


attempt(item_of_a_local_that_dies, lambda: ([[k * 1.5, 2.5] for k in range(300)],))

ended = []


@compiled
def rows_end_aloud(rows, n):
    global thing, other
    total = 0
    for k in range(n):
        thing = rows[k % len(rows)]
        other, thing = thing, rows[0]
        if k % 40 == 20:
            other = Row([k, k])
            weakref.finalize(other, lambda: ended.append((thing is rows[0], type(other).__name__, total)))
        other, thing = k, other
        total += thing[1] + other
        thing = thing, k
    return total, other


attempt(rows_end_aloud, lambda: ([[j, j + 1] for j in range(7)], 300))
say(len(ended), ended[:9])


def delete(k):
    global thing, other
    if k % 100 == 99:
        del thing
    if k % 100 == 50:
        del other
    if k == 250:
        other = thing = (1, 2)


@compiled
def deleted_by_a_call(rows, act, n):
    global thing, other
    total = 0
    for k in range(n):
        other = thing = rows[k % 5]
        act(k)
        thing = other
        total += thing[0]
        for j in range(20):
            total += j & k
    return total


for stop in (50, 80, 99, 300):
    attempt(deleted_by_a_call, lambda: ([[j, j + 1] for j in range(7)], delete, stop))
    say(thing if "thing" in globals() else "no thing", other if "other" in globals() else "no other")


@compiled
def references(rows, n):
    global thing, other
    for k in range(n):
        for thing in rows:
            other = thing, k
            other = thing
        thing, other = other, rows[0]
    thing = other = None
    return n


rows = [[1.0, 2.0], [3.0], [[4, 5]]]
before = [sys.getrefcount(row) for row in rows], sys.getrefcount(rows[2][0])
references(rows, 20000)
say(([sys.getrefcount(row) for row in rows], sys.getrefcount(rows[2][0])) == before)


@compiled
def through_the_module(module, n):
    global thing
    total = 0
    for k in range(n):
        thing = [k, 2 * k]
        total += module.thing[1] + here.thing[1]
        for j in range(20):
            total += j & k
    return total


here = sys.modules["__main__"]
attempt(through_the_module, lambda: (here, 200))
