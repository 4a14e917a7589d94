"""`python -m benchmarks.suite --folder .../pyperformance/data-files/benchmarks`: each program of pyperformance, plain and under enable().

Processor time, the modes by turns, medians; `whole` includes the first turns, where loops are found.  A process of its own has filled the folder
of kept code before, as pyperf calibrates before it measures; `cold` is what that one took, turns and compilation.  Programs whose packages
aren't there are named at the end.
"""

import argparse
import compileall
import importlib.util
import json
import os
import statistics
import sys

from benchmarks.suite.measure import Contestant, measure, programs


def main():
    """Exit status 1 where what a program writes differs, or it fails."""
    options = parser().parse_args()
    compile_modules()
    rows, without, failed = [], {}, []
    print(f"{'program':<32}{'plain ms':>10}{'enabled':>10}{'ratio':>7}{'least':>7}{'whole':>7}{'cold':>7}{'regions':>9}{'entries':>9}{'running':>9}{'call-outs':>11}{'exits':>9}{'compile s':>11}",
          flush=True)
    for name, program, words in programs(options.folder):
        if not any(wanted in name for wanted in options.only or [""]):
            continue
        asked = Contestant("plain", program, words)
        without.update({name: asked.problem} if asked.names is None else {})
        for which, part in enumerate(asked.names or ()):
            try:
                rows.append({"name": part, **measure(program, words, which, options.turns, options.processes, which)})
                print(line(rows[-1]), flush=True)
                if options.places:
                    print(*("    " + place for place in rows[-1]["places"]), sep="\n", flush=True)
            except RuntimeError as error:
                failed.append(part)
                print(f"{part:<32} FAILED {error}", flush=True)
        if asked.names is not None:
            asked.end()
    report(rows, without, options.json)
    return 1 if failed or not all(row["same"] for row in rows) else 0


def compile_modules():
    """Where framejit is installed its modules are compiled already; in a work tree each process would do it, which is a third of a second."""
    compileall.compile_dir(importlib.util.find_spec("framejit").submodule_search_locations[0], quiet=2)


def parser():
    found = importlib.util.find_spec("pyperformance")
    folder = os.path.join(os.path.dirname(found.origin), "data-files", "benchmarks") if found else None
    made = argparse.ArgumentParser(prog="python -m benchmarks.suite", description=__doc__)
    made.add_argument("--folder", default=folder, required=folder is None, help="where bm_nbody and the others are")
    made.add_argument("--only", action="append", metavar="WORD", help="programs with this word in their names; may be repeated")
    made.add_argument("--turns", type=int, default=48, help="turns in each mode (48); fewer of long ones")
    made.add_argument("--processes", type=int, default=3, help="pairs of processes, a plain one and an enabled one (3)")
    made.add_argument("--places", action="store_true", help="show the places that stay interpreted")
    made.add_argument("--json", metavar="FILE", help="write the rows there")
    return made


def line(row):
    verdict = "" if row["same"] else "  DIFFERENT"
    return (f"{row['name']:<32}{row['plain'] * 1e3:>10.1f}{row['enabled'] * 1e3:>10.1f}{row['ratio']:>7.2f}{row['least']:>7.2f}{row['whole']:>7.2f}{row['cold']:>7.2f}{row['regions_compiled']:>9}"
            f"{row['native_entries']:>9}{row['osr_entries']:>9}{row['callouts']:>11}{row['exits']:>9}{row['compile_seconds']:>11.2f}{verdict}")


def report(rows, without, path):
    if rows:
        mean = statistics.geometric_mean([row["ratio"] for row in rows])
        print(f"{len(rows)} rows: geometric mean {mean:.3f} of plain; more than 3 % slower: {', '.join(row['name'] for row in rows if row['ratio'] > 1.03) or 'none'}")
    print("not run: " + "; ".join(f"{name} ({problem})" for name, problem in without.items()))
    if path:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=1)


if __name__ == "__main__":
    sys.exit(main())
