"""Whole processes: each program as a script with its loops at module level, `python x.py` against `python -m framejit x.py`."""

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.loops import catalogue
from benchmarks.loops.scripts import script

COMMANDS = {"python": [], "framejit": ["-m", "framejit"]}


SECONDS = 3.0       # of plain Python


def measure(name, size, rounds, folder):
    """One row: the least seconds of a process of each kind, and whether both printed the same.  LARGE stands for a size
    for which plain Python takes SECONDS.  `before`: seconds of a plain process that ends where the loops begin."""
    path = Path(folder) / f"{name}.py"
    if size == catalogue.load(name).LARGE:
        path.write_text(script(name, size))
        size = catalogue.size_for(name, SECONDS, min([process_of("python", path)[0] for _ in range(2)]))
    path.write_text(script(name, size))
    row = {"name": name, "kind": catalogue.KINDS[name], "size": size, "seconds": {}, "same": {}, "errors": {}, "native": {}}
    expected = None
    for turn in range(rounds):
        for who in COMMANDS:
            seconds, answer = process_of(who, path)
            expected = expected or answer
            row["seconds"][who] = min(seconds, row["seconds"].get(who, seconds))
            row["same"][who] = row["same"].get(who, True) and answer == expected
    path.write_text(script(name, size, whole=False))
    row["before"] = min([process_of("python", path)[0] for _ in range(rounds)])
    return row


def process_of(who, path):
    """Seconds of a whole process, and what it answered."""
    start = time.perf_counter()
    process = subprocess.run([sys.executable, *COMMANDS[who], str(path)], capture_output=True, text=True)
    return time.perf_counter() - start, (process.stdout, process.stderr, process.returncode)
