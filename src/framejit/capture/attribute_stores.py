"""Attributes of the program's instances, stored where the object keeps them (attributes.py says where that is); a property's function is called.

    p.x = value     ->   the old value may be let go of without anybody hearing of it?  the new one takes its place : leave
"""

from framejit.capture import tuples, unions, values as v
from framejit.capture.attributes import STORED, example_of, function_of, instance_or_union, likely, of_unions, slot_place, value_place
from framejit.capture.entry import MISSING
from framejit.capture.handlers.stack import own_home
from framejit.capture.handlers.subscripting import let_go, put, storable
from framejit.tables.callouts import CODE


def store(machine, instruction):
    """Whether the stack's second entry has been stored in the attribute of its top."""
    value, owner = machine.state.stack[-2:]
    known = instance_or_union(machine, owner, instruction) if storable(value) and not own_home(machine, owner) else None
    if known is not None and type(known.type) is unions.Union:
        return of_unions().store(machine, instruction, known)
    row, number = ("unknown", 0) if known is None else machine.region.attribute_of(known.type, instruction.arg, STORED)
    return row in STORES and STORES[row](machine, instruction, known, number)


def store_item(place):
    """A row of STORES: the attribute is an item of a vector."""
    def row(machine, instruction, value, number):
        if machine.fresh and machine.state.stack[-1] is machine.state.locals[0]:
            machine.routine.likely[instruction.arg] = likely(machine.state.stack[-2])
            put_first(machine, place(machine, value, number), place is slot_place)
        elif lacks_now(value, instruction.arg):
            put_first(machine, place(machine, value, number), place is slot_place)
        else:
            put_in(machine, place(machine, value, number), -2)
        machine.popn(2)
        return True

    return row


def lacks_now(value, name):
    """Whether the instance at hand has no such attribute yet."""
    return type(value.example) is value.type and example_of(value, name) is MISSING


def to_property(machine, instruction, value, number):
    """A property's function is called, with the value."""
    from framejit.capture.invoking import Way, invoked
    function, base = function_of(machine, instruction, value, number, SETTERS), len(machine.state.stack) - 2
    way = Way(2, row=CODE["STORE_ATTR"], argument=machine.graph.constant(instruction.arg), results=0)
    return function is not None and invoked(machine, v.Const(function), (base + 1, base), base, instruction, way)


SETTERS = {property: lambda found: found.fset}
STORES = {"value": store_item(value_place), "slot": store_item(slot_place), "property": to_property}


def put_in(machine, place, depth, empty=False):
    """The stack's entry at this depth (below zero) is stored where an object is that may be let go of, or none if `empty`."""
    machine.secure()
    value, = tuples.apart(machine, [machine.state.stack[depth]])
    put(machine, *place, value, len(machine.state.stack) + depth, maybe=not empty, empty=empty)


def put_first(machine, place, slot):
    """The same, below the top of the stack, where most likely nothing is yet: values also know in which order they came."""
    machine.secure()
    value, = tuples.apart(machine, machine.state.stack[-2:-1])
    machine.guard(machine.emit("read_call", machine.emit("item", *place), attr=(machine.quiet, "i1"), type="i1"), "store")
    new, (vector, number) = machine.boxed(value), place
    machine.emit("write_call", vector, number, new, attr=("fj_slot_set" if slot else "fj_value_set", None))
    machine.escaped(value, new)
    let_go(machine, value, len(machine.state.stack) - 2)


__all__ = ["STORES", "put_in", "store"]
