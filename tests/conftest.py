"""No test uses, or leaves anything in, the user's folder of kept machine code; those that are about it have folders of their own.  Calls that are
to run natively all do: none is left to the interpreter to see who is faster, but in whole programs and in tests/machine/test_trial.py.  What a
process may spend on compiling, and an attempt, has no bound here, where one test would spend another's.

Generated programs that have numbers (a parameter `seed`), tests that compare, and runs of whole programs don't run on each version (due.py).

LLVM's thorough code takes four times as long as its quick code, and most of the time of tests that compile many programs.  What these folders
compile is what would be compiled otherwise, up to LLVM; then one region in sixteen, by its text, has thorough code (`make nightly`: each)."""

import gc
import os
import sys
import traceback
import zlib

os.environ["FRAMEJIT_CACHE"] = "0"
os.environ["FRAMEJIT_TRIAL"] = "0"
os.environ["FRAMEJIT_PLAIN_FIRST"] = "0"

import pytest

from framejit.capture.hints import Hints
from framejit.report.records import RECORDS
from framejit.backends.llvm.engine import Engine
from framejit.runtime import budget, compilation
from framejit.runtime.controller import controller
from framejit.tables.settings import QUICK, THOROUGH
from tests import due, quick

budget.ADVANCE = compilation.ATTEMPT = float("inf")

COMPARED = ("arrays", "exits", "lists", "random", "scalars", "scope")      # folders of programs that are compared, whatever their code looks like
ON_ONE = (*COMPARED, "attack", "benchmarks", "graph", "memory", "numpy_suite")      # folders whose tests run on one version of three,
KEPT = ("test_documents", "test_images", "test_kept_code")      # and files
TURNS = {       # of whole programs, by mode or name of the test: the versions, of three, behind the one that finds the machine code of a first run
    "accelerated": (1, 2), "eager": (0, 1), "test_hot_part_was_native": (0, 1), "warm": (0,), "test_second_runs_find_machine_code": (0,),
    "test_does_what_it_says": (0, 1, 2), "test_same_without_the_launcher": (0, 1, 2),
}
THOROUGH_IN = 1 if due.NIGHTLY else 16


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="a fixed selection of all folders' tests")
    parser.addoption("--each", action="store_true", help="those too that this version leaves to the other ones")


def pytest_collection_modifyitems(config, items):
    each = config.getoption("--each") or any(["::" in argument for argument in config.args])
    kept = quick.chosen(items) if config.getoption("--quick") else [item for item in items if each or is_due(item)]
    config.hook.pytest_deselected(items=list({*items} - {*kept}))
    items[:] = kept


def is_due(item):
    """Whether a test runs on this version."""
    given, folder = item.callspec.params if hasattr(item, "callspec") else {}, item.path.parent.name
    if type(given.get("seed")) is int:
        return due.is_due(given["seed"])
    if folder == "programs" and "name" in given:
        turns = TURNS.get(given.get("mode") or item.originalname, (0,))
        return any([due.is_due(due.number_of(given["name"]) + turn) for turn in turns])
    return folder not in ON_ONE and item.path.stem not in KEPT or due.is_due(due.number_of(item.nodeid))


@pytest.fixture(autouse=True)
def far_from_a_collection():
    """A collection that finds garbage is the interpreter's: what is to run natively leaves where one is near, and whether it is would be for the
    tests before to say."""
    gc.collect(0)


@pytest.fixture(autouse=True)
def mostly_quick_code(request, monkeypatch):
    """Where programs are compared most regions have quick code."""
    if request.path.parent.name in COMPARED:
        load = Engine.load
        monkeypatch.setattr(Engine, "load", lambda self, text, level=THOROUGH: load(self, text, QUICK if zlib.crc32(text.encode()) % THOROUGH_IN else level))


@pytest.fixture(autouse=True)
def compiler_failures(monkeypatch):
    """What the compiler fails at, which nobody notices but by a record: nothing, unless a test says so by clearing this list."""
    failures, record = [], type(RECORDS).break_

    def recorded(self, code, unit, name, detail="", hits=1):
        if name == "compiler_failure":
            error = sys._getframe(1).f_locals.get("error")          # of who caught it
            failures.append(f"{code}, unit {unit}: {detail}\n" + "".join(traceback.format_exception(error) if isinstance(error, Exception) else ()))
        return record(self, code, unit, name, detail, hits)

    monkeypatch.setattr(type(RECORDS), "break_", recorded)
    yield failures
    assert not failures, "\n".join(failures)


@pytest.fixture(autouse=True, scope="module")
def room_for_records():
    """A process has so many records of places; all tests together have more."""
    RECORDS.past.clear()
    for key in [key for key, place in RECORDS.places.items() if place.reference is not None and place.code_object is None]:
        del RECORDS.places[key]
    yield


@pytest.fixture
def unwatched():
    """Nobody looks at what runs, and nothing is compiled beside it: what that begins, and what memory it takes, isn't the test's."""
    policy = controller()
    policy.watching = policy.tiers.held = True
    policy.machine.sampler_stop()
    policy.machine.worker_wait()
    policy.on_compiled()
    yield
    policy.watching = policy.tiers.held = False         # the next function that wants looks has them


@pytest.fixture
def together(monkeypatch):
    """No kinds of numbers are told apart, as where that comes to too much (capture/mixed.py)."""
    begin = Hints.__init__

    def begun(self):
        begin(self)
        self.tells_apart = False

    monkeypatch.setattr(Hints, "__init__", begun)
