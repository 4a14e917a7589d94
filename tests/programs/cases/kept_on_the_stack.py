# native: entry
# Objects that only homes of the value stack keep while variables and lists that had them, too, let go: walruses, choices, tuples.

from turns import run


def chosen_in_a_tuple(n, z, l):
    r = None
    for k in range(n):
        x = z + k
        str(x)
        r = ((x if k & 1 else l[k]), 1), (x := z)
        q = (k + 5000) * 7
        str(q)
    return r


def tuple_across_a_branch(n, z, w):
    r = None
    for k in range(n):
        x = z + k
        str(x)
        r = ((x, 1), (x := (z if k & 1 else w)), (k + 1000) * 3)
        q = (k + 5000) * 7
        str(q)
        if r[0][0] != z + k:
            return -1, k, r
    return r


def lists_across_a_branch(n, z, w):
    r = None
    for k in range(n):
        x = [z + k, 2]
        str(x)
        y = [z, 1]
        u = [w, 2]
        str(y)
        str(u)
        r = ((x, 1), (x := (y if k & 1 else u)))
        q = [(k + 5000) * 7, 8, 9]
        str(q)
        if r[0][0][0] != z + k:
            return -1, k, r
    return r


def smaller_of_the_old_one(n, z, w, p):
    r = None
    for k in range(n):
        x = z + k
        y = w + k
        str(x)
        str(y)
        r = (min(x, (x := w)), p, x, (x := y))
        q = (k + 5000) * 7
        str(q)
        if r[0] != z + k:
            return -1, r, z + k
    return r


def four_at_once(n, z, w, l, a):
    r = None
    for k in range(n):
        x = z + k
        a = w + k
        y = w + k + 3
        str(x)
        str(a)
        str(y)
        a, b, c, d = (x if k & 1 else l[k]), 1, (x := y), a
        q = (k + 5000) * 7
        t = (k + 5000) * 7
        str(q)
        str(t)
        if a != ((z + k) if k & 1 else l[k]):
            return -1, a, z + k
        r = a, b, c, d
    return r


def changes(l, k):
    l[k] = 3 * k + 4000
    return k


def item_that_a_callee_replaces(n, l, changes):
    r = None
    for k in range(n):
        a = k + 5555
        str(a)
        (a, b), c = (l[k], a), changes(l, k)
        q = (k + 5000) * 7
        t = (k + 5000) * 7
        str(q)
        str(t)
        r = a, b, c
    return r


def numbers(k):
    return [99999 + k + j for j in range(30)]


run(chosen_in_a_tuple, lambda k: (20, 1000 + k, numbers(k)), 1500)
run(tuple_across_a_branch, lambda k: (20, 1000 + k, 77777 + k), 1500)
run(lists_across_a_branch, lambda k: (20, 1000 + k, 77777 + k), 1500)
run(smaller_of_the_old_one, lambda k: (20, 1000 + k, 77777 + k, 5), 1500)
run(four_at_once, lambda k: (20, 1000 + k, 77777 + k, numbers(k), 0), 1500)
run(item_that_a_callee_replaces, lambda k: (20, numbers(k), changes), 1500)
