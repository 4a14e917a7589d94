# native: loop
"""Global names that share a number share one object, wherever a loop at module level is left: by `is`, not by value."""

import numpy as np


def shares(*names):
    """Which of these names hold the same object as an earlier one."""
    values = [globals()[name] for name in names]
    return [[names[other] for other in range(index) if values[other] is values[index]] for index in range(len(names))]


x = t = last = 1.5
k = 0
while k < 40000:                        # an alias that each turn makes anew
    t = k * 0.5
    x = t
    if k % 1000 == 0:
        last = x                        # and one that lasts
    k += 1
print(shares("t", "x", "last", "k"), t, x, last, k)

a, b, c = 1000.5, 2000.5, 3000
for k in range(40001):                  # the names change places
    a, b = b, a
    if k % 7 == 0:
        c = k * 1000
    d = c
print(shares("a", "b", "c", "d"), a, b, c, d)

best = where = -1.0
for i in range(300):                    # an outer loop whose names meet in two shapes
    row = i * 0.25
    for j in range(200):
        value = (i * 7 + j * 13) % 101 + 0.5
        if value > best:
            best = value
            where = row
    previous = row
print(shares("row", "where", "previous", "value", "best"), best, where, previous)

items = []
for k in range(30000):                  # what a list holds is what the name holds
    y = k * 1.25
    z = y
    if k % 10000 == 9999:
        items.append(z)
print(items[-1] is z, items[-1] is y, y is z, items)

array = np.linspace(0.0, 1.0, 20000)
for k in range(20000):
    element = array[k]
    kept = element
print(shares("element", "kept"), type(kept).__name__, kept)

try:
    for k in range(30000, -5, -1):      # left in the middle of a turn, by an exception
        p = k * 2.5
        q = p
        r = 100000 // k
        s = r
except ZeroDivisionError as error:
    print(error, shares("p", "q", "r", "s", "k"), p, q, r, s, k)

big = 2 ** 40
for k in range(200):                    # left by an overflow, into the big ints
    old = big
    big = old * 3
    again = big
print(shares("old", "big", "again"), big == old * 3)


def globals_in_a_function(n):
    global g, h
    for k in range(n):
        g = k * 0.125
        h = g
    return g is h


g = h = 0.0
print([globals_in_a_function(n) for n in (3, 30000, 1, 30000)], g is h)


def left_in_the_middle(n):
    global g, h
    for k in range(n, -1, -1):
        local = k * 0.375
        g = local
        h = local
        1 / k
    return local


try:
    left_in_the_middle(30000)
except ZeroDivisionError as error:
    frame = error.__traceback__.tb_next.tb_frame
    print(g is h, g, sorted(frame.f_locals))
