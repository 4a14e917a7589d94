"""Slices of lists and tuples that a builtin consumes on the spot: they are never made.

    sum(xs[i - 5:i]), max(row[:k]), any(flags[a:b]), len(xs[a:])   ->   as sum(x for x in xs[i - 5:i]): a routine walks over the part

Where it leaves nothing has happened: the slice and the call are the interpreter's.
"""

from framejit.capture import generators, values as v, walked_slices
from framejit.capture.handlers.calls import temporary
from framejit.capture.handlers.subscripting import drop
from framejit.capture.consumed_calls import callee_below, code_of
from framejit.capture.list_parts import SLICES
from framejit.capture.raw_lists import realised
from framejit.tables.classes import one_of
from framejit.tables.specialised import SLICE


SITE = 734              # part of a site's key: whether there has been nothing to add up


def parts(items):
    for item in items: yield item      # noqa: E701 (both are the line of the slice)


def consumed(machine, instruction, call):
    """Whether the slice of the three entries on top, and the call of a builtin with it, have been made.  `call`: the instruction behind the slice's."""
    base = len(machine.state.stack) - 3
    callee = callee_below(machine, base, call)
    counts = callee is not None and callee.value is len
    row = None if callee is None or counts else generators.consumer_of(callee.value)
    if not counts and (row is None or row is generators.FIRST or row.collects) or not is_likely(machine.state.stack[base]):
        return False
    if machine.held is not None or machine.pending or instruction.unit in machine.hints.real_generators:
        return False
    if machine.state.stack[base].__class__ is v.Raw and row is not None and row.itself:
        realised(machine, machine.state.stack[base])
    machine.held = instruction.unit
    part = walked_slices.part_of(machine, machine.state.stack[base:], instruction)
    if counts:
        size, zero = machine.emit("isub", part.stop, part.index), machine.int(0)
        found = v.Num("int", machine.emit("select", machine.emit("icmp_slt", size, zero), zero, size))
        machine.held = None
    else:
        body = generators.Body(code_of(machine, instruction, parts))
        body.iterator = part
        if callee.value is sum:
            nothing_apart(machine, instruction, call, body, row)
        found = generators.consumed(machine, row, body, base - 2, (), SLICE)
    drop(machine, 3)
    generators.taken(machine, base - 2, found)
    machine.jump(call.next)
    return True


def nothing_apart(machine, instruction, call, body, row):
    """A sum of no items is an int: where sums of floats are expected that leaves, and is told apart from then on."""
    _, routine = generators.captured(machine, row, body.code, [body.iterator])
    if routine is None or routine.result is None or routine.result[:2] == ("num", "int"):
        return
    some, site = machine.emit("icmp_slt", body.iterator.index, body.iterator.stop), (instruction.unit, SITE)
    if not machine.hints.sites.get(site) or temporary(machine, machine.state.stack[-3]):
        machine.guard(some, "type", machine.object(0), site)
        return
    here, held, blocks = machine.state, machine.held, [machine.graph.block(), machine.graph.block()]
    machine.end("branch", (some,), [(block, []) for block in blocks])
    machine.block, machine.state, machine.held = blocks[1], here.copy(), None
    machine.popn(5)
    machine.push(v.Num("int", machine.int(0)))
    machine.end("jump", targets=[machine.enter(call.next, machine.state)])
    machine.block, machine.state, machine.held = blocks[0], here, held


def is_likely(value):
    """Whether it is a list or a tuple, as far as anybody knows."""
    return value.__class__ is v.Raw or value.__class__ is v.Obj and one_of(type(value.example) if value.type is None else value.type, tuple(SLICES))


__all__ = ["consumed"]
