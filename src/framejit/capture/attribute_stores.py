"""Attributes of the program's instances, stored where the object keeps them (attributes.py says where that is); a property's function is called.

    p.x = value     ->   the old value may be let go of without anybody hearing of it?  the new one takes its place : leave
"""

from framejit.capture import tuples, unions, values as v
from framejit.capture.attributes import PLACES, STORED, ask, example_of, function_of, in_dictionaries, instance_or_union, likely, of_unions, slot_place, value_place
from framejit.capture.entry import MISSING
from framejit.capture.handlers.stack import must_be_shared, own_home
from framejit.capture.handlers.subscripting import drop, let_go, put, storable
from framejit.capture.list_parts import NUMBERS
from framejit.tables.callouts import CODE
from framejit.tables.classes import one_of


def store(machine, instruction):
    """Whether the stack's second entry has been stored in the attribute of its top."""
    ask(machine, instruction)
    value, owner = machine.state.stack[-2:]
    known = instance_or_union(machine, owner, instruction) if storable(value) else None
    dies = own_home(machine, machine.state.stack[-1])
    if known is not None and type(known.type) is unions.Union:
        return not dies and of_unions().store(machine, instruction, known)
    row, number = ("unknown", 0) if known is None else machine.region.attribute_of(known.type, instruction.arg, STORED)
    if dies and (row not in PLACES or not may_be_plain(known, instruction.arg)):
        return False
    return row in STORES and STORES[row](machine, instruction, known, number)


def may_be_plain(value, name):
    """Whether nothing says that the attribute is more than a number or None."""
    example = example_of(value, name)
    return example is MISSING or one_of(type(example), (*NUMBERS, complex, type(None)))


def outlives(machine, place):
    """Leaves unless what only the stack has of an instance, a call's result, somebody else has, too, also once the attribute has been let go of."""
    must_be_shared(machine, -1)
    machine.guard(machine.emit("read_call", machine.emit("item", *place), attr=("fj_is_plain", "i1"), type="i1"), "store")


def store_item(place):
    """A row of STORES: the attribute is an item of a vector."""
    def row(machine, instruction, value, number):
        if place is value_place and in_dictionaries().at_hand(value):
            return in_dictionaries().store(machine, instruction, value, number)
        where = place(machine, value, number)
        if own_home(machine, machine.state.stack[-1]):
            outlives(machine, where)
        fresh = machine.fresh and machine.state.stack[-1] is machine.state.locals[0]
        if fresh:
            machine.routine.likely[instruction.arg] = likely(machine.state.stack[-2])
        if fresh or lacks_now(value, instruction.arg):
            put_first(machine, where, place is slot_place)
        else:
            put_in(machine, where, -2)
        drop(machine, 1)
        machine.pop()
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
STORES = {"value": store_item(value_place), "slot": store_item(slot_place), "property": to_property, "keyed": lambda *operands: in_dictionaries().store(*operands)}


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
