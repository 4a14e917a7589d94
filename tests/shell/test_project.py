"""Building without a compiler, the demo, and what the continuous integration counts."""

import importlib.util
import subprocess
import sys

import pytest
from process import ROOT, clean_environment, python


def load_ci():
    """.ci/matrix.py as a module."""
    specification = importlib.util.spec_from_file_location("ci_matrix", ROOT / ".ci" / "matrix.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_ci_is_a_shell_script(shell):
    """It may be started by its name or through a shell."""
    process = subprocess.run([shell, ROOT / ".ci" / "run", "--help"], capture_output=True, text=True, env=clean_environment(), timeout=60)
    assert process.returncode == 0 and "--quick" in process.stdout, process.stderr


def test_no_compiler_is_one_line(tmp_path):
    pytest.importorskip("setuptools")
    process = subprocess.run([sys.executable, "setup.py", "--quiet", "build_ext", "--build-lib", tmp_path, "--build-temp", tmp_path],
                             capture_output=True, text=True, cwd=ROOT, env=clean_environment(CC="no-such-compiler"), timeout=120)
    assert process.returncode == 1
    assert process.stderr.splitlines()[-1].startswith("framejit: no working C compiler (no-such-compiler: ")


@pytest.mark.slow
def test_demo():
    pytest.importorskip("sklearn")
    process = python("examples/demo.py", "1")
    assert process.returncode == 0, process.stdout + process.stderr
    lines = process.stdout.splitlines()
    assert [line.split()[0] for line in lines[-4:]] == ["plain", "accelerated", "imports", "results"]
    assert lines[-1] == "results      identical"


@pytest.mark.parametrize("closing, status, expected", [
    ("12 passed, 3 skipped in 4.56s", 0, (12, 0, 3)),
    ("=== 1 failed, 12 passed, 2 errors, 1 warning in 100.00s (0:01:40) ===", 1, (12, 3, 0)),
    ("", 2, (0, 1, 0)),
    ("5 passed in 1.00s", 1, (5, 1, 0)),
])
def test_ci_counts(closing, status, expected):
    assert tuple(load_ci().counts_of(closing, status).values()) == expected


def test_ci_finds_this_python():
    found = load_ci().pythons()
    assert found and all(minor in (11, 12, 13) for minor in found)
