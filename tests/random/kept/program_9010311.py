def f(p0, p1, p2):
    v1 = p1
    if p1:
        v3 = [0]
    for i1 in range(1):
        v1[i1] = i1
        if i1:
            v3 = i1
        else:
            pass
CALLS = ['([2147483647, 2147483648, 4294967295], 0.1, -1e999,)']
