"""python -m benchmarks.memory [--sizes 0,2] [--seconds S] [--json FILE] [NAME ...]

How much memory programs of `benchmarks.numpy` take at their peak, each in a process of its own: in NumPy, and how many MiB more with `framejit.enable()`,
with nothing kept on disk (cold: the compiler and LLVM are loaded) and in the second process that finds everything there (warm).  `all` is what the system
counts at its peak (VmHWM), pages of libraries that other processes share among it; `own` is what the process alone has (sampled every millisecond or two).
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from benchmarks.numpy.catalogue import catalogue

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAUSE = 0.001           # seconds between two looks at a process
PAGE = os.sysconf("SC_PAGE_SIZE")
GOAL = 64               # MiB above NumPy's peak
CHILD = """
import sys, time
import numpy as np
from benchmarks.numpy.catalogue import catalogue
name, size, plain, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "plain", float(sys.argv[4])
if not plain:
    import framejit
    framejit.enable()
(function, make, _), end, runs = catalogue()[name], time.perf_counter() + seconds, 0
while runs < 2 or time.perf_counter() < end:
    function(*make(np.random.default_rng(1), size))
    runs += 1
with open("/proc/self/status") as lines:
    print(*[line.split()[1] for line in lines if line.startswith("VmHWM")], 0 if plain else framejit.stats()["native_iterations"])
"""


def peaks(name, size, plain, seconds, folder):
    """(MiB that the system counts, MiB of its own, native iterations) of a process at its peak."""
    kept = {"FRAMEJIT_CACHE": "0"} if folder is None else {"FRAMEJIT_CACHE": "1", "FRAMEJIT_CACHE_DIR": folder}
    process = subprocess.Popen([sys.executable, "-c", CHILD, name, str(size), "plain" if plain else "enabled", str(seconds)], cwd=ROOT, stdout=subprocess.PIPE,
                               text=True, env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **kept})
    own = 0
    while process.poll() is None:
        own = max(own, own_pages(process.pid))
        time.sleep(PAUSE)
    high, native = process.stdout.read().split()
    return int(high) / 1024, own * PAGE / 2**20, int(native)


def own_pages(process):
    try:
        with open(f"/proc/{process}/statm") as numbers:
            resident, shared = numbers.read().split()[1:3]
    except OSError:         # it has ended
        return 0
    return int(resident) - int(shared)


def measured(name, size, seconds):
    plain = peaks(name, size, True, seconds, None)
    cold = peaks(name, size, False, seconds, None)
    with tempfile.TemporaryDirectory() as folder:
        peaks(name, size, False, seconds, folder)
        warm = peaks(name, size, False, seconds, folder)
    return {"all": plain[0], "own": plain[1], "cold": [cold[0] - plain[0], cold[1] - plain[1]], "warm": [warm[0] - plain[0], warm[1] - plain[1]], "native": cold[2]}


def main():
    programs = catalogue()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory")
    parser.add_argument("names", nargs="*", default=list(programs))
    parser.add_argument("--sizes", default="0,2")
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--json")
    options = parser.parse_args()
    found = {}
    for number in [int(one) for one in options.sizes.split(",")]:
        print(f"{('small', 'medium', 'large')[number]:22}{'size':>10}{'NumPy, MiB':>12}{'cold: all':>11}{'own':>7}{'warm: all':>11}{'own':>7}{'native':>9}")
        rows = {}
        for name in options.names:
            size = programs[name].sizes[number]
            row = rows[name] = measured(name, size, options.seconds)
            print(f"{name:22}{size:>10,}{row['all']:>12,.0f}{row['cold'][0]:>+11.0f}{row['cold'][1]:>+7.0f}{row['warm'][0]:>+11.0f}{row['warm'][1]:>+7.0f}{row['native']:>9,}", flush=True)
        for way in ("cold", "warm"):
            most = [max(rows, key=lambda name: rows[name][way][place]) for place in (0, 1)]
            print(f"{way}: at most {rows[most[0]][way][0]:+.0f} ({most[0]}), own {rows[most[1]][way][1]:+.0f} ({most[1]}); goal +{GOAL}")
        print(flush=True)
        found[number] = rows
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
