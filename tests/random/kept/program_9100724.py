import numpy as np

def f(p0, p1):
    v0 = [1, 1, 1]
    v1 = np.ones
    for i1 in range(1):
        pass
    p0 *= 5
    v0[1] = abs(p0)
    v5 = p0
    return (p0, p1, v0, v1, v5)
CALLS = ['(56, ([], True),)']
