"""Runs files of NumPy's own tests in this process and writes each test's outcome to a file as it ends.

    python launch.py _core.test_umath=/.../test_umath.py ... folder/*-plain.jsonl          or: python -m framejit launch.py ...

As tests/cpython/launch.py does for CPython's: a test that has a beginning and no outcome crashed the process, and a second run with the same
files goes on behind it.  Nothing of framejit is imported here; under `--eager` what has been collected is prepared before the first test runs.
"""

import json
import os
import random
import sys

import pytest

END = "end"                 # stands in a file for the end of the run


class Outcomes:
    """A plugin of pytest's that appends to files; `names`: {path of a test file: its name}, which the pattern has a star for."""

    def __init__(self, names, pattern, eager, wanted):
        self.names, self.pattern, self.eager, self.wanted = names, pattern, eager, wanted
        self.places = {}        # nodeid -> (file of outcomes, the test's name)
        self.found = {}         # of the test that runs: (outcome, detail)
        self.compiled = 0

    def write(self, nodeid, **fields):
        path, name = self.places[nodeid]
        append(path, test=name, **fields)

    def file_of(self, name):
        return self.pattern.replace("*", name)

    def pytest_collection_modifyitems(self, items):
        done = {name: begun(self.file_of(name)) for name in self.names.values()}
        kept = []
        for item in items:
            name, test = self.names[str(item.path)], item.nodeid.partition("::")[2]
            if test not in done[name] and (not self.wanted or any(word in test for word in self.wanted)):
                self.places[item.nodeid] = self.file_of(name), test
                kept.append(item)
        items[:] = kept
        framejit = sys.modules.get("framejit")
        if self.eager and framejit is not None:
            framejit.disable()
            framejit.enable()

    def pytest_runtest_logstart(self, nodeid):
        self.found[nodeid], self.compiled = ("passed", ""), compiled()
        random.seed(self.places[nodeid][1])
        self.write(nodeid)

    def pytest_runtest_logreport(self, report):
        """Of set-up, call and tear-down; an expected failure is none."""
        if report.outcome != "passed" or hasattr(report, "wasxfail"):
            word = "x" + report.outcome if hasattr(report, "wasxfail") else report.outcome
            self.found[report.nodeid] = word, str(report.longrepr)[-4000:]

    def pytest_runtest_logfinish(self, nodeid):
        word, detail = self.found.pop(nodeid)
        self.write(nodeid, outcome=word, detail=detail, regions=compiled() - self.compiled)


def append(path, **fields):
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(fields) + "\n")


def compiled():
    """How many regions have been compiled so far."""
    records = sys.modules.get("framejit.report.records")
    return len(records.RECORDS.regions) if records else 0


def begun(path):
    """Names of the tests that a file has the beginning of."""
    if not os.path.exists(path):
        return set()
    with open(path, encoding="utf-8") as file:
        return {json.loads(line)["test"] for line in file}


def main(*words):
    files = dict(word.split("=", 1) for word in words if "=" in word)
    pattern, *others = [word for word in words if "=" not in word]
    plugin = Outcomes({path: name for name, path in files.items()}, pattern, "--eager" in others, [word for word in others if not word.startswith("--")])
    status = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--rootdir", os.path.dirname(pattern), *files.values()], plugins=[plugin])
    for name in files:
        append(plugin.file_of(name), test=END, outcome="ok", detail=f"status {int(status)}", regions=compiled())


if __name__ == "__main__":
    main(*sys.argv[1:])
