def pack(c, d, items):
    return d is items[0], c is items[2], d is c
def f(a, b, n):
    c = a
    items = [a, b, 0.75]
    for k in range(n):
        if k == 0: d = b + 1
        b = items[1]
        c = (items[2], c)[k % 2]
        items[1] = b
        items[0] = d
    return pack(c, d, items)
CALLS = ['(9.5, 0.0, 1)', '(9.5, 0.0, 3)']
