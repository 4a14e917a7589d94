"""Every attacked program prints the same plain, with its functions under framejit.jit, and as an eager script."""

import os
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import imports

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
CASES = sorted(path.name for path in (FOLDER / "cases").glob("*.py"))
MODES = {"plain": ([], {}), "jit": ([], {"ATTACK": "jit"}), "eager": (["-m", "framejit"], {"FRAMEJIT_EAGER": "1"})}
PATIENCE = 120


def run(name, mode):
    """Status, standard output and standard error."""
    launcher, extra = MODES[mode]
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FRAMEJIT_", "PYTEST_", "PYTHON"))}
    path = os.pathsep.join(map(str, (ROOT / "src", FOLDER, ROOT)))
    first = [*imports.from_elsewhere([FOLDER / "cases" / name], FOLDER), "tests.random.observe"] if mode == "eager" else []
    kept.update(imports.settings(first, path), PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0", FRAMEJIT_CACHE="0", **extra)
    try:
        done = subprocess.run([sys.executable, *launcher, str(FOLDER / "cases" / name)], capture_output=True, text=True, errors="replace",
                              env=kept, timeout=PATIENCE, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as late:
        return None, (late.stdout or b"").decode(errors="replace"), "did not end in time"
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="session")
def plain():
    """The plain run of a case, each once; they are started together."""
    with ThreadPoolExecutor(2) as pool:
        runs = {name: pool.submit(run, name, "plain") for name in CASES}
        yield lambda name: runs[name].result()


@pytest.mark.parametrize("mode", ["jit", "eager"])
@pytest.mark.parametrize("name", CASES)
def test_same_as_plain(plain, name, mode):
    expected, got = plain(name), run(name, mode)
    for part, word in enumerate(("status", "output", "errors")):
        if word == "output":
            different = [f"- {a}\n+ {b}" for a, b in zip(expected[1].splitlines(), got[1].splitlines()) if a != b]
            assert not different, "\n".join(different[:20]) + "\n" + got[2][-3000:]
        assert got[part] == expected[part], word + "\n" + "\n".join(got[1].splitlines()[-3:]) + "\n" + got[2][-3000:]


@pytest.mark.parametrize("name", CASES)
def test_attacks_succeed(plain, name):
    status, output, errors = plain(name)
    assert status == 0 and output, errors
