import numpy as np

def f(p0, p1):
    s = 0
    for i in range(60):
        s += len([p0, p1, i]) + len([p1, [p0, i]])
        if i == 50:
            [p0, p0, p1][p1]
    return s
CALLS = ['(np.arange(7.0).astype(">f8"), 2)', '(np.array([1, None, "a"]), 2)', '(np.arange(3), 59)', '(np.zeros((2, 2)), 1.5)']
