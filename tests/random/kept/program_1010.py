import numpy as np
G_FLOAT = 1

def f(p0, p1, p2, p3):
    global G_INT, G_FLOAT
    G_FLOAT += 1.0
CALLS = ["(4.709, np.float32(3.7), np.int64(25), np.arange(200, 200 + 7).astype('uint64').reshape((7,)),)"]
