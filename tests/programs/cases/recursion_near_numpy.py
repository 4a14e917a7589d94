# native: loop
"""What native code does in one go takes levels of the recursion limit in the interpreter: NumPy's Python functions, generators."""
import sys

import numpy as np

x = np.array([1.0, 2.0, 4.0, 3.0])
square = np.array([[2.0, 1.0], [1.0, 3.0]])


def std():
    return float(np.std(x))


def roll():
    return float(np.roll(x, 1)[0])


def total():
    return float(x.sum()) + float(np.sum(x))


def norm():
    return float(np.linalg.norm(x)) + float(np.linalg.inv(square)[0, 0])


def stacked():
    return np.hstack((x, x)).shape, np.diff(x).tolist(), np.clip(x, 1.5, 3.0).tolist()


def consumed():
    return any(v > 1 for v in [1, 2]), sum(v * v for v in (1, 2)), [v for v in range(3)]


def mean():
    return float(x.mean()) + float(x.max())


def down(k, function):
    return function() if k == 0 else down(k - 1, function)


def many(function, n):
    for i in range(n):
        y = function()
    return y


def deepest(function):
    depth = 0
    for k in range(160, 200):
        try:
            down(k, function)
            depth = k
        except RecursionError:
            pass
    return depth


def depth():
    frame, count = sys._getframe(), 0
    while frame:
        frame, count = frame.f_back, count + 1
    return count


def lowered(function, n, at, limit):
    """The limit comes near while the loop runs."""
    for i in range(n):
        if i == at:
            sys.setrecursionlimit(limit)
        y = function()
    return y


for function in (std, roll, total, norm, stacked, consumed, mean):
    many(function, 3000)
    for k in range(100):
        down(50, function)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    deepest(function)
    found = deepest(function)
    sys.setrecursionlimit(limit)
    print(function.__name__, found, many(function, 300))
    for near in (1, 2, 3, 4, 5, 6, 8, 12):
        for turn in range(3):
            try:
                print(lowered(function, 300, 200, depth() + near), end=" ")
            except RecursionError:
                print("RecursionError", end=" ")
            finally:
                sys.setrecursionlimit(limit)
    print()
