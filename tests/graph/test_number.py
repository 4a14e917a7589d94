"""Value numbering: equal nodes are one, reads only while nothing writes what they read."""

import math

import framejit
import pytest

from framejit.graph.parse import parse
from framejit.graph.passes.number import number_values
from framejit.graph.show import show
from framejit.graph.verify import verify
from framejit.tables import effects
from framejit.tables.fields import FIELDS
from framejit.tables.operations import OPERATIONS

END = "!0 'end' @0 locals(0=INT({})) stack() names() facts() iterations 3:i64"
LIST = ["%0: ptr = home[0]", "%1: ptr = home[1]", "%2: i64 = field['var_size'] %0", "%3: ptr = field['list_items'] %0", "%4: ptr = item %3, 1:i64",
        "%5: f64 = field['float_value'] %4", "%6: ptr = address %3, 8:i64"]
AGAIN = ["%12: i64 = field['var_size'] %0", "%13: ptr = field['list_items'] %0", "%14: ptr = item %13, 1:i64", "%15: f64 = field['float_value'] %14",
         "%16: f64 = fadd %5, %15", "%17: i64 = iadd %2, %12"]


def numbered(*nodes, result="0:i64", ends=()):
    """The nodes that are left, as text, by operation."""
    text = "\n".join(["region test unit=0 depth=0 framed", "b0():", *[line if line.endswith("):") else "    " + line for line in nodes],
                      "    leave !0", END.format(result), *ends]) + "\n"
    graph = parse(text)
    number_values(graph)
    graph.finish()
    verify(graph)
    return [line.strip().split(" = ")[-1] for line in show(graph).splitlines()]


def count(nodes, op):
    return len([line for line in nodes if line.startswith(op)])


BETWEEN = {
    "nothing": ([], (1, 2, 1, 1)),
    "an element": (["store['f64'] %1, 1.5:f64"], (1, 2, 1, 1)),
    "an item": (["write_call[('fj_item_set_float', None)] %6, 1.5:f64"], (1, 2, 2, 2)),
    "an append": (["write_call[('fj_list_append', None)] %0, %1"], (2, 2, 2, 2)),
    "some call": (["write_call[('fj_decref', None)] %1"], (2, 2, 2, 2)),
    "a name": (["name_set[0] %1"], (1, 2, 1, 2)),
    "a call-out": (["callout[(7, 0, 0, 0)] !1"], (2, 2, 2, 2)),
}


@pytest.mark.parametrize("what", BETWEEN)
def test_reads(what):
    between, (sizes, homes, items, numbers) = BETWEEN[what]
    nodes = numbered(*LIST, *between, *AGAIN, result="%17", ends=[END.format("%2").replace("!0", "!1")] if what == "a call-out" else ())
    lists = sizes
    assert (count(nodes, "field['var_size']"), count(nodes, "home"), count(nodes, "item"), count(nodes, "field['float_value']")) == (
        sizes, homes, items, numbers)
    assert count(nodes, "field['list_items']") == lists


def test_where_ways_meet():
    """What the block that parts has computed holds on both ways and behind them; what it has read doesn't, behind a write on one."""
    nodes = numbered("%0: ptr = home[0]", "%1: i64 = field['var_size'] %0", "%2: i64 = iadd %1, 1:i64", "%3: i1 = icmp_eq %1, 5:i64",
                     "guard %3 !1", "branch %3, b1(), b2()",
                     "b1():", "%4: i64 = iadd %1, 1:i64", "write_call[('fj_list_append', None)] %0, %0", "jump b3(%4)",
                     "b2():", "%5: i64 = field['var_size'] %0", "guard %3 !1", "jump b3(%5)",
                     "b3(%6: i64):", "%7: i64 = iadd %1, 1:i64", "%8: i64 = field['var_size'] %0", "%9: i64 = iadd %7, %8", result="%9",
                     ends=[END.format("%1").replace("!0", "!1")])
    assert (count(nodes, "iadd"), count(nodes, "field"), count(nodes, "guard")) == (2, 2, 1)


def test_literals():
    nodes = numbered("%0: f64 = fadd 0.0:f64, 1.0:f64", "%1: f64 = fadd -0.0:f64, 1.0:f64", "%2: f64 = fadd 0.0:f64, 1.0:f64",
                     "%3: i64 = iadd 1:i64, 0:i64", "%4: i1 = icmp_eq %3, 1:i64")
    assert count(nodes, "fadd") == 2


def test_tables():
    assert set(effects.READ_BY) <= set(OPERATIONS) and set(effects.WRITTEN_BY) <= set(OPERATIONS)
    known = {row.alias for row in FIELDS.values()} | set(effects.READ_BY.values())
    for aliases in (*effects.WRITTEN_BY.values(), *effects.WRITTEN_BY_CALL.values()):
        assert set(aliases) <= known
    assert all(OPERATIONS[name].effect in ("write", "call") for name in effects.WRITTEN_BY)
    assert "refcnt" in known                                # counted without a write: never compared


def marked(n, flags):
    a = b = False
    for i in range(n):
        if flags.get(i):
            a = True
        else:
            b = True
    return a, b


def counted(n, flags):
    a = b = 0.0
    for i in range(n):
        if flags.get(i):
            a += 1.5
        else:
            b += 1.5
    return a, b


@pytest.mark.parametrize("function", [marked, counted])
@pytest.mark.parametrize("modulus", [1, 3, 1000])
def test_ways_that_leave_something_as_it_is(function, modulus):
    """Two variables that take the same values on different ways are two."""
    fast = framejit.jit(function)
    flags = {i: i % modulus for i in range(600)}
    for turn in range(3):
        assert fast(600, flags) == function(600, flags)


def test_sharing_across_a_loop():
    """Sizes and items of lists that the loop itself changes."""
    def run(a, b, n):
        total = 0.0
        for i in range(n):
            total = (total + a[i] * b[i]) / 7.0
            a[i] = total
            b[i] += a[i]
            a.append(b[i])
            total -= (a[i] + b[i]) / len(a)
        return total

    def lists():
        return [float(i) for i in range(300)], [1.0 / (i + 1) for i in range(300)]

    fast = framejit.jit(run)
    for same in (False, True):
        (a, b), (c, d) = lists(), lists()
        if same:
            b, d = a, c
        expected = run(a, b, 290)
        assert math.isfinite(expected) and fast(c, d, 290) == expected
        assert (a, b) == (c, d)
