"""The loop programs at small sizes: plain, accelerated, in C where there is a compiler, and as scripts."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted(path.stem for path in (ROOT / "benchmarks" / "loops" / "programs").glob("*.py"))


def measured(folder, *words):
    """The rows of a run at small sizes."""
    path = folder / "rows.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "benchmarks.loops", "--small", "--rounds", "1", "--json", str(path), *words]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return json.loads(path.read_text())["rows"]


def test_results_are_identical_and_native(tmp_path):
    rows = measured(tmp_path)
    assert sorted(row["name"] for row in rows) == PROGRAMS
    assert not [row["name"] for row in rows if not row["same"]["framejit"]]
    assert not [row["name"] for row in rows if row["native"]["native_iterations"] == 0]


def test_scripts_print_the_same(tmp_path):
    rows = measured(tmp_path, "--scripts")
    assert sorted(row["name"] for row in rows) == PROGRAMS
    assert not [row["name"] for row in rows if not row["same"]["framejit"]]
