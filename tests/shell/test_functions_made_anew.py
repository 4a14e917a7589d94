"""Functions that are made one after the other of the same code enter what was compiled for the first of them."""

import sys

import pytest

from tests.shell.process import python

PROGRAM = """
import gc, sys
import framejit
def outer(n, kept):
    calls = 0
    def inner(k):
        nonlocal calls
        calls += 1
        return 1 if k < 2 else inner(k - 1) + inner(k - 2)
    kept.append(inner)
    return inner(n), calls
framejit.enable()
kept, found = [], set()
for turn in range(400):
    found.add(outer(20, kept))
    del kept[:-1]
    if framejit.stats()["native_entries"] > 100: break
for turn in range(3): found.add(outer(20, kept))
before = framejit._machine.counters()["native_entries"]
found.add(outer(20, kept))
entered = framejit._machine.counters()["native_entries"] - before
framejit.disable()
quiet = framejit._machine.counters()["native_entries"]
for turn in range(3): found.add(outer(15, kept)), kept[0](12)
print(len(found), found - {(10946, 21891), (987, 1973)}, entered > 0, framejit._machine.counters()["native_entries"] == quiet)
framejit.enable()
found.add(outer(20, kept))
print(len(found), [function.__name__ for function in kept if function.__code__ is not kept[0].__code__], kept[0](5))
"""


@pytest.mark.skipif(sys.version_info < (3, 12), reason="nobody hears of new functions there: they are found when a look meets them")
def test_enters_from_the_first_call_on():
    run = python("-c", PROGRAM)
    assert (run.stdout, run.stderr) == ("2 set() True True\n2 [] 8\n", "")


MAKES = """
import framejit
from framejit.runtime.controller import controller
def outer(n, kept=None):
    def inner(k):
        return k * 3 - n
    if kept is not None: kept.append(inner)
    total = 0
    for k in range(n): total += inner(k)
    return total
kept, fast = [], framejit.jit(outer)
outer(3, kept)
wanted = outer(9)
for _ in range(20): fast(9)
controller().prepare(kept[0])
slot = controller().code_of(kept[0].__code__).slot
def counted():
    before = framejit._machine.counters()
    same = all([fast(9) == wanted for _ in range(50)])
    after = framejit._machine.counters()
    return same, after["native_entries"] - before["native_entries"], after["left"] - before["left"]
print(counted())
slot.anew = True
print(counted())
framejit._machine.watch_functions(True)
same, entered, left = counted()
print(same, left)
framejit._machine.watch_functions(False)
slot.anew = False
print(counted())
"""


@pytest.mark.skipif(sys.version_info < (3, 12), reason="nobody hears of new functions there")
def test_native_code_makes_them_where_only_the_machine_hears_of_it():
    run = python("-c", MAKES)
    assert (run.stdout, run.stderr) == ("(True, 50, 0)\n(True, 50, 0)\nTrue 50\n(True, 50, 0)\n", "")
