"""Generators that hand on to each other."""


def numbers(n):
    for i in range(n):
        yield i * i % 1013


def even(values):
    for x in values:
        if x % 2 == 0:
            yield x


def scaled(values, k):
    for x in values:
        yield x * k + 1


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, (a + b) % 1000003


total = 0
for x in scaled(even(numbers(4000000)), 3):
    total += x
source = fibonacci()
mixed = 0
for _ in range(1500000):
    mixed ^= next(source)
print(total, mixed)
