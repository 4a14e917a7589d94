def f(l, n):
    for i in range(n):
        if i == 3:
            x = l[0]
        else:
            x = 2
        l[0] = i * 0.5
        if i >= 3:
            l[99]
    return 1
CALLS = ['([1.5, 2.5], 9)', '([1.5, 2.5], 7)']
