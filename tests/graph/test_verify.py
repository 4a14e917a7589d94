"""Every captured graph obeys the rule; every way to break it is noticed."""

import pytest
from .programs import PROGRAMS, captured

from framejit.graph.parse import parse
from framejit.graph.show import show
from framejit.graph.verify import Malformed, verify

NAMES = [function.__name__ for function, _ in PROGRAMS]
GOOD = """\
region f unit=1 depth=0 framed
  k0 = 1000
b0(): @1
    %0: ptr = home[0]
    %1: i64 = unbox_int %0 !0
    jump b1(0:i64, 0:i64)
b1(%2: i64, %3: i64): @3 header
    %4: i1 = icmp_slt %2, %1
    branch %4, b2(), b3()
b2():
    %5: i64 = iadd_ovf %3, %2 !1
    %6: i64 = iadd %2, 1:i64
    poll[9] !2
    jump b1(%6, %5)
b3():
    %8: ptr = own[('INT', -1)] %3
    return %8, iterations %2
!0 'miss' @1 locals() stack() names() facts() iterations 0:i64
!1 'overflow' @5 locals(1=INT(%3)) stack(RANGE_ITER(%2, %1, 1:i64), STACK_ITEM(0)) names() facts() iterations %2
!2 'poll' @3 locals(1=INT(%5), 0=BOXED(%0, INT(%1))) stack(TUPLE(2, CONST(0), MAYBE(%4, NULL))) names(0=INT(%5)) facts(HEADER(%0)) iterations %6
"""
BREAKS = [
    ("iadd %2, 1:i64", "iadd %2, 1:i32", "operand 1 is i32, not i64"),
    ("iadd %2, 1:i64", "iadd %2", "has 1 operands"),
    ("%4: i1 = icmp_slt", "%4: i64 = icmp_slt", "gives i64, not i1"),
    ("iadd_ovf %3, %2 !1", "iadd_ovf %3, %2", "needs an exit"),
    ("iadd %2, 1:i64", "iadd %2, 1:i64 !1", "can't have an exit"),
    ("iadd_ovf %3, %2", "iadd_ovf %3, %6", "%6 does not dominate"),
    ("own[('INT', -1)] %3", "own[('INT', -1)] %5", "%5 does not dominate"),
    ("jump b1(%6, %5)", "jump b1(%6)", "passes 1 values to the 2"),
    ("jump b1(%6, %5)", "jump b1(%6, %0)", "passes ptr for i64"),
    ("jump b1(%6, %5)", "jump b0()", "entry has predecessors"),
    ("branch %4, b2(), b3()", "branch %3, b2(), b3()", "takes"),
    ("branch %4, b2(), b3()", "branch %4, b2(), b2()", "b3: is never entered"),
    ("region f unit=1 depth=0 framed", "region f unit=1 depth=0 frameless", "in a frameless graph"),
    ("home[0]\n", "home[0]\n    %9: ptr = own[('OBJECT', 0)] k3\n", "k3 is no constant"),
    ("1=INT(%3)", "1=INT(%0)", "INT of ptr"),
    ("1=INT(%3)", "1=INT(3)", "INT needs s"),
    ("1=INT(%3)", "1=INT(%3, %3)", "INT takes s"),
    ("1=INT(%3)", "1=BOXED(%0)", "BOXED needs se"),
    ("1=INT(%3)", "1=INT(%5)", "%5 does not dominate"),
    ("1=INT(%3)", "1=OTHER(%3)", "no word of a recipe"),
    ("1=INT(%5), 0=", "1=INT(%5), 1=", "local is listed twice"),
    ("TUPLE(2,", "TUPLE(3,", "says 3 and has 2"),
    ("CONST(0)", "CONST(4)", "k4 is no constant"),
    ("STACK_ITEM(0)", "STACK_ITEM(1)", "not built yet"),
    ("facts(HEADER(%0))", "facts(WISH(%0))", "WISH is no fact"),
    ("facts(HEADER(%0)) iterations %6", "facts() iterations %4", "iteration count is no i64"),
    ("return %8, iterations %2", "return %8", "needs the iteration count"),
    ("0:i64, 0:i64)", "0:i64, 99999999999999999999:i64)", "is no i64"),
    ("own[('INT', -1)] %3", "field['float_value'] %0", "gives ptr, not f64"),
]


def test_a_good_graph_is_good():
    assert show(parse(GOOD)) == GOOD
    verify(parse(GOOD))


@pytest.mark.parametrize("old, new, message", BREAKS, ids=[message for *_, message in BREAKS])
def test_notices(old, new, message):
    assert old in GOOD
    with pytest.raises(Malformed) as caught:
        verify(parse(GOOD.replace(old, new, 1)))
    assert message in str(caught.value)


@pytest.mark.parametrize("function, arguments", PROGRAMS, ids=NAMES)
def test_captured_graphs_are_good(function, arguments):
    bytecode, graph = captured(function, arguments)
    verify(graph, bytecode)


def test_compares_stacks_with_the_bytecode():
    bytecode, graph = captured(*PROGRAMS[1])
    exit = next(exit for exit in graph.exits if exit.kind == "overflow")
    exit.stack.append(("NULL",))
    with pytest.raises(Malformed, match="stack entries at depth"):
        verify(graph, bytecode)
