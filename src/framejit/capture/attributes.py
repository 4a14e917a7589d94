"""Attributes of the program's instances: read and stored where the object keeps them, methods found in the class; cells.

    p.x     ->   guard on p's class; the values of p, which has no dictionary; the value at x's place

That the class says so is checked at entry and behind world points (`Region.classes`, ext/attributes.c).  The type of an
attribute is learned as an item's of a list is, and like an item it is borrowed.
"""

from abc import ABCMeta
from types import CellType

from framejit.capture import tuples, values as v
from framejit.capture.entry import MISSING
from framejit.capture.handlers.stack import own_home
from framejit.capture.handlers.subscripting import kept_instead, put, storable
from framejit.capture.keeping import keepable
from framejit.capture.raw_lists import EXAMPLES
from framejit.capture.subscripts import site_of, typed
from framejit.tables.classes import HEAP, flags_of, one_of

BUILT_IN = (int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, type, BaseException)
mro_of = type.__dict__["__mro__"].__get__
names_of = type.__dict__["__dict__"].__get__


def plain_class(kind):
    """Whether this is a class of the program whose instances are nothing but their attributes."""
    return one_of(type(kind), (type, ABCMeta)) and flags_of(kind) & HEAP != 0 and not any([one_of(base, BUILT_IN) for base in mro_of(kind)])


def instance(machine, value, instruction):
    """An object as an instance of the class that the one at hand has, which is guarded; or None."""
    if value.__class__ is not v.Obj or value.type is None and (value.example is None or not plain_class(type(value.example))):
        return None
    if value.type is not None:
        return value if plain_class(value.type) else None
    kind = type(value.example)
    found = machine.emit("field", value.node, attr="object_type", type="ptr")
    machine.guard(machine.emit("icmp_eq", found, machine.object(kind)), "type", value.node, (instruction.unit, 400))
    known = v.Obj(kind, value.node, value.owner, value.example)
    machine.state.replace(value, known)
    return known


def place_of(machine, value, name):
    """(node of the vector that an attribute lies in, its number there), or None."""
    kind, number = machine.region.attribute_of(value.type, name)
    row = PLACES.get(kind)
    return None if row is None else row(machine, value, number)


def value_place(machine, value, number):
    values = machine.emit("read_call", value.node, machine.int(value.type.__basicsize__), attr=("fj_values", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", values, machine.const("ptr", None)), "type")
    return values, machine.int(number)


def slot_place(machine, value, offset):
    return machine.emit("address", value.node, machine.int(offset)), machine.int(0)


PLACES = {"value": value_place, "slot": slot_place}


def read(machine, instruction):
    """Whether the attribute of the stack's top has been read."""
    value = instance(machine, machine.state.stack[-1], instruction)
    place = None if value is None else place_of(machine, value, instruction.arg)
    if place is None:
        return False
    node = machine.emit("item", *place)
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "unbound")
    item = typed(machine, node, site_of(instruction), example_of(value, instruction.arg), "item")
    value = machine.state.stack[-1]
    dies = own_home(machine, value)
    machine.pop()
    machine.push(kept_instead(machine, item) if dies else item)
    return True


def example_of(value, name):
    """The attribute of the object at hand; none of the program's code runs."""
    if type(value.example) is not value.type:
        return MISSING
    try:
        return object.__getattribute__(value.example, name)
    except AttributeError:
        return MISSING


def method(machine, instruction):
    """Whether the method of the stack's top has been found: it and the object lie there now."""
    value = instance(machine, machine.state.stack[-1], instruction)
    if value is None:
        return False
    kind, number = machine.region.attribute_of(value.type, instruction.arg)
    if kind != "method":
        return False
    function = next((names_of(base)[instruction.arg] for base in mro_of(value.type) if instruction.arg in names_of(base)), None)
    if id(function) != number or not keepable(function):
        return False
    if value.type.__dictoffset__:
        value_place(machine, value, 0)          # it has no dictionary, which could have another
    machine.state.stack[-1:] = [v.Const(function), machine.state.stack[-1]]
    return True


def store(machine, instruction):
    """Whether the stack's second entry has been stored in the attribute of its top."""
    value, owner = machine.state.stack[-2:]
    known = instance(machine, owner, instruction) if storable(value) and not own_home(machine, owner) else None
    place = None if known is None else place_of(machine, known, instruction.arg)
    if place is None:
        return False
    put_in(machine, place, -2)
    machine.popn(2)
    return True


def put_in(machine, place, depth, empty=False):
    """The stack's entry at this depth (below zero) is stored where an object is that may be let go of, or none if `empty`."""
    machine.secure()
    value, = tuples.apart(machine, [machine.state.stack[depth]])
    put(machine, *place, value, len(machine.state.stack) + depth, maybe=not empty, empty=empty)


# ---- cells

CELL_CONTENT = 16       # bytes before what a cell holds


def cell_place(machine, slot):
    return slot_place(machine, machine.state.locals[slot], CELL_CONTENT)


def read_cell(machine, instruction):
    """What a cell of the frame holds, which others may change: it is read each time."""
    node = machine.emit("item", *cell_place(machine, instruction.arg))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "unbound")
    machine.push(typed(machine, node, site_of(instruction), contents(machine.state.locals[instruction.arg].example), "item"))


def contents(cell):
    """What the cell at hand holds."""
    try:
        return cell.cell_contents if type(cell) is CellType else MISSING
    except ValueError:
        return MISSING


def store_cell(machine, instruction):
    """Whether the stack's top has been stored in a cell."""
    if not storable(machine.state.stack[-1]):
        return False
    value = machine.state.stack[-1]
    example = EXAMPLES.get(value.kind) if value.__class__ is v.Num else value.example
    put_in(machine, cell_place(machine, instruction.arg), -1, empty=True)
    machine.pop()
    if example is not None:
        machine.state.locals[instruction.arg].example = CellType(example)       # whoever reads it next expects the like
    return True


__all__ = ["method", "read", "read_cell", "store", "store_cell"]
