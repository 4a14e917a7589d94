"""Random NumPy programs whose statements fit: results, which of them share memory, warnings, errors with their lines, streams of random numbers."""

import os
import sys

import numpy as np

import framejit
from tests.arrays.programs import outcome, seen
from tests.arrays.test_statements import compare
from tests.arrays.typed_programs import Generator
from tests.due import due

COUNT = 20_000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40


def sharing(values):
    """Which of the arrays are one object, and which share memory."""
    arrays = [(place, one) for place, one in enumerate(values) if isinstance(one, np.ndarray)]
    return [(here, there, one is other) for here, one in arrays for there, other in arrays if here < there and np.may_share_memory(one, other)]


def watched(function, arguments, state):
    """What a call gives, raises and warns of; the locals where it raises; how its arrays lie; what else it did."""
    looks, out = [], []

    def called(*given):
        try:
            result = function(*given, out)
        except Exception as error:
            frame = error.__traceback__.tb_next
            names = frame.tb_frame.f_locals if frame else {}
            looks.append({name: seen(value) for name, value in names.items() if name not in ("rng", "out")})
            raise
        looks.append(sharing([*given[:-1], *(result if isinstance(result, tuple) else [result])]))
        return result
    found = outcome(called, arguments, state)
    rng = arguments[-1]
    return (found[0], found[1], found[2][:-1]), looks, [seen(one) for one in out], rng.bit_generator.state["state"]


def test_random_programs():
    before = framejit.stats()["native_entries"]
    for seed in due(range(COUNT)):
        compare(seed, Generator, watched)
    assert framejit.stats()["native_entries"] - before > COUNT


if __name__ == "__main__":
    first, last = map(int, sys.argv[1:])
    failed = 0
    for seed in range(first, last):
        try:
            compare(seed, Generator, watched)
        except AssertionError as error:
            failed += 1
            print(seed, str(error)[:200].splitlines()[0], flush=True)
    print(f"{last - first} programs, {failed} differ; {framejit.stats()['native_entries']:,} native entries")
