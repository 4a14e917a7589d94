"""Loops over the elements of an array."""

import numpy as np

a = np.random.default_rng(0).random(3000000)
best = 0.0
run = 0.0
for v in a:
    run = max(0.0, run + v - 0.5)
    best = max(best, run)
print(best)
hist = np.zeros(50, dtype=int)
for v in a:
    hist[int(v * 50)] += 1
print(hist.tolist()[:5])
