# native: entry
# A view on the stack of an array that a callee frees (crash on 3.12, 3.13).

import numpy as np

from turns import run


def clear(l, x):
    l.clear()
    q = [np.zeros((2, 3)) + 9 for _ in range(5)]
    return 1


def view_waits(n, A, y, clear):
    s = 0.0
    for k in range(n):
        L = [A[1:], A[:2]]
        x = L[0]
        for j in range(3):
            s += x[0][1]
            if j == 1:
                s += x[1][clear(L, (x := y))]
            s += x[0][0]
    return s, x.shape


run(view_waits, lambda k: (20, np.arange(9.).reshape(3, 3), np.ones((2, 2)), clear), 300)
