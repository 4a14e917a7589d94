# native: loop
# Loops over variables in cells: read, stored, shared with a callee, unbound, kept alive.

import sys


def counter(n):
    total = 0

    def add(k):
        nonlocal total
        total += k

    for k in range(n):
        total += k * 3
        if k % 1000 == 7:
            add(k)
    return total


def weights(n):
    scale, names = 0.5, ["a"]

    def inner(m):
        s = 0.0
        for k in range(m):
            s += k * scale
            if k == m - 1:
                names.append(len(names))
        return s

    result = [inner(n)]
    scale = 3
    result.append(inner(n))
    scale = 2 ** 70
    result.append(inner(n))
    return result, names


def unbound(n):
    def see():
        return late

    found = []
    for k in range(n):
        if k > n - 3:
            try:
                found.append(late)
            except NameError as error:
                found.append(str(error))
            late = k
    return found, see()


def grid(n, p):
    rows = [[0] * p for _ in range(n)]
    for turn in range(20):
        for i in range(n):
            for j in range(p):
                rows[i][j] = (rows[i][j] + i * j + turn) % 1001
    return sum([sum(row) for row in rows])


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def objects(n):
    thing = Loud(0)

    def look():
        return thing.name

    for k in range(n):
        if k % 700 == 3:
            thing = Loud(k)
            thing = Loud(look() + 1)
    return look()


def made_anew(n):
    total = 0
    for k in range(n):
        f = lambda x: x + k
        total += f(k)
    return total


for turn in range(2):
    print(counter(300_000), weights(100_000), unbound(50_000), grid(60, 50), objects(2500), made_anew(20_000))
