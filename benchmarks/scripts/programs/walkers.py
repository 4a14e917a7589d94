"""Walkers that are instances, each with its own generator."""

import random


class Walker:

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.pos = 0.0
        self.path = []

    def step(self):
        self.pos += self.rng.gauss(0, 1)
        if abs(self.pos) > 20:
            self.pos *= 0.5
        self.path.append(self.pos)


ws = [Walker(i) for i in range(20)]
for _ in range(100000):
    for w in ws:
        w.step()
print(sum((w.pos for w in ws)), max((max(w.path) for w in ws)))
