"""Compiled code of a function and the interpreter, tried by turns: who loses, who isn't tried, and that nobody else notices."""

from itertools import repeat

import pytest

from framejit import _machine as machine
from test_calls import BIG, adder

SLOWER = "def f(a, b=7):\n    return a + b\n"                               # with numbers whose sum leaves at once
FASTER = "def f(a, b=7):\n    for k in range(40):\n        pass\n    return a + b\n"
ITSELF = "def f(a, b=7):\n    s = a + b\n    if b:\n        f(a, b - 1)\n    return s\n"
CALLS = 20_000


def driven(f, *arguments):
    return list(map(f, *[repeat(one, CALLS) for one in arguments]))


def on_trial(natives, source, framed):
    f, slot = adder(natives, source, framed=framed)
    slot.trial = 50
    slot.variants = slot.variants
    return f, slot


@pytest.mark.parametrize("framed", [False, True])
def test_code_that_only_leaves_is_given_back(natives, framed):
    asked = []
    machine.set_callbacks(on_call=lambda function, args: asked.append(args))
    f, slot = on_trial(natives, SLOWER, framed)
    region = slot.variants[0]
    for attempt in range(20):           # beside other work one may be undecided
        assert set(driven(f, 2 * BIG - 1, 1)) == {2 * BIG}
        if region.outweighed:
            break
        slot.variants = slot.variants
    assert region.outweighed and asked == [(2 * BIG - 1, 1)]
    entered = region.entries
    assert f(1, 2) == 3 and region.entries == entered


def test_code_that_only_leaves_has_to_win():
    """As fast as the interpreter is enough for other code; some batches are always disturbed."""
    def found(spent, doubted, disturbed=0, by=2):
        batches = [1000] * 25
        return machine.verdict([batch * by if place < disturbed else spent for place, batch in enumerate(batches)], batches, doubted)

    assert [found(spent, False) for spent in (900, 1000, 1010, 1020)] == ["wins", "wins", "wins", "loses"]
    assert [found(spent, True) for spent in (900, 980, 990, 1000)] == ["wins", "wins", "loses", "loses"]
    assert found(900, False, 10) == found(900, True, 10) == "wins" and found(900, True, 15) == "undecided" and found(900, True, 21) == "loses"
    assert found(1000, True, 5, 0.5) == "loses" and found(1000, True, 7, 0.5) == "undecided"


@pytest.mark.parametrize("framed", [False, True])
def test_code_that_wins_stays(natives, framed):
    f, slot = on_trial(natives, FASTER, framed)
    region = slot.variants[0]
    assert set(driven(f, 1, 2)) == {3}
    assert not region.outweighed and CALLS // 2 < region.entries <= CALLS


def test_nobody_is_tried_who_calls_himself(natives):
    f, slot = on_trial(natives, ITSELF, True)
    region = slot.variants[0]
    for _ in range(3):
        assert set(driven(f, 2 * BIG - 1, 1)) == {2 * BIG}
    assert not region.outweighed


def test_without_a_number_of_calls_nothing_is_tried(natives):
    f, slot = on_trial(natives, SLOWER, False)
    slot.trial = 0
    slot.variants = slot.variants
    assert set(driven(f, 2 * BIG - 1, 1)) == {2 * BIG} and not slot.variants[0].outweighed


def test_others_are_tried_later(natives):
    """One at a time: a second function that is called between the first one's calls isn't."""
    first, one = on_trial(natives, FASTER, False)
    second, other = on_trial(natives, FASTER, False)
    for _ in range(CALLS):
        assert first(1, 2) == second(1, 2) == 3
    assert not one.variants[0].outweighed and not other.variants[0].outweighed
    assert one.variants[0].entries + other.variants[0].entries > CALLS


def test_who_is_called_by_phases_is_tried_again(natives):
    """Other work between the calls spoils a trial, which tells nothing then."""
    f, slot = on_trial(natives, SLOWER, False)
    region = slot.variants[0]
    for phase in range(40):
        for _ in range(2_000):
            assert f(2 * BIG - 1, 1) == 2 * BIG
        if region.outweighed:
            break
        sum(range(3_000_000))
    assert region.outweighed
