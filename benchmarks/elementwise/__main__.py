"""python -m benchmarks.elementwise [--sizes 10,1000,...] [--peers numba,jax,numexpr,torch] [--plot FILE] [NAME ...]

A table: microseconds of a call in NumPy, how many times as fast the others are, and milliseconds of their first calls, of the
first hundred together, and until framejit's first native one; all in one process, by turns, the fastest of seven.  Peers are
warmed up first and see the same source (numexpr a text of it).  Results are compared bit by bit.
"""

import argparse
import math
import time
import types

import numpy as np

import framejit
from benchmarks.elementwise.peers import PEERS, warm_up
from benchmarks.elementwise.plot import plot
from benchmarks.elementwise.programs import PROGRAMS, arguments

ROUNDS = 7
SPAN = 0.02             # seconds of a round
HUNDRED = 100           # calls, the first among them, that are summed up


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
    """(those that run it, milliseconds of the first call of each, and of the first hundred)"""
    kept, first, hundred = {}, {}, {}
    for name, function in functions.items():
        try:
            first[name] = seconds(function, given, 1) * 1e3
            hundred[name] = first[name] + seconds(function, given, HUNDRED - 1) * (HUNDRED - 1) * 1e3
        except Exception as error:
            print(f"    {name} doesn't run it: {type(error).__name__}")
            continue
        kept[name] = function
    return kept, first, hundred


def until_native(function, given):
    """Milliseconds from the beginning of the first call of framejit's function to the end of its first native one, of another copy."""
    made = framejit.jit(types.FunctionType(function.__code__.replace(), function.__globals__))
    before, start = framejit.stats()["native_entries"], time.perf_counter()
    while framejit.stats()["native_entries"] == before and time.perf_counter() < start + 1:
        made(*given)
    return (time.perf_counter() - start) * 1e3


def geometric(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def row(name, function, given, peers):
    """Measures one program: ({contestant: times as fast as NumPy}, {contestant: ms} of first calls, first hundreds and first native calls)."""
    functions, first, hundred = usable(versions(function, peers), given)
    native = {"framejit": until_native(function, given)}
    same = np.asarray(function(*given)).tobytes() == np.asarray(functions["framejit"](*given)).tobytes()
    best = measured(functions, given)
    gains = {other: best["NumPy"] / best[other] for other in functions if other != "NumPy"}
    print(f"    {name:18}", "  ".join([f"{best['NumPy'] * 1e6:12.2f} us", *[f"{other} {gain:6.2f}" for other, gain in gains.items()]]), "" if same else "  RESULTS DIFFER")
    return gains, (first, hundred, native)


def summary(rows, firsts, tables):
    peers = sorted({name for gains in rows.values() for name in gains})
    print("    geometric mean     ", "  ".join([f"{name} {geometric(gains[name] for gains in rows.values() if name in gains):.2f}" for name in peers]))
    ahead = sum(gains["framejit"] >= max(gains.values()) for gains in rows.values())
    print(f"    ahead of all others on {ahead} of {len(rows)}; least gain {min(gains['framejit'] for gains in rows.values()):.2f}")
    if len(tables) == 1:                      # later sizes find the code made
        for place, said in enumerate(("first call, ms", "first hundred, ms", "native after, ms")):
            means = {name: geometric(first[place][name] for first in firsts if name in first[place]) for name in peers}
            print(f"    {said:20}", "  ".join([f"{name} {mean:.1f}" for name, mean in means.items() if mean == mean]))
        first = [one[0] for one in firsts]
        later = {name: geometric(one[name] / one["framejit"] for one in first if name in one) for name in peers if name != "framejit"}
        print(f"    {'times framejit first call':20}", "  ".join([f"{name} {ratio:.1f}" for name, ratio in later.items() if ratio == ratio]), "(of the programs that both run)")


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.elementwise")
    parser.add_argument("names", nargs="*", default=list(PROGRAMS))
    parser.add_argument("--sizes", default="10,1000,100000,10000000")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--plot")
    options = parser.parse_args()
    peers, tables = [peer for peer in options.peers.split(",") if peer], {}
    warm_up([framejit.jit, *[PEERS[peer] for peer in peers]])
    for n in [int(size) for size in options.sizes.split(",")]:
        print(f"n = {n:,}")
        rows, firsts = tables.setdefault(n, {}), []
        for name in options.names:
            function, count = PROGRAMS[name]
            rows[name], first = row(name, function, arguments(count, n), peers)
            firsts.append(first)
        summary(rows, firsts, tables)
    if options.plot:
        plot(tables, options.plot)


if __name__ == "__main__":
    main()
