import math
import numpy as np

def f(p0, p1):
    v0 = 0
    v1 = p0
    v6, v7 = (math.inf, np.pi)
    for i1 in range(100, 0, -1):
        v7 = p1
        if i1 == 7:
            p1 = i1 * 0.25
    return (p0, p1, v0, v1, v6, v7)
CALLS = ['(-1.678, 2.5,)']
