"""Runs one of CPython's test modules in this process and writes each test's outcome to a file as it ends.

    python launch.py test_call outcomes.jsonl            or: python -m framejit launch.py ...
    python launch.py test_call,test_int '*.jsonl'        several modules in one process, a file for each

A line {"test": id} is written when a test begins and {"test": id, "outcome": word} when it ends: a test that has
only the first crashed the process, and a second run with the same file goes on behind it.  Nothing of framejit is
imported here; what `python -m framejit` has switched on is told about the test module's functions under `--eager`.
"""

import importlib
import json
import os
import random
import signal
import sys
import tempfile
import unittest

END = "end"                 # stands in a file for the end of the run
WORDS = ("addError", "addFailure", "addSkip", "addExpectedFailure", "addUnexpectedSuccess")


class Result(unittest.TestResult):
    """Appends to a file; subtests that fail are outcomes of their own."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.word = self.detail = ""
        self.compiled = 0

    def write(self, **fields):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(fields) + "\n")

    def startTest(self, test):
        super().startTest(test)
        self.word, self.detail = "ok", ""
        self.compiled = compiled()
        random.seed(name_of(test))          # a test of random numbers has the same ones each time
        self.write(test=name_of(test))

    def stopTest(self, test):
        super().stopTest(test)
        self.write(test=name_of(test), outcome=self.word, detail=self.detail, regions=compiled() - self.compiled)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.noted("subtest failed", test, self._exc_info_to_string(error, test))

    def noted(self, word, test, detail):
        if not hasattr(test, "_testMethodName"):     # a module's or class's fixture: there is no test to stop
            self.write(test=name_of(test), outcome=word, detail=str(detail)[-4000:], regions=0)
        self.word = word
        self.detail = str(detail)[-4000:]


def noting(method, word):
    """A method of Result that notes `word` as the outcome."""
    def add(self, test, *why):
        getattr(super(Result, self), method)(test, *why)
        self.noted(word, test, self._exc_info_to_string(*why, test) if why and isinstance(why[0], tuple) else "".join(map(str, why)))
    return add


for name in WORDS:
    setattr(Result, name, noting(name, name.removeprefix("add").lower()))


def compiled():
    """How many regions have been compiled so far."""
    records = sys.modules.get("framejit.report.records")
    return len(records.RECORDS.regions) if records else 0


def name_of(test):
    """A test's id by its class: some tests have an attribute `id` of their own."""
    return type(test).id(test)


def flat(suite):
    """All tests of a suite."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flat(test)
        else:
            yield test


def finished(path):
    """Ids of the tests that a file has the beginning of."""
    if not os.path.exists(path):
        return set()
    with open(path, encoding="utf-8") as file:
        return {json.loads(line)["test"] for line in file}


def discover():
    """Prepare what has been defined since the start, as FRAMEJIT_EAGER=1 does for what exists then."""
    framejit = sys.modules.get("framejit")
    if framejit is not None:
        framejit.disable()
        framejit.enable()


def main(name, path, *options):
    sys.argv[1:] = []
    from test import support
    support.verbose = 0
    support.use_resources = ["cpu"]
    module = importlib.import_module(f"test.{name}")
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    wanted = [word for word in options if not word.startswith("--")]
    without = [word.removeprefix("--without=") for word in options if word.startswith("--without=")]
    done = finished(path)
    chosen = [test for test in flat(suite) if name_of(test) not in done and not any(name_of(test).endswith(name) for name in without)
              and (not wanted or any(word in name_of(test) for word in wanted))]
    if "--eager" in options:
        discover()
    result = Result(path)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        unittest.TestSuite(chosen).run(result)
        os.chdir("/")
    result.write(test=END, outcome="ok", detail="", regions=compiled())


def several(names, pattern, *options):
    """Modules one after the other; one that can't be begun has no end."""
    for name in names.split(","):
        try:
            main(name, pattern.replace("*", name), *options)
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {error}", file=sys.__stderr__)


def hear_interrupts():
    """What a shell starts in the background ignores SIGINT, and tests that send it would wait for ever."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


if __name__ == "__main__":
    hear_interrupts()
    (several if "," in sys.argv[1] else main)(*sys.argv[1:])
