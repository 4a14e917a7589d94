"""A collection that is near, but that the interpreter never comes to, is no reason to leave again and again."""

import gc
import sys

import pytest

import framejit
from tests.arrays.programs import plain_and_jitted

SOURCES = ("s = 0\n    for x in accumulate(xs, initial=2): s += x\n    for x in accumulate(xs): s += x\n    return s", "s = 0\n    for k in range(3):\n        for x, y in zip(xs, xs[1:]): s += x * y\n    return s",
           "for k in range(3): xs = sorted(xs, reverse=True)\n    return xs[0]", "s = 0\n    for k in range(3): s += len(xs[k:2 * k])\n    return s", "d = {}\n    for k in range(3): d = {**d, k: [k]}\n    return len(d)")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="3.11 makes collections where the object is made that goes over the threshold")
@pytest.mark.parametrize("body", SOURCES)
def test_objects_that_go_at_once(body):
    """However many may be made until the next collection, and though that can't be made natively, for it finds garbage."""
    plain, jitted = plain_and_jitted(f"from itertools import accumulate\ndef f(xs):\n    {body}\n")
    for _ in range(12):
        assert jitted([3, 1, 2]) == plain([3, 1, 2])
    gc.freeze()
    try:
        left = [exits(jitted, short) for short in range(-1, 12)]
    finally:
        gc.unfreeze()
    assert max(left) <= 3


def exits(function, short):
    """How often 20 calls leave where so many objects are missing to the next collection, which finds something."""
    gc.collect()
    ring = []
    ring.append(ring)
    ring, kept = None, []
    while gc.get_count()[0] < gc.get_threshold()[0] - short and len(kept) < 10_000:
        kept.append([])
    before = framejit._machine.counters()["exits"]
    for _ in range(20):
        function([3, 1, 2])
    return framejit._machine.counters()["exits"] - before


DRAINS = ("list(zip(xs, xs))", "dict(zip(xs, xs))", "dict(enumerate(xs))", "list(d.items())", "sorted(d.items())", "[*d.items()]", "(*d.items(), 1)", "set(d.items())", "any(d.items())")


@pytest.mark.parametrize("expression", DRAINS)
def test_what_waits_for_a_collection_is_native_afterwards(expression):
    """That there was no room for a few tuples once teaches nothing."""
    plain, jitted = plain_and_jitted(f"def f(xs, d, n):\n    for k in range(n):\n        x = {expression}\n        for q in range(40): k = k * 3 + q & 255\n    return x, k\n")
    given = [3, 1, 2], {1: 2, 3: 4}, 3
    for _ in range(12):
        assert jitted(*given) == plain(*given)
    gc.freeze()
    try:
        for short in range(-1, 12):
            exits(lambda given: jitted(given, {1: 2, 3: 4}, 3), short)
    finally:
        gc.unfreeze()
    before = framejit._machine.counters()
    for _ in range(20):
        assert jitted(*given) == plain(*given)
    grown = {key: count - before[key] for key, count in framejit._machine.counters().items()}
    assert grown["callouts"] == 0 and grown["iterations"] >= 20 * 3 * 41
