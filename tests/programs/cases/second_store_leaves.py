# native: entry
# STORE_FAST_STORE_FAST: the second half leaves, its recipe has what the first half let go (crash, 3.13).

from turns import run

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


def first_is_new(n, make, k0):
    s = 0
    for k in range(n):
        b = make()
        a, b = [k + k0] * 3, k * 7
        s += a[0] + b
        b = make()
        a, b = (k + k0, s), a
        s += a[0] + len(b)
        b = make()
        a, b = k * 1.5, (a := k * 0.5)
        s += a
    return s, a, b
run(first_is_new, lambda k: (20, C, 1000 + k), 600)


def never_bound(n, k0):
    s = 0
    x = k0
    for k in range(n):
        try:
            x = k * 1000 + k0
            if k > 17: return missing
            s += x
        finally:
            s += 1
    missing = x
    return s
def lost(n, k0):
    r = None
    try:
        r = never_bound(n, k0)
    except UnboundLocalError as error:
        r = str(error), error.__traceback__.tb_next.tb_frame.f_locals
    return r
run(lost, lambda k: (20, 1000 + k), 600)
