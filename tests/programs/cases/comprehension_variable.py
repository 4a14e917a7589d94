# native: entry
# A comprehension's variable takes the home of an outer one that may be bound and has an object (crash, 3.12, 3.13).

from turns import run

def f_m5c(n, l, l2):
    r = 0
    z = 0
    for k in range(n):
        s = [i for i in l]
        for q in l2: r += q
        p = [k + 7000, k + 8000, k + 100.5]
        if k > 1: z = i
        if k >= 0: i = l[k] + k
        str(k)
        str(z)
        str(p)
        if k > 1 and z != l[k - 1] + k - 1: return -1, k, z
    return r, i, z
run(f_m5c, lambda k: (20, [99999 + k + j for j in range(30)], [1.5 , 2.5]))
def g_m5c(n, l, l2):
    r = 0
    z = 0
    for k in range(n):
      for u in range(2):
        s = [i for i in l]
        for q in l2: r += q
        if k > 1: z = i
        if k >= 0: i = l[k] + k
        str(z)
        if k > 1 and z != l[k - 1 + u] + k - 1 + u: return -1, k, z
    return r, i, z
run(g_m5c, lambda k: (20, [99999 + k + j for j in range(30)], [1.5 , 2.5]))
