"""`python -m benchmarks.idle`: what enable() costs programs that are never compiled, in percent of processor time."""

import argparse
import json
import platform
import sys

from benchmarks.idle.measure import TURNS, measure
from benchmarks.idle.programs import PROGRAMS

GOAL = 2.0


def main():
    """Exit status 1 where a result differs from plain Python's."""
    options = parser().parse_args()
    print(f"{'program':<12}{'plain s':>9}{'whole %':>9}{'+-':>6}{'steady %':>10}{'control %':>11}{'regions':>9}  results", flush=True)
    rows = []
    for name in options.only or PROGRAMS:
        row = measure(name, options.rounds, options.turns)
        rows.append(row)
        print(line(row), flush=True)
    worst = max(rows, key=lambda row: row["whole"])
    print(f"worst: {worst['name']} {worst['whole']:+.1f} %, the goal is {GOAL:.0f} %")
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"python": platform.python_version(), "machine": platform.machine(), "rows": rows}, file, indent=1)
    return 0 if all(row["same"] for row in rows) else 1


def parser():
    made = argparse.ArgumentParser(prog="python -m benchmarks.idle", description=__doc__)
    made.add_argument("--only", action="append", choices=list(PROGRAMS), metavar="NAME", help="one program; may be repeated")
    made.add_argument("--rounds", type=int, default=9, help="pairs of processes for each program (9)")
    made.add_argument("--turns", type=int, default=TURNS, help=f"turns of the program in each process ({TURNS})")
    made.add_argument("--json", metavar="FILE", help="write the rows there")
    return made


def line(row):
    verdict = "identical" if row["same"] else "DIFFERENT"
    return (f"{row['name']:<12}{row['seconds']:>9.3f}{row['whole']:>+9.1f}{row['spread']:>6.1f}{row['steady']:>+10.1f}"
            f"{row['control']:>+11.1f}{row['regions']:>9}  {verdict}")


if __name__ == "__main__":
    sys.exit(main())
