"""CPython's own tests, three ways: plain, under `python -m framejit`, and with FRAMEJIT_EAGER=1.

    python -m tests.cpython.run [test_call ...] [--modes plain,eager] [--only WORD] [--again] [--folder build/cpython]
    python -m tests.cpython.run --all --together 20         the same sooner: small modules share processes, and are run alone where that fails
    python -m tests.cpython.run --all [--minutes 30]        `make conformance`: every module that modules.py doesn't leave out,
                                                            those first that docs/conformance.md has no row of

Outcomes of every test method lie in the folder, per Python, module and mode; what is there already isn't run again
unless --again is given, so that a long run can be made in parts (--minutes: no module is begun later; it isn't in the table then).
A module that takes more processor time than --limit is cut off there: only the tests that both runs came to are compared.
A test that kills the process is noted as "crash" (or "hang") and the rest goes on behind it.  Ends with a table, the differences,
and exit status 1 if there is one that accepted.py doesn't name or an accepted one that is no longer there.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

from tests.cpython.accepted import ACCEPTED, VARYING, reason
from tests.cpython.launch import END
from tests.cpython.modules import ALONE, STOPS_OTHERS, TOO_LONG, present
from tests.cpython.table import TABLE, rows
from tests.cpython.waiting import CUT, waited

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAUNCH = ROOT / "tests" / "cpython" / "launch.py"
TESTS = ("test_call", "test_functools", "test_traceback", "test_generators", "test_sys_settrace", "test_sys_setprofile",
         "test_threading", "test_exceptions", "test_math", "test_float", "test_int", "test_list", "test_range", "test_iter")
MODES = {"plain": ([], {}), "enabled": (["-m", "framejit"], {}), "eager": (["-m", "framejit"], {"FRAMEJIT_EAGER": "1"})}
VERSION = "%d.%d" % sys.version_info[:2]
FULL_VERSION = "%d.%d.%d" % sys.version_info[:3]
PATIENCE = 300          # seconds (of processor time, where it is computing) without a test's end: then it hangs
LIMIT = 1800            # seconds of processor time of one module
CRASHES = 30            # of one module: then the rest is left out


def environment(mode, stats_file):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FRAMEJIT_", "PYTEST_", "PYTHON"))}
    kept.update(PYTHONPATH=str(ROOT / "src"), PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0", FRAMEJIT_CACHE="0", **MODES[mode][1])
    return kept if mode == "plain" else {**kept, "FRAMEJIT_STATS_FILE": str(stats_file)}


def run(test, mode, folder, only=(), patience=PATIENCE, limit=LIMIT):
    """Runs a module to its end in one mode, over crashes; outcomes go to the folder's file."""
    path = folder / f"{test}-{mode}.jsonl"
    stats = folder / f"{test}-{mode}.json"
    launcher, _ = MODES[mode]
    words = [*launcher, str(LAUNCH), test, str(path), *only, *[f"--without={name}" for name in TOO_LONG + STOPS_OTHERS]] + (["--eager"] if mode == "eager" else [])
    for attempt in range(CRASHES):
        process = subprocess.Popen([sys.executable, "-X", "faulthandler", *words], env=environment(mode, stats), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True)
        status, errors, why = waited(process, path, patience, limit)
        if END in outcomes(path) and status == 0:
            return
        if why == CUT:
            with open(path, "a", encoding="utf-8") as file:
                file.write(json.dumps({"test": CUT, "outcome": "ok", "detail": f"{limit} s", "regions": 0}) + "\n")
            return
        crash = why or "crash"
        last = unfinished(path) or END
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"test": last, "outcome": crash, "detail": f"status {status}\n{(errors or '')[-6000:]}", "regions": 0}) + "\n")
        if last == END:
            return


def together(tests, mode, folder, limit=LIMIT):
    """Runs modules one after the other in one process: what they share is compiled once.  What has no end behind that is to be run alone."""
    launcher, _ = MODES[mode]
    words = [*launcher, str(LAUNCH), ",".join(tests), str(folder / f"*-{mode}.jsonl"),
             *[f"--without={name}" for name in TOO_LONG + STOPS_OTHERS], *(["--eager"] if mode == "eager" else [])]
    environ = environment(mode, folder / "together.json")
    process = subprocess.Popen([sys.executable, *words], env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                               errors="replace", start_new_session=True)
    waited(process, folder, limit, limit)
    for test in tests:
        path = folder / f"{test}-{mode}.jsonl"
        if not complete(path):
            path.unlink(missing_ok=True)


def outcomes(path):
    """{test: line} of what a file holds; of a test with several outcomes the last."""
    if not path.exists():
        return {}
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {line["test"]: line for line in lines}


def unfinished(path):
    """The test that began last and did not end, or None."""
    return next((test for test, line in outcomes(path).items() if "outcome" not in line), None)


def ended(lines):
    """The tests that have an outcome."""
    return {name for name, line in lines.items() if "outcome" in line}


def complete(path):
    """Whether a file has all that its run is to have: the end, or the place where it was cut off."""
    lines = outcomes(path)
    return END in lines or CUT in lines


def varies(name):
    """Whether the outcomes of this test of CPython's say nothing."""
    return any(name.endswith(part) for part in VARYING)


def differences(test, mode, folder, varies=varies):
    """(test id, plain outcome, other outcome) of every test that differs."""
    plain, other = outcomes(folder / f"{test}-plain.jsonl"), outcomes(folder / f"{test}-{mode}.jsonl")
    absent = {"outcome": "not run"}
    found = []
    cut = CUT in plain or CUT in other
    for name in sorted((ended(plain) & ended(other) if cut else plain.keys() | other.keys()) - {CUT}):
        words = [lines.get(name, absent).get("outcome", "crash") for lines in (plain, other)]
        if words[0] != words[1] and not varies(name):
            found.append((name, *words))
    return found


def row(test, mode, folder, found):
    """A line of the table."""
    stats_file = folder / f"{test}-{mode}.json"
    stats = json.loads(stats_file.read_text()) if stats_file.exists() else {}
    count = len(outcomes(folder / f"{test}-{mode}.jsonl"))
    numbers = [stats.get(key, "-") for key in ("regions_compiled", "native_entries", "osr_entries", "exits", "callouts")]
    return f"{test:22}{mode:9}{count - len(found):7}{len(found):12}" + "".join(f"{number:>12}" for number in numbers)


HEADING = f"{'module':22}{'mode':9}{'equal':>7}{'different':>12}{'regions':>12}{'entries':>12}{'osr':>12}{'exits':>12}{'call-outs':>12}"


def report(tests, modes, folder, details):
    """Prints table and differences; the number of differences that nobody accepted, stale rows among them."""
    wrong, seen = [], set()
    print(HEADING)
    for test in tests:
        for mode in modes:
            found = differences(test, mode, folder)
            print(row(test, mode, folder, found))
            for name, plain, other in found:
                seen.add((name, mode))
                if reason(name, VERSION, mode) is None:
                    wrong.append((name, mode, plain, other))
    for name, mode, plain, other in wrong:
        print(f"{mode}: {name}: plain {plain}, accelerated {other}")
        if details:
            for test in tests:
                print(outcomes(folder / f"{test}-{mode}.jsonl").get(name, {}).get("detail", ""))
    stale = [accepted.test for accepted in ACCEPTED for mode in accepted.modes.split()
             if VERSION in accepted.versions.split() and mode in modes and any(f".{test}." in accepted.test for test in tests)
             and (accepted.test, mode) not in seen]
    for name in stale:
        print(f"accepted but no longer different: {name}")
    print(f"Python {FULL_VERSION}: {len(wrong)} differences, {len(seen) - len(wrong)} accepted, {len(stale)} stale")
    return len(wrong) + len(stale)


def all_modes(test, modes, folder, chosen):
    """Runs a module in every mode that has no outcomes yet."""
    for mode in ("plain", *modes):
        path = folder / f"{test}-{mode}.jsonl"
        if chosen.again and mode != "plain":
            path.unlink(missing_ok=True)
        if not complete(path):
            run(test, mode, folder, chosen.only, chosen.patience, chosen.limit)


def begin_together(tests, modes, folder, limit):
    """The modules of a part that have no outcomes yet, if there are several."""
    for mode in ("plain", *modes):
        missing = [test for test in tests if test not in ALONE and not complete(folder / f"{test}-{mode}.jsonl")]
        if len(missing) > 1:
            together(missing, mode, folder, limit)


def main(words=None):
    parser = argparse.ArgumentParser(prog="python -m tests.cpython.run")
    parser.add_argument("tests", nargs="*", default=TESTS)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--modes", default="enabled,eager")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--patience", type=int, default=PATIENCE)
    parser.add_argument("--limit", type=int, default=LIMIT)
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "cpython")
    chosen = parser.parse_args(words)
    folder = chosen.folder.resolve() / FULL_VERSION
    folder.mkdir(parents=True, exist_ok=True)
    modes = [mode for mode in chosen.modes.split(",") if mode != "plain"]
    tests, start, done = chosen.tests, time.monotonic(), []
    if chosen.all:
        judged = rows(TABLE.read_text(encoding="utf-8")).get(VERSION, {})
        tests = sorted(present(), key=lambda name: name in judged)
    for number, test in enumerate(tests):
        if time.monotonic() - start > chosen.minutes * 60:
            break
        if number % chosen.together == 0:
            begin_together(tests[number:number + chosen.together], modes, folder, chosen.limit)
        all_modes(test, modes, folder, chosen)
        done.append(test)
    if len(done) < len(tests):
        print(f"{len(done)} of {len(tests)} modules; the rest when this is run again")
    return 1 if report(done, modes, folder, chosen.details) else 0


if __name__ == "__main__":
    sys.exit(main())
