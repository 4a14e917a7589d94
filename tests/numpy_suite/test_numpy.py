"""A slice of NumPy's own tests in `make test`; all of them: python -m tests.numpy_suite.run --all."""

import json

import pytest

from tests.cpython.table import rows, written
from tests.numpy_suite import accepted, run, table

SLICE = ("_core.test_errstate", "lib.test_ufunclike")


@pytest.mark.slow
@pytest.mark.parametrize("name", SLICE)
def test_outcomes_are_the_same(name, tmp_path):
    paths = {name: run.present()[name]}
    for mode in run.MODES:
        run.run(paths, mode, tmp_path, patience=120)
    assert len(run.outcomes(tmp_path / f"{name}-plain.jsonl")) > 5
    assert run.report([name], tmp_path, details=True) == 0
    assert json.loads((tmp_path / f"{name}-eager.json").read_text())["native_entries"] > 1000


def test_what_is_left_out_says_why():
    packages = {name.partition(".")[0] for name in run.present()}
    assert {"_core", "lib", "linalg", "random", "ma", "polynomial", "fft"} <= packages and not packages & accepted.LEFT_OUT.keys()
    assert all(len(why) > 10 for why in [*accepted.LEFT_OUT.values(), *accepted.VARYING.values(), *[row.reason for row in accepted.ACCEPTED]])


def test_the_table_names_nothing_without_a_reason():
    text = table.TABLE.read_text(encoding="utf-8")
    found = rows(text)
    assert written(found, table.HEAD) == text
    for version, lines in found.items():
        named = {f"{row.module}::{test}" for row in lines.values() for test in row.differing()}
        assert {test for test in named if accepted.reason(test, version, "eager") is None} == set(), version


def test_a_test_that_differs_is_found(tmp_path):
    """One that kills the process, too; what varies isn't compared."""
    def outcomes(mode, *lines):
        (tmp_path / f"x-{mode}.jsonl").write_text("".join(json.dumps(dict(test=name, outcome=word) if word else dict(test=name)) + "\n" for name, word in lines))
    outcomes("plain", ("a", "passed"), ("b", "failed"), ("c", "passed"), (run.END, "ok"))
    outcomes("eager", ("a", "passed"), ("b", "passed"), ("c", None), (run.END, "ok"))
    assert run.differences("x", tmp_path) == [("b", "failed", "passed"), ("c", "passed", "crash")]
