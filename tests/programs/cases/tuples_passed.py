# native: entry
# Tuples of numbers as arguments and subscripts of native calls: who their items are, what leaves in the middle, what keeps them.

import sys

from turns import run


class Grid:
    def __init__(self, w, h):
        self.w, self.h = w, h
        self.data = [0.5 * k for k in range(w * h)]
        self.keys = []

    def place(self, x, y):
        if 0 <= x < self.w and 0 <= y < self.h:
            return y * self.w + x
        raise IndexError((x, y))

    def __getitem__(self, key):
        x, y = key
        return self.data[self.place(x, y)]

    def __setitem__(self, key, value):
        (x, y) = key
        self.data[self.place(x, y)] = value


def relaxed(n, grid):
    try:
        for k in range(n):
            for y in range(1, grid.h - 1):
                for x in range(1, grid.w - 1 + k // 6):
                    grid[x, y] = 0.25 * (grid[x - 1, y] + grid[x + 1, y] + grid[x, y - 1] + grid[x, y + 1])
    except IndexError as error:
        trace = error.__traceback__
        while trace.tb_next:
            trace = trace.tb_next
        return error.args, trace.tb_lineno, trace.tb_frame.f_locals["x"], trace.tb_frame.f_back.f_locals["key"], sum(grid.data)
    return sum(grid.data)


run(relaxed, lambda k: (5 + k % 3, Grid(6, 5)), 240)


def first(pair):
    return pair[0]


def same(pair, x):
    return pair[0] is x


def kept(pair, l):
    l.append(pair)
    return pair[1]


def both(pair):
    x, y = pair
    if x > 2000:
        return frame(pair, x)
    return x + y


def frame(pair, x):
    back = sys._getframe(1).f_locals
    return (back["pair"] is pair) + (back["x"] is pair[0]) + 0.25


def identities(n, l):
    s = 0
    for k in range(n):
        big = k * 1000 + 0.5
        t = big, k * 1000
        s += first(t) + first((big, k)) + first((k * 1000, big))
        s += same(t, big) + same((big, big), big) + same((k, big), k)
        s += kept(t, l) + kept((k, big), l)
        s += both((k * 900, k)) + both((k, k * 900)) + both(t)
        x = t[0]
        s += (x is big) + (l[-2] is t) + (l[-2][0] is big) + (l[-1][1] is big)
    return s, len(l), l[-1], l[-2] == t


run(identities, lambda k: (9, []), 240)


def changing(n, grid, values):
    """Other types of items by turns, other lengths, and what isn't a tuple."""
    s = 0
    for k in range(n):
        try:
            s += grid[values[k % len(values)], k % 2]
            s += grid[k % 2, values[k % len(values)]]
            s += grid[values[k % len(values)]]
        except (TypeError, ValueError, IndexError) as error:
            s += len(str(error))
    return s


run(changing, lambda k: (12, Grid(4, 4), [1, 2, 1.0, True, (1, 2), [2, 1], "x", (1, 2, 3), 2**70, None][:2 + k % 9]), 240)


class Table:
    def __getitem__(self, key):
        if isinstance(key, tuple):
            return key[0] * 10 + key[1]
        return -key


def either(n, table):
    s = 0
    for k in range(n):
        s += table[k, k + 1] + table[k]
    return s


run(either, lambda k: (12, Table()), 240)
