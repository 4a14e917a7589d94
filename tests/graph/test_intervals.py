"""Every law of intervals against every pair of 8-bit values, for intervals that begin and end anywhere near an edge."""

import itertools

import numpy as np
import pytest
from .test_operations import DEFINED

from framejit.graph.passes import intervals
from framejit.tables.operations import evaluate

BITS = 8
LOW, HIGH = intervals.limits(BITS)
VALUES = range(LOW, HIGH + 1)
EDGES = (-128, -127, -65, -64, -16, -3, -2, -1, 0, 1, 2, 3, 7, 8, 64, 126, 127)
INTERVALS = [(low, high) for low, high in itertools.combinations_with_replacement(EDGES, 2)]


def results(name, result):
    """What the operation gives, by operands, and where it has a meaning."""
    table = np.zeros((256, 256), np.int64)
    meaning = np.ones((256, 256), bool)
    for x, y in itertools.product(VALUES, VALUES):
        if name in DEFINED and not DEFINED[name]("i8", x, y):
            meaning[x - LOW, y - LOW] = False
        else:
            table[x - LOW, y - LOW] = evaluate(name, [x, y], ["i8", "i8"], result)
    return table, meaning


def part(table, x, y):
    return table[x[0] - LOW:x[1] - LOW + 1, y[0] - LOW:y[1] - LOW + 1]


@pytest.mark.parametrize("name", intervals.LAWS)
def test_results_lie_in_the_interval(name):
    table, meaning = results(name, "i8")
    low_table, high_table = np.where(meaning, table, 1000), np.where(meaning, table, -1000)
    narrow = 0
    for x, y in itertools.product(INTERVALS, INTERVALS):
        found = intervals.LAWS[name](x, y, BITS)
        if found is None or not LOW <= found[0] <= found[1] <= HIGH:
            assert found is None or found[0] <= found[1]
            continue
        narrow += found != (LOW, HIGH)
        lowest, highest = part(low_table, x, y).min(), part(high_table, x, y).max()
        assert lowest == 1000 or found[0] <= lowest and highest <= found[1], (x, y, found)
    assert narrow


@pytest.mark.parametrize("name", ["iadd", "isub", "imul"])
def test_exact_results_lie_in_the_interval(name):
    """Overflow checks are dropped by these: the interval of the results before they wrap."""
    from framejit.tables.operations import exact
    table = np.array([[exact(name, [x, y], ["i8", "i8"], "i8") for y in VALUES] for x in VALUES])
    for x, y in itertools.product(INTERVALS, INTERVALS):
        found, some = intervals.LAWS[name](x, y, BITS), part(table, x, y)
        assert found == (some.min(), some.max())


@pytest.mark.parametrize("name", intervals.COMPARISONS)
def test_comparisons_are_decided_rightly(name):
    table, _ = results(name, "i1")
    decided = 0
    for x, y in itertools.product(INTERVALS, INTERVALS):
        answer, some = intervals.COMPARISONS[name](x, y, BITS), part(table, x, y)
        assert answer is None or (some.all() if answer else not some.any()), (x, y, answer)
        decided += answer is not None
    assert decided


@pytest.mark.parametrize("name", intervals.HOLDS)
def test_what_holds_narrows_no_further_than_it_may(name):
    table, _ = results(name, "i1")
    narrow = 0
    for x, y in itertools.product(INTERVALS, INTERVALS):
        some = part(table, x, y)
        if not some.any():
            continue
        narrowed_x, narrowed_y = intervals.HOLDS[name](x, y, BITS)
        rows, columns = np.nonzero(some.any(axis=1))[0], np.nonzero(some.any(axis=0))[0]
        assert narrowed_x[0] <= x[0] + rows[0] and x[0] + rows[-1] <= narrowed_x[1], (x, y, narrowed_x)
        assert narrowed_y[0] <= y[0] + columns[0] and y[0] + columns[-1] <= narrowed_y[1], (x, y, narrowed_y)
        narrow += (narrowed_x, narrowed_y) != (x, y)
    assert narrow


def test_opposites():
    for name, opposite in intervals.OPPOSITE.items():
        for x, y in itertools.product(range(-3, 4), repeat=2):
            assert evaluate(name, [x, y], ["i8", "i8"], "i1") != evaluate(opposite, [x, y], ["i8", "i8"], "i1")
