def f(p0, p1):
    global G_INT, G_FLOAT
    v1 = p1
    for i1 in range(1, 1):
        pass
    G_INT = round(v1)
CALLS = ['(False, -2147483648,)']
