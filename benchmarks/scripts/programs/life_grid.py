"""Life on a torus: sums of generator expressions over lists of lists."""

import random

random.seed(3)
n = 64
g = [[random.random() < 0.3 for _ in range(n)] for _ in range(n)]


def step(g):
    h = [[False] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            s = sum((g[(i + a) % n][(j + b) % n] for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b))
            h[i][j] = s == 3 or (g[i][j] and s == 2)
    return h


for _ in range(400):
    g = step(g)
print(sum(map(sum, g)))
