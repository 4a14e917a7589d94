"""NumPy's own tests, plain and with FRAMEJIT_EAGER=1: the outcomes of all tests are compared.

    python -m tests.numpy_suite.run [_core.test_umath ...] [--only WORD] [--again] [--details] [--folder build/numpy]
    python -m tests.numpy_suite.run --all [--minutes 30]        every file that accepted.py doesn't leave out, in parts

Outcomes lie in the folder, per versions of Python and NumPy, file and mode; what is there already isn't run again unless --again is given.
What one process compiles is kept there for the next ones.  A test that kills the process is noted as "crash" (or "hang") and the rest goes
on behind it.  What files share is compiled once (--together).  Ends with a table, the differences, and exit status 1 if there is one that accepted.py doesn't name.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

import numpy

from tests.cpython import run as cpython
from tests.cpython.run import CRASHES, FULL_VERSION, HEADING, LIMIT, PATIENCE, VERSION, complete, ended, outcomes, row, unfinished
from tests.cpython.waiting import CUT, waited
from tests.numpy_suite.accepted import LEFT_OUT, VARYING, reason
from tests.numpy_suite.launch import END, append

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAUNCH = ROOT / "tests" / "numpy_suite" / "launch.py"
LIBRARY = pathlib.Path(numpy.__file__).resolve().parent
MODES = {"plain": [], "eager": ["-m", "framejit"]}


def present():
    """{name: path} of the files to be run: `_core.test_umath` is numpy/_core/tests/test_umath.py."""
    found = {}
    for path in sorted(LIBRARY.glob("**/tests/test_*.py")):
        package = ".".join(path.relative_to(LIBRARY).parts[:-2])
        name = f"{package}.{path.stem}".lstrip(".")
        if package.partition(".")[0] not in LEFT_OUT and name not in LEFT_OUT:
            found[name] = path
    return found


def environment(mode, folder, stats):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FRAMEJIT_", "PYTEST_", "PYTHON"))}
    kept.update(PYTHONPATH=str(ROOT / "src"), PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0")
    own = dict(FRAMEJIT_EAGER="1", FRAMEJIT_CACHE_DIR=str(folder / "kept"), FRAMEJIT_STATS_FILE=str(stats))
    return kept if mode == "plain" else {**kept, **own}


def run(paths, mode, folder, only=(), patience=PATIENCE, limit=LIMIT):
    """Runs the tests of {name: path} to their end in one process and mode, over crashes; outcomes go to a file for each name."""
    stats = folder / f"{next(iter(paths))}-{mode}.json"
    words = [*MODES[mode], str(LAUNCH), *[f"{name}={path}" for name, path in paths.items()], str(folder / f"*-{mode}.jsonl"), *only, *(["--eager"] if mode == "eager" else [])]
    files = [folder / f"{name}-{mode}.jsonl" for name in paths]
    for attempt in range(CRASHES):
        process = subprocess.Popen([sys.executable, "-X", "faulthandler", *words], env=environment(mode, folder, stats), stdin=subprocess.DEVNULL, cwd=folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True)
        status, errors, why = waited(process, folder, patience, limit)
        if all(complete(file) for file in files):
            shorten(stats, len(paths))
            return
        broken = [file for file in files if unfinished(file)] or [file for file in files if not complete(file)][:1]
        found = {"outcome": why or "crash", "detail": f"status {status}\n{(errors or '')[-6000:]}", "regions": 0}
        for file in files if why == CUT else broken:
            append(file, test=CUT if why == CUT else unfinished(file) or END, **(found if why != CUT else {**found, "outcome": "ok"}))
        if why == CUT:
            return


def shorten(stats, files):
    """Keeps the counters of a run, without its lists; those of several files are nobody's."""
    if files > 1:
        stats.unlink(missing_ok=True)
    elif stats.exists():
        found = json.loads(stats.read_text(encoding="utf-8"))
        stats.write_text(json.dumps({key: value for key, value in found.items() if isinstance(value, (int, float))}), encoding="utf-8")


def differences(name, folder):
    """(test, plain outcome, other outcome) of every test that differs."""
    return cpython.differences(name, "eager", folder, lambda test: f"{name}::{test}" in VARYING)


def report(names, folder, details):
    """Prints table and differences; the number of differences that nobody accepted."""
    wrong = accepted = tests = 0
    print(HEADING)
    for name in names:
        found = differences(name, folder)
        tests += len(ended(outcomes(folder / f"{name}-eager.jsonl")) - {END, CUT})
        print(row(name, "eager", folder, found))
        for test, plain, other in found:
            if reason(f"{name}::{test}", VERSION, "eager") is not None:
                accepted += 1
                continue
            wrong += 1
            print(f"  {name}::{test}: plain {plain}, accelerated {other}")
            if details:
                for mode in MODES:
                    print(outcomes(folder / f"{name}-{mode}.jsonl").get(test, {}).get("detail", ""))
    print(f"Python {FULL_VERSION}, NumPy {numpy.__version__}: {tests:,} tests, {wrong} differences, {accepted} accepted")
    return wrong


def parser():
    made = argparse.ArgumentParser(prog="python -m tests.numpy_suite.run")
    made.add_argument("names", nargs="*")
    made.add_argument("--all", action="store_true")
    made.add_argument("--minutes", type=float, default=float("inf"))
    made.add_argument("--only", nargs="*", default=[])
    made.add_argument("--again", action="store_true")
    made.add_argument("--details", action="store_true")
    made.add_argument("--patience", type=int, default=PATIENCE)
    made.add_argument("--limit", type=int, default=LIMIT)
    made.add_argument("--together", type=int, default=12, help="files that share a process (12)")
    made.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "numpy")
    return made


def main(words=None):
    chosen, start, done = parser().parse_args(words), time.monotonic(), []
    folder = chosen.folder.resolve() / f"{FULL_VERSION}-{numpy.__version__}"
    folder.mkdir(parents=True, exist_ok=True)
    paths = present()
    names = list(paths) if chosen.all else chosen.names
    if chosen.again:
        for name in names:
            (folder / f"{name}-eager.jsonl").unlink(missing_ok=True)
    for first in range(0, len(names), chosen.together):
        if time.monotonic() - start > chosen.minutes * 60:
            break
        part = names[first:first + chosen.together]
        for mode in MODES:
            missing = {name: paths[name] for name in part if not complete(folder / f"{name}-{mode}.jsonl")}
            if missing:
                run(missing, mode, folder, chosen.only, chosen.patience, chosen.limit)
        done += part
    if len(done) < len(names):
        print(f"{len(done)} of {len(names)} files; the rest when this is run again")
    return 1 if report(done, folder, chosen.details) else 0


if __name__ == "__main__":
    sys.exit(main())
