"""Slices, sums, insertions and removals of lists in loops and functions: native, and memory as the interpreter would have it."""

import gc
import sys

import pytest

import framejit
from tests.shell.test_native_calls import counters, program

FLIPS = """
def loop(n):
    count, first, perm, flips = list(range(1, n + 1)), list(range(n)), list(range(n)), 0
    insert, pop, r, most = first.insert, first.pop, n, 0
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        perm = first[:]
        flips, k = 0, perm[0]
        while k:
            perm[:k + 1] = perm[k::-1]
            flips += 1
            k = perm[0]
        most = max(most, flips)
        while r != n:
            insert(r, pop(0))
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        else:
            return most, first
"""
WALK = """
def loop(graph, start):
    waiting, seen, s = [(start, 0)], set(), 0
    while waiting:
        node, depth = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        s += node * 100 + depth
        for other in graph[node]:
            waiting.append((other, depth + 1))
    return s
"""
MERGE = """
def loop(items, n):
    width = 1
    while width < n:
        for start in range(0, n, 2 * width):
            a, b = items[start:start + width], items[start + width:start + 2 * width]
            place = start
            while a and b:
                items[place] = a.pop(0) if a[0] <= b[0] else b.pop(0)
                place += 1
            items[place:place + len(a)] = a
            items[place:place + len(b)] = b
        width *= 2
    return items
"""
WINDOWS = """
def ends(items, k):
    head, tail = items[:k], items[-k:]
    return head[0] + tail[-1] * 0.5

def loop(items, pair, n):
    s, last = 0.0, (1, 2)
    for k in range(n):
        part = items[k % 5:k % 5 + 4]
        s += ends(part, 2) + len(part[::-1]) + part[::2][1] + len(items[:] + part)
        last = last[1:] + pair[k % 2:]
        s += last[0]
        last = last[-2:]
    return s, last
"""
PROGRAMS = {
    "flips": (FLIPS, "6,", 10), "walk": (WALK, "{k: [(k * 7 + 1) % 300, (k * 3 + 2) % 300, (k + 1) % 300] for k in range(300)}, 0", 10),
    "merge": (MERGE, "[k * 7919 % 1009 for k in range(256)], 256", 10), "windows": (WINDOWS, "[k * 0.5 for k in range(12)], (1, 2), 600", 10),
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
            items.insert(k % (len(items) + 1), k)
            part = items[:k] if k % 2 else items[::2]
            part = part + items[1:3]
            found.append(items)
            if k % 3 == 2:
                found.append(part)
                items.pop(k % len(items))
            items = items[:] if k % 7 == 6 else items
        return found

    made = framejit.jit(sizes)
    for _ in range(5):
        assert [(sys.getsizeof(one), one) for one in made(60)] == [(sys.getsizeof(one), one) for one in sizes(60)]


def test_references():
    """Items have the references that they should have."""
    class Held:
        pass

    def shuffled(items, n):
        kept = None
        for k in range(n):
            part = items[k % 3:]
            items.insert(0, items.pop(k % 4))
            part[1:3] = items[:1]
            kept = part[::-1] + items[2:]
        return kept

    made, items = framejit.jit(shuffled), [Held() for _ in range(6)]
    for _ in range(4):
        made(items, 200)
    plain = [Held() for _ in range(6)]
    shuffled(plain, 800)
    found, expected = made(items, 200), shuffled(plain, 200)
    assert sorted(sys.getrefcount(one) for one in items) == sorted(sys.getrefcount(one) for one in plain)
    del found, expected
    assert {sys.getrefcount(one) for one in items} == {sys.getrefcount(one) for one in plain}
