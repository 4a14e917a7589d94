import numpy as np

def f(p0, p1, p2):
    for e3 in np.arange(1):
        pass
    if (p1, [p2, p2, p2]) is [1, 1]:
        pass
    else:
        pass
CALLS = ["(np.arange(-3, -3 + 9).astype('int64').reshape((3, 3)), -6, True,)"]
