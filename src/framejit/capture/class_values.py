"""Values that classes have for all their instances, and methods that aren't called at once.

    self.RATE, Strength.WEAK    ->   a cell of the class's dictionary, read as a name of a module is
"""

from types import FunctionType

from framejit.capture import twisters, values as v
from framejit.capture.attributes import HELD, base_with, function_of, names_of, put_instead, uncovered
from framejit.capture.entry import MISSING
from framejit.capture.held_methods import HeldMethod, may_be_held
from framejit.capture.subscripts import site_of, typed
from framejit.tables.classes import HEAP, flags_of, is_enumeration, known_class, plain_class

METACLASS = 14          # FJ_OF_* in ext/machine.h


def is_own(machine, kind, name):
    """Whether this is a class of the program that finds what it has itself; that a metaclass lets it is relied on."""
    metaclass = type(kind)
    if metaclass is type or not issubclass(metaclass, type):
        return metaclass is type and plain_class(kind)
    if not flags_of(kind) & HEAP or base_with(kind, name) is None or machine.region.attribute_of(metaclass, name, METACLASS)[0] != "nothing":
        return False
    machine.graph.constant(metaclass)
    return True


def read_of_member(machine, instruction, value, row, number):
    """Whether the `value` or `name` of an enum.Enum's member has been read."""
    if row != "unknown" or value.__class__ is not v.Obj or not is_enumeration(value.type):
        return False
    from framejit.capture import enumerations
    return enumerations.read(machine, instruction, value)


def cell_of(machine, instruction, value, number):
    """(node, value at hand) of what the class or a base of it, whose id is the number, has for all: the class keeps it; or None."""
    kind = value.value if value.__class__ is v.Const else value.type
    base = base_with(kind, instruction.arg)
    if id(base) != number:
        return None
    uncovered(machine, value, instruction.arg)
    machine.graph.constant(kind)
    machine.graph.constant(base)
    node = machine.emit("name", attr=machine.region.new_cell(base, None, instruction.arg, MISSING))
    return node, names_of(base)[instruction.arg]


def read(machine, instruction, value, number):
    """Whether the attribute of the stack's top, a value of a type that nobody makes a descriptor, has been read."""
    found = cell_of(machine, instruction, value, number)
    return found is not None and put_instead(machine, typed(machine, found[0], site_of(instruction), found[1], "item"))


def read_held(machine, instruction, value, number):
    """The same of an instance of the program's: that its class makes no descriptor of it is a fact of that class, behind a guard on the instance."""
    kind = value.value if value.__class__ is v.Const else value.type
    holder = base_with(kind, instruction.arg)
    held = None if holder is None else type(names_of(holder)[instruction.arg])
    if held is None or machine.region.attribute_of(held, "__get__", HELD)[0] != "nothing":
        return False
    found = cell_of(machine, instruction, value, number)
    if found is None:
        return False
    node, example = found
    same = machine.emit("icmp_eq", machine.emit("field", node, attr="object_type", type="ptr"), machine.object(held))
    machine.guard(same, "type", node, site_of(instruction))
    return put_instead(machine, v.Obj(held if known_class(held) else None, node, "item", example))


def found_in_class(machine, value, name, function):
    """Whether a method that the instance's own dictionary may cover is found in the class: one of Python's, or of C's that is drawn by."""
    if type(function) is not FunctionType and not twisters.is_method(function):
        return False
    machine.guard(machine.emit("read_call", value.node, machine.object(name), attr=("fj_lacks_name", "i1"), type="i1"), "type")
    return True


def texts():
    from framejit.capture import texts
    return texts


def read_method(machine, instruction, value, number):
    """Whether a method has been read that a variable holds: no object, if it is only called; else one of C's methods, bound as in the interpreter."""
    function = function_of(machine, instruction, value, number)
    held = function is not None and may_be_held(machine)
    if function is None or machine.held is not None or not held and type(function) is FunctionType or not found_in_class(machine, value, instruction.arg, function):
        return False
    if held:
        owner = machine.state.stack[-1]         # of a union perhaps, of whose classes `value` is the first
        machine.state.stack[-1] = HeldMethod(function, owner.node, owner.type, owner.example)
        return True
    nothing = machine.const("ptr", None)
    machine.guard(machine.emit("read_call", attr=("fj_can_make", "i1"), type="i1"), "collection")
    node = machine.emit("write_call", machine.object(function), value.node, attr=("fj_new_bound", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, nothing), "memory")
    texts().put_instead(machine, 1, node, None, twisters.like(function))
    return True


__all__ = ["found_in_class", "is_own", "read", "read_held", "read_method", "read_of_member"]
