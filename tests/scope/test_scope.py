"""Each construct that the compiler is said to take runs natively in a hot loop: no call-out, no exit, and what plain Python gives."""

import math
import textwrap

import numpy as np
import pytest

import framejit
from tests.scope.constructs import CONSTRUCTS

TURNS = 2000
OTHERS = (2.5, 40)       # x and k


def made(before, body):
    """(a new function of one loop, what gives its data)."""
    names = sorted({line.split(" ")[0] for line in before.splitlines()})
    source = ["def data(x, k):", *textwrap.indent(before, "    ").splitlines(), f"    return [{', '.join(names)}]",
              f"def f({', '.join(['n', 'x', 'k', *names])}):", "    s = 0", "    for i in range(n):", *textwrap.indent(body, " " * 8).splitlines(), "    return s"]
    space = {"math": math, "np": np, "SCALE": 3, "COUNT": 0}
    exec("\n".join(source), space)
    return space["f"], space["data"]


def called(f, data):
    """What f gives, and what became of its data."""
    f.__globals__["COUNT"] = 0
    given = data(*OTHERS)
    return repr((f(TURNS, *OTHERS, *given), given))


def counters():
    now = framejit.stats()
    return [now[key] for key in ("native_iterations", "callouts", "exits", "guard_misses")]


@pytest.mark.parametrize("what, before, body", CONSTRUCTS, ids=[row[0] for row in CONSTRUCTS])
def test_runs_natively(what, before, body):
    expected = called(*made(before, body))
    f, data = made(before, body)
    native = framejit.jit(f)
    for _ in range(4):
        assert called(native, data) == expected
    earlier = counters()
    assert called(native, data) == expected
    iterations, callouts, exits, misses = [now - then for now, then in zip(counters(), earlier)]
    assert iterations >= TURNS and callouts == 0 and exits + misses <= 1, (iterations, callouts, exits, misses)
