"""`python -m tests.memory [--turns 1000000] [--only NAME]`: a table of what grows with entries and exits; status 1 if anything does."""

import argparse
import json
import os
import subprocess
import sys

from tests.memory.kinds import EXITS, KINDS

ALLOWED = {"resident": 64, "malloc": 4}      # bytes a turn that are noise, of pages and of malloc's own rounding
FEW = {"resident": 4 << 20, "malloc": 64 << 10, "blocks": 200}      # so many are a batch's noise, however many turns it has


def run(kind, turns, **settings):
    """What measure.py says of a kind, in a process of its own."""
    environment = {**os.environ, "FRAMEJIT_CACHE": "0", "FRAMEJIT_TRIAL": "0", "PYTHONHASHSEED": "0", **kind.settings, **settings}
    process = subprocess.run([sys.executable, "-m", "tests.memory.measure", kind.name, str(turns)], capture_output=True, text=True, env=environment)
    if process.returncode:
        raise AssertionError(f"{kind.name}: status {process.returncode}\n{process.stderr[-3000:]}")
    return json.loads(process.stdout)


def checked(kind, turns):
    """(What measure.py says of a kind, what is wrong as lines).  What grows in plain Python too is somebody else's: np.ones of NumPy 2.4
    keeps a reference of a dtype."""
    found = run(kind, turns)
    wrong = faults(kind, found)
    if wrong and found["growth"]:
        plain = run(kind, turns, FRAMEJIT_DISABLE="1")["growth"]
        found["growth"] = {name: number for name, number in found["growth"].items() if not 2 * plain.get(name, 0) >= number > 0}
        wrong = faults(kind, found)
    return found, wrong


def faults(kind, found):
    """What grew, and what didn't happen."""
    turns = found["turns"]
    grown = [f"{name} grew by {number:,} in {turns:,} turns" for name, number in found["growth"].items()
             if number > max(ALLOWED.get(name, 0) * turns, FEW.get(name, 100), turns // 8) or number < -max(100, turns // 8) and name not in ALLOWED]
    return grown + [f"{name}: {found['evidence'][name]:.2f} a turn" for name, least in kind.evidence.items() if found["evidence"][name] < 0.9 * least]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.memory", description=__doc__)
    parser.add_argument("--turns", type=int, default=20_000)
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    status = 0
    print(f"{'kind':<50}{'turns':>10}{'entries':>9}{'exits':>7}{'call-outs':>11}{'blocks':>9}{'malloc':>10}{'resident':>12}{'seconds':>9}")
    for kind in KINDS + EXITS:
        if chosen.only in kind.name:
            found, wrong = checked(kind, chosen.turns)
            status |= bool(wrong)
            print(line(kind, found), *wrong, sep="\n    ", flush=True)
    return status


def line(kind, found):
    growth, evidence = found["growth"], found["evidence"]
    return (f"{kind.name:<50}{found['turns']:>10,}{evidence['native_entries'] + evidence['osr_entries']:>9.2f}{evidence['exits']:>7.2f}{evidence['callouts']:>11.2f}"
            f"{growth.get('blocks', 0):>9,}{growth.get('malloc', 0):>10,}{growth.get('resident', 0):>12,}{found['seconds']:>9.1f}")


if __name__ == "__main__":
    sys.exit(main())
