"""The programs of benchmarks/calls give with framejit what they give without it."""

from benchmarks.calls.__main__ import run
from benchmarks.calls.programs import CLASSES, RECURSIVE


def test_results_are_identical(monkeypatch):
    monkeypatch.setattr("benchmarks.calls.__main__.ROUNDS", {"plain": 1, "framejit": 2})
    plain, fast = run("plain"), run("framejit")
    assert {name: row[0] for name, row in plain.items()} == {name: row[0] for name, row in fast.items()}
    assert set(plain) == {*CLASSES, *RECURSIVE}
