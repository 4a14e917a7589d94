"""On-stack replacement, call-outs and polls, in functions and at module level."""

import gc
import os
import signal
import sys
import threading
import time
import traceback

import pytest

from framejit import _machine as machine
from test_calls import SUM, fresh, summer
from units import NULL_ABOVE, ROW, behind, first, landing, recipe, units

TICKED = "def f(n):\n    s = 0\n    for i in range(n):\n        s += i\n        tick(i)\n    return s\n"


def header_region(natives, f, leave=-1):
    code = machine.original_code(f.__code__)
    header = units(code, "FOR_ITER")[0]
    state = recipe(header, ((1, ("INT", 1)), (2, ("MAYBE", 6, ("INT", 5)))), (("HOME_RANGE_ITER", 2, 3, 4),))
    return machine.Region(code, natives.sum_from_header, unit=header, depth=1, framed=True, spill=8,
                          consts=(leave, units(code, "JUMP_BACKWARD")[0]), exits=[(state, -1), (state, -1)], globals=f.__globals__)


@pytest.mark.parametrize("leave", [-1, 0, 1, 4, 100])
def test_loop_is_entered_while_it_runs(natives, leave):
    f = fresh(SUM + "\ndef g(n):\n    s = 1\n    for i in range(n):\n        s += i\n    return s, i\n")
    region = header_region(natives, f, leave)
    for n in (1, 2, 3, 50):
        machine.request_osr(f.__code__, region)
        assert f(n) == sum(range(n))
    assert region.entries >= 3


def test_entered_in_a_prepared_function(natives):
    f, slot = summer(natives)
    slot.variants = []
    region = header_region(natives, f)
    machine.request_osr(f.__code__, region)
    assert f(100) == sum(range(100)) and region.entries == 1


def test_entries_stay_balanced(natives):
    f = fresh(SUM)
    for leave in (-1, 3):
        region = header_region(natives, f, leave)
        for _ in range(10):
            machine.request_osr(f.__code__, region)
            f(8)
        gc.collect()
        before = [sys.getrefcount(x) for x in (f, f.__code__, region, machine.gate)], sys.getallocatedblocks()
        done = region.entries
        for _ in range(100000):
            machine.request_osr(f.__code__, region)
            assert f(8) == 28
        gc.collect()
        assert region.entries - done == 100000
        assert [sys.getrefcount(x) for x in (f, f.__code__, region, machine.gate)] == before[0]
        assert abs(sys.getallocatedblocks() - before[1]) < 50


def names_region(natives, code, space, leave, expected=machine.MISSING):
    header = units(code, "FOR_ITER")[0]
    state = recipe(header, (), (("HOME_RANGE_ITER", 2, 3, 4),), ((0, ("INT", 1)), (1, ("INT", 5))), ((1, 0), (1, 1)))
    return machine.Region(code, natives.sum_names, unit=header, depth=1, framed=True, spill=8,
                          consts=(leave, units(code, "JUMP_BACKWARD")[0]), exits=[(state, -1)],
                          cells=[(space, None, "s", expected), (space, None, "i", machine.MISSING)], globals=space)


@pytest.mark.parametrize("leave", [-1, 0, 7])
def test_module_level(natives, leave):
    code = compile("s = 0\nfor i in range(n):\n    s = s + i\nr = s\n", "program", "exec")
    space = {"n": 1000}
    region = names_region(natives, code, space, leave)
    machine.request_osr(code, region)
    exec(code, space)
    assert space["r"] == sum(range(1000)) and space["i"] == 999 and region.entries == 1
    other = {"n": 5}
    machine.request_osr(code, region)
    exec(code, other)
    assert other["r"] == 10 and region.entries == 1, "other globals"


def test_name_guard(natives):
    code = compile("s = 0\nfor i in range(n):\n    s = s + i\nr = s\n", "program", "exec")
    space = {"n": 10}
    region = names_region(natives, code, space, -1, expected=object())
    machine.request_osr(code, region)
    exec(code, space)
    assert space["r"] == 45 and region.entries == 0 and region.misses == 1


def calling(natives, f):
    """A region for TICKED-like loops: def f(n, cb) with cb(s) in the loop."""
    code = f.__code__
    slot = machine.prepare(f)
    call = units(code, "CALL")[1]
    pop = units(code, "POP_TOP")[0]
    callee = [("HOME_LOCAL", 1), ("NULL",)] if NULL_ABOVE else [("NULL",), ("HOME_LOCAL", 1)]
    locals_ = ((2, ("INT", 1)), (3, ("INT", 5)))
    iterator = ("RANGE_ITER", 2, 3, 4)
    before = recipe(landing(code, call), locals_, (iterator, *callee, ("HOME_LOCAL", 2)))
    after = recipe(pop, locals_, (iterator, ("KEEP",)))
    consts = (ROW["CALL"], 1, behind(code, call), ROW["POP"], behind(code, pop), call, pop)
    slot.variants = [machine.Region(code, natives.call_in_loop, unit=first(code), depth=0, framed=True, spill=8,
                                    consts=consts, exits=[(before, -1), (after, -1)], globals=f.__globals__)]
    return slot


CALLS = "def f(n, cb):\n    s = 0\n    for i in range(n):\n        s += i\n        cb(s)\n    return s\n"


@pytest.mark.parametrize("hook", [False, True])
def test_call_in_the_loop(natives, hook):
    machine.always_hook(hook)
    f = fresh(CALLS)
    slot = calling(natives, f)
    seen = []

    def look(s):
        frame = sys._getframe(1)
        seen.append((s, frame.f_code.co_name, frame.f_lineno, dict(frame.f_locals)))

    plain = fresh(CALLS)
    plain(5, look)
    want = list(seen)
    seen.clear()
    for row in want:
        row[3]["cb"] = look
    assert f(5, look) == 10
    assert seen == want
    assert slot.variants[0].callouts == 10 and slot.variants[0].entries == 1 and machine.counters()["callouts"] >= 10


def test_error_from_the_call(natives):
    source = "def f(n, cb):\n    s = 0\n    try:\n        for i in range(n):\n            s += i\n            cb(s)\n    except KeyError as error:\n        return s, i, error\n    return s\n"

    def fail(s):
        if s == 6:
            raise KeyError(s)
        if s == 15:
            raise ValueError(s)

    def outcome(function, n):
        try:
            s, i, error = function(n, fail)
        except ValueError as raised:
            s = i = None
            error = raised
        where = [(e.name, e.lineno, e.colno) for e in traceback.extract_tb(error.__traceback__)]
        return s, i, repr(error), [row for row in where if row[0] != "outcome"]

    plain, f = fresh(source), fresh(source)
    slot = calling(natives, f)
    assert outcome(f, 4) == outcome(plain, 4)
    assert slot.variants[0].entries == 1
    assert outcome(f, 9) == outcome(plain, 9)


def test_callee_changes_locals_or_starts_tracing(natives):
    f = fresh(CALLS)
    slot = calling(natives, f)
    lines = []

    def trace(s):
        if s == 3:
            sys.settrace(lambda *_: None)
            sys._getframe(1).f_trace = lambda frame, event, arg: lines.append((event, frame.f_lineno))

    def run(function):
        lines.clear()
        result = function(5, trace)
        sys.settrace(None)
        return result, list(lines)

    assert run(f) == run(fresh(CALLS))
    if NULL_ABOVE:                                # from 3.13 on f_locals writes through
        def change(s):
            sys._getframe(1).f_locals["s"] = 100

        assert f(3, change) == fresh(CALLS)(3, change) == 100


def test_call_outs_stay_balanced(natives):
    f = fresh(CALLS)
    calling(natives, f)
    big = []

    def fail(s):
        raise KeyError(s)

    def once():
        try:
            f(3, fail)
        except KeyError:
            pass
        f(3, big.append)
        big.clear()
        try:
            f(3, 5)
        except TypeError:
            pass

    for _ in range(10):
        once()
    gc.collect()
    before = [sys.getrefcount(x) for x in (f, f.__code__, fail, big)], sys.getallocatedblocks()
    for _ in range(30000):
        once()
    gc.collect()
    assert [sys.getrefcount(x) for x in (f, f.__code__, fail, big)] == before[0]
    assert abs(sys.getallocatedblocks() - before[1]) < 50


def test_deep_recursion_gives_way(natives):
    source = "def f(n, cb):\n    s = 0\n    for i in range(n):\n        s += i\n        cb(s)\n    return s\n"
    f = fresh(source)
    slot = calling(natives, f)
    depth = [0, 0]

    def again(s):
        depth[0] += 1
        depth[1] = max(depth[1], depth[0])
        if depth[0] < 5000:
            f(1, again)
        depth[0] -= 1

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20000)
    try:
        assert f(1, again) == 0
        assert depth[1] == 5000
    finally:
        sys.setrecursionlimit(limit)
    machine.prepare(f)
    slot.recursive = False

    def count(function):
        reached = [0]

        def deeper(s):
            reached[0] += 1
            function(1, deeper)

        with pytest.raises(RecursionError):
            function(1, deeper)
        return reached[0]

    want = count(fresh(source))
    assert abs(count(f) - want) <= 1


def test_interrupt(natives):
    f, slot = summer(natives)

    def later():
        end = time.perf_counter() + 60
        while not slot.variants[0].polls and time.perf_counter() < end:         # it runs natively, and lets this thread run
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=later)
    thread.start()
    with pytest.raises(KeyboardInterrupt) as info:
        f(10 ** 11)
    thread.join()
    last = traceback.extract_tb(info.tb)[-1]
    frame = info.tb
    while frame.tb_next:
        frame = frame.tb_next
    state = frame.tb_frame.f_locals
    assert last.name == "f" and last.lineno in (3, 4) and state["s"] == sum_to(state["i"]) and slot.variants[0].polls >= 1


def sum_to(n):
    return n * (n + 1) // 2


def test_other_threads_go_on(natives):
    f, slot = summer(natives)
    ticks, stop = [], []

    def count():
        while not stop:
            ticks.append(1)
            time.sleep(0)

    thread = threading.Thread(target=count)
    thread.start()
    f(2 * 10 ** 9)
    stop.append(1)
    thread.join()
    assert len(ticks) > 3 and slot.variants[0].polls > 3 and slot.variants[0].exit_counts == [0, 0]


def test_signal_handler_sees_the_frame(natives):
    f, slot = summer(natives)
    seen = []

    def handler(number, frame):
        seen.append((frame.f_code.co_name, frame.f_lineno, frame.f_locals["s"], frame.f_locals["i"]))

    old = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    n = 10 ** 9
    try:
        assert f(n) == sum_to(n - 1)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    assert seen and all(name == "f" and line in (3, 4) and s == sum_to(i) for name, line, s, i in seen)
    assert slot.variants[0].entries == 1 and slot.variants[0].iterations == n


def test_sampler(natives):
    f = fresh(SUM)
    asked = []

    def on_depth(code, unit):
        return 1 if code is f.__code__ else -1

    region = header_region(natives, f)

    def on_sample(code, jump, target, function, locals_, stack, space, at_module_level, iterations):
        asked.append((code, jump, target))
        if code is f.__code__ and target == region.unit:
            assert function is f and len(stack) == 1 and len(locals_) == 3 and space is f.__globals__ and not at_module_level
            return region

    errors = []
    machine.set_callbacks(on_sample=on_sample, on_depth=on_depth, on_error=errors.append)
    machine.sampler_start(1000)
    n = 30_000_000
    started = time.perf_counter()
    assert f(n) == sum_to(n - 1)
    took = time.perf_counter() - started
    machine.sampler_stop()
    assert not errors and region.entries == 1 and region.iterations > n // 2, took
    assert machine.counters()["osr_entries"] >= 1


def test_ignored_code_is_not_asked_about():
    space = {}
    exec("def f(n):\n    for i in range(n):\n        pass\n", space)
    asked = []
    machine.ignore(space["f"].__code__)
    machine.set_callbacks(on_sample=lambda code, *rest: asked.append(code))
    machine.sampler_start(1000)
    space["f"](3_000_000)
    machine.sampler_stop()
    assert space["f"].__code__ not in asked


def test_no_entry_while_traced(natives):
    f = fresh(SUM)
    region = header_region(natives, f)
    sys.settrace(lambda *_: None)
    machine.request_osr(f.__code__, region)
    result = f(1000)
    sys.settrace(None)
    assert result == sum(range(1000)) and region.entries == 0


def test_generator_loop(natives):
    f = fresh("def f(n):\n    s = 0\n    for i in range(n):\n        s += i\n        if s > 100:\n            yield s\n")
    code = f.__code__
    header = units(code, "FOR_ITER")[0]
    state = recipe(header, ((1, ("INT", 1)), (2, ("MAYBE", 6, ("INT", 5)))), (("HOME_RANGE_ITER", 2, 3, 4),))
    want = list(f(30))
    region = machine.Region(code, natives.sum_from_header, unit=header, depth=1, framed=True, spill=8,
                            consts=(5, 0), exits=[(state, -1), (state, -1)], globals=f.__globals__)
    for _ in range(2000):
        machine.request_osr(code, region)
        assert list(f(30)) == want
    assert region.entries >= 2000
