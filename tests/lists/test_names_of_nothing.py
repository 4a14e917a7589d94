"""A name that holds None where it is called, and isn't: the call is the interpreter's, and nothing is expected of it."""

import sys

import framejit
from framejit.tables.generators import made_by
from tests.shell.test_native_calls import program

CALLS = """
def f(some, n):
    function, t = None, 0
    if some: function = abs
    for i in range(n):
        if some: t += function(-i)
        t += i & 3
    return t
"""


def test_a_call_of_none_that_is_never_made(monkeypatch):
    """Whether numpy.random is there or not."""
    monkeypatch.delitem(sys.modules, "numpy.random._generator", raising=False)
    native, plain = program(CALLS, "f"), program(CALLS)
    before = framejit.stats()["native_iterations"]
    for some in (False, False, True, False):
        assert native["f"](some, 3000) == plain["f"](some, 3000)
    assert framejit.stats()["native_iterations"] - before > 5000
    assert made_by(None) is None
