"""docs/conformance.md: which of CPython's test modules have been judged, per version, and what came of each.

    python -m tests.cpython.table [--folder build/cpython]      takes the folder's complete eager outcomes into the table

Rows of modules that the folder doesn't have stay: the folder is a build product, the table is kept.
"""

import argparse
import json
import pathlib
import subprocess
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "conformance.md"
VERSIONS = ("3.11", "3.12", "3.13")
MODE = "eager"
HEAD = """# CPython's own tests

Each module of CPython's test suite is run plain and with everything compiled at its first call (`FRAMEJIT_EAGER=1`), and the outcomes of all tests
are compared: `make conformance`. This table is made by `python -m tests.cpython.table`; a test holds each name under "differ" to a row with a reason in
`tests/cpython/accepted.py`, or to its list of what is open. What isn't run, and why, stands in `tests/cpython/modules.py`.
"Entered" counts calls and running loops that were entered natively, "exits" what was left before its end, "breaks" what stayed with the interpreter;
what tests run in other processes isn't counted; "-": several modules shared one process. "part": the module was cut off after its processor time.
"""
COLUMNS = "| module | tests | differ | entered | exits | breaks | at |\n|---|---|---|---|---|---|---|\n"


class Row(NamedTuple):
    module: str
    tests: str
    differ: str
    entered: str
    exits: str
    breaks: str
    at: str

    def line(self):
        return "| " + " | ".join(self) + " |\n"

    def differing(self):
        """Names of the tests whose outcomes differ."""
        return self.differ.split(", ") if self.differ else []


def rows(text):
    """{version: {module: Row}} of the table's text."""
    found, version = {}, None
    for line in text.splitlines():
        if line.startswith("## Python "):
            version = line.removeprefix("## Python ")
        elif line.startswith("| ") and not line.startswith("| module |"):
            row = Row(*(cell.strip() for cell in line.strip("|").split("|")))
            found.setdefault(version, {})[row.module] = row
    return found


def written(found, head=HEAD, versions=VERSIONS):
    """The text of {version: {module: Row}}, without versions that have no row."""
    parts = [head]
    for version in [version for version in versions if found.get(version)]:
        lines = [row for _, row in sorted(found[version].items())]
        tests = sum(int(row.tests.split()[0].replace(",", "")) for row in lines)
        differing = sum(len(row.differing()) for row in lines)
        parts.append(f"\n## Python {version}\n\n{len(lines)} modules judged, {sum(not row.differ for row in lines)} of them equal; {tests:,} tests, {differing} differ.\n\n{COLUMNS}")
        parts.extend(row.line() for row in lines)
    return "".join(parts)


def judged(module, folder, commit):
    """The row of a module whose outcomes lie in the folder."""
    from tests.cpython import run
    return row_of(module, folder, commit, [short(name) for name, *_ in run.differences(module, MODE, folder)])


def row_of(module, folder, commit, differ):
    """The row of a module, in which tests of these names differ."""
    from tests.cpython import run
    plain, eager = (run.outcomes(folder / f"{module}-{mode}.jsonl") for mode in ("plain", MODE))
    compared = run.ended(plain) & run.ended(eager) - {run.END, run.CUT}
    stats_file = folder / f"{module}-{MODE}.json"
    stats = json.loads(stats_file.read_text(encoding="utf-8")) if stats_file.exists() else {}
    entered = stats["native_entries"] + stats["osr_entries"] if stats else None
    numbers = [f"{number:,}" if number is not None else "-" for number in (entered, stats.get("exits"), stats.get("breaks"))]
    part = " (part)" if run.CUT in plain or run.CUT in eager else ""
    return Row(module, f"{len(compared):,}{part}", ", ".join(differ), *numbers, commit)


def short(name):
    """A test's name without its package: `test_call.TestPEP590.test_setvectorcall`."""
    return name.removeprefix("test.").replace("|", "/").replace(", ", ",")


def taken(found, folder, commit, judge=judged):
    """Takes the modules of a version's folder that were run to their end into {module: Row}; those in which no test began aren't judged."""
    from tests.cpython import run
    for path in sorted(folder.glob(f"*-{MODE}.jsonl")):
        module = path.name.removesuffix(f"-{MODE}.jsonl")
        if run.complete(path) and run.complete(folder / f"{module}-plain.jsonl"):
            row = judge(module, folder, commit)
            if row.tests[0] != "0" and (module not in found or row[:-1] != found[module][:-1]):
                found[module] = row


def main(prog="python -m tests.cpython.table", build="cpython", table=TABLE, head=HEAD, judge=judged):
    parser = argparse.ArgumentParser(prog=prog)
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / build)
    chosen = parser.parse_args()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    found = rows(table.read_text(encoding="utf-8")) if table.exists() else {}
    for folder in sorted(chosen.folder.iterdir()):
        version = ".".join(folder.name.split(".")[:2])
        if version in VERSIONS and folder.is_dir():
            taken(found.setdefault(version, {}), folder, commit, judge)
    table.write_text(written(found, head), encoding="utf-8")
    for version, lines in found.items():
        print(f"Python {version}: {len(lines)} modules, {sum(not row.differ for row in lines.values())} equal")


if __name__ == "__main__":
    main()
