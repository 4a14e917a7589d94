# native: entry
# Temporaries that die late: `is`, `not`, `and`, the end of a loop over them, chained assignments (l[0] is read too early).

from turns import Counted, run

def f_m9(n, l, make):
    s = 0
    for k in range(n):
        b = make(l) is l
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(f_m9, lambda k: (20, [0], Counted), 300)

def f_m10(n, l, make):
    s = 0
    for k in range(n):
        for o in [make(l), make(l)] + [make(l)]:
            s += 1
        o = None
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(f_m10, lambda k: (20, [0], Counted), 300)

def f_m12(n, l, make):
    s = 0
    for k in range(n):
        b = not [make(l)]
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(f_m12, lambda k: (20, [0], Counted), 300)
def g_m12(n, l, make):
    s = 0
    for k in range(n):
        b = [make(l)] and k
        s += l[0] * (k + 1) + b
        for j in range(5): s += j
    return s, l
run(g_m12, lambda k: (20, [0], Counted), 300)
def h_m12(n, l, make):
    s = 0
    for k in range(n):
        for i, o in enumerate([make(l)] + [make(l)]): s += i
        o = None
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(h_m12, lambda k: (20, [0], Counted), 300)
def h2_m12(n, l, make):
    s = 0
    for k in range(n):
        for i in range(3):
            b = [make(l)] + [make(l)]
            for o in b:
                s += i
                if i: break
            b = o = None
            s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(h2_m12, lambda k: (20, [0], Counted), 300)

def f_m20(n, l, make):
    s = 0
    for k in range(n):
        a = b = make(l)
        a = b = None
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(f_m20, lambda k: (20, [0], Counted), 300)
def g_m20(n, l, make):
    s = 0
    for k in range(n):
        if (a := make(l)) is not None: s += 3
        a = None
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(g_m20, lambda k: (20, [0], Counted), 300)
def h_m20(n, l, make):
    s = 0
    for k in range(n):
        a, b = make(l), k
        a = None
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(h_m20, lambda k: (20, [0], Counted), 300)
def h2_m20(n, l, make):
    s = 0
    for k in range(n):
        a, b = c = make(l), k
        a = c = None
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(h2_m20, lambda k: (20, [0], Counted), 300)
def h3_m20(n, l, make, m):
    s = 0
    for k in range(n):
        a = m[0] = make(l)
        m[0] = a = None
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(h3_m20, lambda k: (20, [0], Counted, [0, 1]), 300)
def h4_m20(n, l, make):
    s = 0
    for k in range(n):
        a = [make(l)][0]
        a = None
        s += l[0] * (k + 1)
        a = make(l) or k
        a = None
        s += l[0] * (k + 1)
        a = (lambda: 5, make(l))[0]
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(h4_m20, lambda k: (20, [0], Counted), 300)

A = B = 0
def f_m26(n, l, make):
    global A, B
    s = 0
    for k in range(n):
        A = B = make(l)
        A = B = None
        s += l[0] * (k + 1)
        A = make(l)
        A = k
        s += l[0] * (k + 1)
        for j in range(5): s += j
    return s, l
run(f_m26, lambda k: (20, [0], Counted), 300)
def g_m26(n, z):
    global A, B
    r = None
    for k in range(n):
        A = z + k
        str(A)
        B = A
        x = A
        A, B, x = x + 0, A, (x if k & 1 else B)
        q = (k + 5000) * 7
        u = (k + 5001) * 7
        str(q); str(u)
        A, B = (B if k & 1 else 1.5), (A if k % 3 else x)
        q = (k + 5000) * 7
        u = (k + 5001) * 7
        str(q); str(u)
        r = A, B, x
    return r, A, B
run(g_m26, lambda k: (20, 70000 + k))
def h_m26(n, z, l):
    global A, B
    r = None
    for k in range(n):
        A = z + k
        str(A)
        x = A
        A = k
        b = abs(x)
        c = b, (x := k), [i for i in l]
        for i, j in zip(l, c[2]): A = i; B = j
        l[k] = k + 9000
        c[2].clear()
        q = (k + 5000) * 7
        u = (k + 5001) * 7
        str(q); str(u)
        r = A, B, x, b, c
    return r, A, B
run(h_m26, lambda k: (20, 70000 + k, [99999 + k + j for j in range(30)]))
