# python: -W error
# A process is forked with compiled code and threads alive; warnings are errors.
import os

import numpy as np


def sweep(values, rounds):
    for _ in range(rounds):
        values = np.sqrt(values * values + 2.0) - 1.0
    return values


def count(n):
    total = 0.0
    for k in range(n):
        total += k * 0.25
    return total


grid = np.linspace(-1.0, 1.0, 50_000)
for _ in range(4):
    sweep(grid, 10)
    count(200_000)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, (sweep(grid, 10).sum().hex() + count(100_000).hex()).encode())
        os._exit(0)
    os.close(write)
    print(os.read(read, 200).decode() == sweep(grid, 10).sum().hex() + count(100_000).hex(), os.waitpid(child, 0)[1])
    os.close(read)
