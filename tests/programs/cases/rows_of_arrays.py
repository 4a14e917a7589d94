# native: loop
# Rows of arrays: loops over them, rows with names, rows as operands; whose elements they show, who they are, when they go.

import gc
import weakref

import numpy as np

from turns import run


def identities(n, a, seen, look):
    last = None
    for row in a:
        same = row
        seen.append((row is same, row is last, row.base is a, row.flags.owndata, row.shape))
        for k in range(n):
            row[0] += k
        last = row
    look(row, last, same)
    return row, last is row, len(seen)


def look(*rows):
    print([row.base.shape for row in rows])


run(identities, lambda k: (5, np.arange(12.0).reshape(4, 3), [], look if k % 50 == 0 else id and (lambda *rows: None)), 300)


def changed(n, a, b, f):
    """The name of the array that is gone through means another one in mid-loop; rows show the first."""
    s = 0.0
    for i, row in enumerate(a):
        a = b
        s += row[i % 3] * a[i][0]
        if i == 2:
            f(row)
        s += row.sum()
    for p, q in zip(a, b[::-1]):
        p[1] = q[0]
        s += p[1] - q[2]
    return s, a is b, row.tolist()


def doubles(row):
    row *= 2


run(changed, lambda k: (4, np.arange(12.0).reshape(4, 3), np.arange(12.0).reshape(4, 3) + k % 3, doubles), 300)


def unpacked(n, points, f):
    """The last turns have another number of columns: ValueError in mid-loop."""
    s = 0.0
    try:
        for block in points:
            for x, y, z in block:
                s += x * y - z
            f(block)
    except ValueError as error:
        return s, str(error), x, type(x).__name__, block.shape
    return s


run(unpacked, lambda k: (4, [np.arange(12.0).reshape(4, 3)] * 5 + [np.ones((3, 4))] * (k % 2), len), 300)


def ends(n, a, dead):
    """A row that is let go of ends at once."""
    for row in a:
        weakref.finalize(row, dead.append, float(row[0]))
        dead.append(-1.0)
        for k in range(n):
            row[1] = row[0] + k
    dead.append(-2.0)
    row = None
    dead.append(-3.0)
    return dead[:]


run(ends, lambda k: (4, np.arange(6.0).reshape(3, 2), []), 300)


def walrus(n, a, b):
    """Rows on the stack while the array that they show gets another name, or none."""
    s = 0.0
    for i in range(n):
        a = b * (i + 1)
        s += a[1][(a := None) is None and 2]
        a = b + i
        s += (a[i % 3] * (a := b)[2]).sum() + a[i % 3][(a := b * 2)[0] is None]
        x, *y = b[i % 3]
        p, q, r = b * 3
        s += x + len(y) + p[0] + q[1] + r[2]
        for row in b * 2:
            s += row[0]
            last = row
        s += last[1] + last.base[0][0]
    return s


run(walrus, lambda k: (20, np.ones((3, 3)), np.arange(9.0).reshape(3, 3)), 300)


def in_place(n, a, c):
    """Rows as operands, stored into, changed in place; of complex numbers, too."""
    for i in range(n):
        a[i % 3] += a[(i + 1) % 3] * 0.5
        a[i % 3][1:] -= a[0, 1:]
        a.T[i % 3] = a[i % 3] - a[-1]
        c[:, 1:][i % 3] -= i
        c[i % 3] *= c[0] + 1j
        c[1][i % 3] += 2
    return a.tolist(), c.tolist()


run(in_place, lambda k: (7, np.arange(9.0).reshape(3, 3), np.ones((3, 3), complex)), 300)


def out_of_range(n, a):
    for i in range(n):
        row = a[i]
        row[0] = i
    return row


for k in range(300):
    a = np.zeros((4, 2))
    try:
        out_of_range(3 + k % 4, a)
        caught = None
    except IndexError as error:
        caught = str(error), error.__traceback__.tb_next.tb_frame.f_locals["row"].base is a
    if k % 50 < 4:
        print(a.tolist(), caught)

total = 0.0
table = np.arange(3000.0).reshape(1000, 3)
for turn in range(30):
    for row in table:
        total += row[0] * row[2] - row[1]
    for number, (x, y, z) in enumerate(table):
        total += number * x - z
print(total, row, gc.collect() >= 0)
