"""map(f, items) and filter(f, items) that a builtin consumes on the spot.

    sum(map(f, xs)), list(map(int, words)), any(filter(test, xs))   ->   what the builtin would make of a generator expression that calls f

Neither the iterator nor its items' tuples are made.  As with generator expressions (capture/generators.py) a routine that changes nothing walks over
the items: where it leaves nothing has happened, and both calls are the interpreter's.
"""

from framejit.capture import callees, generators, values as v
from framejit.capture.handlers.subscripting import drop
from framejit.capture.iterators import walkable
from framejit.capture.keyed_code import code_of
from framejit.capture.list_parts import sequence
from framejit.capture.raw_lists import realised
from framejit.tables.silent import OF_ONE

SITE = 733              # part of a site's key: what is gone over


def mapped(items, key):
    for item in items: yield key(item)      # noqa: E701 (both are the line of the call)


def filtered(items, key):
    for item in items:      # noqa: E701
        if key(item): yield item      # noqa: E701


def true(items, key):
    for item in items:      # noqa: E701
        if item: yield item      # noqa: E701


BODIES = {map: mapped, filter: filtered}


def called(machine, instruction, callee, receiver, base):
    """Whether this call and the consumer's have been made, and the result lies in the place of both."""
    count, names = instruction.arg
    kind = next((one for one in BODIES if callee.__class__ is v.Const and callee.value is one), None)
    if kind is None or receiver is not v.NULL or names or count != 2 or machine.held is not None or machine.pending:
        return False
    consumer, unit = consumer_below(machine, base), instruction.unit
    if consumer is None or unit in machine.hints.real_generators:
        return False
    key = machine.state.stack[base + 2]
    none = key.__class__ is v.Const and key.value is None and kind is filter
    if not none and not is_silent(key) and callees.called(machine, key, instruction) is None:
        return False
    if machine.state.stack[base + 3].__class__ is v.Raw:
        realised(machine, machine.state.stack[base + 3])
    items = sequence(machine, machine.state.stack[base + 3], instruction, SITE)
    if items.__class__ is not v.Obj:
        return False
    callees.take_arguments(machine, base + 2, instruction)
    body = generators.Body(code_of(machine, instruction, true if none else BODIES[kind]), (machine.state.stack[base + 2],))
    body.iterator = v.SeqIter(walkable(machine, items), machine.int(0))
    machine.held = unit
    found = generators.consumed(machine, consumer, body, base - 2)
    if found is None:
        machine.stop("unsupported_opcode", "what isn't known to be numbers, sorted")
    drop(machine, len(machine.state.stack) - base)
    generators.taken(machine, base - 2, found)
    machine.jump(machine.following().next)
    return True


def consumer_below(machine, base):
    """The row of the builtin that is called with the result and nothing else, next; or None."""
    following, stack = machine.following(), machine.state.stack
    if base < 2 or following is None or (following.op, following.arg) != ("CALL", (1, ())) or following.unit in machine.code.stops or machine.splits(machine.instruction):
        return None
    callee, null = stack[base - 2:base] if machine.code.null_above else stack[base - 2:base][::-1]
    row = generators.consumer_of(callee.value) if null is v.NULL and callee.__class__ is v.Const else None
    return None if row is generators.FIRST else row


def is_silent(key):
    """A function of C's that native code has a row for, and that nothing hears of (ext/silent.c)."""
    return key.__class__ is v.Const and any([key.value is one for one in OF_ONE])


__all__ = ["called"]
