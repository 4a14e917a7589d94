import numpy as np

def f(p0, p1):
    v1 = 10
    for i3, e2 in enumerate([0] * v1, 1):
        v1 += v1
    v7, v1 = (v1 if bool else 1, p1)
    return v7
CALLS = ["(np.arange(0, 0 + 9).astype('float64').reshape((3, 3)), 1.609,)"]
