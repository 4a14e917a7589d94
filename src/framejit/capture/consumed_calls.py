"""Calls of builtins that walk over something on the spot and ask a key function, or another, for each item: what capture/mapped.py and capture/keyed.py share.

A routine that changes nothing walks over the items, as over those of a generator expression (capture/generators.py): where it leaves nothing has
happened, and the call is the interpreter's.
"""

from itertools import islice

from framejit.capture import callees, generators, values as v, walked_tables
from framejit.capture.exact_types import exactly
from framejit.capture.handlers.stack import stack_slot
from framejit.capture.iterators import as_range, is_range, of_range, of_range_object, walkable
from framejit.capture.list_parts import SAMPLE, sequence
from framejit.capture.raw_lists import realised
from framejit.capture.texts import asked
from framejit.capture.walks import VIEWS, WALKS
from framejit.tables.classes import one_of
from framejit.tables.silent import OF_ONE

SITE = 730              # part of a site's key: what is gone over


def is_free(machine, instruction, receiver):
    """Whether a walk can begin at this call of a known function."""
    return receiver is v.NULL and machine.held is None and not machine.pending and instruction.unit not in machine.hints.real_generators


def is_asked(machine, key, instruction):
    """Whether what is called for each item is a function of the program's, or one of C's that native code has a row for and nothing hears of (ext/silent.c)."""
    return key.__class__ is v.Const and one_of(key.value, OF_ONE) or callees.called(machine, key, instruction) is not None


def items_at(machine, depth, instruction):
    """The list or tuple at this depth of the stack; None where it isn't known to be one."""
    if machine.state.stack[depth].__class__ is v.Raw:
        realised(machine, machine.state.stack[depth])
    found = sequence(machine, machine.state.stack[depth], instruction, SITE)
    return found if found.__class__ is v.Obj else None


def listed_at(machine, depth, instruction, base):
    """A list of the items of the set, dictionary, view or range at this depth, which the home of the stack's entry number `base` keeps; or None."""
    value = machine.state.stack[depth]
    if is_range(value):
        value = as_range(machine, value)
    if value.__class__ is v.Range:
        node = asked(machine, "fj_range_list", *[part.node for part in (value.start, value.stop, value.step)])
        return listed(machine, node, base, [0])
    kinds = (*WALKS, *[type(view({})) for view in VIEWS])
    likely = value.__class__ is v.Obj and one_of(type(value.example) if value.type is None else value.type, kinds)
    found = exactly(machine, value, kinds, instruction, SITE) if likely else None
    return None if found is None else listed(machine, asked(machine, "fj_listed", found.node), base, None if found.example is None else list(islice(found.example, SAMPLE)))


def listed(machine, node, base, example):
    machine.secure()
    machine.emit("home_take", node, attr=(stack_slot(machine, base), False), exit=machine.exit("home"))
    return v.Obj(list, node, "home", example)


def begun(machine, instruction, depth, iterator, body):
    """What walks over an iterator and asks the function at this depth; from here on nothing but reads may be emitted."""
    callees.take_arguments(machine, depth, instruction)
    made = generators.Body(code_of(machine, instruction, body), (machine.state.stack[depth],))
    made.iterator = iterator
    machine.held = instruction.unit
    return made


def iterator_over(machine, items):
    return v.SeqIter(walkable(machine, items), machine.int(0))


def walk_at(machine, depth, instruction):
    """The iterator over what lies at this depth: a range, a dictionary or a view of one, a list or a tuple; or None."""
    value = machine.state.stack[depth]
    if value.__class__ is v.Range:
        return of_range(machine, value)
    if is_range(value):
        return of_range_object(machine, value)
    table = walked_tables.of_view(machine, value, instruction) or walked_tables.of_value(machine, value)
    if table is not None:
        return table
    items = items_at(machine, depth, instruction)
    return None if items is None else iterator_over(machine, items)


def callee_below(machine, base, call):
    """What is called, next, with the entry that is about to lie at `base` and nothing else, if that is a known object; or None."""
    if base < 2 or call is None or (call.op, call.arg) != ("CALL", (1, ())) or call.unit in machine.code.stops:
        return None
    callee, null = machine.state.stack[base - 2:base] if machine.code.null_above else machine.state.stack[base - 2:base][::-1]
    return callee if null is v.NULL and callee.__class__ is v.Const else None


def code_of(machine, instruction, body):
    """Code of this place's own, since what is learned of items and results is learned of code."""
    known, place = machine.hints.keyed, (instruction.unit, body.__name__)
    if place not in known:
        known[place] = body.__code__.replace(co_firstlineno=max(instruction.line - 1, 1))
    return known[place]


__all__ = ["begun", "callee_below", "code_of", "is_asked", "is_free", "items_at", "iterator_over", "listed_at", "walk_at"]
