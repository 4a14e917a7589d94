import numpy as np
G_INT = 1

def f(p0, p1, p2, p3):
    global G_INT, G_FLOAT
    G_INT += 1
CALLS = ["(0, np.arange(1, 1 + 7).astype('uint16').reshape((7,)).copy(order='F'), np.bool_(62), np.arange(-3, -3 + 6).astype('float64').reshape((6,)),)"]
