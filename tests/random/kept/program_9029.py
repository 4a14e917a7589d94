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
    v0 = p1 - p1
    v1 = min(p3, p3)
    p0 = (v1 & p3) % 5
    for i1 in range(198, 200 * 2):
        G_INT += 1
    p3, v0 = (G_INT, p2 * 8 // p3)
    p1 = p1
    return (p0, p1, p2, p3, v0, v1)
CALLS = ['(100, -6.077, -6, 6,)', '(42, 1.0, 15, 7,)', '(34, -7.281, 48, 39,)', '(-10, -9.28, 7, -6,)', '(46, 4.607, 59, np.int16(-63),)', '(51, 9.3e18, 2, (-5.265, np.int8(-6)),)', '(3, -1e999, [-6, 14, 3, 35], 29,)', '(33, 1.0, -10, -5,)']
