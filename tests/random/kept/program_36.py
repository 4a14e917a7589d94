import math

def f(p0, p1, p2, p3):
    global G_INT, G_FLOAT
    for i1 in range(1, 0, -1):
        G_FLOAT = i1 + p1
        v4 = G_FLOAT
        if round(p1):
            pass
        else:
            pass
CALLS = ['(1.212, math.nan, [[-11, 41], [32, 45], [53, 10], [14, 52]], [2, 53, -11, 1, 58, 46, -2],)']
