import math

def f(p0, p1, p2):
    global G_INT, G_FLOAT
    v0 = p1
    v1 = 1
    for i1 in range(100, 0, -1):
        k2 = 0
        while k2 < 10:
            k2 += 1
            if v0 ^ v0:
                continue
            G_FLOAT = math.sqrt(abs(v1))
        if math.degrees(v1) == v1 * v1:
            pass
        v1 = G_FLOAT
    return v1
CALLS = ['(-1.82, -2147483648, -9223372036854775807,)', '(1.5, -9, 1,)']
