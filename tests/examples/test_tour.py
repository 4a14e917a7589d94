"""The tour prints what plain Python computes, compiles what it says, and times add(a, b) with and without."""

import math
import os
import pathlib
import runpy
import subprocess
import sys

import numpy as np
import pytest

import framejit

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOUR = ROOT / "examples" / "tour.py"
ALOUD = "the squares below 100 make 328350"
CASES = {
    "sine_and_cosine": [(0.0,), (0.5,), (-1e300,), (3,), (math.nan,)],
    "squares_aloud": [(0,), (7,), (3_000_000,)],
    "ten_times": [(1,), (0.5,), (2**63 - 20,), (True,)],
    "n_times": [(1, 0), (0.5, 10), (2**63 - 20, 10), (1, -3)],
    "sum_up_to": [(0,), (10,), (-1,), (2.5,)],
    "myabs": [(3,), (-3,), (-2.5,), (-0.0,), (-2**63,), (False,)],
    "factorial_by_loop": [(0,), (20,), (21,), (200,)],
    "factorial_by_recursion": [(0,), (20,), (21,), (200,)],
}


@pytest.fixture(scope="module")
def tour():
    """The tour's names, without its main part."""
    return runpy.run_path(str(TOUR), run_name="tour")


def printed(folder):
    """What the tour prints as a program."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, str(TOUR), "--plot", str(folder / "add.png")], capture_output=True, text=True, env=environment,
                          cwd=folder, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_as_a_program(tmp_path):
    lines = printed(tmp_path)
    sums = [math.sin(x) + math.cos(x) for x in (0.0, 0.5, 1.0)]
    assert lines[:5] == [f"sin(x) + cos(x) at 0, 0.5 and 1: {sums}", ALOUD, ALOUD, ALOUD, "ten times: 46 45.5"]
    assert lines[5] == "n times, for fifty different n: 1 compilation"
    assert lines[6:8] == ["sum up to 10, 1000, -3: 55 500500 0", f"absolute values: [3, 3, 2.5, -0.0, {10**30}, True]"]
    assert lines[8:12] == [f"{n}! = {math.factorial(n)}, the same by recursion: True" for n in (5, 20, 21, 40)]
    assert lines[12] == f"sin(x) + cos(x) of an array: {(np.sin([0.0, 0.5, 1.0]) + np.cos([0.0, 0.5, 1.0])).tolist()}"
    assert lines[13:15] == ["relu, for ints and floats: [0, 0, 0, 1, 2] [0.0, 0.0, 2.5]", "four threads add what NumPy adds: True"]
    rows = {line.split()[0]: line.split()[1:] for line in lines[16:-1]}
    assert {"plain", "framejit.jit"} <= set(rows)
    assert all(len(values) == 4 and all(float(value) >= 0 for value in values) for values in rows.values())
    assert lines[-1].startswith("no plot" if not (tmp_path / "add.png").exists() else "drawn")


@pytest.mark.parametrize("name", CASES)
def test_each_stop_is_plain_python(tour, name, capsys):
    function = tour[name]
    for arguments in CASES[name] * 2:
        plain, spoken = function.__wrapped__(*arguments), capsys.readouterr().out
        result = function(*arguments)
        assert (type(result), repr(result), capsys.readouterr().out) == (type(plain), repr(plain), spoken), arguments


ARRAYS = [np.linspace(-3.0, 3.0, 100), np.arange(-5, 5), np.array([np.nan, -0.0, 0.0, np.inf, -1e300]), np.zeros(0), np.arange(12.0, dtype="f4").reshape(3, 4)]


@pytest.mark.parametrize("name", ["sine_and_cosine_of", "relu"])
@pytest.mark.filterwarnings("ignore:invalid value")
def test_arrays(tour, name):
    function = tour[name]
    for array in ARRAYS * 2:
        plain, result = function.__wrapped__(array), function(array)
        assert (result.dtype, result.shape, result.tobytes()) == (plain.dtype, plain.shape, plain.tobytes())
    before = framejit.stats()
    function(ARRAYS[0])
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("native_entries", "exits")] == [1, 0]


def test_threads_by_index(tour):
    A, B = np.arange(3001) * 0.5, np.arange(3001) * -1.5
    before = framejit.stats()["native_iterations"]
    for count in (1, 2, 7, 5000):
        assert np.array_equal(tour["add_in_threads"](A[:500], B[:500], count), A[:500] + B[:500])
    assert np.array_equal(tour["add_in_threads"](A, B, 3), A + B)
    assert framejit.stats()["native_iterations"] - before >= 3001


@pytest.mark.parametrize("name", ["sine_and_cosine", "squares_aloud", "ten_times", "n_times", "sum_up_to", "myabs", "factorial_by_loop"])
def test_each_stop_is_native(tour, name):
    function = framejit.jit(tour[name].__wrapped__)
    arguments = [value for value in CASES[name] if value != (0,)][0]
    function(*arguments)
    before = framejit.stats()["native_entries"]
    function(*arguments)
    assert framejit.stats()["native_entries"] == before + 1
