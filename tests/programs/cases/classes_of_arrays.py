# native: loop
# Instances that keep arrays: expressions in methods, operators and properties, whose arrays end with the call.

import gc
import tracemalloc

import numpy as np


def mix(a, b, k):
    c = a * k + b
    return c[0] + c[1] * 0.5


def norm(a, b):
    return np.sqrt((a * a + b * b).sum())


class Field:
    def __init__(self, n):
        self.u = np.arange(n) * 0.5
        self.k = 0.25

    def energy(self):
        return (self.u * self.u).sum() * self.k

    def shifted(self, other):
        d = self.u - other.u * self.k
        return d[1], d[2]

    def step(self, other):
        self.u = self.u * 0.5 + other.u * self.k

    def part(self):
        return self.u[1:] + self.u[:-1]

    def __add__(self, other):
        return mix(self.u, other.u, self.k)

    @property
    def top(self):
        return self.u.max()


def work(n, size):
    a, b, s = Field(size), Field(size), 0.0
    for k in range(n):
        s += a.energy() + mix(a.u, b.u, k * 0.5) + norm(a.u, b.u) + (a + b) + a.top
        x, y = a.shifted(b)
        s += x * y
        a.step(b)
        s += a.part()[0]
        if k % 40 == 3:
            a.u = a.u.astype("f4") if k % 80 == 3 else np.arange(size) * 1.0
        try:
            if k == n - 5:
                a.u = np.arange(1)
            s += float(a.energy())
            s += mix(a.u, a.u, 1.0)
        except IndexError as error:
            print(k, error, error.__traceback__.tb_next.tb_lineno)
            a.u = np.arange(size) * 0.25
    return s


for _ in range(5):
    print(repr(work(200, 10)), repr(work(100, 100)))
gc.collect()
tracemalloc.start()
work(300, 1000)
one = tracemalloc.get_traced_memory()[0]
work(3000, 1000)
two = tracemalloc.get_traced_memory()[0]
print(two - one < 100000)
