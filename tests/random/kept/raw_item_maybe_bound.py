def pack(c, items):
    return c is items[1]
def f(a, b, n):
    items = [a * 0.5, b * 1.5, a + b]
    for k in range(n):
        if k == 0: c = items[1]
        b = items[1]
    return pack(c, items)
CALLS = ['(9.5, 1.5, 1)', '(9.5, 1.5, 3)']
