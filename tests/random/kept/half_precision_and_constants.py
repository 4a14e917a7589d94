import numpy as np


def f(p0, p1):
    for i1 in range(4):
        p0 = p0 * 2 + 1
        p0 = p0 - p1
    return p0


CALLS = [
    "(np.arange(200, 212).astype('float16').reshape((2, 3, 2)), np.arange(2).astype('float16'),)",
    "(np.arange(-3, 9).astype('float16'), np.arange(12).astype('float16'),)",
]
