"""Objects that a statement moves through the stack while other names have them end where they end in the interpreter."""

import itertools

import pytest

from tests.arrays.programs import plain_and_jitted

MOVES = ("d, b = b, None", "d, b = b, 3", "d, b = b, k", "d, b = c, None", "d = b; b = None", "d, b = b, b", "d, b = b, 3 / b.x", "b, d = None, b", "d, b, e = b, c, None", "e, d, b = b, b, k", "d, (b, e) = b, (k, c)", "b, c = c, b", "d, b = (b := c), None",
         "b, x = [b], k", "d, b = b, b.x")
ENDS = ("b = c = d = e = None", "d = None; c = None; b = e = None", "c = None; e = None; d = b = None", "b = c = e = None; d = 0")


@pytest.mark.parametrize("move", MOVES)
def test_moves(move):
    for end, early in itertools.product(ENDS, (True, False)):
        source = f"""
log = []
class D:
    def __init__(self):
        self.x = 2.0
    def __del__(self):
        log.append(1)
def f(n):
    r = []
    b = d = e = None
    c = D()
    for k in range(n):
        b = c
        {move}
        if k % 4 == 3:
            {end}
            r.append(len(log))
            {'c = D()' if early else 'c = b = D()'}
        if c is None:
            c = D()
        b = c
    b = c = d = e = None
    r.append(len(log))
    return r
"""
        plain, jitted = plain_and_jitted(source)
        for _ in range(4):
            for function in (plain, jitted):
                function.__globals__["log"].clear()
            assert plain(40) == jitted(40), (move, end)
