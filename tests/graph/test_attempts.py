"""How often a function is captured until the shapes at its loops' headers fit all ways that lead there."""

import pytest

import framejit
from framejit.capture.machine import ENOUGH, Machine


@pytest.fixture
def attempts(monkeypatch):
    """Blocks of the attempts that were given up."""
    seen, restart = [], Machine.restart

    def counted(machine):
        seen.append((len(machine.graph.blocks), machine.learned))
        restart(machine)

    monkeypatch.setattr(Machine, "restart", counted)
    return seen


def nest(n, x, k):
    total = 0.0
    for i in range(n):
        for j in range(n):
            x = x * 0.5 + i
            k = k + j
        total += x
    return x, k, total


def test_variables_that_loops_store_need_no_object_from_the_start(attempts):
    explained = framejit.explain(nest, 4, 1.5, 7)
    assert attempts == [] and "f64" in str(explained.graph)
    fast, x, k = framejit.jit(nest), 1e300, 10**6
    assert fast(4, x, k) == nest(4, x, k)
    same = fast(0, x, k)
    assert same[0] is x and same[1] is k        # no round: still the objects that were given


def found_late(n, x):
    for i in range(n):
        for j in range(n):
            if j > i:
                late = x * j
        x = x + 0.5
    return x, late


def test_what_the_bytecode_does_not_tell_takes_another_attempt(attempts):
    framejit.explain(found_late, 4, 0.5)
    assert attempts and all(blocks <= ENOUGH * learned + 10 for blocks, learned in attempts)
    fast = framejit.jit(found_late)
    for n, x in ((3, 0.5), (9, 2.5), (5, 7)):
        assert repr(fast(n, x)) == repr(found_late(n, x))
    with pytest.raises(UnboundLocalError, match="late"):
        fast(1, 0.5)


def test_a_counter_that_is_none():
    """`range` may be anything; a loop over floats is no loop over ints."""
    namespace = {"range": lambda n: [0.5, n, "x"]}
    exec("def f(n):\n    for i in range(n):\n        for j in range(3):\n            k = i\n    return i, j, k", namespace)
    assert framejit.jit(namespace["f"])(2) == namespace["f"](2) == ("x", "x", "x")
