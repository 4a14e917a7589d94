# native: entry
# A tuple of a number and of the new list that it is an item of; an object that is twice on the stack (crashes).

from turns import run


def number_and_its_list(n):
    t = None
    s = 0
    for k in range(n):
        u = k + .5
        t = u, [u]
        for j in range(5): s += j
    return t, s, t[0] is t[1][0]


run(number_and_its_list, lambda k: (20,), 600)


def twice_on_the_stack(n, w, q):
    r = None
    for k in range(n):
        x = [k + 1000, k + 2000]
        l = [0, 1]
        m = [0, 0, 0]
        str(x)
        str(l)
        l[0], m[(l := q)[0]], c = x, x, (x := w)
        z = [k + 5, k + 6]
        str(z)
        if m[1][0] - k != 1000:
            return -1, k, m
        r = m[1], c
    return r


run(twice_on_the_stack, lambda k: (20, [1, 2], [1, 2]), 600)
