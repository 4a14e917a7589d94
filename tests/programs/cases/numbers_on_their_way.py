# native: entry
# Numbers and tuples that a handler holds while what they were borrowed from is secured, filled or given an object: one object goes on as one.

from turns import run


def chained_tuple(n, l):
    s = 0
    a = b = None
    for k in range(n):
        l[0] = k + .5
        x = l[0]
        a = b = x, k
        for j in range(5): s += j
        s += x
    return s, a is b, a[0] is b[0]


run(chained_tuple, lambda k: (20, [1.5, 2.5]), 600)


def item_appended(n, l, m):
    s = 0
    r = None
    for k in range(n):
        l[0] = k + .5
        x = l[0]
        u = k * 1000
        r = (x, u), l.append(u), u
        for j in range(5): s += j
    return s, r[0][1] is l[-1], r[0][1] is r[2], r


run(item_appended, lambda k: (20, [1.5, 2.5], 0), 600)


def tuple_of_walrus(n, l, m):
    s = 0
    for k in range(n):
        l[0] = k + .5
        x = l[0]
        r = (y := (x, k)), l.append(k), y
        for j in range(5): s += j
        s += x
    return s, r[0] is r[2], r[0] is y, r


run(tuple_of_walrus, lambda k: (20, [1.5, 2.5], 0), 600)


def item_of_a_raw_list(n, o):
    s = 0
    r = None
    for k in range(n):
        raw = [k + .5, k + 1.5, k + 2.5]
        for j in range(5): s += j
        x = y = (u := raw[0], k)
        o[0] = u
        z = u
        r = x, y, u, o[0], z, raw
    return s, x is y, r[0] is r[1], r[2] is r[0][0], r[3] is r[2], r[4] is r[2], r[5][0] is r[2]


run(item_of_a_raw_list, lambda k: (15 + k % 2, [1.5, k + .5]), 60)


def where_a_list_was(n, l):
    s = 0
    r = None
    for k in range(n):
        a = [k, 1]
        for j in range(5): s += j
        v = l[0] if k & 1 else k + .5
        a = b = v
        r = a, b, v
    return s, r[0] is r[1], r[0] is r[2], r[1] is r[2]


run(where_a_list_was, lambda k: (20 + k % 2, [1.5]), 600)


def before_a_loop(n, l):
    s = 0
    for k in range(n):
        a = [k, 1]
        v = l[0] if k & 1 else k + .5
        a = b = v
        for j in range(5): s += j + a
    return s, a is b, a is v, b is v


run(before_a_loop, lambda k: (20 + k % 2, [1.5]), 600)


def smaller_one(n, l):
    s = 0
    for k in range(n):
        a = [k, 1]
        v = min(l[0], k + .5)
        a = v
        for j in range(5): s += j + a
    return s, a is v, a is l[0]


run(smaller_one, lambda k: (20 + k % 2, [1.5 if k & 1 else 1e9]), 600)

p = q = w = 0


def to_globals(n, l):
    global p, q, w
    s = 0
    for k in range(n):
        p = [k, 1]
        w = l[0] if k & 1 else k + .5
        p = q = w
        for j in range(5): s += j + p
    return s, p is q, p is w, q is w


run(to_globals, lambda k: (20 + k % 2, [1.5]), 600)


def by_a_branch(n, l):
    s = 0
    for k in range(n):
        a = [k, 1]
        v = l[0]
        if k & 1: v = k + .5
        a = b = v
        for j in range(5): s += j + a
    return s, a is b, a is v, b is v


run(by_a_branch, lambda k: (20 + k % 2, [1.5]), 600)


def copied(n, l):
    s = 0
    for k in range(n):
        a = b = l[0] if k & 1 else k + .5
        for j in range(5): s += j + a
    return s, a is b


run(copied, lambda k: (20 + k % 2, [1.5]), 600)


def appended_walrus(n, l):
    s = 0
    b = []
    for k in range(n):
        b.append(a := l[0] if k & 1 else k + .5)
        for j in range(5): s += j + a
    return s, a is b[-1]


run(appended_walrus, lambda k: (20 + k % 2, [1.5]), 600)


def smaller_copied(n, l):
    s = 0
    for k in range(n):
        a = b = min(l[0], k + .5)
        for j in range(5): s += j + a
    return s, a is b


run(smaller_copied, lambda k: (20 + k % 2, [1.5 if k & 1 else 1e9]), 600)


def copied_to_an_item(n, l):
    s = 0
    for k in range(n):
        a = l[1] = b = l[0] if k & 1 else k + .5
        for j in range(5): s += j + a
    return s, a is b, a is l[1]


run(copied_to_an_item, lambda k: (20 + k % 2, [1.5, 2.5]), 600)


def copied_choice(n, l):
    s = 0
    for k in range(n):
        a = b = (l[0] if k & 1 else k + .5) or 1.5
        for j in range(5): s += j + a
    return s, a is b


run(copied_choice, lambda k: (20 + k % 2, [1.5, 2.5]), 600)


def walrus_in_a_tuple(n, l):
    s = 0
    for k in range(n):
        r = (a := min(l[0], k + .5)), a, [a]
        for j in range(5): s += j + a
    return s, a is r[0], a is r[1], a is r[2][0]


run(walrus_in_a_tuple, lambda k: (20 + k % 2, [1.5 if k & 1 else 1e9]), 600)


def list_gets_its_item(n):
    s = 0
    r = None
    for k in range(n):
        raw = [k + .5, k + 1.5, k + 2.5]
        z = raw
        for y in raw:
            raw = z[1]
            s += y
        r = z, raw
    return s, r[0][1] is r[1], r


run(list_gets_its_item, lambda k: (20,), 600)


def list_gets_its_item_once(n):
    s = 0
    r = None
    for k in range(n):
        raw = [k + .5, k + 1.5, k + 2.5]
        for y in raw:
            if y == k + .5:
                raw = raw[2]
            s += y
        r = raw is y
    return s, r, raw, y


run(list_gets_its_item_once, lambda k: (20,), 600)


def list_gets_each_item(n):
    s = 0
    for k in range(n):
        raw = [k + .5, k + 1.5, k + 2.5]
        for y in raw:
            raw = y
            s += y
    return s, raw is y, raw, y


run(list_gets_each_item, lambda k: (20,), 600)


def of_two_lists(n):
    s = c = 0
    for k in range(n):
        a = [k + 3000.5, k + 1000.5]
        b = [k + 2000.5, k + 7000.5]
        for j in range(5): s += j + a[j & 1]
        m = min(a[0], b[0], a[1])
        r = m, a, b
        s += m
    return r[0] is r[1][1], s


run(of_two_lists, lambda k: (20,), 600)


def of_two_lists_by_names(n):
    s = c = 0
    for k in range(n):
        a = [k + 3000.5, k + 1000.5]
        b = [k + 2000.5, k + 7000.5]
        x = a[0]
        y = b[0]
        z = a[1]
        for j in range(5): s += j + a[j & 1]
        m = min(x, y, z)
        r = m, a, b, x, y, z
        s += m
    return r[0] is r[1][1], r[0] is r[5], s


run(of_two_lists_by_names, lambda k: (20,), 600)


def largest_of_two_lists(n):
    s = c = 0
    for k in range(n):
        a = [k + 3000, k + 1000]
        b = [k + 2000, k + 7000]
        for j in range(5): s += j + a[j & 1]
        m = max(a[1], b[0], a[0])
        b = m, a
        s += m
    return b[0] is b[1][0], s


run(largest_of_two_lists, lambda k: (20,), 600)


def largest_in_a_tuple(n, o):
    s = 0
    r = None
    for k in range(n):
        raw = [k + .5, k + 1.5, k + 2.5]
        for j in range(5): s += j
        x = max(raw[0], o[1])
        o[1] = k + .125
        r = x, raw
        for j in range(5): s += j
    return s, r[0] is r[1][0], r


run(largest_in_a_tuple, lambda k: (15 + k % 2, [1.5, k + .5]), 60)


def largest_of_an_item(n, o):
    s = 0
    r = None
    for k in range(n):
        raw = [k + .5, k + 1.5, k + 2.5]
        for j in range(5): s += j
        x = max(raw[0], o[1])
        for j in range(5): s += j
        o[1] = k + .125
    return s, x is raw[0], raw


run(largest_of_an_item, lambda k: (15 + k % 2, [1.5, k + .5]), 60)


def list_becomes_its_item(n, o):
    s = 0
    r = None
    for k in range(n):
        raw = [k + .5, k + 1.5, k + 2.5]
        for j in range(5): s += j
        x = o[0] if k & 1 else raw[1]
        raw = x
        y = raw
        r = x, y
        for j in range(5): s += j
    return s, x is y, x is raw, x is r[0], y is r[1]


run(list_becomes_its_item, lambda k: (15 + k % 2, [1.5, k + .5]), 60)
