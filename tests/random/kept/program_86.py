import math
import numpy as np
G_FLOAT = 1

def f(p0, p1, p2, p3):
    global G_INT, G_FLOAT
    G_FLOAT = math.exp
CALLS = ["(np.arange(0, 0 + 9).astype('float64').reshape((3, 3)), -18, [True, True, False, True, True], -16,)"]
