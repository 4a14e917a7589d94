# native: entry
# alone: yes
# A suite of pytest's: assertions that it has rewritten in functions that ran natively, parameters, fixtures, a failure with its lines.

import os
import pathlib
import re
import sys
import tempfile

import pytest

SUITE = '''
import framejit
import pytest

def weight(k):
    return k * 3 % 7

@framejit.jit
def total(n, wrong=-1):
    found = 0
    for k in range(n):
        found += weight(k)
        assert found >= 0 and k != wrong, (found, k)
    return found

@pytest.fixture(params=[100, 2000])
def count(request):
    yield request.param

def test_counts(count):
    for _ in range(3):
        assert total(count) == sum(k * 3 % 7 for k in range(count))

@pytest.mark.parametrize("wrong", [5, 1500])
def test_fails(wrong):
    total(2000)
    assert total(2000, wrong) == 0

def test_raises():
    with pytest.raises(AssertionError, match="1500"):
        total(2000, 1500)

def test_warns(recwarn, capsys):
    s = 0
    with framejit.jit():
        for k in range(3000):
            s += k
    print(s)
    assert capsys.readouterr().out == "4498500\\\\n" and not recwarn.list

def test_loops_here():
    s = 0
    for k in range(400000):
        s += k * k % 11
    assert s == 5
'''.replace("\\\\", "\\")

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "test_suite.py"
    path.write_text(SUITE)
    sys.dont_write_bytecode = True
    os.chdir(folder)
    written = sys.stdout
    sys.stdout = found = open(os.path.join(folder, "output"), "w+")
    status = pytest.main(["-p", "no:cacheprovider", "-p", "no:xdist", "-q", "--rootdir", folder, "-W", "ignore::pytest.PytestConfigWarning", str(path)])
    sys.stdout = written
    found.seek(0)
    print(re.sub(r"in [0-9.]+s( [(][0-9:]+[)])?|0x[0-9a-f]+|" + re.escape(folder), "*", found.read()))
    print(status)
    os.chdir("/")
