# native: entry
# An item or a number, chosen, swapped before it is stored in a global (crash).

from turns import run

G = 0
def f_m19b(n, z, w, l):
    global G
    r = None
    for k in range(n):
        x = z + k
        G = w + k
        y = w + k + 3
        str(x); str(y)
        G, b = (x if k & 1 else l[k]), (G if (x := y) else G)
        q = (k + 5000) * 7
        q2 = (k + 5000) * 7
        str(q); str(q2)
        if G != ((z + k) if k & 1 else l[k]): return -1, G, z + k
        r = G, b
    return r
run(f_m19b, lambda k: (20, 1000 + k, 77777 + k, [99999 + k + j for j in range(30)]))
