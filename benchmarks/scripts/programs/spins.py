"""Spins on a lattice, one by one."""

import numpy as np

rng = np.random.default_rng(1)
L = 40
s = rng.choice([-1, 1], size=(L, L))
beta = 0.44
for sweep in range(500):
    for i in range(L):
        for j in range(L):
            nb = s[(i + 1) % L, j] + s[(i - 1) % L, j] + s[i, (j + 1) % L] + s[i, (j - 1) % L]
            dE = 2 * s[i, j] * nb
            if dE <= 0 or rng.random() < np.exp(-beta * dE):
                s[i, j] = -s[i, j]
print(s.sum())
