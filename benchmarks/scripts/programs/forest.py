"""A minimal spanning forest: sets that are joined."""

import random


class Sets:
    def __init__(self, n):
        self.parent = list(range(n))
        self.size = [1] * n
        self.count = n

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def join(self, a, b):
        first, second = self.find(a), self.find(b)
        if first == second:
            return False
        if self.size[first] < self.size[second]:
            first, second = second, first
        self.parent[second] = first
        self.size[first] += self.size[second]
        self.count -= 1
        return True


rng = random.Random(5)
n = 200000
edges = [(rng.randrange(n), rng.randrange(n), rng.random()) for _ in range(500000)]
edges.sort(key=lambda edge: edge[2])
sets, total = Sets(n), 0.0
for a, b, weight in edges:
    if sets.join(a, b):
        total += weight
print(sets.count, round(total, 6))
