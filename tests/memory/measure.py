"""One kind in this process: `python -m tests.memory.measure "name of the kind" 20000` writes a line of JSON.

Behind a warm-up the same number of turns is made several times.  What grows with the turns grows in each of them, a cache
that fills or a dictionary that is made larger doesn't: the least growth counts.  Seen are blocks of Python's allocator, bytes
of malloc, resident memory, and references of objects that live on, which show a reference that is never given back
(or once too often).
"""

import ctypes
import gc
import json
import math
import os
import signal
import sys
import time
from array import array

import numpy as np

import framejit
from framejit import _machine as machine
from framejit.report.records import RECORDS
from tests.memory.kinds import EXITS, KINDS

BATCHES, MOST, SETTLED = 3, 9, 50       # more of them while each has made so many blocks more: functions that eager processes find one by one
COUNTERS = ("native_entries", "exits", "callouts", "osr_entries", "regions_compiled", "given_back")
LASTING = (None, True, False, 0, 1, 2, int, float, list, tuple, dict, range, type(math), type(len), np.ndarray, np.float64, np.dtype("float64"), np.sqrt)


class Mallinfo(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")]


def malloced():
    """Bytes that malloc has given out; 0 where it can't be asked."""
    mallinfo = getattr(ctypes.CDLL(None), "mallinfo2", None)
    if mallinfo is None:
        return 0
    mallinfo.restype = Mallinfo
    found = mallinfo()
    return found.uordblks + found.hblkhd


def resident():
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def lasting(space):
    """{name: object} of what lives through all batches."""
    found = {f"{value!r:.40}": value for value in LASTING}
    for name, value in space.items():
        found[name] = value
        found[f"class of {name}"] = type(value)
        for attribute in ("__code__", "__globals__", "__dict__"):
            if hasattr(value, attribute) and not isinstance(value, type):
                found[f"{name}.{attribute}"] = getattr(value, attribute)
    return found


def look(objects, into):
    """Writes what is seen now `into` an array: no object is made that would count the next time, and nobody is compiling meanwhile."""
    machine.worker_wait()
    gc.collect()
    into[0], into[1], into[2] = sys.getallocatedblocks(), malloced(), resident()
    for place, value in enumerate(objects.values(), 3):
        into[place] = sys.getrefcount(value)


def measure(kind, turns):
    """{"turns", "evidence": {counter: a turn}, "growth": {what: least growth of a batch}}."""
    space = {"np": np, "math": math, "time": time, "signal": signal, "framejit": framejit, "__name__": "program"}
    exec(compile(kind.source, "<kind>", "exec"), space)
    turns = max(int(turns * kind.share), 10)
    space["many"](max(turns // 4, min(4 * turns, 1500)))
    objects = lasting({name: value for name, value in space.items() if not name.startswith("__")})
    names = ["blocks", "malloc", "resident", *objects]
    looks = [array("q", bytes(8 * len(names))) for _ in range(MOST + 1)]
    found = dict.fromkeys(COUNTERS, 0)
    RECORDS.reset()
    look(objects, looks[0])
    for number, into in enumerate(looks[1:], 1):
        space["many"](turns)
        counted = framejit.stats()
        RECORDS.reset()         # up to 10,000 places are on record
        look(objects, into)
        for name in COUNTERS:
            found[name] += counted[name]
        if number >= BATCHES and min([new[0] - old[0] for old, new in zip(looks, looks[1:number + 1])]) <= SETTLED:
            break
    evidence = {name: found[name] / (number * turns) for name in COUNTERS}
    steps = {name: [new - old for old, new in zip(values, values[1:])] for name, values in zip(names, zip(*looks[:number + 1]))}
    growth = {name: min(each, key=abs) for name, each in steps.items() if len({step > 0 for step in each}) == 1}
    return {"kind": kind.name, "turns": turns, "evidence": evidence, "growth": {name: number for name, number in growth.items() if number},
            "seconds": time.process_time()}


def main(name, turns):
    kind = next(kind for kind in KINDS + EXITS if kind.name == name)
    print(json.dumps(measure(kind, int(turns))))


if __name__ == "__main__":
    main(*sys.argv[1:])
