"""`python -m benchmarks.scripts`: whole scripts as people write them, `python x.py` against `python -m framejit x.py`, by turns.

Processor time of the whole process, everything included: import, looks, compiling.  Nothing is found on disk.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = sorted((ROOT / "benchmarks" / "scripts" / "programs").glob("*.py"))


def main():
    """Exit status 1 where a script's output differs."""
    options = parser().parse_args()
    chosen = [path for path in PROGRAMS if not options.names or path.stem in options.names]
    rows = []
    print(f"{'script':<16}{'plain s':>9}{'framejit':>10}{'gain':>7}{'iterations':>15}{'call-outs':>12}{'compiling s':>13}  same", flush=True)
    for path in chosen:
        rows.append(measured(path, options.rounds))
        print("{name:<16}{plain:>9.2f}{enabled:>10.2f}{gain:>7.2f}{iterations:>15,}{callouts:>12,}{compiling:>13.2f}  {same}".format(**rows[-1]), flush=True)
    if rows:
        print(f"{'mean':<16}{'':>19}{statistics.geometric_mean([row['gain'] for row in rows]):>7.2f}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0 if all([row["same"] for row in rows]) else 1


def parser():
    made = argparse.ArgumentParser(prog="python -m benchmarks.scripts", description=__doc__)
    made.add_argument("names", nargs="*", help="scripts, all of them otherwise")
    made.add_argument("--rounds", type=int, default=3, help="processes of each kind, of which the least counts (3)")
    made.add_argument("--json", metavar="FILE", help="write the rows there")
    return made


def measured(path, rounds):
    """A row: least seconds of each kind, and what framejit has counted."""
    plain, enabled, outputs, stats = [], [], set(), {}
    with tempfile.TemporaryDirectory() as folder:
        told = pathlib.Path(folder) / "stats.json"
        for _ in range(rounds):
            plain.append(run([path], outputs))
            enabled.append(run(["-m", "framejit", path], outputs, FRAMEJIT_STATS_FILE=str(told)))
            stats = json.loads(told.read_text(encoding="utf-8"))
    return {"name": path.stem, "plain": min(plain), "enabled": min(enabled), "gain": min(plain) / min(enabled), "same": len(outputs) == 1,
            "iterations": stats["native_iterations"], "callouts": stats["callouts"], "compiling": stats["compile_seconds"]}


def run(words, outputs, **more):
    """The processor's seconds of one process, whose output is noted."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "FRAMEJIT_CACHE": "0", **more}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.run([sys.executable, *map(str, words)], env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    outputs.add((process.returncode, process.stdout, process.stderr))
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
