import math

def f(p0, p1, p2):
    global G_INT, G_FLOAT
    v1 = 1
    for i1 in range(1, 0, -1):
        G_FLOAT = math.sqrt(v1)
        if math.degrees:
            pass
        v1 = G_FLOAT
    return v1
CALLS = ['(1.5, -9, 1,)']
