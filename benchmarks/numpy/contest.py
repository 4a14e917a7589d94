"""python -m benchmarks.numpy.contest [--sizes 0,1,2] [--seconds S] [--limit L] [--peers numba,jax,torch] [--json FILE] [NAME ...]

The programs against peers.  Each contestant has a process of its own for each program and size, which imports what it needs and compiles something else before
the first call; one that hasn't ended after `limit` seconds is left out.  The table: microseconds of NumPy's fastest run, how many times as fast the others are,
and at the end what the issue's goals ask for.  Results are compared with NumPy's: framejit's bit by bit, the peers' to 1e-4 of the largest number.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import time

import numpy as np

import framejit
from benchmarks.elementwise.peers import other
from benchmarks.numpy.__main__ import parts, run, same
from benchmarks.numpy.catalogue import catalogue
from benchmarks.numpy.peers import PEERS

LEAST, MOST = 3, 200    # runs behind the first
WARM = 1.0              # seconds of further runs before any counts: compilers work beside them
NEAR = 1e-4             # of the largest number: what single precision in another order may differ by


def ways(name, function):
    if name in PEERS:
        return PEERS[name](function)
    return [framejit.jit(function) if name == "framejit" else function]


def near(left, right):
    """Whether two results are the same but for rounding."""
    for one, exact in zip(parts(left), parts(right), strict=True):
        one = np.asarray(one)
        if one.shape != exact.shape:
            return False
        least = NEAR * max(1.0, float(np.abs(exact[np.isfinite(exact)]).max(initial=0.0))) if exact.dtype.kind in "fc" else 0.0
        if not np.allclose(one, exact, rtol=NEAR, atol=least, equal_nan=True):
            return False
    return True


def timed(function, program, size, seconds):
    """Seconds of the first run and of the fastest one."""
    first, _ = run(function, program, size)
    end, best, runs = time.perf_counter() + WARM, first, 0
    while time.perf_counter() < end and first < WARM:
        run(function, program, size)
    end = time.perf_counter() + seconds
    while runs < LEAST and first < 4 * seconds or time.perf_counter() < end and runs < MOST:
        best, runs = min(best, run(function, program, size)[0]), runs + 1
    return first, best


def alone(name, program, size, seconds):
    """What a contestant's process prints: seconds of its first run and of its fastest one, or why there are none."""
    expected = run(program.function, program, size)[1]
    for function in ways(name, other):
        function(np.arange(5.0))
    answers, errors = [], []
    for function in ways(name, program.function):
        try:
            first, best = timed(function, program, size, seconds)
            result = run(function, program, size)[1]
        except Exception as error:      # it can't do this: said in the table
            errors.append(f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}"[:120])
            continue
        if (same if name in ("NumPy", "framejit") else near)(result, expected):
            answers.append((best, first))
        else:
            errors.append("another result")
    print(json.dumps(min(answers)[::-1] if answers else errors[0]))


def asked(name, text, number, options):
    """[first, fastest] of a contestant, or why it doesn't take part."""
    command = [sys.executable, "-m", "benchmarks.numpy.contest", "--alone", name, "--sizes", str(number), "--seconds", str(options.seconds), text]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=options.limit, env={**os.environ, "FRAMEJIT_CACHE": "0"})
    except subprocess.TimeoutExpired:
        return f"not within {options.limit} s"
    if ended.returncode:
        return (ended.stderr.strip().splitlines() or [f"ended by {ended.returncode}"])[-1][:120]
    return json.loads(ended.stdout.splitlines()[-1])


def mean(values):
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def summed_up(rows, peers):
    """Prints what the goals are about."""
    rows = [row for row in rows if isinstance(row["NumPy"], list) and isinstance(row["framejit"], list)]
    gains = [row["NumPy"][1] / row["framejit"][1] for row in rows]
    slower = [row["name"] for row, gain in zip(rows, gains) if gain < 1]
    print(f"{len(rows)} programs: {mean(gains):.2f} times as fast as NumPy in the geometric mean, least {min(gains):.2f}; slower: {', '.join(slower) or 'none'}")
    best = [(row, min([row[peer][1] for peer in peers if isinstance(row[peer], list)], default=math.inf)) for row in rows]
    behind = [f"{row['name']} ({row['framejit'][1] / time:.2f})" for row, time in best if row["framejit"][1] > time]
    print(f"ahead of the best peer on {len(rows) - len(behind)} of {len(rows)}; behind: {', '.join(behind) or 'none'}")
    for peer in peers:
        both = [row for row in rows if isinstance(row[peer], list)]
        for row in rows:
            if not isinstance(row[peer], list):
                print(f"    {peer}, {row['name']}: {row[peer]}")
        print(f"{peer} runs {len(both)}: framejit is {mean([row[peer][1] / row['framejit'][1] for row in both]):.2f} times as fast, and its first call comes {mean([row[peer][0] / row['framejit'][0] for row in both]):.1f} times sooner")


def shown(row, name):
    found = row[name]
    return f"{row['NumPy'][1] / found[1]:>10.2f}" if isinstance(found, list) and isinstance(row["NumPy"], list) else f"{'-':>10}"


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.numpy.contest")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--sizes", default="0,1,2")
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--limit", type=float, default=60.0)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--json")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    options = parser.parse_args()
    programs, peers, everything = catalogue(), [peer for peer in options.peers.split(",") if peer], {}
    for number in [int(one) for one in options.sizes.split(",")]:
        if options.alone:
            alone(options.alone, programs[options.names[0]], programs[options.names[0]].sizes[number], options.seconds)
            return
        rows = []
        print(f"{('small', 'medium', 'large')[number]:22}{'size':>10}{'NumPy, us':>14}" + "".join([f"{name:>10}" for name in ("framejit", *peers)]))
        for name in options.names or programs:
            row = {"name": name, **{one: asked(one, name, number, options) for one in ("NumPy", "framejit", *peers)}}
            plain = f"{row['NumPy'][1] * 1e6:>14,.1f}" if isinstance(row["NumPy"], list) else f"{'-':>14}"
            print(f"{name:22}{programs[name].sizes[number]:>10,}{plain}" + "".join([shown(row, one) for one in ("framejit", *peers)]), flush=True)
            rows.append(row)
        everything[number] = rows
        summed_up(rows, peers)
        print(flush=True)
        if options.json:
            with open(options.json, "w") as file:
                json.dump(everything, file, indent=1)


if __name__ == "__main__":
    main()
