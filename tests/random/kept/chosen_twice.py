import numpy as np

def f(p0, p1, p2, p3):
    v0 = p0
    for i1 in range(9223372036854775802, 9223372036854775805, 3):
        v6 = 0
        p1[i1 % 1][3] += v0 and max(v6, i1, i1)
    else:
        pass
CALLS = ["(2.322, np.arange(-3, -3 + 9).astype('int64').reshape((3, 3)), -5, 10,)", "(1e999, np.arange(1, 1 + 24).astype('float32').reshape((6, 4)), -9223372036854775808, 4611686018427387904,)"]
