"""The examples with arrays, attention, classes and prints print what plain Python computes, and run natively."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "shell"))
from process import ROOT, python

EXAMPLES = {"arrays.py": [], "attention.py": [], "particles.py": [], "prints.py": ["-m", "framejit"]}
COMPILED = {"arrays.py": (" waves", " relu", " roots"), "attention.py": (" attention",), "particles.py": (" Box.run",), "prints.py": (" <module>@",)}


def printed(*words, **environment):
    """What an example prints, without its last line, the times; and its log."""
    done = python(*words, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[:-1], done.stderr


@pytest.mark.parametrize("name", EXAMPLES)
def test_prints_what_plain_python_computes(name):
    path = str(ROOT / "examples" / name)
    plain, _ = printed(path, FRAMEJIT_DISABLE="1")
    fast, errors = printed(*EXAMPLES[name], path)
    assert (fast, errors) == (plain, "") and len(plain) > 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_its_log_shows_what_is_compiled(name):
    path = str(ROOT / "examples" / name)
    assert "FRAMEJIT_LOG=time" in pathlib.Path(path).read_text()
    _, log = printed(*EXAMPLES[name], path, FRAMEJIT_LOG="time,exits,breaks")
    for text in COMPILED[name]:
        assert any(text in line and "compiled in" in line for line in log.splitlines()), log
