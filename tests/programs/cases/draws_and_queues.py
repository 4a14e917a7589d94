"""Numbers drawn by Python's random and numpy.random, methods that variables hold, deques, pairs in pairs: in functions, a class, a module's loops."""

import random
from collections import deque

import numpy as np


class Server:
    def __init__(self, rng):
        self.rng, self.waiting, self.served = rng, deque(), 0.0

    def turn(self, k):
        draw = self.rng.random
        if draw() < 0.6:
            self.waiting.append(k + draw())
        if self.waiting and k % 3:
            self.served += self.waiting.popleft()
        return len(self.waiting)


def simulate(n, rng):
    server, longest = Server(rng), 0
    for k in range(n):
        longest = max(longest, server.turn(k))
    return longest, server.served, list(server.waiting)[:3]


def walk(n, rng):
    bits = rng.getrandbits
    x = 0
    for k in range(n):
        x += 1 if bits(3) > 3 else -1
        x += rng.randint(-1, 1)
    return x


def older(n):
    s = 0.0
    for k in range(n):
        s += np.random.normal(0.0, 2.0) * np.random.rand() + np.random.randint(5) - np.random.choice(3)
    return s


def paired(n, xs, ys):
    s = 0
    for k in range(n):
        for i, (x, y) in enumerate(zip(xs, ys)):
            s += i * x - y
    return s, sum(i * x for i, (x, _) in enumerate(zip(xs, ys)))


def search(n):
    links = [[(k * 5 + 1) % n, (k * 3 + 2) % n] for k in range(n)]
    far, waiting = {0: 0}, deque([0])
    while waiting:
        u = waiting.popleft()
        for v in links[u]:
            if v not in far:
                far[v] = far[u] + 1
                waiting.append(v)
    return len(far), max(far.values())


random.seed(11)
np.random.seed(11)
for turn in range(12):
    rng = random.Random(turn)
    print(simulate(200, rng), walk(200, rng), older(100), paired(20, [0.5 * k for k in range(9)], list(range(9))), search(97), rng.random(), random.random(), np.random.rand())

window, total = deque(maxlen=4), 0.0
for k in range(3000):
    window.append(random.random())
    total += window[0] + len(window)
print(total, window)
try:
    deque().popleft()
    for k in range(200):
        window.pop()
except IndexError as error:
    print(error, error.__traceback__.tb_lineno)
