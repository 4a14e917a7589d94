"""A script that computes with comprehensions."""

import math

n = 1500000
angles = [k * 0.001 for k in range(n)]
waves = [math.sin(a) * 2.0 for a in angles]
positive = [w * w for w in waves if w > 0]
counts = {k: k * k % 1009 for k in range(n)}
kinds = {v % 97 for v in counts.values()}
table = [[i * j % 7 for j in range(1000)] for i in range(1500)]
odd = [x for row in table for x in row if x & 1]
labels = [f"k{k % 50}" for k in range(n)]
lengths = {label: len(label) for label in labels}
pairs = [x + y for x, y in zip(angles, waves)]
print(len(positive), len(counts), len(kinds), len(odd), len(lengths), sum(pairs))
