"""Random programs against plain Python: a fixed slice, all that were ever kept, and many at night."""

import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tests.due import part

ROOT = Path(__file__).resolve().parents[2]
KEPT = sorted(path for path in (Path(__file__).parent / "kept").glob("*.py"))
SLICE, NIGHTLY = 120, 20_000


def random_programs(*words):
    """The command's answer; PYTHONPATH leads to this checkout."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run([sys.executable, "-m", "tests.random", *words], capture_output=True, text=True, cwd=ROOT, env=environment)


def test_a_seed_gives_one_program():
    first, second = (random_programs("--show", "7").stdout for turn in range(2))
    assert first == second and "def f(" in first
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        compile(first, "program", "exec")


def test_the_comparison_notices(tmp_path):
    """A program that tells the two runs apart on purpose: the second run sees what the first left in `math`."""
    text = "import math\n\n\ndef f(p0):\n    math.seen = getattr(math, 'seen', 0) + 1\n    return math.seen\n\n\nCALLS = ['(1,)']\n"
    path = tmp_path / "program_noticed.py"
    path.write_text(text)
    answer = random_programs("--check", str(path))
    assert answer.returncode == 1 and "program_noticed.py: result" in answer.stdout


def test_slice():
    first, count = part(SLICE)
    answer = random_programs("--seed", str(first), "--count", str(count), "--shrink", "0", "--workers", "2")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert ", 0 with compiler failures" in answer.stdout, answer.stdout
    native = re.search(r"(\d+) with native iterations", answer.stdout)
    assert native and int(native.group(1)) >= SLICE // 5, answer.stdout


@pytest.mark.skipif(not KEPT, reason="nothing was kept")
def test_kept():
    answer = random_programs("--check", *map(str, KEPT))
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.skipif("FRAMEJIT_NIGHTLY" not in os.environ, reason="the long run: make nightly")
def test_many():
    answer = random_programs("--count", str(NIGHTLY), "--seed", "1000000", "--workers", str(os.cpu_count() or 1))
    assert answer.returncode == 0, answer.stdout + answer.stderr
