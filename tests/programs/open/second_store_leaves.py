# STORE_FAST_STORE_FAST: the second half leaves, its recipe has what the first half let go (crash, 3.13).

def run(function, arguments, turns=3000):
    for k in range(turns):
        got = function(*arguments(k))
        others = [float(j) + .5 for j in range(20)] + [10**6 + j for j in range(20)]
        if k % 500 == 0:
            print(function.__name__, got, len(others))
    print(got)

class C:
    def __del__(self): pass
def f_m11b(n, make, p, q, z):
    for k in range(n):
        b = make()
        x = z + k
        str(x)
        a = x
        x = z
        u = (k + 9000) * 7
        v = (k + 19000) * 7
        w = (k + 29000) * 7
        b, a = p, q
    return a, b, u, v, w
run(f_m11b, lambda k: (20, C, 1000 + k, 2000 + k, 3000 + k), 3000)

class C:
    def __del__(self): pass
def f_m29(n, make, l, z):
    for k in range(n):
        b = make()
        x = z + k
        str(x)
        a = x
        x = z
        u = (k + 9000) * 7
        v = (k + 19000) * 7
        w = (k + 29000) * 7
        for a, b in zip(l, l): u += a
    return a, b, u, v, w
run(f_m29, lambda k: (20, C, [1000 + k, 2000 + k], 3000 + k), 3000)
