# native: entry
# min and max of two kinds over items of lists that die in the same expression (crash).

import numpy as np

from turns import run


def floats(k):
    return [np.float64(k + 0.25), 5]


def ints(k):
    return [k * 1000003 + 7, 5]


def largest(n, make, other):
    r = None
    for k in range(n):
        r = (max(make(k + 1)[0], other), 0, [k + 5000.5, k + 6000.5], k)
        if r[0] != make(k + 1)[0]:
            return "wrong", k, r
    return r


def least(n, make, other):
    r = None
    for k in range(n):
        r = (min(other, make(k + 1)[0]), [k + 5000, k + 6000], min(make(k)[1], 7.5), k)
        if r[0] != make(k + 1)[0]:
            return "wrong", k, r
    return r


def of_three(n, make, other):
    r = None
    for k in range(n):
        pair = make(k + 1)
        r = (max(max(make(k + 1)[0], make(k)[0]), other), [k + 5000, k + 6000], [k * 1.5, k + 7.5], k)
        if r[0] != max(pair[0], other):
            return "wrong", k, r
    return r


for make, other, more in ((floats, 1, 10**6), (ints, 2.5, 1e12), (ints, np.float64(2.5), np.int64(10**12))):
    run(largest, lambda k: (20, make, other), 200)
    run(of_three, lambda k: (20, make, other), 200)
    run(least, lambda k: (20, make, more), 200)
