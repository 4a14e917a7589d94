"""Functions over lists that only native code knows, each with something that makes them or their items be seen.

A row: what it is about, and the text of a function `f(n, p, data)`.
"""

PROGRAMS = {
    "a stored number is the item, under its name and in the list": """
def f(n, p, data):
    a = [0] * n
    x = y = 0
    for i in range(40):
        x = i * 1000 + 7
        a[i % 5] = x
        y = a[(i + 3) % 5]
        if i == n + 20:
            return a, x, y, (i << 40) * (i << 40)
    return a, x, y
""",
    "an item that is overwritten is that no longer": """
def f(n, p, data):
    a = [0.0] * n
    x = y = 0.5
    for i in range(40):
        x = a[i % 5]
        a[(i * i) % 5] = x * 0.5 + i
        if i == n + 20:
            return a, x, y
        y = x
        a[i % 4] += 1.5
    return a, x, y, a
""",
    "numbers whose bits look like a pointer's": """
def f(n, p, data):
    a = [0] * n
    least = -0x7FFFFFFFFFFFFFFF - 1
    for i in range(40):
        a[i % 5] = least + i * i
    return a, a[0] + 1
""",
    "two items become one object": """
def f(n, p, data):
    a = [0] * n
    for i in range(n): a[i] = i * 999
    for i in range(40):
        k = i % (n - 1)
        a[k] = a[k + 1]
        a[k + 1] = i * 1000
    return a
""",
    "constants, items and new numbers by min": """
def f(n, p, data):
    a = [10**9] * n
    m = 10**8
    for i in range(40):
        a[i % n] = min(a[(i + 1) % n] + i, a[i % n])
        m = min(m, a[i % 3])
        if i == 33:
            return a, m
    return a
""",
    "append and pop": """
def f(n, p, data):
    a = []
    s = 0
    x = 0
    for i in range(60):
        a.append(i * 300)
        if i % 3 == 2:
            x = a.pop()
            s += x
        if i == 50 + n:
            return a, x, s, len(a), (i << 40) * (i << 40)
    return a, x, s, len(a)
""",
    "the list and an item are handed on in mid-loop": """
SEEN = []
def f(n, p, data):
    a = [0] * n
    b = [False] * n
    x = 0
    for i in range(40):
        a[i % n] = i * 700
        b[i % n] = i % 3 == 0
        x = a[(i + 2) % n]
        if i == 30:
            SEEN.append(a)
            SEEN.append(x)
    return a, b, x, a is SEEN[-2]
""",
    "one list made for two names, and changed in place": """
def f(n, p, data):
    a = b = [0] * n
    c = [0.0]
    d = [1]
    d[0] = 5000 + n
    e = d * 3
    c *= n
    g = [i * 1000 for i in range(n)]
    h = [k % 2 == 0 for k in range(n)]
    for i in range(20):
        b[i % n] = i * 1000
        c[i % n] += i * 0.5
        h[i % n] = not h[i % n]
    c += [1.5]
    b *= 2
    return a is b, a, c, d, e, g, h
""",
    "numbers under names become a list": """
def f(n, p, data):
    t = 0.0
    for i in range(40):
        x = i * 0.5
        y = x + p
        a = [x, y, x * 2.0]
        b = [y, y]
        t += a[i % 3] + b[1]
        a[i % 3] = t
        if i == n + 20:
            return a, b, x, y, t, (i << 40) * (i << 40)
    return [x, y], [x], a, b, x, y
""",
    "the larger of a number and an item": """
def f(n, p, data):
    a = [0] * n
    c = [-0.0, 0.0, -0.0]
    x = y = z = 0
    for i in range(40):
        y = c[i % 3]
        c[-1] += -0.0
        x = max(y, c[i % 3])
        a[i % n] = i * 1000
        z = a[(i + 1) % n]
        a[i % 2] = i * 900
        k = min(z, a[i % 3])
        if i == n + 20:
            return a, c, x, y, z, k, (i << 40) * (i << 40)
    return a, c, x, y, z, k
""",
    "two names of one list": """
def f(n, p, data):
    a = [0] * n
    b = a
    c = [0.0] * n
    for i in range(40):
        b[i % n] = i * 700
        c[i % n] = a[i % n] * 0.5
        if i % 7 == 0:
            a, b = b, a
        if i == n + 25:
            return a, b, c, a is b, (i << 40) * (i << 40)
    return a, b, c, a is b
""",
    "a number of another kind is stored": """
def f(n, p, data):
    a = [0] * n
    for i in range(40):
        a[i % n] = i * 700
        if i == 30:
            a[1] = 2.5
    return a
""",
    "a list is walked, and its name bound anew meanwhile": """
def f(n, p, data):
    a = [0] * n
    t = 0
    x = 1
    for i in range(40):
        a[i % n] = i * 700
        for x in a:
            t += x
            if x == 700 * 33:
                a = [1, 2, 3, 700]
        if i == n + 25:
            return a, t, x, (i << 40) * (i << 40)
    return a, t, x
""",
    "lists that go into another list": """
def f(n, p, data):
    rows = []
    for i in range(20):
        row = [0.0] * n
        for j in range(n):
            row[j] = i * 0.5 + j
        rows.append(row)
    last = rows[3]
    return rows, row, last, row is rows[-1]
""",
    "an index out of range, with an item under a name": """
def f(n, p, data):
    a = [0] * n
    x = y = 0
    for i in range(40):
        y = a[i - 3 if i > n + 2 else 0] + x
        x = a[i % n]
        a[i % n] = y + i * 500
    return a
""",
    "items change places": """
def f(n, p, data):
    a = [0] * n
    for i in range(n): a[i] = (i * 7919) % 101 * 1000
    for i in range(n):
        for j in range(n - 1):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a
""",
    "a slice is assigned": """
def f(n, p, data):
    flags = [True] * (n * 20)
    for i in range(2, n):
        if flags[i]:
            flags[i * i::i] = [False] * len(range(i * i, n * 20, i))
    return flags, sum(flags)
""",
    "numbers that look like constants' words": """
def f(n, p, data):
    a = [0] * n
    x = 2**62
    for i in range(40):
        a[i % n] = x - i
        x = a[i % n] + i
        if i == 20:
            x = -2**63 + 5
    return a, x
""",
    "items grow beyond 64 bits": """
def f(n, p, data):
    a = [0] * n
    for i in range(80):
        a[i % n] = a[(i + 1) % n] * 3 + 2**40 + i
    return a
""",
    "no memory": """
def f(n, p, data):
    x = 0
    for i in range(10):
        x += i
    a = [0] * (n * 10**17)
    return a, x
""",
    "a count below zero": """
def f(n, p, data):
    a = [0] * (n - 20)
    x = 0
    for i in range(10):
        x += len(a)
    return a, x
""",
    "n times one number": """
def f(n, p, data):
    a = [1000] * n
    b = [p] * n
    x = 0
    for i in range(10):
        a[0] = i * 10000
        x = a[2]
    return a, x, b
""",
    "numbers that have an object already are stored": """
def f(n, p, data):
    a = [0.5] * n
    x = 0.5
    for i in range(30):
        a[i % n] = i * 0.25
        if i % 9 == 8:
            a[i % n] = data[0]
            x = p
            a[0] = x
        x = a[0]
    return a, x, data, p
""",
    "the list dies while a name holds its item": """
def f(n, p, data):
    a = [0] * n
    x = 0
    for i in range(30):
        a[i % n] = i * 1000
        x = a[(i + 1) % n]
        if i % 10 == 9:
            a = [0] * (n + 1)
    return a, x
""",
}
