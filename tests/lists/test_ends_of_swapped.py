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


TUPLES = ("t, b = (b, k), None", "t, b = (b, (k, b)), 1.5", "t, x = (x, k), 0.5", "t, x = (x, (k, x)), x + 1.0", "b, t = None, (b, x)", "t, x, b = (x, b), k * 2.0, None", "t, (x, b) = (b, x), (x * 0.5, None)", "(t, u), x = ((x, b), (k, x)), 0.5")


@pytest.mark.parametrize("move", TUPLES)
def test_tuples_that_wait_on_the_stack(move):
    """A tuple has what a name was while that gets something else: the very object, alive."""
    source = f"""
log = []
class D:
    def __init__(self, x):
        self.x = x
    def __del__(self):
        log.append(self.x)
def number(k):
    return k * 0.75
def f(n, make, given):
    log.clear()
    r, t, u = [], None, None
    for k in range(n):
        b, x = make(k), given[k % 3]
        y = x
        {move}
        found = t
        r.append((len(log), found[0] is y, type(found[0]).__name__, getattr(found[0], "x", found[0])))
        t = u = found = y = None
    return r, log
"""
    plain, jitted = plain_and_jitted(source)
    given = [0.5, 1.5, 1e100]
    for _ in range(5):
        assert plain(40, plain.__globals__["D"], given) == jitted(40, jitted.__globals__["D"], given)
        assert plain(40, plain.__globals__["number"], given) == jitted(40, jitted.__globals__["number"], given)
