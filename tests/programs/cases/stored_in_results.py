# native: loop
# Items stored in what a call has just given: rows of a grid, of lists and of array.array, and containers that nobody else has.

import traceback
from array import array
from weakref import ref


class Grid:
    def __init__(self, width, height, made):
        self.rows = [made([k + 0.5 * i for k in range(width)]) for i in range(height)]
        self.asked = 0

    def __getitem__(self, number):
        return self.rows[number]

    def row(self, number):
        self.asked += 1
        return self.rows[number]

    def last(self):
        return self.rows.pop()


class Noted:
    ended = []

    def __init__(self, name):
        self.name = name

    def __del__(self):
        Noted.ended.append(self.name)


def filled(grid, n, m):
    for i in range(n):
        for j in range(m):
            grid[i][j] -= 0.25 * grid[i - 1][j]
            grid.row(i)[j] *= 1.5
    return [sum(row) for row in grid.rows]


def exchanged(grid, n):
    for k in range(n):
        grid[k % 3][1], grid[(k + 1) % 3][2] = grid[(k + 1) % 3][2], grid[k % 3][1]
    return [list(row) for row in grid.rows]


def taken(grid, n, value):
    """Nobody else has the row: it ends with the store."""
    for k in range(n):
        grid.last()[0] = value
    return len(grid.rows)


def fresh(n, value):
    s = 0
    for k in range(n):
        made(value)[1] = value
        s += k
    return s


def made(value):
    return [value, value]


def kinds(grid, n, values):
    """Values of other types: the interpreter raises where the row has it."""
    for k in range(n):
        grid[k % 3][k % 2] = values[k]
    return [list(row) for row in grid.rows]


def floats(items):
    return array("d", items)


for made_of in (list, floats):
    for turn in range(3):
        print(filled(Grid(40, 30, made_of), 30, 40)[:3])
    print(exchanged(Grid(4, 3, made_of), 3000))
    for turn in range(2):
        print(taken(Grid(3, 600, made_of), 500, 1.5))
    for values in ([0.5] * 900, [1] * 900, [True, 2, 0.25] * 300, [1.5] * 700 + [None] + [1.5] * 199, [2 ** 80] * 900, ["a"] * 900):
        try:
            print(kinds(Grid(4, 3, made_of), 900, values))
        except Exception:
            traceback.print_exc()
            print("left")
    for wrong in (3, 40, -41):
        try:
            filled(Grid(wrong if wrong > 0 else 39, 30, made_of), 30, 40)
        except IndexError as error:
            print(error)

print(fresh(3000, 0.5), fresh(300, "text"))
noted = [Noted(k) for k in range(40)]
for one in noted:
    fresh(20, one)
    Noted.ended.append(("turn", one.name))
del noted, one
print(len(Noted.ended), Noted.ended[:3], Noted.ended[-3:])

grid = Grid(3, 50, floats)
rows = [ref(row, lambda gone: Noted.ended.append("row")) for row in grid.rows]
print(taken(grid, 30, 2.5), sum(row() is None for row in rows), len(Noted.ended))
