# native: loop
# Functions of builtins, math and NumPy are others before anything is compiled: other functions of C, and functions of Python that count.
import builtins
import math

import numpy as np

calls = {}


def counted(name, function):
    def call(*arguments):
        calls[name] = calls.get(name, 0) + 1
        return function(*arguments)

    return call


sqrt, absolute = math.sqrt, builtins.abs
math.sqrt, math.floor, math.copysign = math.cbrt, math.ceil, math.atan2
np.sqrt, np.float64, np.maximum = np.cbrt, np.float32, np.minimum
for name in ("abs", "round", "pow", "reversed"):
    setattr(builtins, name, counted(name, getattr(builtins, name)))
builtins.min, builtins.max = max, min


def of_c(n):
    total = 0.0
    for k in range(1, n):
        total += math.sqrt(k) - math.floor(k / 7) * math.copysign(k, 3.0) + min(k, 5) - max(k % 7, 2.5)
    return total


def counting(n):
    total = 0.0
    for k in range(n):
        total += abs(k - 7) * 0.5 + round(k / 3) - pow(k, 2) % 5
    for k in reversed(range(n)):
        total -= k
    return total


def known(n):
    total = 0.0
    for k in range(n):
        total += sqrt(k) * absolute(-k)
    return total


def of_numpy(n):
    total = 0.0
    for k in range(n):
        x = np.float64(k * 0.1)
        total += np.sqrt(x) - np.maximum(x, k)
    return type(total).__name__, total


for turn in range(4):
    print(repr(of_c(30_000)), repr(counting(20_000)), repr(known(30_000)), of_numpy(3000), sorted(calls.items()))
