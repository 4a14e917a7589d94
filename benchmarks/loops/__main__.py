"""`python -m benchmarks.loops`: the table of all programs; `--scripts`: as whole processes instead."""

import argparse
import json
import platform
import sys
import tempfile

from benchmarks.loops import catalogue, measure, whole
from benchmarks.loops.contestants import ORDER


def main():
    """Exit status 1 where a result differs from plain Python's."""
    options = _parser().parse_args()
    rows = []
    print(_header(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only or catalogue.KINDS:
            program = catalogue.load(name)
            size = program.SMALL if options.small else program.LARGE
            row = (whole if options.scripts else measure).measure(name, size, options.rounds, folder)
            rows.append(row)
            print(_line(row), flush=True)
    print(_means(rows))
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"python": platform.python_version(), "machine": platform.machine(), "rows": rows}, file, indent=1)
    if options.plot:
        from benchmarks.loops.plot import plot
        plot(rows, options.plot)
    return 0 if all(all(row["same"].values()) for row in rows) else 1


def _parser():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.loops", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(catalogue.KINDS), metavar="NAME", help="one program; may be repeated")
    parser.add_argument("--small", action="store_true", help="the sizes of the tests")
    parser.add_argument("--rounds", type=int, default=3, help="turns that each contestant gets (3)")
    parser.add_argument("--scripts", action="store_true", help="whole processes: python x.py against python -m framejit x.py")
    parser.add_argument("--json", metavar="FILE", help="write the rows there")
    parser.add_argument("--plot", metavar="FILE", help="draw the ratios (needs matplotlib)")
    return parser


def _header():
    seconds = "".join(f"{who + ' s':>12}" for who in ORDER)
    return f"{'program':<16}{'kind':<8}{seconds}{'python/jit':>12}{'jit/c':>8}{'jit/numba':>10}{'iterations':>14}  results"


def _line(row):
    seconds = "".join(f"{row['seconds'][who]:>12.4f}" if who in row["seconds"] else f"{'-':>12}" for who in ORDER)
    ratios = [_number(measure.ratio(row, *pair), width) for pair, width in PAIRS]
    iterations = row["native"].get("native_iterations", "-")
    differing = [who for who, same in row["same"].items() if not same]
    verdict = "identical" if not differing else "DIFFERENT: " + ", ".join(differing)
    refused = "".join(f"; {who}: {error[:60]}" for who, error in row["errors"].items())
    return f"{row['name']:<16}{row['kind']:<8}{seconds}{''.join(ratios)}{iterations:>14}  {verdict}{refused}{_before(row)}"


def _before(row):
    """Of whole processes: what they need before their loops begin, and how much faster the rest is."""
    if "before" not in row:
        return ""
    plain, fast = [row["seconds"][who] - row["before"] for who in ("python", "framejit")]
    return f"; {row['before']:.2f} s before the loops, {plain / max(fast, 1e-3):.1f} without"


PAIRS = ((("python", "framejit"), 12), (("framejit", "c"), 8), (("framejit", "numba"), 10))


def _means(rows):
    lines = []
    for label, kinds in (("scalar, array", ("scalar", "array")), ("list", ("list",)), ("all", ("scalar", "array", "list"))):
        chosen = [row for row in rows if row["kind"] in kinds]
        means = [_number(measure.geometric_mean(measure.ratio(row, *pair) for row in chosen), width) for pair, width in PAIRS]
        lines.append(f"{'geometric mean: ' + label:<72}{''.join(means)}")
    return "\n".join(lines)


def _number(value, width):
    return f"{'-':>{width}}" if value is None else f"{value:>{width}.2f}"


if __name__ == "__main__":
    sys.exit(main())
