import math

def f(p0, p1):
    for i1 in range(1, 0, -1):
        v2 = (int, math.sqrt)
        for e2 in [i1, 1, False]:
            v5 = v2
    p0[1] += 1.0
CALLS = ['([], [[-5, -8, 257, 27], [-6, -19, 1, 30], [-6, 2, -1, 6], [3, 51, 28, 3]],)']
