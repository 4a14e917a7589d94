"""How often a function is captured until the shapes at its loops' headers fit all ways that lead there."""

import pytest

import framejit
from framejit.capture.machine import Machine


@pytest.fixture
def attempts(monkeypatch):
    """Blocks of the attempts that were given up."""
    seen, restart = [], Machine.restart

    def counted(machine):
        seen.append(len(machine.graph.blocks))
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
    assert len(attempts) == 1 and attempts[0] <= 28
    fast = framejit.jit(found_late)
    for n, x in ((3, 0.5), (9, 2.5), (5, 7)):
        assert repr(fast(n, x)) == repr(found_late(n, x))
    with pytest.raises(UnboundLocalError, match="late"):
        fast(1, 0.5)


def longest_way(limit):
    best = longest = 0
    for start in range(1, limit):
        n, steps = start, 0
        while n != 1:
            if n % 2:
                n = 3 * n + 1
            else:
                n //= 2
            steps += 1
        if steps > longest:
            longest, best = steps, start
    return best, longest


def test_one_attempt_learns_what_many_would_one_by_one(attempts):
    framejit.explain(longest_way, 30)
    assert len(attempts) == 1 and attempts[0] <= 60
    fast = framejit.jit(longest_way)
    for limit in (0, 1, 2, 30, 1000):
        assert fast(limit) == longest_way(limit)


def both_ways(values, k):
    """Where the ways of the narrow shape lead nowhere any more, behind them and in the loop around."""
    found, last = None, 0
    for a in values:
        while a > k:
            if found is None:
                found = a
            a = a / 2 if last else a // 2
            last = found
        k = k + (last is a)
    return found, last, k


def test_narrow_versions_are_left(attempts):
    framejit.explain(both_ways, [9, 17, 5], 2)
    assert len(attempts) <= 2
    fast = framejit.jit(both_ways)
    for values in ([9, 17, 5], [], [1], [8.5, 3, 99], [10**20, 4]):
        assert repr(fast(values, 2)) == repr(both_ways(values, 2))


def test_a_counter_that_is_none():
    """`range` may be anything; a loop over floats is no loop over ints."""
    namespace = {"range": lambda n: [0.5, n, "x"]}
    exec("def f(n):\n    for i in range(n):\n        for j in range(3):\n            k = i\n    return i, j, k", namespace)
    assert framejit.jit(namespace["f"])(2) == namespace["f"](2) == ("x", "x", "x")
