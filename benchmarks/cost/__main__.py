"""`python -m benchmarks.cost`: import, first compilations and entry, beside their goals."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys

from benchmarks.cost.warm import measured

# row, column, goal in ms, what it says
ROWS = (
    ("import", "all", 50, "import framejit"),
    ("import", "clock", None, "    by the clock"),
    ("enable", "all", None, "the first enable()"),
    ("warm-up", "all", None, "the first compilation, with the compiler's import"),
    ("ten lines", "all", 40, "first call of a ten-line loop"),
    ("ten lines", "capture", 15, "    capture and passes"),
    ("ten lines", "lower", None, "    lowering to LLVM's text"),
    ("ten lines", "llvm", None, "    LLVM and loading"),
    ("warm", "all", 5, "    found on disk, in a fresh process, with all imports"),
    ("straight line", "all", 500, "first call of {bytecodes:,} bytecodes in a straight line"),
    ("straight line", "capture", None, "    capture and passes"),
    ("straight line", "llvm", None, "    LLVM and loading"),
    ("chain", "all", 150, "first call of an expression of 300 operations over arrays"),
    ("statements", "all", 150, "    of 300 statements of one operation"),
)
ENTRY_GOAL = 5 if sys.version_info < (3, 12) else 0


def main():
    options = parser().parse_args()
    taken = [fresh() | {"warm": warm} for warm in measured(options.processes)]
    rows = []
    print(f"{'':<60}{'least':>8}{'median':>8}{'goal':>8}")
    for row, column, goal, text in ROWS:
        values = [one[row][column] for one in taken if column in one[row]]
        made = {"name": text.strip().format(**taken[0][row]), "row": row, "column": column, "least": min(values),
                "median": statistics.median(values), "goal": goal}
        rows.append(made)
        text = text.format(**taken[0][row]) + ", ms"
        print(f"{text:<60}{made['least']:>8.1f}{made['median']:>8.1f}{'' if goal is None else goal:>8}")
    from benchmarks.cost.entry import block, measure
    entry = measure(options.rounds)
    for name, spent in entry.items():
        goal = f"{entry['plain'] + ENTRY_GOAL:.1f}" if name == "framejit" else ""
        print(f"{'a call of f(float, float), ' + name + ', ns':<60}{spent:>8.1f}{'':>8}{goal:>8}")
    spent = block(options.rounds)
    print(f"{'with framejit.jit(): a loop of one turn, ns':<60}{spent:>8.1f}{'':>8}{1000:>8}")
    from benchmarks.cost import again
    spent = again.measure(options.rounds)
    print(f"{'entering a loop behind a yield, ns':<60}{'never' if spent is None else f'{spent:.1f}':>8}{'':>8}{15:>8}")
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"python": platform.python_version(), "machine": platform.machine(), "rows": rows, "entry": entry}, file, indent=1)
    return 0


def fresh():
    """What one fresh process measured."""
    answer = subprocess.run([sys.executable, "-m", "benchmarks.cost.process"], capture_output=True, text=True,
                            env={**os.environ, "PYTHONHASHSEED": "0"})
    if answer.returncode:
        raise SystemExit(answer.stderr)
    return json.loads(answer.stdout)


def parser():
    made = argparse.ArgumentParser(prog="python -m benchmarks.cost", description=__doc__)
    made.add_argument("--processes", type=int, default=7, help="fresh processes that import and compile (7)")
    made.add_argument("--rounds", type=int, default=40, help="turns of the calls (40)")
    made.add_argument("--json", metavar="FILE", help="write the rows there")
    return made


if __name__ == "__main__":
    sys.exit(main())
