# native: loop
"""Tuples whose items nobody else keeps: they live as long as the tuple, and die with it."""


class Loud:
    """Tells of its end."""

    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("dead", self.number)


def compared(a, turns):
    """Two lists in a comparison, the first in a tuple."""
    total = 0
    for i in range(turns):
        total += i
        if (a, [i, i, i]) is [1, 1]:
            total = -1
    return total


def kept(a, turns):
    """Tuples of lists and numbers that are read afterwards."""
    total = 0
    t = q = None
    for i in range(turns):
        t = (a, [i, 1], [2, i, total])
        total += len(t[1]) + t[2][1]
        q = ((a, i * 0.5), [1, i, 2], (a, [i]))
        x, y, z, w = a, [i, i], [i], i + 1
        total += len(q[1]) + len(y) + z[0] + w - x
    return total, t, q


def dying(turns):
    """An object that dies at the end of a comparison."""
    total = 0
    for i in range(turns):
        total += i
        if i % 700 == 0 and (i, Loud(i)) is None:
            total = -1
        if i % 700 == 0:
            print("behind", i)
    return total


def taken(items, turns):
    """Items in tuples whose list changes before the tuple is done."""
    total = 0.0
    last = None
    for i in range(turns):
        last = ((items[0], i), items.pop(), items.append(i * 0.5), (items[-1], items[0]))
        total += last[1] + last[0][0]
        last = ((items[-1], 1), items.__setitem__(-1, 2.5 * i), items[-1])
        total += last[0][0] + last[2]
    return total, last, last[2] is items[-1]


def replaced(items, turns):
    """The same with the item that the list gives away."""
    found = []
    for i in range(turns):
        items[1] = i * 1.5
        pair = (items[1], items.pop(), items.append(i + 1000), items[1])
        if i % 1000 == 0:
            found.append((pair, pair[0] is pair[1], pair[3] is items[1]))
    return found


def plain(turns):
    """Something to be native."""
    total = 0
    for i in range(turns):
        total += len((i, i + 1)) + (i, 2)[1]
    return total


for number in (2000, 3000):
    print(compared(3, number), kept(3, number), dying(number))
    print(taken([1.5, 2.5, 3.5], number))
    print(replaced([1.5, 2.5], number))
print(plain(20000))
