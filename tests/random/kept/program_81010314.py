import math

def f(p0, p1):
    v0 = p0 * p0
    v1 = v0
    for i1 in range(1, 0, -1):
        if math.floor(i1 * 0.25):
            v2, v1 = (i1, 0)
        p1[1] = v0
        v1 = v5
CALLS = ['(math.nan, [8.338, -7.571, -3.098, 3.7],)']
