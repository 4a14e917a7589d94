"""Regions that borrow what belongs to a namespace: it may end, and something else may come to lie at its address."""

import builtins
import gc
import sys
import types
import weakref

from framejit import _machine as machine
from test_calls import fresh
from units import first, recipe, units

SOURCE = "def f(a, b=7):\n    return a + b\n"


def borrowing(natives, space, cells, keeps, **more):
    """f(a, b) in `space`, with a region that relies on these name cells."""
    exec(compile(SOURCE, "program", "exec"), space)
    f = space["f"]
    code = f.__code__
    slot = machine.prepare(f)
    leave = recipe(units(code, "BINARY_OP")[0], (), (("OBJECT", 1), ("OBJECT", 2)))
    region = machine.Region(code, natives.add, unit=first(code), depth=0, framed=False, spill=3, exits=[(leave, -1)],
                            globals=space, cells=cells, keeps=keeps, **more)
    slot.variants = [region]
    return f, region


def nothing(value):
    return value is None or value is machine.MISSING or value is vars(builtins)


class Thing:
    pass


def test_what_is_borrowed_may_end(natives):
    space = {"thing": Thing()}
    f, region = borrowing(natives, space, [(space, None, "thing", space["thing"])], nothing)
    assert f(2, 3) == 5 and region.entries == 1 and not region.dead
    ends = weakref.ref(space["thing"])
    del space["thing"]
    assert ends() is None and region.dead
    space["thing"] = None
    assert f(2, 3) == 5 and region.entries == 1 and region.misses == 1


def test_another_object_at_the_same_address(natives):
    for _ in range(50):
        space = {"thing": Thing()}
        f, region = borrowing(natives, space, [(space, None, "thing", space["thing"])], nothing)
        address = id(space["thing"])
        del space["thing"]
        others = [Thing() for _ in range(50)]
        found = [other for other in others if id(other) == address]
        if found:
            space["thing"] = found[0]
            assert f(2, 3) == 5 and region.entries == 0 and region.misses == 1
            return
    raise AssertionError("no address came again")


def test_constants_are_borrowed_too(natives):
    thing = Thing()
    f, region = borrowing(natives, {}, [], nothing, consts=(thing,))
    assert f(2, 3) == 5 and region.entries == 1
    del thing
    assert f(2, 3) == 5 and region.entries == 1 and region.dead


def test_the_namespace_ends(natives):
    gc.collect()
    regions = machine.live_regions()
    space = {"thing": Thing()}
    f, region = borrowing(natives, space, [(space, vars(builtins), "thing", space["thing"])], nothing)
    assert f(2, 3) == 5 and region.entries == 1
    ends = [weakref.ref(f), weakref.ref(f.__code__), weakref.ref(space["thing"]), weakref.ref(region)]
    del f, space, region
    gc.collect()
    assert [end() for end in ends] == [None] * 4 and machine.live_regions() == regions


def test_a_name_that_was_absent(natives):
    """The number of a dictionary's entries, and the address of its keys, come again."""
    space = {"a": 1, "b": 2}
    f, region = borrowing(natives, space, [(space, vars(builtins), "len", len)], nothing)
    assert f(2, 3) == 5 and region.entries == 1
    space["c"] = 3
    assert f(2, 3) == 5 and region.entries == 2
    space.popitem()
    space["len"] = sum
    assert f(2, 3) == 5 and region.entries == 2 and region.misses == 1
    del space["len"]
    assert f(2, 3) == 5 and region.entries == 3
    space["le" + str(chr(110))] = sum                          # equal, another object
    assert f(2, 3) == 5 and region.entries == 3
    del space["len"]
    assert f(2, 3) == 5 and region.entries == 4
    space[1] = 2                                                # keys of any kind: they may compare themselves with names
    assert f(2, 3) == 5 and region.entries == 4


def test_dictionaries_at_the_same_address(natives):
    template = fresh(SOURCE).__code__
    came = 0
    for number in range(200):
        space = {"x": 1, "y": 2, "z": 3}
        f = types.FunctionType(template, space, "f", (7,))
        slot = machine.prepare(f)
        code = machine.original_code(f.__code__)
        if not slot.variants:
            slot.variants = [machine.Region(
                code, natives.add, unit=first(code), depth=0, framed=False, spill=3, globals=space, keeps=nothing,
                cells=[(space, vars(builtins), "len", len)],
                exits=[(recipe(units(code, "BINARY_OP")[0], (), (("OBJECT", 1), ("OBJECT", 2))), -1)])]
        region = slot.variants[0]
        before = region.entries
        assert f(number, 1) == number + 1
        came += region.entries - before
        del f, space
        space = {"x": 1, "y": 2, "len": 3}
        f = types.FunctionType(template, space, "f", (7,))
        machine.prepare(f)
        before = region.entries
        assert f(number, 1) == number + 1 and region.entries == before
        del f, space
    assert came > 1


def test_functions_give_their_code_back(natives):
    """A function's end is its code's end, and the copy's that it ran (3.11)."""
    f = fresh(SOURCE)
    template = f.__code__
    machine.prepare(f)
    ends = weakref.ref(f.__code__)
    again = types.FunctionType(machine.original_code(f.__code__), {})
    machine.prepare(again)
    assert machine.original_code(again.__code__) is machine.original_code(f.__code__) and again(1, 2) == 3
    counts = []
    for _ in range(100):
        other = types.FunctionType(machine.original_code(f.__code__), {})
        machine.prepare(other)
        answers = [other(1, 2)]
        machine.release(other)
        answers.append(other(1, 2))
        assert answers == [3, 3]
        counts.append(sys.getrefcount(machine.original_code(f.__code__)))
    assert counts[10] == counts[-1]
    del f, again, template, other
    gc.collect()
    assert ends() is None
