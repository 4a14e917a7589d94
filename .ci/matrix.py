#!/usr/bin/env python3
"""Run `make test` on every supported CPython that can be found, in three parts each (one, if it is a quick run), two at a time.

Looks at python3 and python3.N on PATH and in the folders of version managers (PYENV_ROOT, ~/.pyenv), and takes the
newest patch release of each minor version.  Ends with what failed, as pytest told it, and one line of totals;
exit status 1 on any failure, and where the oldest supported version is missing (with --quick that is only said).
"""

import argparse
import glob
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

MINORS = (11, 12, 13)
WORDS = {"passed": "passed", "failed": "failed", "error": "failed", "errors": "failed", "skipped": "skipped"}
QUICK = ("--quick",)
# What is the longest comes first; tests that collect all there is are quick in a process that has little.
PARTS = ("--ignore=tests/programs --ignore=tests/shell --ignore=tests/machine", "tests/programs", "tests/shell tests/machine")
AT_ONCE = 2         # parts that run beside each other
TOLD = 60           # lines of pytest's report on failures that are printed again at the end, of each part, and of their names
WIDTH = 200         # characters of each of these lines


def candidates():
    """Commands that may be a Python, most preferred last."""
    roots = [os.environ.get("PYENV_ROOT", ""), os.path.expanduser("~/.pyenv")]
    for root in filter(None, roots):
        yield from sorted(glob.glob(os.path.join(root, "versions", "*", "bin", "python3")))
    for minor in MINORS:
        yield "python3.%d" % minor
    yield os.environ.get("PYTHON") or "python3"


def version_of(command):
    """(major, minor, patch, path) of a CPython, or None: a version manager's shim may stand for nothing."""
    code = "import sys, sysconfig; print(sys.implementation.name, *sys.version_info[:3], sysconfig.get_config_var('Py_GIL_DISABLED') or 0, sys.executable)"
    try:
        answer = subprocess.run([command, "-c", code], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = answer.stdout.split(None, 5)
    if answer.returncode or len(words) < 6 or words[0] != "cpython" or words[4] != "0":
        return None
    return int(words[1]), int(words[2]), int(words[3]), words[5].strip()


def pythons():
    """The newest patch release of each supported minor version: {minor: path}."""
    found = {}
    for command in candidates():
        version = version_of(command)
        if version and version[0] == 3 and version[1] in MINORS and usable(version[3]):
            if version[1] not in found or version[2] >= found[version[1]][2]:
                found[version[1]] = version
    return {minor: found[minor][3] for minor in sorted(found)}


def usable(path):
    """Whether it can make virtual environments and has the headers that extension modules need."""
    code = "import ensurepip, venv, os, sysconfig, sys; sys.exit(not os.path.exists(os.path.join(sysconfig.get_paths()['include'], 'Python.h')))"
    return subprocess.run([path, "-c", code], capture_output=True).returncode == 0


def build(minor, path):
    """Make the environment and the extension: one Python after the other, since they share generated files."""
    print("== CPython 3.%d: %s" % (minor, path), flush=True)
    return subprocess.run(["make", "build", "PYTHON=" + path]).returncode


def run(minor, path, arguments):
    """Run `make test` there, showing what it prints with the version in front; the counts of pytest's closing line, and what it said of failures, their names last."""
    start = time.time()
    process = subprocess.Popen(["make", "test", "PYTHON=" + path, "TESTS=" + arguments], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, errors="replace")
    closing, told, names = "", [], []
    for line in process.stdout:
        print("3.%d| %s" % (minor, line), end="", flush=True)
        if told or re.match(r"=+ (FAILURES|ERRORS) =+$", line):
            told.append(line)
        if line.startswith(("FAILED ", "ERROR ")):
            names.append(line)
        if re.search(r"\b\d+ (passed|failed|errors?|skipped)\b.* in [\d.]+s", line):
            closing = line
    counts = counts_of(closing, process.wait())
    print("== CPython 3.%d, %s: %s in %.0f s" % (minor, arguments, counts, time.time() - start), flush=True)
    return counts, told[:TOLD] + names[:TOLD]


def counts_of(closing, status):
    """The counts in pytest's closing line; a run that failed without one counts as one failure."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for number, word in re.findall(r"(\d+) (\w+)", closing):
        if word in WORDS:
            counts[WORDS[word]] += int(number)
    if status and not counts["failed"]:
        counts["failed"] = 1
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a fixed selection of all folders' tests")
    quick = parser.parse_args().quick
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
    found = pythons()
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    if MINORS[0] not in found:
        print("CPython 3.%d, the oldest supported version, was not found" % MINORS[0])
        totals["failed"] += not quick
    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
        parts, built, runs = QUICK if quick else PARTS, {}, []
        for minor, path in found.items():       # the tests of those that are built begin meanwhile
            if build(minor, path) == 0:
                built[minor] = path
                runs.append((minor, pool.submit(run, minor, path, parts[0])))
        runs += [(minor, pool.submit(run, minor, path, part)) for part in parts[1:] for minor, path in built.items()]
    totals["failed"] += len(found) - len(built)
    for minor, (counts, told) in [(minor, each.result()) for minor, each in runs]:
        print("".join(["3.%d| %s\n" % (minor, line.rstrip("\n")[:WIDTH]) for line in told]), end="")
        for word in totals:
            totals[word] += counts[word]
    if not found:
        print("no supported CPython was found")
        totals["failed"] = 1
    print("%d passed, %d failed, %d skipped" % (totals["passed"], totals["failed"], totals["skipped"]))
    return 1 if totals["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
