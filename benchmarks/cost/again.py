"""Nanoseconds that entering a loop behind a break takes, beside its turns and what the interpreter takes to begin and leave it: an inner loop of a
generator, whose outer turns end at a yield."""

import time

import framejit

COUNT, SHORT, LONG = 4000, 40, 1040
PATIENCE = 20           # seconds until the loop has to be entered at its header


def looping(count, turns):
    total = 0
    for _ in range(count):
        for k in range(turns):
            total += k & 3
        yield total


def bare(count, turns):
    total = 0
    for _ in range(count):
        for k in range(turns):
            total += k & 3
            break
        yield total


def spent(made, turns):
    """Nanoseconds of an outer turn."""
    start = time.perf_counter_ns()
    for _ in made(COUNT, turns):
        pass
    return (time.perf_counter_ns() - start) / COUNT


def measure(rounds):
    """Least nanoseconds of an entry, or None where the loop isn't entered by itself."""
    framejit.enable()
    try:
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end and not entered():
            spent(looping, LONG)
        if not entered():
            return None
        least = {}
        for _ in range(rounds):
            for name, made, turns in (("short", looping, SHORT), ("long", looping, LONG), ("bare", bare, SHORT)):
                least[name] = min(spent(made, turns), least.get(name, float("inf")))
        turn = (least["long"] - least["short"]) / (LONG - SHORT)
        return least["short"] - SHORT * turn - least["bare"]
    finally:
        framejit.disable()


def entered():
    """Whether one call's iterations are native, but for some."""
    before = framejit.stats()["native_iterations"]
    spent(looping, LONG)
    return framejit.stats()["native_iterations"] - before > 0.95 * COUNT * LONG


__all__ = ["measure"]
