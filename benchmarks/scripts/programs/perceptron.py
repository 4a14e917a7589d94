"""A perceptron over lists."""

import random

random.seed(0)
data = [([random.random() for _ in range(10)], random.choice([0, 1])) for _ in range(400)]
w = [0.0] * 10
b = 0.0
for epoch in range(1500):
    for x, y in data:
        p = 1 if sum((wi * xi for wi, xi in zip(w, x))) + b > 0 else 0
        e = y - p
        if e:
            w = [wi + 0.1 * e * xi for wi, xi in zip(w, x)]
            b += 0.1 * e
print(w[:3], b)
