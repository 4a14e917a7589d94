"""The example with blocks prints what plain Python computes, and its log shows what it says."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "shell"))
from process import ROOT, python

EXAMPLE = str(ROOT / "examples" / "with_block.py")


def printed(**environment):
    done = python(EXAMPLE, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines(), done.stderr


def test_prints_what_plain_python_computes():
    plain, _ = printed(FRAMEJIT_DISABLE="1")
    fast, errors = printed()
    assert errors == "" and fast[:3] == plain[:3] and plain[0].startswith("stopped in line 25 at step 1,500,000: ")
    assert fast[4:] == [f"block at {EXAMPLE}:23: 1 native entries, 1,500,000 iterations, 1 of them left in its middle",
                        f"block at {EXAMPLE}:29: 1 native entries, 3,000,000 iterations, 0 of them left in its middle",
                        *fast[6:]]
    assert len(fast) == 7 and "4 native entries" in fast[6] and len(plain) == 4


def test_its_log_shows_what_it_says():
    _, log = printed(FRAMEJIT_LOG="time,exits,breaks")
    assert "<module>@with, line 23: compiled in " in log and "<module>@with, line 29: compiled in " in log
    assert "<module>@with, line 23: left at line 25, 1 times: a divisor is zero" in log and "FJ003" in log
    assert re.search(r"<module>@with, line 29: left at line \d+, 1 times: .* the block .* has ended", log)
