"""Lists of raw numbers can't be told from real ones: values, identity, locals of a traceback, whoever looks, and no leaks."""

import gc
import signal
import sys

import pytest
from tests.lists.check import differences
from tests.lists.directed import PROGRAMS
from tests.random import observe

import framejit
from framejit import _machine

ARGUMENTS = ((7, 1.5), (7, 1.5), (9, 2.5), (11, 0.25), (12, 1.5), (5, 3))
UNSEEN = ("two names of one list", "an item that is overwritten is that no longer", "append and pop")


def module(text):
    namespace = {}
    exec(compile(text, observe.FILENAME, "exec"), namespace)
    return namespace


@pytest.mark.parametrize("about", PROGRAMS)
def test_directed_program(about):
    plain, fast = module(PROGRAMS[about]), module(PROGRAMS[about])
    fast["f"] = framejit.jit(fast["f"])
    for n, p in ARGUMENTS:
        arguments = f"({n}, {p}, [1.5, 2.25])"
        assert observe.call(fast["f"], fast, arguments) == observe.call(plain["f"], plain, arguments)


@pytest.mark.parametrize("about", UNSEEN)
def test_lists_were_raw(about):
    fast = framejit.jit(module(PROGRAMS[about])["f"])
    assert "fj_raw_new" in str(framejit.explain(fast, 7, 1.5, [1.5]).graph)
    before = framejit.stats()["native_iterations"]
    fast(16, 1.5, [1.5])
    assert framejit.stats()["native_iterations"] > before


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_random_programs(first):
    for seed in range(first, first + 10):
        found = differences(seed)
        assert found is None, found


def counted(n, turns):
    flags, counts, sums = [False] * n, [0] * n, [0.5] * n
    x = total = 0
    for turn in range(turns):
        for i in range(n):
            flags[i] = not flags[i]
            counts[i] += i * 1000
            sums[i] += i * 0.5
            x = counts[i]
            total += x & 7
    return flags, counts, sums, x, total


def interrupted(handler):
    """Runs `counted` under a timer that fires every two milliseconds; what each call gave."""
    fast, expected = framejit.jit(counted), counted(300, 40)
    assert fast(300, 40) == expected
    before = signal.signal(signal.SIGALRM, handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
        return [fast(300, 40) == expected for _ in range(300)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_signal_sees_real_lists():
    seen = []

    def handler(number, frame):
        while frame is not None and frame.f_code.co_name != "counted":
            frame = frame.f_back
        held = {} if frame is None else frame.f_locals
        if "i" in held and "sums" in held:
            x = held["x"]
            seen.append((len(held["flags"]), len(held["counts"]), held["sums"][1] == 0.5 or held["sums"][1] > 0.5,
                         x < 257 or any(x is item for item in held["counts"]), gc.is_tracked(held["counts"])))

    assert all(interrupted(handler))
    assert seen and set(seen) == {(300, 300, True, True, True)}


def test_raw_again_behind_a_signal():
    ticks = []
    left = _machine.counters()["left"]
    assert all(interrupted(lambda number, frame: ticks.append(number)))
    assert ticks and _machine.counters()["left"] - left < len(ticks)


def test_nothing_leaks():
    def leave(n):
        a, b = [0] * 100, []
        for i in range(n):
            a[i] = i * 1000
            b.append(a[i] * 0.5)
        return 1 // (n - 90)

    fast = framejit.jit(leave)

    def turn():
        for n in (90, 95, 101):
            try:
                fast(n)
            except (IndexError, ZeroDivisionError):
                pass

    for _ in range(50):
        turn()
    before = sys.getallocatedblocks()
    for _ in range(400):
        turn()
    assert sys.getallocatedblocks() - before < 200


def sizes(n):
    a, b, c = [], [0] * n, [True, False, True]
    found = []
    for i in range(n):
        a.append(i * 500)
        b[i] = i
    while len(b) > 3:
        b.pop()
    return a, b, c


def test_room_is_the_interpreters():
    fast = framejit.jit(sizes)
    for n in (5, 5, 9, 17, 40, 100):
        assert list(map(sys.getsizeof, fast(n))) == list(map(sys.getsizeof, sizes(n)))
