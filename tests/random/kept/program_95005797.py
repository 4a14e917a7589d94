import numpy as np

def f(p0, p1, p2):
    v0 = 1
    v1 = (False, v0)
    v7 = (v1, p1)
    return (p0, p1, p2, v0, v1, v7)
CALLS = ['(40, -3.193, np.float32(7.387),)']
