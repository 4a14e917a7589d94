"""What is certain to be called out is refused before the compiler is loaded, with the same records and results."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from framejit.bytecode import specialised
from framejit.tables.specialised import CALL_OUTS, METHODS

ROOT = Path(__file__).resolve().parents[2]

ACCOUNTS = """
def work(names, rounds):
    balances = {}
    for _ in range(rounds):
        for name in names:
            balance = balances.setdefault(name, 0)
            balances.update(((name, balance + 3),))
    return sum(balances.values())

def pairs(items):
    before = None
    for item in items:
        yield before, item
        before = item

print(work(list(map(str, range(1000))), 600))
print(sum(1 for _ in pairs(range(600000))))
"""

NUMBERS = """
def work(n):
    total = 0.0
    for i in range(n):
        total += i * 0.5
    return total

print(work(8000000))
"""

MIXED = """
class Box:
    def __init__(self, value):
        self.value = value

def work(items, n):
    total = 0
    for _ in range(n):
        for item in items:
            total += item if type(item) is int else item.value
    return total

print(work([Box(k) for k in range(100)], 1000), work(list(range(100)), 60000), work([Box(k) for k in range(100)], 1000))
"""

LOOKED_AT = """
import framejit
turns = 0
while not framejit.explain().breaks and turns < 100:        # until somebody has looked, twice
    turns += work(["a", "b"], 60000) > 0
"""

TAIL = """
import sys
import framejit
print("framejit.pipeline" in sys.modules, len(framejit.explain().breaks) > 0, framejit.stats()["regions_compiled"] > 0)
"""


def printed(program, *options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, *options, "-c", program], capture_output=True, text=True, env=environment)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return done.stdout


@pytest.mark.parametrize("program", [ACCOUNTS, NUMBERS, MIXED])
def test_results_are_the_same(program):
    assert printed(program) == printed(program, "-m", "framejit")


def test_loops_over_objects_load_no_compiler():
    assert printed(ACCOUNTS + LOOKED_AT + TAIL, "-m", "framejit").splitlines()[-1] == "False True False"


def test_loops_over_numbers_are_compiled():
    assert printed(NUMBERS + TAIL, "-m", "framejit").splitlines()[-1].endswith("True")


NAMES = {       # which of them each version knows
    (3, 11): {"PRECALL_NO_KW_ISINSTANCE", "YIELD_VALUE", "LOAD_METHOD_NO_DICT"},
    (3, 12): {"LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN", "CALL_NO_KW_ISINSTANCE", "FOR_ITER_GEN", "YIELD_VALUE", "LOAD_ATTR_METHOD_NO_DICT"},
    (3, 13): {"CALL_BOUND_METHOD_GENERAL", "LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN", "CALL_ISINSTANCE", "FOR_ITER_GEN", "YIELD_VALUE", "LOAD_ATTR_METHOD_NO_DICT"},
}


def test_rows_are_names_of_this_or_another_version():
    """Every row is known to some version, each version knows its own, and none is a plain instruction but YIELD_VALUE."""
    import opcode
    assert {name for name in (*CALL_OUTS, *METHODS) if name in specialised.NAMES} == NAMES[sys.version_info[:2]]
    assert {*CALL_OUTS, *METHODS} == set().union(*NAMES.values())
    assert [name for name in CALL_OUTS if name in opcode.opmap] == ["YIELD_VALUE"]
