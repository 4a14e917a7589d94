"""Systems of linear equations, by lists."""


def solve(a, b):
    n = len(b)
    a = [row[:] for row in a]
    b = b[:]
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(a[i][k]))
        a[k], a[p] = a[p], a[k]
        b[k], b[p] = b[p], b[k]
        for i in range(k + 1, n):
            f = a[i][k] / a[k][k]
            for j in range(k, n):
                a[i][j] -= f * a[k][j]
            b[i] -= f * b[k]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (b[i] - sum(a[i][j] * x[j] for j in range(i + 1, n))) / a[i][i]
    return x


n = 160
matrix = [[1.0 / (1 + abs(i - j)) + (i == j) for j in range(n)] for i in range(n)]
for turn in range(15):
    x = solve(matrix, [float(i + turn) for i in range(n)])
print(sum(x), x[3])
