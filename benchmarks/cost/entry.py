"""Nanoseconds per call of `a * b + 1.0` over floats, the loop around it included."""

import os
import time

os.environ["FRAMEJIT_TRIAL"] = "0"      # what compiled code costs is measured, whoever is faster

import framejit  # noqa: E402

CALLS = 60000


def plain(a, b):
    return a * b + 1.0


def call_plain(count):
    for _ in range(count):
        plain(1.5, 2.5)


compiled = framejit.jit(plain)


def call_compiled(count):
    for _ in range(count):
        compiled(1.5, 2.5)


def empty(count):
    for _ in range(count):
        pass


CONTESTANTS = {"plain": call_plain, "framejit": call_compiled, "empty turn": empty}


def measure(rounds):
    """Least nanoseconds of each contestant, in turns."""
    least = {}
    for run in CONTESTANTS.values():
        run(1000)
    entries = framejit.stats()["native_entries"]
    for _ in range(rounds):
        for name, run in CONTESTANTS.items():
            start = time.perf_counter_ns()
            run(CALLS)
            spent = (time.perf_counter_ns() - start) / CALLS
            least[name] = min(spent, least.get(name, spent))
    if framejit.stats()["native_entries"] - entries < rounds * CALLS:
        raise SystemExit("benchmarks.cost: the compiled function was interpreted")
    return least


def call_block(count):
    for _ in range(count):
        with framejit.jit():
            for k in range(1):
                pass


def block(rounds):
    """Least nanoseconds of a block whose body is compiled, `jit()` included."""
    call_block(1000)
    least = float("inf")
    for _ in range(rounds):
        start = time.perf_counter_ns()
        call_block(2000)
        least = min(least, (time.perf_counter_ns() - start) / 2000)
    return least
