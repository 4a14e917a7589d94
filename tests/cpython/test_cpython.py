"""A slice of CPython's own tests in `make test`; all of them: python -m tests.cpython.run."""

import json
import signal
import subprocess
import sys

import pytest

from tests.cpython import modules, run, table, waiting
from tests.cpython.accepted import ACCEPTED, OPEN

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
    assert len(found) > 250 and not set(modules.LANGUAGE) & set(modules.LONG) and len(modules.LANGUAGE) == len(set(modules.LANGUAGE)) and len(found) == len(set(found)) and set(run.TESTS) <= set(found)
    assert "test_asyncio.test_tasks" in found and "test_asyncio" not in found
    assert all(row.split(".")[0] in found or row.startswith("test_math.") for row in modules.TOO_LONG)


def test_the_table_of_what_was_judged_names_nothing_without_a_reason():
    text = table.TABLE.read_text(encoding="utf-8")
    found = table.rows(text)
    assert table.written(found) == text
    for version, rows in found.items():
        named = {name for row in rows.values() for name in row.differing()}
        reasons = {row.test.removeprefix("test.") for row in ACCEPTED if version in row.versions and table.MODE in row.modes}
        still = {name for name, (versions, why) in OPEN.items() if version in versions.split() and why}
        assert named - reasons - still == set(), f"{version}: no reason"
        assert still - named == set(), f"{version}: open, but no longer different"
        assert not rows.keys() & modules.left_out().keys()


def test_the_tests_that_both_runs_came_to_are_compared(tmp_path):
    """Where a run was cut off, the rest isn't judged; where it wasn't, a test that is missing differs."""
    def outcomes(mode, *lines):
        (tmp_path / f"test_x-{mode}.jsonl").write_text("".join(json.dumps(dict(test=name, outcome=word) if word else dict(test=name)) + "\n" for name, word in lines))
    outcomes("plain", ("a", "ok"), ("b", "ok"), ("c", "error"), (run.END, "ok"))
    outcomes("eager", ("a", "ok"), ("b", "failure"), ("c", None), (waiting.CUT, "ok"))
    assert run.differences("test_x", "eager", tmp_path) == [("b", "ok", "failure")]
    row = table.judged("test_x", tmp_path, "abc")
    assert (row.tests, row.differ, row.at) == ("2 (part)", "b", "abc")
    outcomes("eager", ("a", "ok"), ("b", "failure"), (run.END, "ok"))
    assert [name for name, *_ in run.differences("test_x", "eager", tmp_path)] == ["b", "c"]


def test_modules_that_share_a_process(tmp_path):
    """Each has its own outcomes; one that can't be begun has none, and the others go on."""
    run.together(["test_longexp", "test_nothing_of_this_name", "test_errno"], "plain", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["test_errno-plain.jsonl", "test_longexp-plain.jsonl"]
    assert all(run.complete(path) for path in tmp_path.iterdir())


def test_an_interrupt_is_heard_where_the_shell_would_ignore_it(tmp_path):
    """A test that interrupts itself ends in a run that was started in the background."""
    path = tmp_path / "outcomes.jsonl"
    subprocess.run([sys.executable, str(run.LAUNCH), "test_asyncio.test_runners", str(path), "test_asyncio_run_without_uncancel"], check=True, timeout=60,
                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    assert {line["outcome"] for line in run.outcomes(path).values()} == {"ok"}


def test_a_module_without_tests_is_not_judged(tmp_path):
    """What can't be imported here, or has nothing to test, has no row."""
    def outcomes(*lines):
        for mode in ("plain", "eager"):
            (tmp_path / f"test_x-{mode}.jsonl").write_text("".join(json.dumps(dict(test=name, outcome=word)) + "\n" for name, word in lines))
    found = {}
    outcomes((run.END, "crash"))
    table.taken(found, tmp_path, "abc")
    assert found == {}
    outcomes(("a", "ok"), (run.END, "ok"))
    table.taken(found, tmp_path, "abc")
    assert found["test_x"].tests == "1"


@pytest.mark.parametrize("code, why", [("while True: pass", waiting.CUT), ("import time; time.sleep(100)", "hang"), ("", None)])
def test_what_hangs_is_told_from_what_takes_long(code, why, tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK", 0.2)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
    status, _, found = waiting.waited(process, tmp_path / "none", patience=3, limit=1)
    assert (status, found) == (0 if why is None else None, why)
