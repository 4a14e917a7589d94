def f(l, n):
    for i in range(n):
        if i == 3:
            x = l[0]
        if i > 2 and i != 5:
            l[0] = i * 0.5
        if i == 7:
            l[99]
    return x
CALLS = ['([1.5, 2.5], 9)', '([1.5, 2.5], 7)']
