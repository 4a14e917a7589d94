import numpy as np
G_INT = 1

def f(p0, p1, p2, p3):
    p2 -= G_INT
    v1 = ((p2, p2), [1, 1, True])
    for i1 in range(1, 1):
        pass
    return (p0, p1, p2, v1)
CALLS = ['(-5, (0.756, np.int32(-46)), -16, [[-5, 0], [20, 6], [255, -4], [-4, 10]],)']
