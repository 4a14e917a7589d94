# native: entry
# A view of an array, or a range, that is an item of tuples with names is one object.

import numpy as np

from turns import run


def given_back(x):
    return x


def in_two(n, a, f, l):
    same = 0
    for k in range(n):
        t = (a[k % 3], k)
        u = (t[0], t[0], 5)
        for j in range(30):
            same += j & 0
        f(k)
        same += (u[0] is t[0]) + (u[0] is u[1])
    return same


def called(n, a, f, l):
    same = 0
    for k in range(n):
        t = (a[k % 3], k)
        l[0] = f(t[0])
        l[1] = f(t)
        same += (l[0] is l[1][0]) + (l[0] is t[0])
    return same


def ranges(n, a, f, l):
    same = 0
    for k in range(n):
        t = (range(k), (range(3), k))
        u = (t[0], t[1])
        l[0] = f(u[1][0])
        same += (t[0] is u[0]) + (l[0] is t[1][0])
    return same


for function in (in_two, called, ranges):
    run(function, lambda k: (20, np.arange(9.0).reshape(3, 3), given_back, [0, 0]), 300)
