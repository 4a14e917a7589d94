G_INT = 1

def f(p0, p1, p2, p3):
    v0 = G_INT
    p3 = abs(p1)
    v1 = p3
    v3 = p2
    return (p0, p1, p2, p3, v0, v1, v3)
CALLS = ['(-8.966, 4611686018427387904, -7.82, 1000003,)']
