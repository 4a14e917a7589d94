"""The benchmarks of what framejit costs run, and print what they measured."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def measured(folder, module, *words):
    path = folder / "rows.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    answer = subprocess.run([sys.executable, "-m", module, "--json", str(path), *words], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return json.loads(path.read_text()), answer.stdout


def test_idle(tmp_path):
    found, text = measured(tmp_path, "benchmarks.idle", "--rounds", "1", "--turns", "2")
    assert [row["name"] for row in found["rows"]] == ["objects", "generators", "strings", "recursion", "functions"]
    assert [row for row in found["rows"] if not row["same"] or row["regions"]] == [] and "worst:" in text


def test_cost(tmp_path):
    found, text = measured(tmp_path, "benchmarks.cost", "--processes", "1", "--rounds", "2")
    assert {row["row"] for row in found["rows"]} == {"import", "enable", "warm-up", "ten lines", "warm", "straight line", "chain", "statements"}
    assert set(found["entry"]) == {"plain", "framejit", "empty turn"} and "bytecodes in a straight line" in text
