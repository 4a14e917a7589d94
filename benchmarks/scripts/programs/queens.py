"""Queens by permutations and sets."""

from itertools import permutations

n = 9
print(sum((1 for p in permutations(range(n)) if len(set((p[i] + i for i in range(n)))) == n == len(set((p[i] - i for i in range(n)))))))
