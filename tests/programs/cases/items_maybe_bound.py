# native: loop
"""An item that a variable gets on one way only, before the list changes: it is what was there then, and the same object."""

import math


def first_found(items, turns):
    """Bound in a branch, read behind the loop."""
    for i in range(turns):
        if i == 3:
            found = items[0]
        if i > 2:
            items[0] = i * 0.5
    return found


def other_kinds(items, turns):
    """A float of the list, or an int; an object that another list keeps."""
    kept = []
    for i in range(turns):
        if i % 1000 == 3:
            seen = items[0]
            kept.append(seen)
        else:
            seen = 2
        items[0] = i * 0.5
        if i % 1000 == 3:
            kept.append(seen)
    return kept[:6], [a is b for a, b in zip(kept[::2], kept[1::2])][:6], seen


def seen_in_the_frame(items, turns):
    """Read by whoever takes the traceback."""
    for i in range(turns):
        if i == 5000:
            late = items[1]
        else:
            late = i
        items[1] = math.sqrt(i)
        if i == 5000:
            items[99]


def popped(items, turns):
    """The list lets go of it by pop and append."""
    total = 0.0
    for i in range(turns):
        if i % 100 == 7:
            last = items[-1]
        items.pop()
        items.append(i * 0.25)
        if i > 10:
            total += last
    return total, last


def swapped(rows, turns):
    """Items of two lists, one of which takes the other's place."""
    for i in range(turns):
        if i % 100 == 7:
            best = rows[0][1]
        elif i % 100 == 8:
            best = 1
        rows[0][1] = i * 1.5
        rows[0], rows[1] = rows[1], rows[0]
    return best, rows


for turns in (6000, 6001):
    print(first_found([1.5, 2.5], turns), other_kinds([1.5, 2.5], turns), popped([0.5, 1.5], turns), swapped([[1.5, 2.5], [3.5, 4.5]], turns))
try:
    seen_in_the_frame([0.5, 1.5], 6000)
except IndexError as error:
    frame = error.__traceback__.tb_next.tb_frame
    print({name: value for name, value in frame.f_locals.items()})

values = [1.5, 1e300, 7]
for turn in range(60000):
    if turn == 30003:
        global_found = values[0]
    if turn > 30000:
        global_other = values[1] if turn % 7 == 3 else turn
    values[0] = turn * 0.5
    values[1] = turn * 2.0
print(global_found, global_other, values)
