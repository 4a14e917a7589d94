"""Lists that are made, asked, sorted, grown and shrunk in loops and functions: native, and memory as the interpreter would have it."""

import gc
import sys

import pytest

import framejit
from tests.shell.test_native_calls import counters, program

PRIMES = """
def is_new(found, k):
    return k not in found and found.count(k + 1) == 0

def loop(n):
    found, s = [2], 0
    for k in range(n):
        if is_new(found, k * 7 % 31):
            found.append(k * 7 % 31)
        s += found.index(found[-1]) + len(found)
    return s, found
"""
MEDIANS = """
def median(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2]

def spread(values):
    return max(values) - min(values), sum(values) / len(values)

def loop(values, n):
    s = 0.0
    for k in range(n):
        part = values[k % 5:k % 5 + 7]
        low, mean = spread(part)
        s += median(part) + low * mean
    return s
"""
QUEUE = """
def tidy(waiting, word, more):
    waiting.remove(word)
    waiting.sort()
    waiting.reverse()
    waiting += more
    waiting.extend(waiting[:1])
    del waiting[-1]
    waiting.pop()
    return len(waiting)

def loop(words, n):
    s, more = 0, ("gh", "ij")
    for k in range(n):
        word = words[k % 3]
        if word in words and word in ("ab", "cd", "ef"):
            s += tidy(words, word, more)
    return s, words
"""
PAIRS = """
def seen(places, x, y):
    place = (x, y)
    if place in places:
        return places.index(place)
    places.append(place)
    return -1

def loop(n):
    places, s = [], 0
    for k in range(n):
        s += seen(places, k % 4, k % 3)
        if len(places) > 9:
            places.sort()
            places.clear()
    return s, places
"""
OWN = """
def squares(n):
    found = []
    for k in range(n):
        found.append(k * k)
    return found

def pair(a, b):
    return [a, b]

def chosen(n):
    return [k * 3 for k in range(n + 2) if k % 3]

def loop(words, n):
    s, last = 0, []
    for k in range(n):
        last = pair(words, k)
        s += squares(k % 5 + 1)[-1] + len(chosen(k % 3)) + len([last, last])
    return s, last
"""
PROGRAMS = {
    "own": (OWN, "['ab', 'c', 'de'], 900", 2),
    "primes": (PRIMES, "900,", 6), "medians": (MEDIANS, "[k * 0.37 % 1.1 for k in range(12)], 900", 2), "queue": (QUEUE, "['ab', 'cd', 'ef'], 900", 2),
    "pairs": (PAIRS, "900,", 2),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_native(name):
    source, arguments, most = PROGRAMS[name]
    plain, fast = program(source), program(source, "loop")
    for _ in range(8):
        assert fast["loop"](*eval(arguments)) == plain["loop"](*eval(arguments))
    given = eval(arguments)
    gc.collect()                # none is due while native calls are counted
    before, entered = counters(), framejit.stats()["native_entries"]
    fast["loop"](*given)
    assert counters()[0] - before[0] <= most
    assert counters()[1] - before[1] <= 2
    assert framejit.stats()["native_entries"] > entered


def test_sizes():
    """What the interpreter's lists have room for, these have."""
    def sizes(n):
        found, items = [], []
        for k in range(n):
            items.extend(items[:3])
            items += (k, k)
            if k % 5 == 4:
                items.clear()
                items += [k, k]
            if k % 3 == 2:
                del items[0]
            found += [list(items), sorted(items), items[:], items]
        return found

    made = framejit.jit(sizes)
    for _ in range(5):
        assert [(sys.getsizeof(one), one) for one in made(60)] == [(sys.getsizeof(one), one) for one in sizes(60)]


@pytest.mark.parametrize("statement", ("del items[0]", "del items[-1]", "items.pop(0)", "items.pop()", "del items[k % len(items)]"))
def test_room_that_is_left(statement):
    """`del` of an item gives no room back on 3.13, pop does."""
    def sizes(n):
        found = []
        for k in range(n):
            items = [j for j in range(k % 23 + 9)]
            for _ in range(k % 8):
                gone(items, k)
            found.append(items)
        return found

    scope = {}
    exec(f"def gone(items, k):\n    {statement}", scope)
    gone = scope["gone"]
    made = framejit.jit(sizes)
    for _ in range(5):
        assert [(sys.getsizeof(one), one) for one in made(90)] == [(sys.getsizeof(one), one) for one in sizes(90)]


def test_collections_come_when_they_would():
    """The collector counts what the interpreter has it count."""
    def counts(values, n):
        kept = []
        for k in range(n):
            kept.append(sorted(values))
            kept.append(list(values))
            kept.append(tuple(values))
            kept.append(sum(values))
        return kept

    made, values = framejit.jit(counts), [3, 1, 2]
    for _ in range(4):
        made(values, 50)
    differences = []
    for function in (counts, made):
        gc.collect()
        gc.disable()
        before = gc.get_count()[0]
        kept = function(values, 100)
        differences.append(gc.get_count()[0] - before)
        gc.enable()
        del kept
    assert abs(differences[0] - differences[1]) <= 4
