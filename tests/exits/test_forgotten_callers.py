"""Locals that nobody reads any more share a number on some ways only; a traceback's frame still shows which of them are one object."""

import pytest

import framejit

BODIES = {"a choice of one": "d = c if not a < c else a % 1000", "a choice of another": "d = c if a < b else 7", "a way not taken": "if k > 100: d = 8",
          "a way taken": "if k > 1: d = b", "a number that comes behind it": "if k > 100: c = d = b + 1000"}
PROGRAM = """
def called(a, b, k=1):
    c = d = a
    if k <= 0: return b
    {}
    if missing: a = k
    return 3

def calls(a, n):
    b = c = a + 1000
    for k in range(n):
        a = called(a * 7 - c, k=2, b=a * 7 - a)
    return a
"""


def seen(space, a):
    """Which of the called function's locals are one object when it raises."""
    with pytest.raises(NameError) as caught:
        space["calls"](a, 40)
    names = caught.tb.tb_next.tb_next.tb_frame.f_locals
    return sorted(names.items()), [(one, other) for one in names for other in names if one < other and names[one] is names[other]]


@pytest.mark.parametrize("body", BODIES)
def test_forgotten(body):
    plain, fast = {}, {}
    for space in (plain, fast):
        exec(PROGRAM.format(BODIES[body]), space)
    for name in ("called", "calls"):
        fast[name] = framejit.jit(fast[name])
    before = framejit.stats()["native_entries"]
    for a in (250, 1500, 250, 1500):
        assert seen(fast, a) == seen(plain, a)
    assert framejit.stats()["native_entries"] > before
