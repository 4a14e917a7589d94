import numpy as np

def f(p0, p1, p2):
    for i1 in range(1, 0, -1):
        if ([True] * 3)[i1]:
            p1.pop()
        else:
            pass
CALLS = ["(np.arange(200, 200 + 6).astype('uint32').reshape((6,)), [1.745, 100.0, 2.5, 0.948, -6.881, 6.233], -16,)"]
