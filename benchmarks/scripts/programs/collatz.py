"""Lengths of sequences, kept in a dictionary."""

best = (0, 0)
cache = {1: 1}


def length(n):
    m = n
    k = 0
    path = []
    while n not in cache:
        path.append(n)
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    c = cache[n]
    for v in reversed(path):
        c += 1
        cache[v] = c
    return cache[m]


for n in range(1, 1200000):
    l = length(n)
    if l > best[0]:
        best = (l, n)
print(best)
