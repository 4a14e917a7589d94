"""Ints of real lists, read in place: any width and sign, whatever width the list showed first; loops that go back early."""

import random

import numpy as np
import pytest

import framejit

EDGES = [0, 1, -1, 2**30 - 1, 2**30, -2**30, 1 - 2**30, 2**31, 2**60 - 1, 1 - 2**60, 2**60, -2**60, 2**62, 2**63 - 1, -2**63]
FIRST = {"one digit": [1, 2, 3], "two digits": [2**40, 5, 7], "below zero": [-2**59, -1, -3]}


def mixed(items):
    total, seen = 0, []
    for item in items:
        total ^= item
        seen.append(item + 0)
    return total, seen


@pytest.mark.parametrize("first", FIRST)
def test_widths(first):
    fast, source = framejit.jit(mixed), random.Random(5)
    assert fast(FIRST[first]) == mixed(FIRST[first])
    for _ in range(30):
        items = [source.choice(EDGES) if source.random() < 0.5 else source.randint(-1 << source.randint(0, 63), (1 << source.randint(0, 63)) - 1)
                 for _ in range(100)]
        assert fast(items) == mixed(items)
    before = framejit.stats()["native_iterations"]
    fast([3, 2**40, -2**40] * 100)
    assert framejit.stats()["native_iterations"] - before >= 300


def test_an_item_beyond_64_bits():
    fast = framejit.jit(mixed)
    for items in ([1, 2, 3], [1, 2**64, -2**90, 4], [2**63, 5]):
        assert fast(items) == mixed(items)


def test_both_forms_are_used():
    narrow, wide = framejit.jit(mixed), framejit.jit(mixed)
    assert "unbox_int['narrow']" in str(framejit.explain(narrow, [1, 2, 3]).graph)
    assert "unbox_int['narrow']" not in str(framejit.explain(wide, [2**40] * 3).graph)


def pulls(x, mass):
    found = []
    for i in range(len(x)):
        a = 0.0
        for j in range(len(x)):
            if i != j:
                a += mass[j] / (x[j] - x[i])
        found.append(float(a))
    return found


def test_a_loop_that_goes_back_early_runs_in_groups():
    """3.11 has one jump back for both ways, later versions two."""
    fast, x, mass = framejit.jit(pulls), np.arange(40.0), np.ones(40)
    explained = framejit.explain(fast, x, mass)
    assert "whole" in explained.llvm
    assert fast(x, mass) == pulls(x, mass)
    x[7] = x[3]
    with np.errstate(divide="ignore", invalid="ignore"):
        assert repr(fast(x, mass)) == repr(pulls(x, mass))
