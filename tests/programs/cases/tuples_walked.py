# native: loop
# Loops over tuples, constant or not, left and looked at in the middle.

import sys


def stencil(rows, n):
    total = 0
    for k in range(n):
        for y in range(len(rows)):
            for dy in (-1, 0, 1):
                row = rows[(y + dy) % len(rows)]
                for dx in (-1, 0, 1):
                    if dx or dy:
                        total += row[(k + dx) % len(row)]
    return total


def mixed(n):
    seen = []
    for k in range(n):
        for x in (1, 2.5, k, None, "text"):
            if x is None:
                continue
            seen.append(x)
        if k > n - 3:
            seen.append(k)
    return len(seen), seen[-7:]


def given(pairs, n):
    total = 0.0
    for k in range(n):
        for pair in pairs:
            for x in pair:
                total += x
            if total > 1e6:
                break
    return total


def raises(n, when):
    for k in range(n):
        for x in (3, 2, 1, 0):
            if k == when:
                k // x
    return k


def yields(values):
    for x in values:
        yield x


def empties(n):
    count = 0
    for k in range(n):
        for x in ():
            count += 1
        for x in (k,):
            count += x
    return count


for turn in range(3):
    print(stencil([[k * j % 5 for k in range(7)] for j in range(6)], 200))
    print(mixed(300))
    print(given(((1.5, 2.5), (3.5,), (), (4.5, 5.5, 6.5)), 300), given([(1, 2), (3.5, 4), (5, 6)], 200), given((("a",),), 0))
    for when in (-1, 7, 150):
        try:
            print(raises(200, when))
        except ZeroDivisionError as error:
            frame = error.__traceback__.tb_next.tb_frame
            print(error, frame.f_locals["k"], frame.f_locals["x"], error.__traceback__.tb_next.tb_lineno)
    print(sum(yields((1, 2, 3))), empties(300))
