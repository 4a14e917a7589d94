"""map(f, items) and filter(f, items) that a builtin consumes on the spot.

    sum(map(f, xs)), list(map(int, words)), any(filter(test, xs))   ->   what the builtin would make of a generator expression that calls f

Neither the iterator nor its items' tuples are made.  As with generator expressions (capture/generators.py) a routine that changes nothing walks over
the items: where it leaves nothing has happened, and both calls are the interpreter's.
"""

from framejit.capture import consumed_calls, generators, values as v
from framejit.capture.handlers.subscripting import drop


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
    if kind is None or names or count != 2 or not consumed_calls.is_free(machine, instruction, receiver):
        return False
    consumer = consumer_below(machine, base)
    key = machine.state.stack[base + 2]
    none = key.__class__ is v.Const and key.value is None and kind is filter
    if consumer is None or not none and not consumed_calls.is_asked(machine, key, instruction):
        return False
    items = consumed_calls.items_at(machine, base + 3, instruction)
    if items is None:
        return False
    body = consumed_calls.begun(machine, instruction, base + 2, consumed_calls.iterator_over(machine, items), true if none else BODIES[kind])
    found = generators.consumed(machine, consumer, body, base - 2)
    if found is None:
        machine.stop("unsupported_opcode", "what isn't known to be numbers, sorted")
    drop(machine, len(machine.state.stack) - base)
    generators.taken(machine, base - 2, found)
    machine.jump(machine.following().next)
    return True


def consumer_below(machine, base):
    """The row of the builtin that is called with the result and nothing else, next; or None."""
    callee = None if machine.splits(machine.instruction) else consumed_calls.callee_below(machine, base, machine.following())
    row = None if callee is None else generators.consumer_of(callee.value)
    return None if row is generators.FIRST else row


__all__ = ["called"]
