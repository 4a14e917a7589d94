def f(p0, p1, p2):
    v0 = 1
    v1 = p2 ** 1
    v2 = v1
    for i1 in range(1):
        v8, p0 = (round, v2)
    return (p1, p2, v0, v1, v2)
CALLS = ['(53, -18, 0.483,)']
