def f(n, a):
    best = a
    x = 0.0
    count = 0
    for k in range(n):
        x = k * 0.5
        if x > best:
            best = x
        count += 1
    return best is x, best, x, count
CALLS = ['(10, 1.5)', '(11, 0.25)', '(1, -2.0)', '(7, 9.5)', '(8, 2.0)', '(0, 1.0)']
