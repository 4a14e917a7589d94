"""python -m benchmarks.numpy [--sizes 0,1,2] [--seconds S] [NAME ...]

A table: microseconds of a run in NumPy, how many times as fast framejit is, iterations that ran natively, call-outs and exits of one run; all in
one process, by turns, the fastest of several, each on arguments made anew.  Results are compared element by element.  Sizes: small, medium, large.
"""

import argparse
import math
import time

import numpy as np

import framejit
from benchmarks.numpy.catalogue import catalogue

LEAST, MOST = 5, 200    # runs of each
WARM = 1.0              # seconds of runs before any is measured: the compiler works beside them


def parts(value):
    """The arrays and numbers of a result."""
    return [part for one in value for part in parts(one)] if isinstance(value, (tuple, list)) else [np.asarray(value)]


def same(left, right):
    pairs = list(zip(parts(left), parts(right), strict=True))
    return all(one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc") for one, other in pairs)


def run(function, program, size):
    """(seconds, result) of one run."""
    arguments = program.make(np.random.default_rng(1), size)
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def measured(program, size, seconds):
    """(the fastest runs of NumPy and framejit, whether the results are the same, what one run counts)"""
    jitted, end = framejit.jit(program.function), time.perf_counter() + WARM
    agree = True
    while time.perf_counter() < end:
        agree = agree and same(run(jitted, program, size)[1], run(program.function, program, size)[1])
    best, runs, end = [math.inf, math.inf], 0, time.perf_counter() + seconds
    while runs < LEAST or time.perf_counter() < end and runs < MOST:
        for place, function in enumerate((program.function, jitted)):
            best[place] = min(best[place], run(function, program, size)[0])
        runs += 1
    before = framejit.stats()
    run(jitted, program, size)
    after = framejit.stats()
    return best, agree, [after[name] - before[name] for name in ("native_iterations", "callouts", "exits")]


def main():
    programs = catalogue()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.numpy")
    parser.add_argument("names", nargs="*", default=list(programs))
    parser.add_argument("--sizes", default="0,1,2")
    parser.add_argument("--seconds", type=float, default=1.0)
    options = parser.parse_args()
    for number in [int(one) for one in options.sizes.split(",")]:
        print(f"{('small', 'medium', 'large')[number]:22}{'size':>10}{'NumPy, us':>14}{'framejit':>10}{'native':>9}{'call-outs':>11}{'exits':>7}")
        gains = []
        for name in options.names:
            size = programs[name].sizes[number]
            (plain, fast), agree, counts = measured(programs[name], size, options.seconds)
            gains.append(plain / fast)
            print(f"{name:22}{size:>10,}{plain * 1e6:>14,.1f}{plain / fast:>10.2f}{counts[0]:>9}{counts[1]:>11}{counts[2]:>7}{'' if agree else '  RESULTS DIFFER'}", flush=True)
        print(f"geometric mean {math.exp(sum(map(math.log, gains)) / len(gains)):.2f}, least {min(gains):.2f}\n", flush=True)


if __name__ == "__main__":
    main()
