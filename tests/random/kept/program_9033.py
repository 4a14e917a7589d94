import math
import numpy as np
G_INT = 3
G_FLOAT = 0.75
TABLE = {}

def plain(x):
    return x

def noisy(x):
    print('noisy', x)
    return x

def counting(x):
    global G_INT
    G_INT = (G_INT + 1) % 1000
    return x

def fails_at(x):
    if x == 5:
        raise KeyError('five')
    return x

def locked(a):
    a.flags.writeable = False
    return a

def f(p0, p1, p2, p3):
    global G_INT, G_FLOAT
    v0 = (p3, p0)
    v1 = divmod(p0, abs(p0) + 1.0)[0]
    for i1 in range(30, 0, -1):
        if i1 == 7:
            p1 = p2
        p3 = int(v1 % 100.0) & p3 + i1
        p3 = i1 + i1
        p0 %= abs(p0) + 1.0
    v4 = (v1 * p3, float(p3))
    v0 = v4
    return (p0, p1, p2, p3, v0, v1, v4)
CALLS = ['(0.1, [1000003, 22, 43], [-1.0, 19, -16], 5,)', '(7.983, [28, -4, 0.1, False], [-2.25, np.uint8(92), np.bool_(52), False], -4,)', '(0.0, [np.int8(-44), 44, -1.0, True, np.int64(100), True], [2, 5.919, 1.0, True], 8,)', '(2.5, [2.5, np.float32(0.5), True], [53, -6.025, -1], -20,)', '(2.358, [True, True, 100, True, np.int64(-92), np.uint8(70), np.int16(-47), -18, -9.498], [True], 1000003,)', '(7.534, [], [44, np.float64(0.492), -1.031, True, np.int16(76), np.int8(31), -1.0, np.uint64(48)], [5.136, 4.826, 1.548, -3.321, -5.131],)', '(1e300, True, [True, 8.04, np.float64(7.538)], 9,)', '(-7.363, [np.int32(100), np.uint16(44), False, np.float64(-5.189), True, -6, 3, -1.0, np.uint16(29)], [-0.095, -9.688, np.uint32(54), -2.25, np.int8(-58), np.bool_(33)], 55,)']
