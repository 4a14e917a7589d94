"""python -m benchmarks.numpy.lengths [--lengths 300,3000,...] [--seconds S] [WORD ...]

Single operations in a loop of their own, over arrays of many lengths: how many times as fast framejit is as NumPy, each the least of several runs by turns.
A star stands behind what is below 0.97 of NumPy.  WORD: only lines with one of these in them.
"""

import argparse
import math
import time

import numpy as np

import framejit

LENGTHS = (10, 300, 1000, 3000, 10_000, 30_000, 100_000, 400_000, 2_000_000)
ELEMENTS = 2_000_000    # that a run goes over, in FEWEST to MOST turns
FEWEST, MOST = 3, 50
GOAL = 0.97
SOURCE = """
import numpy as np
def run(x, y, w, f, g, i, j, b, c, p, k, m, v, turns):
    z = s = None
    for turn in range(turns):
        {line}
    return z, s
"""
LINES = """
z = x + y
z = x * 2.0
z = -x
z = x / y
z = x ** 2
z = x * y + w
z = np.abs(x - y)
z = np.sqrt(x)
z = np.exp(x)
z = np.minimum(x, y)
z = np.where(x > 0.5, x, y)
z = f + g
z = f * 2
z = i + j
z = i * 3
z = i // 3
z = k + 1j
z = x > y
z = b & c
z = x[::2] + y[::2]
z = x[::-1] * 2.0
z = x - x.mean()
z = x.copy()
z = x.astype(np.float32)
z = x.cumsum()
z = x[p]
z = x[b]
z = m + m
z = m.T + m
z = m * v
z = m.sum(axis=0)
z = m.sum(axis=1)
s = x.sum()
s = x[::2].sum()
s = x.max()
s = x.std()
s = i.sum()
s = b.sum()
s = f.mean()
s = (x * y).sum()
s = x @ y
s = np.any(b)
s = np.argmax(x)
y[:] = x
y[1:] = x[:-1]
y[...] = x * 2.0
y += x
y *= 0.999
y += 0.5 * x
y[1:-1] += x[1:-1]
i += 1
f *= 0.5
"""


def arguments(length):
    random, side = np.random.default_rng(1), math.isqrt(length)
    x, y, w = [random.random(length) for _ in range(3)]
    return [x, y, w, x.astype(np.float32), y.astype(np.float32), random.integers(0, 100, length), random.integers(1, 100, length), x > 0.5, y > 0.5,
            random.integers(0, length, length), x + 0j, random.random((side, side)), random.random(side)]


def gain(line, length, seconds):
    space = {}
    exec(SOURCE.format(line=line), space)
    jitted, given, turns = framejit.jit(space["run"]), arguments(length), max(FEWEST, min(MOST, ELEMENTS // length))
    end = time.perf_counter() + 2 * seconds
    while time.perf_counter() < end:
        jitted(*given, turns)
    best, end = [math.inf, math.inf], time.perf_counter() + seconds
    while time.perf_counter() < end or best[1] == math.inf:
        for place, function in enumerate((space["run"], jitted)):
            start = time.perf_counter()
            function(*given, turns)
            best[place] = min(best[place], time.perf_counter() - start)
    return best[0] / best[1]


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.numpy.lengths")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--lengths", default=",".join(map(str, LENGTHS)))
    parser.add_argument("--seconds", type=float, default=0.1)
    options = parser.parse_args()
    lengths = [int(one) for one in options.lengths.split(",")]
    print(f"{'':30}" + "".join([f"{length:>11,}" for length in lengths]))
    found = []
    for line in LINES.strip().splitlines():
        if options.words and not any(word in line for word in options.words):
            continue
        row = [gain(line, length, options.seconds) for length in lengths]
        found += row
        print(f"{line:30}" + "".join([f"{one:>10.2f}{'*' if one < GOAL else ' '}" for one in row]), flush=True)
    print(f"geometric mean {math.exp(sum(map(math.log, found)) / len(found)):.2f}, least {min(found):.2f}, {sum(one < GOAL for one in found)} of {len(found)} below {GOAL}")


if __name__ == "__main__":
    main()
