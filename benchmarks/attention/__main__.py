"""python -m benchmarks.attention [--shapes 2x128x4x64,...] [--kinds float32,bfloat16] [--peers jax,torch] [--seconds 10] [--plot FILE]

examples/attention.py against peers: milliseconds of the first call and of later ones (the median and the fastest), billions of operations in a second, how
many times as fast as NumPy, the largest difference to double precision.  Contestants follow one another in one process, each for so many seconds or
seven calls; those that take longer than that for a call have one, which counts as both.
"""

import argparse
import functools
import gc
import statistics
import time

import numpy as np

import framejit
from benchmarks.attention.peers import PEERS
from benchmarks.attention.plot import plot
from examples.attention import attention, inputs, stored

SHAPES = "1x128x4x64,2x256x8x64,2x1024x8x128,4x1024x16x256"
LIMIT = 7               # calls behind the first
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


def contestants(kind, peers):
    """name -> a function that takes NumPy's arrays and gives (a function of none that computes, one that makes an array of what that gives)."""
    def own(function):
        wanted = function if kind == "float32" else functools.partial(stored, function)
        return lambda given: (lambda: wanted(*given), np.asarray)
    found = {"NumPy": own(attention), "exact": own(framejit.jit(attention)), "fastmath": own(framejit.jit(attention, fastmath=True))}
    for name in peers:
        try:
            found[name] = PEERS[name](kind)
        except ImportError:
            print(f"    {name} is not installed")
    return found


def measured(make, given, seconds):
    """(seconds of the first call, of later ones, the result)"""
    compute, array_of = make(given)
    times = []
    while not times or len(times) <= LIMIT and sum(times) < seconds:
        start = time.perf_counter()
        result = compute()
        times.append(time.perf_counter() - start)
    return times[0], times[1:] or times, array_of(result)


def table(shape, kind, peers, seconds):
    """Prints a row for each contestant; name -> times as fast as NumPy."""
    given, gains, plain = inputs(*shape), {}, None
    if kind != "float32":
        import ml_dtypes
        given = [array.astype(getattr(ml_dtypes, kind)) for array in given]
    batch, times, heads, channels = shape
    work, wanted = 4 * batch * times * times * heads * channels, precise(*given)
    print(f"{shape} {kind}: {work / 1e9:.2f} GFLOP")
    for name, make in contestants(kind, peers).items():
        try:
            first, later, result = measured(make, given, seconds)
        except Exception as error:
            print(f"    {name} doesn't run it: {type(error).__name__}")
            continue
        median = statistics.median(later)
        plain = plain or median
        gains[name] = plain / median
        error = np.abs(result[:1].astype(np.float64) - wanted).max()
        print(f"    {name:10} first {first * 1e3:10.1f} ms  later {median * 1e3:10.2f} ms ({min(later) * 1e3:.2f})  {work / median / 1e9:6.1f} GFLOP/s  {gains[name]:6.1f} x  difference {error:.1e}", flush=True)
        del result
        gc.collect()
    return gains


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attention")
    parser.add_argument("--shapes", default=SHAPES)
    parser.add_argument("--kinds", default="float32,bfloat16")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--plot")
    options = parser.parse_args()
    peers = [peer for peer in options.peers.split(",") if peer]
    rows = {f"{text} {kind}": table(tuple([int(side) for side in text.split("x")]), kind, peers, options.seconds) for kind in options.kinds.split(",") for text in options.shapes.split(",")}
    if options.plot:
        plot(rows, options.plot)


if __name__ == "__main__":
    main()
