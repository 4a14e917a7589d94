"""The contest's table and picture, of what the contest has measured."""

import pytest

from benchmarks.numpy.report import gains, ordered, plot, table

ROWS = {"1": [{"name": "one", "NumPy": [1.0, 4.0], "framejit": [0.1, 1.0], "jax": [1.0, 2.0]}, {"name": "other", "NumPy": [1.0, 1.0], "framejit": [0.1, 4.0], "jax": "TypeError: no"},
              {"name": "third", "NumPy": "not within 60 s", "framejit": [0.1, 4.0], "jax": [1.0, 1.0]}]}


def test_gains_of_those_that_ran():
    assert gains(ROWS["1"][0]) == {"framejit": 4.0, "jax": 2.0} and gains(ROWS["1"][1]) == {"framejit": 0.25} and gains(ROWS["1"][2]) == {}
    assert [name for name, _ in ordered(ROWS["1"])] == ["other", "one"]


def test_table():
    lines = table(ROWS).splitlines()
    assert lines[:4] == ["## Medium", "", "| program | NumPy, us | framejit | jax |", "|---|---:|---:|---:|"]
    assert lines[4:7] == ["| one | 4,000,000.0 | 4.00 | 2.00 |", "| other | 1,000,000.0 | 0.25 | - |", "| third | - | - | - |"]


def test_picture(tmp_path):
    pytest.importorskip("matplotlib")
    plot(ROWS, tmp_path / "contest.png")
    assert (tmp_path / "contest.png").stat().st_size > 1000
