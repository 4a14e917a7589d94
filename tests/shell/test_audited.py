"""Audit hooks of the program's hear what framejit does, too (docs/contract.md): one that refuses it changes nothing that the program says."""

import pytest
from process import python

PROGRAM = """
import sys
import framejit

on = False

def hook(event, args):
    if on and event in EVENTS:
        raise PermissionError(event)

sys.addaudithook(hook)

def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)

@framejit.jit
def work(n):
    s = 0
    for k in range(n):
        s += k * k % 3
        if k % 5 == 0:
            s += len(str(k))
    return s

framejit.enable()
on = FIRST
for _ in range(20):
    t = work(20000)
print(t, deep(500))
on = True
"""


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("events", ["('builtins.id', 'object.__getattr__')", "('import', 'open', 'compile', 'exec')"])
@pytest.mark.parametrize("eager", ["", "1"])
def test_refusals_are_not_heard_of(events, first, eager):
    program = PROGRAM.replace("EVENTS", events).replace("FIRST", str(first))
    plain, fast = python("-c", program, FRAMEJIT_DISABLE="1"), python("-c", program, **({"FRAMEJIT_EAGER": eager} if eager else {}))
    assert (fast.returncode, fast.stdout, fast.stderr) == (plain.returncode, plain.stdout, plain.stderr) and plain.returncode == 0
