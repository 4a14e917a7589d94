import numpy as np

def f(p0, p1, p2, p3):
    v0 = 1
    v1 = True
    for i1 in range(1):
        p2 += v0
    v4 = (p2, p2)
    return (p0, p1, p2, p3, v0, v1, v4)
CALLS = ['([6.309], [-3.34, 9, np.float64(100.0), np.float64(-3.114), 6.37, False], -9.3e18, [[8, 24, -19, 5], [7, 5, 1000003, 5], [2, 33, -1, 37]],)']
