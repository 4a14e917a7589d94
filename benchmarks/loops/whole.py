"""Whole processes: each program as a script with its loops at module level, `python x.py` against `python -m framejit x.py`."""

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.loops import catalogue
from benchmarks.loops.scripts import script

COMMANDS = {"python": [], "framejit": ["-m", "framejit"]}


def measure(name, size, rounds, folder):
    """One row: the least seconds of a process of each kind, and whether both printed the same."""
    path = Path(folder) / f"{name}.py"
    path.write_text(script(name, size))
    row = {"name": name, "kind": catalogue.KINDS[name], "size": size, "seconds": {}, "same": {}, "errors": {}, "native": {}}
    expected = None
    for turn in range(rounds):
        for who, words in COMMANDS.items():
            start = time.perf_counter()
            process = subprocess.run([sys.executable, *words, str(path)], capture_output=True, text=True)
            seconds = time.perf_counter() - start
            answer = process.stdout, process.stderr, process.returncode
            expected = expected or answer
            row["seconds"][who] = min(seconds, row["seconds"].get(who, seconds))
            row["same"][who] = row["same"].get(who, True) and answer == expected
    return row
