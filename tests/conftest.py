"""No test uses, or leaves anything in, the user's folder of kept machine code; those that are about it have folders of their own.  Calls that are
to run natively all do: none is left to the interpreter to see who is faster, but in whole programs and in tests/machine/test_trial.py.  What a
process may spend on compiling, and an attempt, has no bound here, where one test would spend another's."""

import os

os.environ["FRAMEJIT_CACHE"] = "0"
os.environ["FRAMEJIT_TRIAL"] = "0"

import pytest

from framejit.capture.hints import Hints
from framejit.report.records import RECORDS
from framejit.runtime import budget, compilation

budget.ADVANCE = compilation.ATTEMPT = float("inf")


@pytest.fixture(autouse=True)
def compiler_failures(monkeypatch):
    """What the compiler fails at, which nobody notices but by a record: nothing, unless a test says so by clearing this list."""
    failures, record = [], type(RECORDS).break_

    def recorded(self, code, unit, name, detail="", hits=1):
        if name == "compiler_failure":
            failures.append((code, unit, detail))
        return record(self, code, unit, name, detail, hits)

    monkeypatch.setattr(type(RECORDS), "break_", recorded)
    yield failures
    assert failures == []


@pytest.fixture
def together(monkeypatch):
    """No kinds of numbers are told apart, as where that comes to too much (capture/mixed.py)."""
    begin = Hints.__init__

    def begun(self):
        begin(self)
        self.tells_apart = False

    monkeypatch.setattr(Hints, "__init__", begun)
