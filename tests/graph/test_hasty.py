"""Hasty forms: which routines have one, what becomes of their ways and guards, and where they are tried."""

import framejit
import pytest

from framejit import pipeline
from framejit.backends.llvm.hasty import COPIES, hasty_forms, hasty_routines
from framejit.backends.llvm.hasty_ways import merged_branches, representatives
from framejit.backends.llvm.routines import size_of


def total(tree):
    return 0 if tree is None else total(tree[0]) + tree[1] + total(tree[2])


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def noted(n, seen):
    seen.append(n)
    return 0 if n == 0 else noted(n - 1, seen) + 1


def stored(n, values):
    values[n] = 0.5
    return 0.0 if n == 0 else stored(n - 1, values) + values[n]


def chosen(n, a, b):
    if n == 0 or a >> n & 1 or b >> n + 1 & 1:
        return n
    return chosen(n - 1, a, b) + chosen(n - 1, b, a)


def both(n, a, b):
    if a > n and b + a > n and b - n > 0:
        return n
    return both(n + 1, a, b) if n < 50 else a


def divided(n, a, b):
    if n == 0 or a // n > 3 or b % n > 5:
        return n
    return divided(n - 1, a, b)


TREE = ((None, 1, None), 2, (None, 3, None))
CASES = {total: ((TREE,), True), even: ((4,), True), noted: ((3, []), False), stored: ((3, [1.0] * 9), False), chosen: ((4, 0, 0), True)}


@pytest.fixture
def routines_of(monkeypatch):
    """The routines of the region that a call of a function is compiled to."""
    lowered, original = [], pipeline.lower
    monkeypatch.setattr(pipeline, "lower", lambda graph, layout: lowered.append(graph) or original(graph, layout))

    def found(function, *arguments):
        framejit.explain(function, *arguments)
        return lowered[-1].routines
    return found


@pytest.mark.parametrize("function", CASES)
def test_those_that_compute_and_read_only_have_one(routines_of, function):
    arguments, has = CASES[function]
    assert bool(hasty_routines(routines_of(function, *arguments))) == has


def test_one_guard_of_a_size_is_enough_and_calls_have_no_exits_of_their_own(routines_of):
    routines = routines_of(total, TREE)
    (number, form), = hasty_forms(routines, hasty_routines(routines))
    nodes = [node for block in form.blocks for node in block.nodes]
    copies = sum([2 ** depth for depth in range(form.deep + 1)])
    assert form.deep >= 2 and size_of(form) <= 2 * COPIES
    assert len([node for node in nodes if node.op == "icmp_ult"]) == copies
    assert len([node for node in nodes if node.op == "calm"]) == 1
    assert len([node for node in nodes if node.op == "invoke"]) == 2 ** (form.deep + 1)
    assert {node.exit for node in nodes} <= {None, form.exit}


@pytest.mark.parametrize("function, arguments, count", [(chosen, (4, 0, 0), 2), (both, (1, 70, 90), 2), (divided, (4, 1, 1), 0)])
def test_conditions_become_one_where_the_ways_are_the_same(routines_of, function, arguments, count):
    """Divisions are never made in vain."""
    for routine in routines_of(function, *arguments):
        assert len(merged_branches(routine, representatives(routine))) == count


def test_blocks_that_give_other_values_are_different(routines_of):
    routine = routines_of(chosen, 4, 0, 0)[0]
    same = representatives(routine)
    assert all([same[block] is block for block in routine.blocks if block.end.op != "jump"])


def test_what_was_long_in_vain_is_tried_fewer_levels_deep():
    """The sum fits 64 bits no more at the very end: each time the same, and exact."""
    def grown(depth):
        return None if depth == 0 else (grown(depth - 1), depth, grown(depth - 1))

    space = {}
    exec("def total(tree): return 0 if tree is None else total(tree[0]) + tree[1] + total(tree[2])", space)
    fast = framejit.jit(space["total"])
    space["total"] = fast
    tree = grown(16)
    plain = fast(tree)
    large = (tree, 2**63 - 1, tree)
    assert [fast(large) for _ in range(4)] == [2 * plain + 2**63 - 1] * 4 and fast(tree) == plain
