# native: entry
# Rows of lists of lists, and names of several kinds, let go of objects that are noticed where they die (l[0] is read too early).

from turns import Counted, run


def rows_store(n, l, ms, other):
    s = 0
    for k in range(n):
        m = ms.pop()
        m[0][1] = k
        m = other
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l


def arguments(k):
    l = [0]
    return 20, l, [[[Counted(l), 0.5]] for _ in range(20)], [[1, 2]]


run(rows_store, arguments, 300)


def rows_pop(n, l, ms, other):
    s = 0
    for k in range(n):
        m = ms.pop()
        s += m[0].pop()
        m = other
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l


def numbers_last(k):
    l = [0]
    return 20, l, [[[Counted(l), 5]] for _ in range(20)], [[1, 2]]


run(rows_pop, numbers_last, 300)


def rows_store_kept(n, l, ms, other):
    s = 0
    for k in range(n):
        m = ms[k]
        m[0][1] = k
        ms[k] = k
        m = other
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l


run(rows_store_kept, arguments, 300)


def rows_in_row(n, l, ms, other):
    s = 0
    for k in range(n):
        m = ms[k]
        r = m[0]
        r[1] = m[0][1] = r[2] = k
        r = k
        ms[k] = k
        m = other
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l


def three_items(k):
    l = [0]
    return 20, l, [[[Counted(l), 2, 3]] for _ in range(20)], [[1, 2]]


run(rows_in_row, three_items, 300)


def dead_names(n, l, make):
    s = 0
    for k in range(n):
        if k & 1:
            t = make(l)
            s += 1
        for j in range(5): s += j
        if k & 2:
            t = k + .5
        s += l[0] * (k + 1)
        if k & 4:
            t = k
        s += l[0] * (k + 1)
    return s, l


run(dead_names, lambda k: (20, [0], Counted), 300)
