# What a called function sees of arrays and lists is what has been written so far, no more and no less.
import numpy as np

seen = []


def note(label, values):
    seen.append((label, float(values[0]), float(values[-1]), len(values)))


def work(a, b):
    product = a * b
    note("start", a)
    a -= product
    note("subtracted", a)
    total = product + a
    product[-1] = 7.0
    note("written", product)
    return total


def fill(n):
    values = []
    for k in range(n):
        values.append(k * 0.5)
        if k % 50 == 0:
            note("filled", values)
    return values


for _ in range(600):
    seen.clear()
    total = work(np.full(6, 3.0), np.arange(6.0))
print(seen, total.tolist())
for _ in range(50):
    seen.clear()
    fill(201)
print(seen)
