"""Short ways that part and meet become one that chooses: results, overflow on one way only, polls that stand for two."""

import signal
import sys

import pytest

import framejit
from framejit.graph.passes.choose import FITS, HIGH, LOW
from framejit.graph.passes.counters import REACH, STEP


def counted(n, seed):
    state, inside, outside = seed, 0, 0
    for i in range(n):
        state = (1103515245 * state + 12345) % 2147483648
        if state & 64:
            inside += 1
        else:
            outside -= 1
    return state, inside, outside


def collatz(n):
    steps = 0
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n + 1
        steps += 1
        if steps > 500:
            break
    return n, steps


def largest(n, seed):
    best, at, x = -1.0, -1, seed
    for i in range(n):
        x = x * 3.9 * (1.0 - x)
        if x > best:
            best = x
            at = i
    return best, at, x


def overflows(n, k):
    low, high = 0, k
    for i in range(n):
        if i % 3:
            high = high + 4
        else:
            low = low - 3
        if i & 1:
            low = 5 * i
    return low, high


def shifted(n, k):
    total = 0
    for i in range(n):
        by = i * k
        if by < 60:
            total = (i >> by) + 1
        else:
            total = total - 1
    return total


PROGRAMS = {
    "shifted": (shifted, [(5, 3), (300, 1), (90, 7)]),
    "counted": (counted, [(3, 5), (500, 7), (0, 1)]),
    "collatz": (collatz, [(27,), (97,), (2**62 + 1,), (2**63 - 1,), (3074457345618258603,), (3074457345618258601,)]),
    "largest": (largest, [(5, 0.3), (300, 0.7)]),
    "overflows": (overflows, [(9, 5), (50, 2**63 - 40), (50, -2**63)]),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_results(name):
    function, calls = PROGRAMS[name]
    fast = framejit.jit(function)
    for _ in range(3):
        for arguments in calls:
            assert repr(fast(*arguments)) == repr(function(*arguments))


def branches_in_loop(function, *arguments):
    """Lines of the graph that branch, the loop's own left aside."""
    text = str(framejit.explain(function, *arguments).graph)
    return text.count("    branch ") - text.count("header")


def test_ways_are_joined():
    assert branches_in_loop(counted, 3, 5) == 0
    text = str(framejit.explain(counted, 3, 5).graph)
    assert "select" in text
    if sys.version_info >= (3, 12):
        assert "poll_at" in text        # two jumps back, one for each way
    assert "iadd_ovf" not in text.split("header")[1].split("iand")[1]


def test_an_interrupt_on_either_way():
    """A handler sees the line of the jump that was made, with what its way has done."""
    fast, seen = framejit.jit(counted), set()
    fast(3, 5)
    first = counted.__code__.co_firstlineno

    def handler(number, frame):
        if frame.f_code.co_name == "counted" and "i" in frame.f_locals:
            held = frame.f_locals
            way = bool(held["state"] & 64)
            seen.add((frame.f_lineno - first, way, held["inside"] - held["outside"] - held["i"]))

    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        for seed in range(60):
            fast(40_000, seed)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert seen
    for line, way, done in seen:
        assert done == 1 or line in (1, 2, 3)       # else not at the jump: 3.11 and plain code may be anywhere
        if sys.version_info >= (3, 12) and done == 1 and line in (5, 7):
            assert (line == 5) == way


@pytest.mark.parametrize("op, exact", [("iadd_ovf", lambda x, y: x + y), ("isub_ovf", lambda x, y: x - y), ("imul_ovf", lambda x, y: x * y)])
def test_what_fits(op, exact):
    for y in (1, 2, 3, 7, 2**31, 2**62, HIGH, -1, -5, LOW, 0):
        found = FITS[op](y)
        if found is None:
            continue
        for x in found:
            assert LOW <= x <= HIGH and LOW <= exact(x, y) <= HIGH
    assert FITS["imul_ovf"](3) == (-(HIGH // 3), HIGH // 3) and FITS["imul_ovf"](0) is FITS["imul_ovf"](-2) is None


def test_counters_stay_far_from_the_limits():
    assert LOW < REACH[0] - STEP and REACH[1] + STEP < HIGH


def far_start(n):
    k = 9223372036854775800
    for i in range(n):
        if i & 1:
            k += 1
    return k


def test_a_counter_that_starts_far_out_is_tested():
    fast = framejit.jit(far_start)
    for n in (3, 10, 40):
        assert fast(n) == far_start(n)
