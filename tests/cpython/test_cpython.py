"""A slice of CPython's own tests in `make test`; all of them: python -m tests.cpython.run."""

import pytest

from tests.cpython import modules, run
from tests.cpython.accepted import ACCEPTED

SLICE = ("test_iter", "test_range", "test_sys_setprofile")


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["enabled", "eager"])
@pytest.mark.parametrize("module", SLICE)
def test_outcomes_are_the_same(module, mode, tmp_path):
    for each in ("plain", mode):
        run.run(module, each, tmp_path, patience=120)
    outcomes = run.outcomes(tmp_path / f"{module}-plain.jsonl")
    assert len(outcomes) > 20
    assert run.report([module], [mode], tmp_path, details=True) == 0


def test_accepted_rows_say_why():
    for row in ACCEPTED:
        assert row.reason and set(row.versions.split()) <= {"3.11", "3.12", "3.13"} and set(row.modes.split()) <= {"enabled", "eager"}
        assert row.test.split(".")[1] not in modules.left_out()


def test_left_out_rows_say_what_they_need():
    """A module has one reason; what is run exists; nothing of the language is left out."""
    named = [module for row in modules.NEEDS.values() for module in row.split()]
    assert len(named) == len(set(named)) and all(name.startswith("test_") for name in named)
    assert not set(modules.LANGUAGE) & set(named) and not set(run.TESTS) & set(named)
    found = modules.present()
    assert len(found) > 250 and len(found) == len(set(found)) and set(run.TESTS) <= set(found)
    assert all(row.split(".")[0] in found or row.startswith("test_math.") for row in modules.TOO_LONG)
