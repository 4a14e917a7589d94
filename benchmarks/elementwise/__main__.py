"""python -m benchmarks.elementwise [--sizes 10,1000,...] [--peers numba,jax] [NAME ...]

A table: microseconds of a call in NumPy, and how many times as fast the others are; all in one process, by turns, the fastest
of seven.  Peers are warmed up first and see the same source.  Results are compared bit by bit.
"""

import argparse
import math
import time

import numpy as np

import framejit
from benchmarks.elementwise.programs import PROGRAMS, arguments

ROUNDS = 7
SPAN = 0.02             # seconds of a round


def numba_of(function):
    import numba
    return numba.njit(function)


def jax_of(function):
    import types
    import jax
    import jax.numpy
    jax.config.update("jax_enable_x64", True)
    other = types.FunctionType(function.__code__, {**function.__globals__, "np": jax.numpy}, function.__name__)
    compiled = jax.jit(other)
    return lambda *given: compiled(*given).block_until_ready()


PEERS = {"numba": numba_of, "jax": jax_of}


def seconds(function, given, calls):
    start = time.perf_counter()
    for _ in range(calls):
        function(*given)
    return (time.perf_counter() - start) / calls


def measured(functions, given):
    """The fastest call of each function, in seconds."""
    calls = {name: max(1, int(SPAN / max(seconds(function, given, 1), 1e-7))) for name, function in functions.items()}
    best = dict.fromkeys(functions, math.inf)
    for _ in range(ROUNDS):
        for name, function in functions.items():
            best[name] = min(best[name], seconds(function, given, calls[name]))
    return best


def versions(function, peers):
    """name -> function; peers that don't take the source are left out."""
    found = {"NumPy": function, "framejit": framejit.jit(function)}
    for name in peers:
        try:
            found[name] = PEERS[name](function)
        except ImportError:
            continue
    return found


def usable(functions, given):
    kept = {}
    for name, function in functions.items():
        try:
            for _ in range(3):
                function(*given)
        except Exception as error:
            print(f"    {name} doesn't run it: {type(error).__name__}")
            continue
        kept[name] = function
    return kept


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.elementwise")
    parser.add_argument("names", nargs="*", default=list(PROGRAMS))
    parser.add_argument("--sizes", default="10,1000,100000,10000000")
    parser.add_argument("--peers", default="numba,jax")
    options = parser.parse_args()
    peers = [peer for peer in options.peers.split(",") if peer]
    for n in [int(size) for size in options.sizes.split(",")]:
        gains = {}
        print(f"n = {n:,}")
        for name in options.names:
            function, count = PROGRAMS[name]
            given = arguments(count, n)
            functions = usable(versions(function, peers), given)
            same = np.asarray(function(*given)).tobytes() == np.asarray(functions["framejit"](*given)).tobytes()
            best = measured(functions, given)
            row = [f"{best['NumPy'] * 1e6:12.2f} us"]
            for other in list(functions)[1:]:
                gain = best["NumPy"] / best[other]
                gains.setdefault(other, []).append(gain)
                row.append(f"{other} {gain:6.2f}")
            print(f"    {name:18}", "  ".join(row), "" if same else "  RESULTS DIFFER")
        print("    geometric mean     ", "  ".join([f"{other} {math.exp(sum(map(math.log, found)) / len(found)):.2f}" for other, found in gains.items()]))


if __name__ == "__main__":
    main()
