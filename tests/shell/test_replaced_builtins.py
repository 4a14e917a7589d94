"""A program that replaces builtins hears what it asks of them itself, whenever something is compiled meanwhile."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import builtins, sys
original, heard, lengths = getattr(builtins, sys.argv[1]), [], set()

def noted(*given):
    heard.append(given[0])
    return original(*given)

def asked(k):
    return (isinstance(k, int), len((k, k)), hasattr(k, 'real'), getattr(k, 'imag'))[1]

def called(function, n):
    s = 0
    for k in range(n):
        s += function(k)
    return s + sum(map(abs, range(n))) + max(sorted([n, 3], key=lambda x: -x))

for turn in range(400):
    heard.clear()
    setattr(builtins, sys.argv[1], noted)
    called(asked, 40)
    setattr(builtins, sys.argv[1], original)
    lengths.add(len(heard))
print(lengths)
"""


@pytest.mark.parametrize("name", ("isinstance", "len", "hasattr", "getattr"))
def test_what_is_heard(name, tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "FRAMEJIT_CACHE": "0"}
    for ways in ({}, {"FRAMEJIT_EAGER": "1"}, {"FRAMEJIT_CACHE": "1", "FRAMEJIT_CACHE_DIR": str(tmp_path / "kept")}):
        ran = subprocess.run([sys.executable, "-m", "framejit", str(tmp_path / "script.py"), name], env={**environ, **ways}, capture_output=True, text=True, check=True)
        assert ran.stdout == "{40}\n", (ways, ran.stderr)
