"""FRAMEJIT_LOG on a program with a print, an object array, a type change and an unknown call in its hot loops."""

import re

import pytest
from framejit.tables import events
from process import framejit as command

PROGRAM = """import numpy as np

def clean(n):
    s = 0.0
    for k in range(n):
        s += k * 0.5
    return s

def prints(n):
    s = 0
    for k in range(n):
        s += k * k % 7
        if k % 400_000 == 0:
            print("at", k)
    return s

def objects(a):
    s = 0
    for k in range(len(a)):
        s += a[k]
    return s

def changes(values):
    s = 0
    for value in values:
        s += value
    return s

def calls(n, unknown):
    s = 0
    for k in range(n):
        s += k * k % 7
        s += k * 3 % 5
        s += k * 5 % 11
        if k % 100 == 0:
            s += unknown(k)
    return s

for _ in range(8):
    print(clean(1_500_000), prints(1_500_000), calls(400_000, range(0, 301, 300).count))
    print(objects(np.arange(400_000).astype(object)), changes([1] * 400_000 + [0.5] * 3))
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    path = tmp_path_factory.mktemp("logs") / "hot.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def line_number(text):
    return next(number for number, line in enumerate(PROGRAM.splitlines(), 1) if text in line)


def test_breaks_are_named_and_clean_loops_are_not(script):
    process = command("--log", "breaks", "--stats", script)
    places = set(re.findall(rf"(FJ\d+) {re.escape(str(script))}:(\d+) in (\w+): .* -- .*; cure: .*; [\w,]+", process.stderr))
    for code, text, function in (("FJ004", 'print("at", k)', "prints"), ("FJ005", "s += a[k]", "objects"),
                                 ("FJ006", "s += value", "changes"), ("FJ004", "s += unknown(k)", "calls")):
        found = {(known, int(line)) for known, line, name in places if name == function}
        assert any(known == code and abs(line - line_number(text)) <= 1 for known, line in found), (function, found, process.stderr)
    assert not [place for place in places if place[2] == "clean"]
    counters = dict(re.findall(r"framejit: (\w+) = ([\d,]+)", process.stderr))
    assert int(counters["native_iterations"].replace(",", "")) > 3_000_000


RUNNING = """
import time, framejit
while not framejit.stats()["regions_compiled"] and time.process_time() < 20:        # on a busy machine looks are late
    clean(3_000_000)
for n in (3_000_000, 3_000_000, 2.0):
    try:
        print(clean(n))
    except TypeError:
        print('float')
"""


@pytest.mark.parametrize("kind", [kind.name for kind in events.KINDS if kind.name != "breaks"])
def test_every_kind_says_something(kind, tmp_path):
    path = tmp_path / "loops.py"
    path.write_text(PROGRAM.replace("import numpy as np", "").split("def prints")[0] + RUNNING, encoding="utf-8")
    process = command("--log", kind, path)
    assert process.returncode == 0
    assert f"framejit.{kind}: " in process.stderr, process.stderr
