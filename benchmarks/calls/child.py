"""One process: `python -m benchmarks.calls.child plain|framejit|c ROUNDS` prints {program: [result, first seconds, best seconds]} as JSON."""

import ctypes
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.calls.programs import CLASSES, RECURSIVE


def plain():
    return CLASSES | RECURSIVE


def framejit():
    import framejit
    framejit.enable()
    return plain()


def c():
    """The twins, compiled with gcc -O2."""
    library = Path(tempfile.mkdtemp()) / "twins.so"
    subprocess.run(["gcc", "-O2", "-shared", "-fPIC", str(Path(__file__).parent / "twins.c"), "-o", str(library)], check=True)
    loaded, found = ctypes.CDLL(str(library)), {}
    for name, (_, arguments) in RECURSIVE.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = ctypes.c_int64, [ctypes.c_int64] * len(arguments)
        found[name] = function, arguments
    return found


CONTESTANTS = {"plain": plain, "framejit": framejit, "c": c}


SECONDS = 1.0       # at least, of each program: short ones are warmed up too, and have their thorough code


def measured(function, arguments, rounds):
    times = []
    while len(times) < rounds or sum(times) < SECONDS:
        start = time.perf_counter()
        result = function(*arguments)
        times.append(time.perf_counter() - start)
    return [repr(result), times[0], min(times)]


def main(who, rounds):
    print(json.dumps({name: measured(function, arguments, rounds) for name, (function, arguments) in CONTESTANTS[who]().items()}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
