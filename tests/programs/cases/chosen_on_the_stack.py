# native: loop
# A number that one of two ways brings is on the value stack while the variable that it comes from gets something else.
for r in range(3000):
    v = 10
    for e in range(v):
        v += v
    w, v = (v if bool else 1, 1.5)
    u = [w]
print(w, v, u)


def fun(n):
    global v
    out = []
    for r in range(n):
        v = 10
        for e in range(v):
            v += v
        w, v = (v if r % 3 else 1, p)
        out.append(w)
    return out[-5:]


def three(n, p):
    out = []
    for r in range(n):
        v = r + 1000
        w = r + 2000
        a, v, w = (v if r % 3 else w if r % 5 else 7), p, r
        out.append(a)
        v = r + 5000
        b = (v if r % 4 else 3) + (v := p)
        out.append(b)
        v = r + 7000
        c = [(v if r % 2 else r), (v := 1), v]
        out += c
    return sum(out), out[-9:]


def tup(n, p):
    out = 0
    for r in range(n):
        v = r + 1000
        t, v = ((v if r % 3 else 1), 2), p
        out += t[0]
    return out, t


def tup2(n, p):
    keep = []
    for r in range(n):
        v = 10
        for e in range(v):
            v += v
        t, v = ((v if bool else 1), 2.5), p
        q = r + 100000
        keep.append(t[0] + q)
        if r > n - 3:
            print(t, q)
    return sum(keep)


def tup3(n, p):
    for r in range(n):
        v = 10
        for e in range(v):
            v += v
        (t, s), v = ((v if bool else 1), (v if r % 2 else 5)), p
        q = r + 100000
    return t, s, q


def mx(n, p):
    for r in range(n):
        v, u = r + 1000, r + 3000
        t, v, u = (max(v, u), min(u, v) if r % 2 else u), p, p
        q = r + 100000
        w, v = (abs(-q) if r % 2 else q), v
    return t, u, q, w


def items(n, p, l):
    for r in range(n):
        x = l[r % 5]
        t, x = (x if r % 2 else 7), p
        l[r % 5] = r + 100000
        y = t
        a, x, y = (y if r % 3 else t), (t if r % 2 else y), r
        l[(r + 1) % 5] = r + 200000
    return t, x, y, a, l


for p in (1.5, 3, [1]):
    for f in (tup, tup2, tup3, mx):
        print(f(3000, p))
    print(items(3000, p, [1000, 2000, 3000, 4000, 5000]))


g = 5


def glob(n, p):
    global g
    for r in range(n):
        g = r + 1000
        for k in range(3):
            g += g
        t, g = (g if r % 3 else 1), p
        q = r + 5000
        s, g = ((g if r % 2 else q), t), r + 7000
    return t, g, q, s


for p in (1.5, 3, [1]):
    print(glob(3000, p))
print(fun(3000), three(3000, 1.5), three(3000, 2))


def doubled(p):
    v = 10
    for e in range(v):
        v += v
    w, v = (v if bool else 1, p)
    return w


def walked(p):
    v = 10
    for e in [0] * v:
        v += v
    w, v = (v if bool else 1, p)
    return w


for function in (doubled, walked):
    print([function(1.5) for turn in range(3000)][-1], [[float(k)] for k in range(1000)][-1], sum([function(k) for k in range(3000)]))
