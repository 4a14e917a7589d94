"""Operations on memory and objects, both ways: one graph each, written as text."""

import ctypes
import struct

import pytest
from .both_ways import Compiled, Memory

from framejit.graph.parse import parse
from framejit.graph.show import show
from framejit.graph.verify import verify

END = "!0 'end' @0 locals({}) stack() names() facts() iterations 3:i64"
BIG = 2**40 + 5
HOMES = (2.75, [10.5, BIG, True], BIG, 2**70)
INPUT = struct.pack("<qdQ", -5, 1.25, 77)

# operation -> (nodes, what the exit spills, what must come out of it)
GRAPHS = {
    "const": ([], "0=INT(9:i64)", [9]),
    "object": ([], "0=OBJECT(k0)", [id(HOMES)]),
    "home": (["%0: ptr = home[1]"], "0=OBJECT(%0)", [id(HOMES[0])]),
    "name": (["%0: ptr = name[0]"], "0=OBJECT(%0)", [id(HOMES[1])]),
    "field": (["%0: ptr = home[1]", "%1: f64 = field['float_value'] %0"], "0=FLOAT(%1)",
              [struct.unpack("<Q", struct.pack("<d", 2.75))[0]]),
    "item": (["%0: ptr = home[2]", "%1: ptr = field['list_items'] %0", "%2: ptr = item %1, 1:i64"], "0=OBJECT(%2)", [id(HOMES[1][1])]),
    "load": (["%0: ptr = home[0]", "%1: i64 = load['i64'] %0"], "0=INT(%1)", [2**64 - 5]),
    "word": (["%0: ptr = home[0]", "%1: i64 = word %0, 2:i64"], "0=INT(%1)", [77]),
    "address": (["%0: ptr = home[0]", "%1: ptr = address %0, 16:i64", "%2: i64 = load['i64'] %1"], "0=INT(%2)", [77]),
    "store": (["%0: ptr = home[0]", "store['i64'] %0, 123:i64", "%2: i64 = load['i64'] %0"], "0=INT(%2)", [123]),
    "guard": (["%0: ptr = home[1]", "%1: i1 = icmp_eq %0, None:ptr", "guard %1 !0"], "0=OBJECT(%0)", [id(HOMES[0])]),
    "number": (["%0: i64 = number"], "0=INT(%0)", [0]),
    "pure_call": (["%0: f64 = pure_call[('fmod', 'f64')] 7.5:f64, 2.0:f64"], "0=FLOAT(%0)",
                  [struct.unpack("<Q", struct.pack("<d", 1.5))[0]]),
    "read_call": (["%0: ptr = home[1]", "%1: i1 = read_call[('fj_dies_quietly', 'i1')] %0"], "0=BOOL(%1)", [1]),
    "param": (["jump b1(4:i64)", "b1(%1: i64):"], "0=INT(%1)", [4]),
}
TESTED_BELOW = ("unbox_int", "poll_at")
# need a frame of the interpreter, or give an object that only a program can look at: test_programs.py
IN_PROGRAMS = ("own", "own_tuple", "own_list", "own_dict", "home_set", "home_take", "home_append", "home_swap", "name_set", "name_put", "write_call", "poll", "callout",
               "argument", "calm", "given", "invoke", "invoke_changing", "levels", "nest", "nest_several", "nest_chain", "made_array", "nest_into",
               "nest_reduce", "nest_along", "nest_spread", "kept_nest", "forget", "spoil", "spoil_at", "array_call", "array_call_into", "array_number", "whole_call", "whole_call_into", "ufunc_number", "draw", "draw_integer", "view", "part_view", "real_view", "new_array", "caught")


def text_of(name):
    nodes, recipe, _ = GRAPHS[name]
    lines = [line if line.startswith("b1(") else "    " + line for line in nodes]
    return "\n".join(["region test unit=0 depth=0 framed", "  k0 = <homes>", "b0():", *lines, "    leave !0", END.format(recipe)]) + "\n"


@pytest.mark.parametrize("name", GRAPHS)
def test_reads_and_writes_what_machine_code_does(name):
    graph = verify(parse(text_of(name), {"k0": HOMES}))
    code, spilled, _ = Compiled(graph).agree(inputs=INPUT, constants=[HOMES], homes=HOMES, names=[HOMES[1]])
    assert code == 1 and spilled[0] == 3
    assert spilled[1:] == GRAPHS[name][2]
    assert show(parse(show(graph))) == show(graph)


@pytest.mark.parametrize("slot, leaves", [(3, False), (4, True)])
def test_an_int_of_more_than_64_bits_leaves(slot, leaves):
    lines = ["region test unit=0 depth=0 framed", "b0():", f"    %0: ptr = home[{slot}]", "    %1: i64 = unbox_int %0 !0", "    leave !1",
             "!0 'type' @0 locals() stack() names() facts() iterations 1:i64", END.replace("!0", "!1").format("0=INT(%1)")]
    code, *_ = Compiled(parse("\n".join(lines))).agree(homes=HOMES)
    assert code == (1 if leaves else 2)


def test_an_entry_guard_misses():
    lines = ["region test unit=0 depth=0 framed", "b0():", "    %0: ptr = home[1]", "    %1: i1 = icmp_eq %0, None:ptr", "    guard %1 !0",
             "    leave !1", "!0 'miss' @0 locals() stack() names() facts() iterations 0:i64", END.replace("!0", "!1").format("")]
    assert Compiled(parse("\n".join(lines))).agree(homes=HOMES)[0] == -1


@pytest.mark.parametrize("poll", ["poll[3]", "poll_at 3:i64"])
def test_a_poll_asks_the_breaker_only(poll):
    lines = ["region test unit=0 depth=0 framed", "b0():", f"    {poll} !0", "    leave !1",
             "!0 'poll' @0 locals() stack() names() facts() iterations 0:i64", END.replace("!0", "!1").format("")]
    compiled = Compiled(parse("\n".join(lines)))
    assert compiled.agree()[0] == 2


@pytest.mark.parametrize("container", [tuple, list])
@pytest.mark.parametrize("word, machine, value", [("FLOAT", "f64", 2.5), ("INT", "i64", BIG), ("BOOL", "i1", True)])
def test_returns_a_new_reference(word, machine, value, container):
    lines = ["region test unit=0 depth=0 frameless", "b0():", f"    %0: ptr = own[('{word}', -1)] {value!r}:{machine}",
             f"    %1: ptr = own_{container.__name__} %0", "    return %1, iterations 4:i64"]
    compiled = Compiled(verify(parse("\n".join(lines))))
    for way in (compiled.natively, compiled.interpreted):
        memory = Memory()
        assert way(memory)[0] == 0
        assert memory.spill[0] == 4
        result = ctypes.cast(memory.context[0], ctypes.py_object).value
        assert result == container((value,)) and type(result[0]) is type(value)
        ctypes.pythonapi.Py_DecRef(ctypes.py_object(result))
