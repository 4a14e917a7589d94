def pack(*v): return [[x is y for x in v] for y in v]
def f(a, b):
    t = (1, a)
    u = (a * 2, 7)
    for i in range(30):
        w = (t, u, a, t, b)
        x = (u, (t, b), i)
        if i > 20:
            t = (i, a)
    return pack(t, u, w, w[0], w[1], w[3], x, x[0], x[1][0]), w, x
CALLS = ['(2.5, 7)', '(2000, 1.5)']
