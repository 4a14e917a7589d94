# native: entry
# A loop over a temporary list whose items variables borrow; then a real tuple takes the list's stale home (crash).

from turns import run

def make(j): return [[j * 1000 + 123456 + i, j * 1000 + 123450 + i] for i in range(4)]
def f_m27(n, make):
    r = s = 0
    for k in range(n):
        y = k + 5000
        str(y)
        o = make(k)
        s += len(o)
        for a, b in o * 2:
            o = None
            s += a
            for j in range(100): s += j
        t = y, 1
        q = (k + 9000) * 7
        u = (k + 9001) * 7
        str(q); str(u)
        r = s, a, b, t
    return r
run(f_m27, lambda k: (20, make), 1000)

def f_m15(n, l, z):
    r = None
    for k in range(n):
        y = z + k
        str(y)
        b = [(x := (k + j + 5000 if j != 1 else 0.5 + k)) for j in range(3)] is None
        t = y, 1
        q = (k + 9000) * 7
        u = (k + 9001) * 7
        str(q); str(u)
        r = x, t, b
        if x != k + 5002: return -1, k, x
    return r
run(f_m15, lambda k: (20, [], 30000 + k), 1000)
