# The function that a hot loop calls gets other code, other defaults, another global; math.sqrt is replaced too.
import math


def scale(x, factor=3):
    return x * factor


def shift(x, factor=3):
    return x + factor * 0.5


def run(n):
    total = 0.0
    for k in range(n):
        total += scale(k) - math.sqrt(k)
        if k == n // 3:
            scale.__code__ = shift.__code__
        if k == n // 2:
            scale.__defaults__ = (-1,)
        if k == 2 * n // 3:
            math.sqrt = math.cbrt
    return total


original, root = scale.__code__, math.sqrt
for _ in range(6):
    scale.__code__, scale.__defaults__, math.sqrt = original, (3,), root
    print(repr(run(30_000)))
print(scale(8), scale.__code__.co_name, math.sqrt(27.0))


def outer(n):
    total = 0
    for k in range(n):
        total += step(k)
    return total


def step(k):
    return k + 1


print(outer(5000))
step = lambda k: k - 1  # noqa: E731
print(outer(5000))
step = len
try:
    outer(5000)
except TypeError as error:
    print(error)
