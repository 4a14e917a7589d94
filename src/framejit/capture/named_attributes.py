"""Attributes asked for by name: getattr(o, "x"), getattr(o, "x", 0), hasattr(o, "x"), where the name is a constant.

    hasattr(node, "left")   ->   the place where node's class keeps `left`: is anything there?

Instances are of one class of the program's, whose attributes are found as LOAD_ATTR finds them; what would call a function, or asks objects of several
classes, is the interpreter's.  Whether there is something may be different from turn to turn: the site learns it.
"""

from framejit.capture import attributes, class_values, dictionary_attributes, values as v
from framejit.capture.call_operands import temporary
from framejit.capture.entry import MISSING
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import function
from framejit.capture.instance_checks import exact_type
from framejit.capture.subscripts import site_of, typed
from framejit.capture.unions import Union
from framejit.tables.classes import mro_of, one_of

SITE = 744              # part of a site's key
OF_C = (int, float, bool, complex, str, bytes, list, tuple, dict, set, frozenset, range, type(None))       # whose objects have what their types say, and nothing else
KNOWN = (str, list, tuple, dict, set, bytes)
GIVEN = ("class", "static", "class method", "method", "builtin")        # what classes have for all, and asking runs nothing


@function(getattr)
def attribute(machine, arguments, instruction):
    if len(arguments) not in (2, 3) or len(arguments) == 3 and arguments[2].__class__ is not v.Const:
        return None
    instruction, value = begun(machine, arguments, instruction)
    if value.__class__ is not v.Obj or not attributes.known_class(value.type):
        return None
    found = machine.region.attribute_of(value.type, instruction.arg, attributes.use_of(value.type))
    if found[0] == "class":
        return of_class(machine, instruction, value, found[1])
    covers = len(arguments) == 2 or found[0] == "value" and attributes.base_with(value.type, instruction.arg) is not None
    place = looked_up(machine, instruction, value, *found, covers)
    if place is None:
        return None
    if covers:
        machine.guard(machine.emit("icmp_ne", place, machine.const("ptr", None)), "unbound")
        return attributes.known_item(machine, instruction, value, place)
    return either(machine, instruction, value, place, arguments[2])


def either(machine, instruction, value, node, default):
    """What is there, or the constant; where both have come, an object."""
    site, nothing = (instruction.unit, SITE), machine.const("ptr", None)
    example = attributes.example_of(value, instruction.arg)
    there = machine.emit("icmp_ne", node, nothing)
    if machine.hints.sites.get(site):
        chosen = machine.emit("select", there, node, machine.object(default.value))
        return v.Obj(None, chosen, "item", default.value if example is MISSING else example)
    if example is MISSING:
        machine.guard(machine.emit("icmp_eq", node, nothing), "unbound", machine.object(None), site)
        return default
    machine.guard(there, "unbound", machine.object(None), site)
    return attributes.known_item(machine, instruction, value, node)


@function(hasattr)
def has_attribute(machine, arguments, instruction):
    if len(arguments) != 2:
        return None
    instruction, value = begun(machine, arguments, instruction)
    if value is None:
        return None
    if value.__class__ is not v.Obj or not attributes.known_class(value.type):
        kind = exact_type(value) if value.__class__ is not v.Obj else value.type
        found = one_of(kind, OF_C) and any([instruction.arg in attributes.names_of(base) for base in mro_of(kind)])
        return v.Const(found) if one_of(kind, OF_C) else None
    found = machine.region.attribute_of(value.type, instruction.arg, attributes.use_of(value.type))
    if found[0] in GIVEN:
        machine.graph.constant(value.type)
        return v.Const(True)
    place = looked_up(machine, instruction, value, *found)
    return None if place is None else v.Num("bool", machine.emit("icmp_ne", place, machine.const("ptr", None)))


def begun(machine, arguments, instruction):
    """(the instruction as if it loaded the attribute, the object as one of a known type); (None, None) where that isn't known."""
    value, name = arguments[:2]
    if instruction is None or name.__class__ is not v.Const or type(name.value) is not str or temporary(machine, value) or machine.held is not None or machine.pending:
        return None, None
    if value.__class__ is v.Obj and value.type is None:
        value = exactly(machine, value, KNOWN, instruction, SITE + 1) or attributes.instance(machine, value, instruction)
    known = value is not None and (value.__class__ is not v.Obj or value.type is not None and type(value.type) is not Union)
    return (instruction._replace(arg=name.value), value) if known else (None, None)


def of_class(machine, instruction, value, number):
    """What the class has for all its instances."""
    found = class_values.cell_of(machine, instruction, value, number)
    return None if found is None else typed(machine, found[0], site_of(instruction), found[1], "item")


def looked_up(machine, instruction, value, row, number, there=False):
    """The object that the instance itself has under the name, borrowed; NULL: none.  None where nobody knows, or the class has one for those that have none,
    unless it has to be `there`."""
    if row == "value" and not there and machine.region.attribute_of(value.type, instruction.arg, attributes.LACKED)[0] != "nothing":
        return None
    if row in ("value", "keyed") and dictionary_attributes.at_hand(value):
        machine.graph.constant(value.type)
        held = dictionary_attributes.dictionary(machine, value)
        return machine.emit("read_call", held, machine.object(instruction.arg), machine.const("ptr", None), attr=("fj_dict_item", "ptr"), type="ptr")
    if row in attributes.PLACES:
        machine.graph.constant(value.type)
        return machine.emit("item", *attributes.PLACES[row](machine, value, number))
    if row == "keyed" and attributes.use_of(value.type) == attributes.OF_INSTANCES:
        machine.graph.constant(value.type)
        attributes.PLACES["value"](machine, value, 0)       # what it has lies in it, where the class knows of no such place
        return machine.const("ptr", None)
    return None


__all__ = []
