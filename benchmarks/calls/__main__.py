"""`python -m benchmarks.calls`: recursion and classes, plain Python and framejit in interleaved processes, beside C."""

import argparse
import json
import os
import subprocess
import sys
from math import exp, log
from pathlib import Path

from benchmarks.calls.programs import CLASSES, RECURSIVE

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = {"plain": 3, "framejit": 12, "c": 5}


def run(who):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run([sys.executable, "-m", "benchmarks.calls.child", who, str(ROUNDS[who])], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def best(runs, name):
    """(result, the first call's seconds, the fastest call's)."""
    rows = [run[name] for run in runs]
    return rows[0][0], min(row[1] for row in rows), min(row[2] for row in rows)


def main():
    """Exit status 1 where a result differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calls", description=__doc__)
    parser.add_argument("--processes", type=int, default=2, help="processes of each contestant (2)")
    count = parser.parse_args().processes
    runs = {who: [] for who in ROUNDS}
    for _ in range(count):
        for who in ROUNDS:
            runs[who].append(run(who))
    print(f"{'program':<12}{'plain ms':>10}{'framejit ms':>13}{'first ms':>10}{'C ms':>9}{'plain/jit':>11}{'jit/C':>8}  results")
    equal = True
    for programs in (RECURSIVE, CLASSES):
        ratios = []
        for name in programs:
            (result, _, plain), (other, first, fast) = [best(runs[who], name) for who in ("plain", "framejit")]
            twin = best(runs["c"], name)[2] if name in RECURSIVE else None
            equal = equal and result == other
            ratios.append(plain / fast)
            beside = f"{twin * 1e3:>9.2f}" if twin else f"{'-':>9}"
            print(f"{name:<12}{plain * 1e3:>10.2f}{fast * 1e3:>13.3f}{first * 1e3:>10.2f}{beside}{plain / fast:>11.1f}"
                  + (f"{fast / twin:>8.2f}" if twin else f"{'-':>8}") + ("  identical" if result == other else "  DIFFERENT"))
        print(f"{'geometric mean':<54}{exp(sum(map(log, ratios)) / len(ratios)):>11.1f}")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
