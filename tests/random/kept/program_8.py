import numpy as np

def f(p0, p1, p2, p3):
    global G_INT, G_FLOAT
    v0 = 257
    v1 = [v0] * 5
    for i1 in range(100, 0, -1):
        for i2 in range(i1 % 10 + 2):
            p0 = (False, min(p2[-2][i2 & 1], i2))
        G_INT = p3 % v0
        p3 += i1
CALLS = ["((100.0, np.int32(36)), [0.0, 0.1, -4.58, -9.816, 100.0], np.arange(200, 200 + 24).astype('int8').reshape((6, 4)), 255,)", "((9, False), [-1.832, 3.7, 1.5, 8.198, 1.586], np.arange(200, 200 + 24).astype('int64').reshape((6, 4)).copy(order='F'), 41,)"]
