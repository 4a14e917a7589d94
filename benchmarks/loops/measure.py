"""Timing: contestants take turns in one process, each gets fresh arguments, and the least time of each counts.

Results have to agree in type and bits with plain Python's, or the row says so.  The first call (with its
compilation) is timed apart.
"""

import math
import time

from benchmarks.loops import catalogue
from benchmarks.loops.contestants import contestants

REPEATS = {"python": 1, "framejit": 3, "numba": 3, "c": 3}   # calls in one round
IN_PLACE = ("python", "framejit")                            # who changes the very arguments: they are compared too


def measure(name, size, rounds, folder):
    """One row: seconds, first call and agreement of each contestant, and what framejit's counters say."""
    program = catalogue.load(name)
    row = {"name": name, "kind": catalogue.KINDS[name], "size": size, "seconds": {}, "first": {}, "same": {}, "errors": {}}
    runners = contestants(name, program, folder)
    before = _counters()
    expected = {}
    for who in list(runners):
        try:
            arguments = program.setup(size)
            row["first"][who], result = _timed(arguments, runners[who])
            expected.setdefault("result", catalogue.bits(result))
            row["same"][who] = catalogue.bits(result) == expected["result"]
            if who in IN_PLACE:
                expected.setdefault("arguments", catalogue.bits(arguments))
                row["same"][who] &= catalogue.bits(arguments) == expected["arguments"]
        except Exception as error:      # another compiler may refuse a program: its column stays empty
            row["errors"][who] = f"{type(error).__name__}: {error}".splitlines()[0]
            del runners[who]
    for turn in range(rounds):
        for who, prepare in runners.items():
            for repeat in range(REPEATS[who]):
                seconds, result = _timed(program.setup(size), prepare)
                row["seconds"][who] = min(seconds, row["seconds"].get(who, math.inf))
                row["same"][who] = row["same"][who] and catalogue.bits(result) == expected["result"]
    row["native"] = {key: value - before.get(key, 0) for key, value in _counters().items()}
    return row


def _timed(arguments, prepare):
    call = prepare(arguments)
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def _counters():
    try:
        import framejit
    except ImportError:
        return {}
    return dict(framejit.stats())


def ratio(row, slow, fast):
    """How many times longer `slow` takes than `fast`, or None where one of them is missing."""
    seconds = row["seconds"]
    return seconds[slow] / seconds[fast] if slow in seconds and fast in seconds else None


def geometric_mean(values):
    """The geometric mean of those values that are there; None of none."""
    known = [math.log(value) for value in values if value is not None]
    return math.exp(sum(known) / len(known)) if known else None
