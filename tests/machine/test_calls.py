"""Calls of functions whose code has regions: results, exits, tracebacks, other ways of calling."""

import gc
import inspect
import sys
import threading
import traceback

import pytest

from framejit import _machine as machine
from units import NULL_ABOVE, ROW, behind, first, landing, recipe, units

BIG = 2 ** 62


def fresh(source, name="f", **space):
    exec(compile(source, "program", "exec"), space)
    return space[name]


def adder(natives, source="def f(a, b=7):\n    return a + b\n", framed=False, observed=-1):
    f = fresh(source)
    code = f.__code__
    slot = machine.prepare(f)
    leave = recipe(units(code, "BINARY_OP")[0], (), (("OBJECT", 1), ("OBJECT", 2)))
    slot.variants = [machine.Region(code, natives.add, unit=first(code), depth=0, framed=framed, spill=3,
                                    exits=[(leave, observed)], globals=f.__globals__, name="add")]
    return f, slot


SUM = "def f(n):\n    s = 0\n    for i in range(n):\n        s += i\n    return s\n"


def summer(natives, leave=-1, source=SUM):
    f = fresh(source)
    code = f.__code__
    slot = machine.prepare(f)
    header = units(code, "FOR_ITER")[0]
    state = recipe(header, ((1, ("INT", 1)), (2, ("MAYBE", 6, ("INT", 5)))), (("RANGE_ITER", 2, 3, 4),))
    slot.variants = [machine.Region(code, natives.sum_range, unit=first(code), depth=0, framed=True, spill=8,
                                    consts=(leave, units(code, "JUMP_BACKWARD")[0]), exits=[(state, -1), (state, -1)], globals=f.__globals__, name="sum")]
    return f, slot


@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("hook", [False, True])
def test_add(natives, framed, hook):
    machine.always_hook(hook)
    f, slot = adder(natives, framed=framed)
    region = slot.variants[0]
    assert f(1, 2) == 3 and f(5) == 12 and f(b=1, a=2) == 3 and f(*(3, 4)) == 7
    assert region.entries == 4
    assert f(2 * BIG - 1, 1) == 2 * BIG and f(-BIG, -BIG - 1) == -2 * BIG - 1
    assert region.exit_counts == [2] and region.exit_seen == [None]
    assert f("a", "b") == "ab" and f(1.5, 2) == 3.5
    assert region.misses == 2 and slot.misses == 2 and slot.calls == 8


def test_exits_teach_types(natives):
    f, slot = adder(natives, observed=1)
    region = slot.variants[0]
    assert f(2 * BIG - 1, 1) == 2 * BIG
    assert region.exit_seen == [int] and region.news and region.entries == 1
    assert f(1, 2) == 3 and region.entries == 1, "not entered until the compiler has looked"
    region.news = False
    assert f(2 * BIG - 1, 1) == 2 * BIG and region.entries == 2 and not region.news


def test_wrong_calls_give_the_same_errors(natives):
    plain = fresh("def f(a, b=7):\n    return a + b\n")
    f, _ = adder(natives)
    for args, names in (((), {}), ((1, 2, 3), {}), ((1,), {"c": 1}), ((1, 2), {"a": 3}), ((1, "x"), {})):
        errors = []
        for function in plain, f:
            with pytest.raises(TypeError) as info:
                function(*args, **names)
            errors.append((str(info.value), [(e.name, e.lineno, e.colno, e.end_colno) for e in traceback.extract_tb(info.tb)[1:]]))
        assert errors[0] == errors[1]


@pytest.mark.parametrize("hook", [False, True])
def test_exit_raises_with_the_same_traceback(natives, hook):
    machine.always_hook(hook)
    f, slot = adder(natives, "def f(a, b):\n    try:\n        return a + b\n    finally:\n        hits.append(1)\n")
    f.__globals__["hits"] = hits = []
    slot.variants[0]
    assert f(1, 2) == 3 and hits == []        # this native code has no finally: only its exits run it
    assert f(2 * BIG - 1, 1) == 2 * BIG and hits == [1]


def test_counts_stay_balanced(natives):
    f, slot = adder(natives)
    big = 2 * BIG - 1
    for framed in False, True:
        f, slot = adder(natives, framed=framed)
        for hook in False, True:
            machine.always_hook(hook)
            f(big, big), f(1, 2), f(big, 1.5)
            gc.collect()
            before = [sys.getrefcount(x) for x in (f, f.__code__, big, slot, slot.variants[0])], sys.getallocatedblocks()
            for _ in range(100000):
                f(big, big), f(1000, 2000), f(big, 1.5)
            gc.collect()
            after = [sys.getrefcount(x) for x in (f, f.__code__, big, slot, slot.variants[0])], sys.getallocatedblocks()
            assert before[0] == after[0] and abs(after[1] - before[1]) < 50


def test_loop_returns_and_leaves_at_every_iteration(natives):
    plain = fresh(SUM)
    for hook in False, True:
        machine.always_hook(hook)
        for leave in (-1, 0, 1, 5, 9, 10):
            f, slot = summer(natives, leave)
            for n in (0, 1, 7, 10, 11):
                assert f(n) == plain(n)
            region = slot.variants[0]
            assert region.entries == 5 and region.misses == 0
            assert region.exit_counts[0] == sum(0 <= leave < n for n in (0, 1, 7, 10, 11))
            assert f(True) == plain(True)
    f, slot = summer(natives)
    f(10)
    assert slot.variants[0].iterations == 10


def test_loop_counts_stay_balanced(natives):
    for hook in False, True:
        machine.always_hook(hook)
        for leave in (-1, 3):
            f, slot = summer(natives, leave)
            f(5)
            gc.collect()
            before = [sys.getrefcount(x) for x in (f, f.__code__, slot.variants[0])], sys.getallocatedblocks()
            for _ in range(100000):
                f(5)
            gc.collect()
            assert [sys.getrefcount(x) for x in (f, f.__code__, slot.variants[0])] == before[0]
            assert abs(sys.getallocatedblocks() - before[1]) < 50


def test_error_in_the_rest_of_the_loop(natives):
    source = "def f(n):\n    s = 0\n    for i in range(n):\n        s += i\n        1 // (i - 6)\n    return s\n"

    def outcome(function):
        try:
            return function(9)
        except ZeroDivisionError as error:
            frame = error.__traceback__.tb_next.tb_frame
            return [(e.name, e.lineno, e.colno) for e in traceback.extract_tb(error.__traceback__)[1:]], dict(frame.f_locals), frame.f_lasti

    f, slot = summer(natives, 3, source)
    plain = outcome(fresh(source))
    got = outcome(f)
    assert got[:2] == plain[:2]
    assert slot.variants[0].exit_counts[0] == 1


def test_observed_calls_are_interpreted(natives):
    f, slot = summer(natives)
    events = []
    sys.settrace(lambda frame, event, argument: events.append((frame.f_code.co_name, event)))
    f(3)
    sys.settrace(None)
    assert slot.variants[0].entries == 0 and ("f", "call") in events
    sys.setprofile(lambda *_: None)
    f(3)
    sys.setprofile(None)
    assert slot.variants[0].entries == 0
    f(3), f(3)                                # 3.12+ forgets the tools of a code object at its next call
    assert slot.variants[0].entries >= 1


def test_on_call(natives):
    f = fresh("def f(a, b=7):\n    return a + b\n")
    slot = machine.prepare(f)
    asked = []

    def on_call(function, arguments):
        asked.append((function, arguments))
        if len(asked) == 1:
            raise ValueError("of the compiler")
        other, donor = adder(natives)
        code = f.__code__
        leave = recipe(units(machine.original_code(code), "BINARY_OP")[0], (), (("OBJECT", 1), ("OBJECT", 2)))
        slot.variants = [machine.Region(machine.original_code(code), natives.add, unit=first(machine.original_code(code)), depth=0,
                                        framed=False, spill=3, exits=[(leave, 1)], globals=f.__globals__)]

    errors = []
    machine.set_callbacks(on_call=on_call, on_error=errors.append)
    assert f(1, 2) == 3 and asked == []
    slot.armed = True
    assert f(1, 2) == 3 and asked == [(f, (1, 2))] and not slot.armed
    assert [str(error) for error in errors] == ["of the compiler"]
    slot.armed = True
    assert f(3) == 10 and asked[1] == (f, (3, 7))
    assert slot.variants[0].entries == 1


def test_release_and_other_globals(natives):
    f, slot = adder(natives)
    machine.release(f)
    assert f(1, 2) == 3 and slot.variants[0].entries == 0
    assert machine.prepare(f) is slot
    assert f(1, 2) == 3 and slot.variants[0].entries == 1
    g = type(f)(machine.original_code(f.__code__), {}, "g")
    assert machine.prepare(g) is slot
    assert g(1, 2) == 3 and slot.variants[0].entries == 1, "other globals: not this region"
    h = fresh("def f(a, b):\n    return a - b\n")
    f.__code__ = h.__code__
    assert f(5, 3) == 2 and slot.variants[0].entries == 1


def test_refused():
    def generator():
        yield 1

    assert machine.prepare(generator) is None and machine.prepare(len) is None


def test_functions_with_cells():
    def outer(x, y=2):
        z = 3
        return lambda k: (x, y, z, k)

    assert machine.prepare(outer) is not None
    inner = outer(1)
    assert machine.prepare(inner) is not None
    assert inner(4) == (1, 2, 3, 4) and outer(y=5, x=6)(k=7) == (6, 5, 3, 7)


def test_threads(natives):
    f, _ = summer(natives)
    g, _ = summer(natives, 5)
    wrong = []

    def work(k):
        for j in range(20000):
            if f(j % 50) != sum(range(j % 50)) or g(j % 9 + k) != sum(range(j % 9 + k)):
                wrong.append(j)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    sys.setswitchinterval(interval)
    assert not wrong


def test_signature_and_source_stay(natives):
    f, _ = summer(natives)
    assert str(inspect.signature(f)) == "(n)" and f.__code__.co_varnames == ("n", "s", "i")
    lines = [line for *_, line in f.__code__.co_lines() if line is not None]
    assert min(lines) == 1 and max(lines) == 5
