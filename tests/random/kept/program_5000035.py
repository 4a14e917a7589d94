import math
import numpy as np
G_ONE = G_TWO = None

class Loud:
    pass

def f(p0, p1, p2, p3):
    global G_INT, G_FLOAT, G_ROW, G_ONE, G_TWO
    for i1 in range(100):
        p0[1] -= p3[p1 % 3]
        G_ONE = Loud(1)
        v6 = p2 if i1 == p1 else math.hypot(p2, p2)
CALLS = ["(np.arange(-3, -3 + 24).astype('int64').reshape((6, 4)), 1000003, -0.0, np.arange(-3, -3 + 20).astype('float64').reshape((4, 5)),)"]
