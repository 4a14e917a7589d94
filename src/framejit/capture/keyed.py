"""sorted(items, key=f), min(items, key=f), max(items, key=f) of a list or a tuple, whose key function is one of the program's.

    sorted(rows, key=lambda row: row[1], reverse=True)      ->   a routine walks over the rows and lists their keys; ext/list_methods.c sorts by them

The keys are listed as a comprehension lists its items (capture/generators.py): by a routine that changes nothing, so where it leaves nothing has
happened, and the call is the interpreter's.  So it is where keys have comparisons of their own.
"""

from framejit.capture import callees, generators, mapped, values as v
from framejit.capture.collectors import Collector
from framejit.capture.handlers.subscripting import drop
from framejit.capture.iterators import walkable
from framejit.capture.list_parts import sequence
from framejit.capture.raw_lists import filled, realised
from framejit.capture.subscripts import sequence_example
from framejit.capture.entry import MISSING
from framejit.capture.texts import asked, kept
from framejit.capture.values import NULL

SITE = 730              # part of a site's key: what is sorted
NAMES = (("key",), ("key", "reverse"), ("reverse", "key"))


def keys(items, key):
    for item in items: yield key(item)      # noqa: E701 (both are the line of the call)


def listed(machine, form, node, base):
    """The finish of the collector: the list of keys, as objects."""
    if form.raw:
        machine.guard(filled(machine, node, form.kind), "memory")
    return v.Obj(list, node, "home", form.example())


COLLECTOR = Collector(listed)


def called(machine, instruction, callee, receiver, base):
    """Whether the call has been made, and its result lies on the stack in the operands' place."""
    count, names = instruction.arg
    row = next((row for known, row in ROWS if callee.__class__ is v.Const and callee.value is known), None)
    if row is None or receiver is not NULL or names not in NAMES or count != 1 + len(names) or machine.held is not None or machine.pending:
        return False
    if instruction.unit in machine.hints.real_generators or "reverse" in names and row is not ROWS[0][1]:
        return False
    depths = {name: len(machine.state.stack) - len(names) + place for place, name in enumerate(names)}
    backwards = machine.state.stack[depths["reverse"]] if "reverse" in depths else v.Const(False)
    if backwards.__class__ is not v.Const or type(backwards.value) is not bool or callees.called(machine, machine.state.stack[depths["key"]], instruction) is None:
        return False
    if machine.state.stack[base + 2].__class__ is v.Raw:
        realised(machine, machine.state.stack[base + 2])
    items = sequence(machine, machine.state.stack[base + 2], instruction, SITE)
    if items.__class__ is not v.Obj:
        return False
    callees.take_arguments(machine, depths["key"], instruction)
    body = generators.Body(code_of(machine, instruction), (machine.state.stack[depths["key"]],))
    body.iterator = v.SeqIter(walkable(machine, items), machine.int(0))
    machine.held = instruction.unit
    found = generators.consumed(machine, COLLECTOR, body, base)
    made = row(machine, items, found, backwards, base)
    drop(machine, len(machine.state.stack) - base - 1)
    machine.popn(1)
    machine.push(made)
    return True


def code_of(machine, instruction):
    """Code of this place's own, since what is learned of items and keys is learned of code."""
    known = machine.hints.keyed
    if instruction.unit not in known:
        known[instruction.unit] = keys.__code__.replace(co_firstlineno=max(instruction.line - 1, 1))
    return known[instruction.unit]


def in_order(machine, items, found, backwards, base):
    node = asked(machine, "fj_items_sorted_by", items.node, found.node, machine.int(int(backwards.value)))
    machine.secure()
    made = kept(machine, node, list, base)
    made.example = list(items.example) if type(items.example) in (list, tuple) else None
    return made


def extreme(least):
    """The row of min or max: one of the items, which the home of the call's first slot keeps from now on."""
    def row(machine, items, found, backwards, base):
        node = asked(machine, "fj_items_extreme_by", items.node, found.node, machine.int(int(least)))
        machine.secure()
        made = kept(machine, node, None, base)
        example = sequence_example(items)
        made.example = None if example is MISSING else example
        return made

    return row


ROWS = ((sorted, in_order), (min, extreme(True)), (max, extreme(False)))       # compared by identity

__all__ = ["called", "mapped"]
