"""The compiler, broken on purpose: one row per mutation.

A guard mutation takes guards out of the graph, an exit mutation changes the recipes of exits, a lowering mutation
changes the machine code of one operation.  `notices` chooses the programs of tests/exits that should see it.
"""

from typing import Callable, NamedTuple

from framejit import pipeline
from framejit.backends.llvm import function as lowering, rows
from framejit.capture import recipes
from framejit.graph.nodes import Node
from framejit.tables.operations import OPERATIONS


class Mutation(NamedTuple):
    name: str
    sort: str               # guard, exit or lowering
    apply: Callable
    notices: str            # a pytest -k expression over tests/exits


def edited(edit):
    """Every graph goes through `edit` on its way to the lowering."""

    def apply():
        real = pipeline.lower

        def lower(graph, layout):
            edit(graph)
            return real(graph.finish(), layout)

        pipeline.lower = lower

    return apply


# ---- guards

def reads(node, field):
    """Whether a condition comes from this field of an object."""
    return node.attr == field or any(reads(arg, field) for arg in node.args)


def without_guards(kind, field=None):
    """Guards of exits of this kind, whose condition reads this field, are taken out."""

    def gone(node):
        return node.op == "guard" and node.exit.kind == kind and (field is None or reads(node.args[0], field))

    def edit(graph):
        for block in graph.blocks:
            block.nodes = [node for node in block.nodes if not gone(node)]

    return edited(edit)


# ---- exits

def in_expressions(change, expression):
    inner = tuple(in_expressions(change, part) if part.__class__ is tuple else part for part in expression)
    return change(inner)


def reworded(word, change):
    """Every expression that begins with this recipe word is changed."""

    def changed(expression):
        return change(expression) if expression[0] == word else expression

    def edit(graph):
        for exit in graph.exits:
            exit.locals = [(slot, in_expressions(changed, expression)) for slot, expression in exit.locals]
            exit.stack = [in_expressions(changed, expression) for expression in exit.stack]
            exit.names = [(cell, in_expressions(changed, expression)) for cell, expression in exit.names]

    return edited(edit)


def restated(part, value):
    """A part of every exit's state is changed."""

    def edit(graph):
        for exit in graph.exits:
            setattr(exit, part, value(getattr(exit, part)))

    return edited(edit)


def unshared():
    """One value under two names is made twice."""
    recipes.shared = lambda value: False


def number(value):
    return Node("const", (), "i64", value)


# ---- lowerings

def respelled(operation, old, new):
    """The LLVM text of an operation is changed."""

    def apply():
        row = OPERATIONS[operation]
        assert old in row.text, f"{operation} is spelled {row.text}"
        OPERATIONS[operation] = row._replace(text=row.text.replace(old, new))

    return apply


def unchecked_overflow():
    """What overflows wraps around."""
    real = lowering.Lowering.overflow_flag

    def overflow_flag(low, node):
        real(low, node)
        return "false"

    lowering.Lowering.overflow_flag = overflow_flag


def boxes_swapped():
    rows.OWN["INT"], rows.OWN["FLOAT"] = rows.OWN["FLOAT"], rows.OWN["INT"]


def stores_forgotten():
    rows.LOWERINGS["store"] = lambda low, node: None


MUTATIONS = (
    Mutation("dtype", "guard", without_guards("miss", "array_descr"), "dtype or order"),
    Mutation("rank", "guard", without_guards("miss", "array_nd"), "rank"),
    Mutation("flags", "guard", without_guards("miss", "array_flags"), "contiguity or writeable"),
    Mutation("types", "guard", without_guards("miss", "object_type"), "type"),
    Mutation("index", "guard", without_guards("index"), "index"),
    Mutation("unpack", "guard", without_guards("unpack"), "unpack"),
    Mutation("zero division", "guard", without_guards("zero division"), "zero"),
    Mutation("identity", "guard", without_guards("identity"), "identity"),
    Mutation("unbound", "guard", without_guards("unbound"), "unbound"),
    Mutation("domain", "guard", without_guards("domain"), "domain"),
    Mutation("store", "guard", without_guards("store"), "store"),

    Mutation("INT", "exit", reworded("INT", lambda words: ("INT", number(7))), "overflow or raise"),
    Mutation("FLOAT", "exit", reworded("FLOAT", lambda words: ("INT", words[1])), "domain"),
    Mutation("RANGE_ITER", "exit", reworded("RANGE_ITER", lambda words: (words[0], words[2], *words[2:])), "overflow or break"),
    Mutation("LIST_ITER", "exit", reworded("LIST_ITER", lambda words: (*words[:2], number(0))), "type or domain"),
    Mutation("TUPLE", "exit", reworded("TUPLE", lambda words: (*words[:2], *words[:1:-1])), "tuple"),
    Mutation("MAYBE", "exit", reworded("MAYBE", lambda words: ("NULL",)), "maybe"),
    Mutation("BOXED", "exit", reworded("BOXED", lambda words: words[2]), "object"),
    Mutation("BOOL", "exit", reworded("BOOL", lambda words: ("INT", words[1])), "boolean"),
    Mutation("SCALAR", "exit", reworded("SCALAR", lambda words: ("INT", words[2])), "scalar"),
    Mutation("sharing", "exit", unshared, "names"),
    Mutation("locals", "exit", restated("locals", lambda known: []), "overflow or raise"),
    Mutation("stack", "exit", restated("stack", lambda known: known[::-1]), "overflow or zero"),
    Mutation("names", "exit", restated("names", lambda known: []), "global"),
    Mutation("facts", "exit", restated("facts", lambda known: []), "callout"),

    Mutation("overflow", "lowering", unchecked_overflow, "overflow"),
    Mutation("right shift", "lowering", respelled("ashr", "ashr", "lshr"), "identity"),
    Mutation("division", "lowering", respelled("fdiv", "{0}, {1}", "{1}, {0}"), "inexact"),
    Mutation("conversion", "lowering", respelled("sitofp", "sitofp", "uitofp"), "negative"),
    Mutation("store", "lowering", stores_forgotten, "elements"),
    Mutation("box", "lowering", boxes_swapped, "miss or return"),
)
