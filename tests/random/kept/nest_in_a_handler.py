import numpy as np


def f(p0, p1, p2):
    v0 = [p1, p1, p1]
    for i1 in range(1, 0, 1):
        try:
            pass
        except Exception as error:
            pass
        else:
            p1 = v0.pop()
        finally:
            p1 += i1


CALLS = [
    "([27, 28, 7], np.arange(-3, 21).astype('int64').reshape((6, 4))[::-1], False,)",
]
