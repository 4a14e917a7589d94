"""Calls that a region without a frame takes at once, and what must keep them from it."""

import subprocess
import sys
import traceback

import pytest

import framejit
from framejit import _machine as machine
from units import first, recipe, units

SOURCE = "def f(a, b):\n    return a * b + 1.0\n"
BIG = 2 ** 62


def fresh(source=SOURCE):
    space = {}
    exec(compile(source, "program", "exec"), space)
    return space["f"]


def pair():
    plain = fresh()
    quick = framejit.jit(fresh())
    for _ in range(3):
        assert quick(1.5, 2.5) == 4.75
    return plain, quick


def entries():
    return framejit.stats()["native_entries"]


def outcome(function, *args):
    try:
        value = function(*args)
        return type(value), repr(value)
    except Exception as error:
        lines = [(entry.name, entry.lineno, entry.colno) for entry in traceback.extract_tb(error.__traceback__)[1:]]
        return type(error), str(error), lines


def test_other_types_between_quick_calls():
    plain, quick = pair()
    cases = [(1.5, 2.5), (2, 3), (1.5, 2), ("a", 2), (float("inf"), 0.0), (True, 1.0), (None, 1), (1e308, 10.0), ([], 1.5)]
    for args in cases * 3:
        assert outcome(quick, *args) == outcome(plain, *args)
    before = entries()
    quick(1.5, 2.5)
    assert entries() == before + 1


def test_overflow_leaves_a_quick_region():
    plain, quick = fresh("def f(a, b):\n    return a + b\n"), framejit.jit(fresh("def f(a, b):\n    return a + b\n"))
    quick(1, 2)
    before = entries()
    for args in ((1, 2), (2 * BIG - 1, 1), (-2 * BIG, -1), (BIG, BIG - 1)):
        assert quick(*args) == plain(*args)
    assert entries() == before + 4


def test_wrong_numbers_of_arguments():
    plain, quick = pair()
    for args in ((), (1.5,), (1.5, 2.5, 3.5)):
        assert outcome(quick, *args) == outcome(plain, *args)
    assert quick(b=2.0, a=1.5) == plain(b=2.0, a=1.5)


def test_tracing_sees_quick_calls():
    plain, quick = pair()

    def events(function):
        seen = []

        def tracer(frame, event, argument):
            if frame.f_code.co_name == "f":
                seen.append((event, frame.f_lineno))
            return tracer

        sys.settrace(tracer)
        function(1.5, 2.5)
        sys.settrace(None)
        return seen

    assert events(quick) == events(plain) != []
    quick(1.5, 2.5)                 # the interpreter takes its instrumentation off when it runs the code again
    before = entries()
    quick(1.5, 2.5)
    assert entries() == before + 1


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring is new in 3.12")
def test_local_monitoring_sees_quick_calls():
    seen = []
    monitoring = sys.monitoring
    _, quick = pair()
    monitoring.use_tool_id(3, "test")
    try:
        monitoring.register_callback(3, monitoring.events.PY_START, lambda *found: seen.append(found[0].co_name))
        monitoring.set_local_events(3, quick.__code__, monitoring.events.PY_START)
        quick(1.5, 2.5)
        assert seen == ["f"]
        monitoring.set_local_events(3, quick.__code__, 0)
        quick(1.5, 2.5)
        before = entries()
        quick(1.5, 2.5)
        assert seen == ["f"] and entries() == before + 1
    finally:
        monitoring.free_tool_id(3)


def test_other_code_in_the_same_function():
    _, quick = pair()
    quick.__code__ = fresh("def f(a, b):\n    return a - b\n").__code__
    assert [quick(3.5, 1.0) for _ in range(3)] == [2.5] * 3


def test_recursion_ends_where_it_did():
    plain, quick = pair()

    def depth(function):
        reached = 0

        def down():
            nonlocal reached
            function(1.5, 2.5)
            reached += 1
            down()

        try:
            down()
        except RecursionError:
            return reached

    assert depth(quick) == depth(plain)


def test_a_region_with_many_values_is_not_quick(natives):
    f = fresh("def f(a, b):\n    return a + b\n")
    code = f.__code__
    slot = machine.prepare(f)
    leave = recipe(units(code, "BINARY_OP")[0], (), (("OBJECT", 1), ("OBJECT", 2)))
    regions = [machine.Region(code, natives.add, unit=first(code), depth=0, framed=False, spill=spill, exits=[(leave, -1)],
                              globals=f.__globals__, name="add") for spill in (3, 200)]
    for variants in [regions[:1]], [regions[1:]], [regions], [regions[::-1]]:
        slot.variants = variants[0]
        assert f(1, 2) == 3 and f(2 * BIG - 1, 1) == 2 * BIG and f(1.5, 2) == 3.5 and f("a", "b") == "ab"
    slot.variants = []
    assert f(1, 2) == 3
    assert [region.entries for region in regions] == [4, 4] and [region.misses for region in regions] == [6, 6]


def test_nothing_waits_behind_a_compilation():
    """Each check of the evaluator is slow while the breaker is set; on 3.11 a traced call would never begin."""
    program = (
        "import sys, threading, framejit\n"
        "framejit.enable()\n"
        "f = framejit.jit(lambda a: a * 2.0)\n"
        "f(1.5)\n"
        "def work():\n"
        "    total = 0\n"
        "    for i in range(20000):\n"
        "        total += g(i)\n"
        "    print(total)\n"
        "def g(i): return i\n"
        "threading.settrace(lambda *found: None)\n"
        "sys.settrace(lambda *found: None)\n"
        "work()\n"
        "sys.settrace(None)\n"
        "thread = threading.Thread(target=work)\n"
        "thread.start()\n"
        "thread.join()\n")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout == "199990000\n" * 2, done.stderr
