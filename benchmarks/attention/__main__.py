"""python -m benchmarks.attention [--shapes 2x128x4x64,...] [--kinds float32,bfloat16] [--peers jax,torch] [--seconds 10] [--plot FILE]

examples/attention.py against peers: milliseconds of the first call and of later ones (the median and the fastest), billions of operations in a second, how
many times as fast as NumPy, the largest difference to double precision.  Each contestant has a process of its own, one after the other, so that nobody's waiting
threads are in the way of others, for so many seconds or forty calls; one that takes longer for a call has one, which counts as both.
"""

import argparse
import functools
import json
import statistics
import subprocess
import sys
import time

import numpy as np

import framejit
from benchmarks.attention.peers import PEERS
from benchmarks.attention.plot import plot
from examples.attention import attention, inputs, stored

SHAPES = "1x128x4x64,2x256x8x64,2x1024x8x128,4x1024x16x256"
LIMIT = 40              # calls behind the first
LONG = 5                # times as long as all later calls may take the first one takes where it is the only one
PART = 1 << 27          # elements of weights in double precision at a time


def precise(q, k, v):
    """In double precision, a part of the times after the other: of the first batch."""
    first = [array[:1].astype(np.float64) for array in (q, k, v)]
    step = max(1, PART // (q.shape[1] * q.shape[2]))
    parts = [attention_by_blas(first[0][:, at:at + step], *first[1:]) for at in range(0, q.shape[1], step)]
    return np.concatenate(parts, axis=1)


def attention_by_blas(q, k, v):
    scores = np.matmul(q.transpose(0, 2, 1, 3), k.transpose(0, 2, 3, 1))
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.matmul(raised / raised.sum(axis=-1, keepdims=True), v.transpose(0, 2, 1, 3)).transpose(0, 2, 1, 3)


def contestant(name, kind):
    """A function that takes NumPy's arrays and gives (a function of none that computes, one that makes an array of what that gives)."""
    if name in PEERS:
        return PEERS[name](kind)
    function = {"NumPy": attention, "exact": framejit.jit(attention), "fastmath": framejit.jit(attention, fastmath=True)}[name]
    wanted = function if kind == "float32" else functools.partial(stored, function)
    return lambda given: (lambda: wanted(*given), np.asarray)


def measured(make, given, seconds):
    """(seconds of the first call, of later ones, the result)"""
    compute, array_of = make(given)
    times = []
    while not times or times[0] < LONG * seconds and len(times) <= LIMIT and sum(times[1:]) < seconds:
        start = time.perf_counter()
        result = compute()
        times.append(time.perf_counter() - start)
    return times[0], times[1:] or times, array_of(result)


def alone(name, shape, kind, seconds):
    """What a contestant's process prints: seconds of its first call and of later ones, the largest difference."""
    given = inputs(*shape)
    if kind != "float32":
        import ml_dtypes
        given = [array.astype(getattr(ml_dtypes, kind)) for array in given]
    first, later, result = measured(contestant(name, kind), given, seconds)
    print(json.dumps([first, later, float(np.abs(result[:1].astype(np.float64) - precise(*given)).max())]))


def table(shape, kind, peers, seconds):
    """Prints a row for each contestant; name -> times as fast as NumPy."""
    gains, plain, text = {}, None, "x".join([str(side) for side in shape])
    batch, times, heads, channels = shape
    work = 4 * batch * times * times * heads * channels
    print(f"{shape} {kind}: {work / 1e9:.2f} GFLOP")
    for name in ("NumPy", "exact", "fastmath", *peers):
        command = [sys.executable, "-m", "benchmarks.attention", "--alone", name, "--shapes", text, "--kinds", kind, "--seconds", str(seconds)]
        ended = subprocess.run(command, capture_output=True, text=True)
        if ended.returncode:
            print(f"    {name} doesn't run it: {ended.stderr.strip().splitlines()[-1]}")
            continue
        first, later, difference = json.loads(ended.stdout.splitlines()[-1])
        median = statistics.median(later)
        plain = plain or median
        gains[name] = plain / median
        print(f"    {name:10} first {first * 1e3:10.1f} ms  later {median * 1e3:10.2f} ms ({min(later) * 1e3:.2f})  {work / median / 1e9:6.1f} GFLOP/s  {gains[name]:6.1f} x  difference {difference:.1e}", flush=True)
    return gains


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attention")
    parser.add_argument("--shapes", default=SHAPES)
    parser.add_argument("--kinds", default="float32,bfloat16")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--plot")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    options = parser.parse_args()
    shapes, kinds = [tuple([int(side) for side in text.split("x")]) for text in options.shapes.split(",")], options.kinds.split(",")
    if options.alone:
        alone(options.alone, shapes[0], kinds[0], options.seconds)
        return
    peers = [peer for peer in options.peers.split(",") if peer]
    rows = {f"{'x'.join(map(str, shape))} {kind}": table(shape, kind, peers, options.seconds) for kind in kinds for shape in shapes}
    if options.plot:
        plot(rows, options.plot)


if __name__ == "__main__":
    main()
