"""heapq and bisect in loops: what comes out and in which order, errors in the middle, items that compare in their own way, references, what runs natively."""

import bisect
import heapq
import os
import random
import sys

import pytest

import framejit
from tests.due import due

COUNT = 600 if os.environ.get("FRAMEJIT_NIGHTLY") else 40


class Odd:
    """An item with comparisons of its own, which are on record."""

    asked = []

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        Odd.asked.append((self.value, getattr(other, "value", other)))
        return self.value < getattr(other, "value", other)

    def __repr__(self):
        return f"Odd({self.value})"


KINDS = {
    "ints": lambda pick: pick.randrange(-50, 50),
    "large": lambda pick: pick.choice((2**62, 2**70, -2**80, 3, -1, 2**63 - 1, True)),
    "floats": lambda pick: pick.choice((pick.random(), 0.5, -0.0, 0.0, float("inf"))),
    "nan": lambda pick: pick.choice((pick.random(), float("nan"), 1.0, 2)),
    "texts": lambda pick: pick.choice("abcdefgh") * pick.randrange(3),
    "pairs": lambda pick: (pick.randrange(6) / 2, pick.randrange(9)),
    "events": lambda pick: (pick.randrange(4), pick.choice(("arrive", "leave")), pick.random()),
    "deep": lambda pick: ((pick.randrange(2), (pick.randrange(2), 1.5)), pick.randrange(3)),
    "mixed": lambda pick: pick.choice((1, 2.5, True, 2**65, 0)),
    "wrong": lambda pick: pick.choice((1, 2, "x", None, (1, 2), (1, None), 3, 4)),
    "odd": lambda pick: Odd(pick.randrange(9)),
    "some odd": lambda pick: pick.choice((pick.randrange(9), pick.randrange(9), Odd(4))),
    "equal": lambda pick: (pick.randrange(2), pick.choice(([], {}, None))),
}


def mixed_work(items, heap, keep):
    """Pushes, pops, replacements; what came out, and what raised."""
    found = []
    for k in range(len(items)):
        x = items[k]
        try:
            if k % 3 != 2 or not heap:
                heapq.heappush(heap, x)
            elif k % 2:
                found.append(heapq.heappop(heap))
            else:
                found.append(heapq.heapreplace(heap, x))
            if k % 7 == keep:
                found.append(heapq.heappop(heap))
        except (TypeError, IndexError) as error:
            found.append(repr(error))
    return found


def drained(heap):
    found = []
    while heap:
        found.append(heapq.heappop(heap))
    return found


def places(items, sought, low):
    found = []
    for x in sought:
        try:
            found.append(bisect.bisect_left(items, x))
            found.append(bisect.bisect_right(items, x))
            found.append(bisect.bisect(items, x, low))
            found.append(bisect.bisect_left(items, x, low, len(items) // 2))
        except (TypeError, ValueError, IndexError) as error:
            found.append(repr(error))
    return found


def same(found, wanted):
    assert [repr(one) for one in found] == [repr(one) for one in wanted]
    assert [type(one) for one in found] == [type(one) for one in wanted]


@pytest.mark.parametrize("kind", KINDS)
def test_heaps_and_places(kind):
    pick = random.Random(kind)
    work, drain, place = framejit.jit(mixed_work), framejit.jit(drained), framejit.jit(places)
    for seed in due(range(COUNT)):
        items = [KINDS[kind](pick) for _ in range(pick.randrange(1, 40))]
        heaps, asked = ([], []), []
        for heap, function, drainer in zip(heaps, (mixed_work, work), (drained, drain)):
            Odd.asked.clear()
            given = function(items, heap, seed % 7)
            given.append(list(heap))
            try:
                given += drainer(heap)
            except TypeError as error:
                given.append(repr(error))
            given.append(list(heap))
            asked.append((given, list(Odd.asked)))
        same(asked[1][0], asked[0][0])
        assert all([one is other for one, other in zip(asked[0][0], asked[1][0]) if any([one is item for item in items])])
        assert asked[1][1] == asked[0][1]
        try:
            items.sort()
        except TypeError:
            pass
        sought, found = [KINDS[kind](pick) for _ in range(4)] + items[:3], []
        for function in (places, place):
            Odd.asked.clear()
            found.append((function(items, sought, seed % 5 - 1), list(Odd.asked)))
        assert found[1] == found[0]


def shortest(edges, source):
    distance = [float("inf")] * len(edges)
    distance[source] = 0.0
    waiting = [(0.0, source)]
    while waiting:
        d, u = heapq.heappop(waiting)
        if d > distance[u]:
            continue
        for v, w in edges[u]:
            if d + w < distance[v]:
                distance[v] = d + w
                heapq.heappush(waiting, (d + w, v))
    return distance


def largest(values, k):
    kept = []
    for x in values:
        if len(kept) < k:
            heapq.heappush(kept, x)
        elif x > kept[0]:
            heapq.heapreplace(kept, x)
    return sorted(kept)


def counted_in(edges, values):
    counts = [0] * (len(edges) + 1)
    for x in values:
        counts[bisect.bisect_right(edges, x)] += 1
    return counts


PICK = random.Random(5)
EDGES = [[(PICK.randrange(40), PICK.random()) for _ in range(4)] for _ in range(40)]
VALUES = [PICK.random() for _ in range(200)]
LOOPS = [(shortest, (EDGES, 3)), (largest, (VALUES, 7)), (counted_in, (sorted(VALUES[:20]), VALUES)), (counted_in, (tuple(range(10)), [3, 7, 2] * 30))]


@pytest.mark.parametrize("function, arguments", LOOPS, ids=[f"{function.__name__}{number}" for number, (function, _) in enumerate(LOOPS)])
def test_loops_run_natively(function, arguments):
    compiled, wanted = framejit.jit(function), repr(function(*arguments))
    for _ in range(60):
        before = framejit.stats()
        assert repr(compiled(*arguments)) == wanted
    now = framejit.stats()
    assert now["native_iterations"] - before["native_iterations"] > 30
    assert now["callouts"] - before["callouts"] <= 2


def through(heap, items):
    for x in items:
        heapq.heappush(heap, x)
    for _ in range(len(items)):
        heapq.heappop(heap)
    return None


@pytest.mark.parametrize("kind", ["floats", "pairs", "texts"])
def test_no_reference_stays(kind):
    pick = random.Random(1)
    items = [KINDS[kind](pick) for _ in range(30)]
    compiled, heap = framejit.jit(through), []
    for _ in range(60):
        compiled(heap, items)
    before = [sys.getrefcount(one) for one in items]
    for _ in range(30):
        compiled(heap, items)
    assert [sys.getrefcount(one) for one in items] == before and heap == []


def objects_out(n):
    """Who comes out is who went in."""
    heap, same = [], 0
    for k in range(n):
        x = k * 0.5
        heapq.heappush(heap, x)
        y = heapq.heappop(heap)
        same += (y is x) + 2 * (y == x)
    return same


def objects_exchanged(n):
    heap, same = [0.25], []
    for k in range(n):
        x = k * 0.5
        y = heapq.heapreplace(heap, x)
        same.append((heap[0] is x, y is x, y, x))
    return same, heap


@pytest.mark.parametrize("function", [objects_out, objects_exchanged])
def test_who_comes_out(function):
    compiled = framejit.jit(function)
    for n in (0, 3, 50, 50, 50):
        assert compiled(n) == function(n)


def pushed(heap, items):
    count = 0
    for x in items:
        count += 1
        heapq.heappush(heap, x)
    return count


def exchanged(heap, items):
    found = []
    for x in items:
        found.append(heapq.heapreplace(heap, x))
    return found


def ran(function, *arguments):
    Odd.asked.clear()
    try:
        found = function(*arguments)
    except (TypeError, IndexError) as error:
        found = repr(error), error.__traceback__.tb_next.tb_lineno - function.__code__.co_firstlineno if error.__traceback__.tb_next else None
    return repr((found, arguments)), list(Odd.asked)


@pytest.mark.parametrize("function", [pushed, exchanged])
def test_items_that_have_to_be_asked(function):
    compiled = framejit.jit(function)
    usual = [(k * 7 % 30) / 2 for k in range(40)]
    for _ in range(30):
        assert ran(compiled, [0.5, 1.5], usual) == ran(function, [0.5, 1.5], usual)
    before = framejit.stats()["native_iterations"]
    for other in (None, "x", (1,), Odd(3), [1], 2**70, True, 1j, float("nan")):
        for place in (0, 7, 39):
            items = [*usual[:place], other, *usual[place:]]
            for heap in ([0.5, 1.5], [], [other, other]):
                assert ran(compiled, list(heap), items) == ran(function, list(heap), items)
    assert framejit.stats()["native_iterations"] - before > 300


class Sounding:
    ended = []

    def __init__(self, name):
        self.name = name

    def __del__(self):
        frame = sys._getframe(1)
        Sounding.ended.append((self.name, frame.f_code.co_name, frame.f_lineno, dict(frame.f_locals).get("k")))


def taken_out(heap, k):
    """Called natively: what comes out may end here."""
    item = heapq.heappop(heap)
    return item[0] + k


def emptied(heap):
    total = 0
    for k in range(len(heap)):
        total += taken_out(heap, k)
        if k % 5 == 0:
            Sounding.ended.append(k)
    return total


def test_what_ends_in_a_function():
    compiled, module = framejit.jit(emptied), globals()
    plain = taken_out
    heaps = [[(k, "text") for k in range(20)] for _ in range(60)]
    try:
        module["taken_out"] = framejit.jit(plain)
        for heap in heaps:
            assert compiled(heap) == 380
        results = []
        for one in (emptied, compiled):
            Sounding.ended.clear()
            results.append((one([(k, Sounding(f"s{k}")) for k in range(20)]), list(Sounding.ended)))
        assert results[0] == results[1]
    finally:
        module["taken_out"] = plain


def firsts(heaps):
    found = []
    for heap in heaps:
        try:
            found.append(heapq.heappop(heap) if len(found) % 2 else heapq.heapreplace(heap, 0.5))
        except IndexError as error:
            found.append(str(error))
    return found


def test_empty_heaps():
    compiled = framejit.jit(firsts)
    for _ in range(20):
        made = [[[1.5, 2.5] for _ in range(12)] for _ in range(2)]
        assert compiled(made[0]) == firsts(made[1]) and made[0] == made[1]
    made = [[[], [1.5], [], [2.5]] for _ in range(2)]
    assert compiled(made[0]) == firsts(made[1]) and made[0] == made[1]


def test_functions_in_their_place(monkeypatch):
    def f(values):
        heap = []
        for value in values:
            heapq.heappush(heap, value)
        return heap

    compiled = framejit.jit(f)
    for _ in range(20):
        assert compiled([3, 1, 2]) == [1, 3, 2]
    monkeypatch.setattr(heapq, "heappush", lambda heap, value: heap.append((value,)))
    assert compiled([3, 1, 2]) == [(3,), (1,), (2,)]
    monkeypatch.undo()
    assert compiled([3, 1, 2]) == [1, 3, 2]


def flags(heap, n):
    found = []
    for k in range(n):
        x = heapq.heappop(heap)
        y = heapq.heapreplace(heap, x) if heap else x
        found.append((x, y, x is True, not y))
    return found


def test_bools():
    compiled = framejit.jit(flags)
    for _ in range(30):
        for heap in ([False, True] * 8, [False, True, 2, 3.5] * 4, [True] * 16):
            results = [repr(one(sorted(heap), 9)) for one in (flags, compiled)]
            assert results[0] == results[1]


def bounded(items, sought, low, high):
    total = 0
    for x in sought:
        total = total * 3 + bisect.bisect_left(items, x, low, high) + bisect.bisect_right(items, x, low)
    return total


def test_bounds_of_all_kinds():
    compiled = framejit.jit(bounded)
    items, sought = [k / 3 for k in range(20)], [0.1, 0.5, 3.3, 7.0] * 5
    for _ in range(8):
        for low, high in ((True, 9), (False, True), (0, 20), (1, -1), (3, 0), (True, True)):
            assert compiled(items, sought, low, high) == bounded(items, sought, low, high)
