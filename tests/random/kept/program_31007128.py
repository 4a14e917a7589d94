import numpy as np

def f(p0, p1, p2, p3):
    for i1 in range(1, 100):
        if bool:
            v8 = 1.5
        else:
            v5 = True
    return v1
CALLS = ["(np.arange(0, 0 + 9).astype('bool').reshape((3, 3)), -4.699, 2.553, -2,)"]
