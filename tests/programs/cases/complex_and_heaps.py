# native: loop
"""Complex numbers, Python's and NumPy's, heaps and places in sorted lists: in functions, a class, a module's loops, with errors in their middle."""

import bisect
import cmath
import heapq
import random

import numpy as np


def orbit(c, most):
    z = 0j
    for k in range(most):
        if abs(z) > 2:
            return k, z
        z = z * z + c
    return most, z


class Filter:
    def __init__(self, pole):
        self.pole, self.state = pole, 0j

    def step(self, x):
        self.state = self.state * self.pole + x
        return self.state.imag

    def run(self, values):
        total = 0.0
        for x in values:
            total += self.step(x)
        return total


def transform(values):
    n = len(values)
    found = []
    for k in range(n):
        total = 0j
        for j, x in enumerate(values):
            total += x * cmath.exp(-2j * cmath.pi * k * j / n)
        found.append(total)
    return found


def evolve(psi, phases, turns):
    for _ in range(turns):
        for k in range(len(psi)):
            psi[k] = psi[k] * phases[k]
        for k in range(1, len(psi) - 1):
            psi[k] += 0.01j * (psi[k - 1] - 2 * psi[k] + psi[k + 1])
    return psi


def divide(values, by):
    total = 0j
    for value in values:
        by -= 1
        total += value / by
    return total


def shortest(links, source):
    far, waiting = {source: 0.0}, [(0.0, source)]
    while waiting:
        d, u = heapq.heappop(waiting)
        if d > far[u]:
            continue
        for v, w in links[u]:
            if v not in far or d + w < far[v]:
                far[v] = d + w
                heapq.heappush(waiting, (d + w, v))
    return far


rng = random.Random(4)
links = [[(rng.randrange(30), rng.random()) for _ in range(3)] for _ in range(30)]
edges = sorted(rng.random() for _ in range(9))
phases = np.exp(1j * np.linspace(0, 1, 40))
for turn in range(12):
    print(orbit(0.3 + 0.05j * turn, 300), Filter(0.5 + 0.1j * turn).run([0.5j, 1.5, 2] * 60), transform([1.0, 2.5, -0.5j, turn])[1])
    print(evolve(np.ones(40, complex), phases, 3).sum(), sorted(shortest(links, turn).items())[:3], [bisect.bisect_right(edges, k / 10) for k in range(11)])
    try:
        print(divide([1 + turn * 1j] * 50, 40 + 0j))
    except ZeroDivisionError as error:
        print(error, error.__traceback__.tb_next.tb_lineno, error.__traceback__.tb_next.tb_frame.f_locals["total"])

z, heap, counts = 0j, [], [0] * 10
for k in range(4000):
    z = z * (0.6 + 0.7j) + complex(k % 7, -1)
    heapq.heappush(heap, (z.real, k))
    if len(heap) > 20:
        counts[bisect.bisect_left(edges, heapq.heappop(heap)[0] / 10)] += 1
print(z, heap[:3], counts)
try:
    for k in range(400):
        z = z ** 2
except OverflowError as error:
    print(error, k, z)
try:
    for k in range(100):
        heapq.heappush(heap, (0.5, k) if k < 60 else (None, k))
except TypeError as error:
    print(error, k, len(heap), heap[-1])
