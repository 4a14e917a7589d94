import math
import numpy as np

def f(p0, p1, p2, p3):
    global G_INT, G_FLOAT, G_ROW, G_ONE, G_TWO
    for i1 in range(1):
        p3 *= math.pi
        G_TWO = min(i1, p3)
    return p3
CALLS = ['([10, -2.174, 27, False, False, -0.0, 7.151, False], [100.0, -5.786, 9.025, 8.661], 4.644, -2.25,)', '([True, True, np.int64(30), 47, 1.0, np.uint64(55), True, True], [-5.876, -3.835, -5.891, 6.02, -0.0, -5.5, 1.716, 7.772], -1.393, -1.0,)']
