"""Members of enum.Enum: their values and names, and numbers of classes that inherit from int.

    color.value         ->   color._value_, as long as enum.property, its `__get__` and the function of this one are what they are
    level < Level.HIGH  ->   the ints that both are, where the class leaves the operator to int
"""

import sys
from types import FunctionType, ModuleType

from framejit.capture import attributes, callees, dictionary_attributes, numbers, values as v
from framejit.capture.function_table import PYTHON, rules_of
from framejit.capture.handlers.subscripting import drop
from framejit.capture.operators import BINARY
from framejit.graph.nodes import Node
from framejit.tables.classes import HEAP, flags_of

NUMBERS, FOUND = 15, 16 # FJ_OF_* in ext/machine.h
SITE = 742              # part of a site's key
MADE_OF = {"value": "_value_", "name": "_name_"}


def of_module(name):
    """What Python's own module of enumerations has under this name."""
    module = sys.modules.get("enum")
    return vars(module).get(name) if type(module) is ModuleType else None


def is_from(function, maker, name):
    """Whether this function is in the same file as the maker of enumerations, under this name."""
    return type(function) is FunctionType and type(maker) is FunctionType and function.__code__.co_qualname == name and function.__code__.co_filename == maker.__code__.co_filename


def parts(kind, name):
    """(the property that a class has under this name, its function, the function that calls it), where they are Python's own; or None."""
    base, own, maker = attributes.base_with(kind, name), of_module("property"), attributes.names_of(type(kind)).get("__contains__")
    found = None if base is None else attributes.names_of(base)[name]
    if base is not of_module("Enum") or type(found) is not own or dictionary_attributes.has_dictionary(found):
        return None
    getter, caller = object.__getattribute__(found, "fget"), attributes.names_of(own).get("__get__")
    same = is_from(maker, maker, "EnumType.__contains__") and is_from(getter, maker, f"Enum.{name}") and is_from(caller, maker, "property.__get__")
    return (found, getter, caller) if same and getter.__code__.co_names == (MADE_OF[name],) else None


def read(machine, instruction, value):
    """Whether the value or name of the member on top of the stack has been read."""
    name = instruction.arg
    found = parts(value.type, name) if name in MADE_OF and machine.held is None and not machine.pending else None
    if found is None or not is_as_found(machine, value.type, name, *found):
        return False
    return read_own(machine, instruction._replace(arg=MADE_OF[name]), value)


def is_as_found(machine, kind, name, found, getter, caller):
    """The same, relied on from now on."""
    region, own = machine.region, type(found)
    row, place = region.attribute_of(own, "fget")
    called = [region.attribute_of(own, method) for method in ("__get__", "__set__")]
    if row != "value" or called[0] != ("method", id(caller)) or called[1][0] != "method" \
            or region.attribute_of(kind, name, FOUND) != ("class", id(of_module("Enum"))):
        return False
    for one in (kind, own):
        machine.graph.constant(one)
    for function in (getter, caller):
        if not machine.routines.allowed(function.__code__):
            return False
        machine.routines.uses(function, callees.run_by(function), callees.Taken(None, ()))
    if machine.routine is not None:         # the interpreter runs two functions
        machine.guard(machine.emit("icmp_sgt", machine.levels(), machine.int(1)), "recursion")
    region.new_cell(of_module("Enum"), None, name, found)
    held, number = attributes.PLACES["value"](machine, v.Obj(own, machine.object(found)), place)
    machine.guard(machine.emit("icmp_eq", machine.emit("item", held, number), machine.object(getter)), "type")
    return True


def read_own(machine, instruction, value):
    """An attribute that the member itself has."""
    row, number = machine.region.attribute_of(value.type, instruction.arg)
    reader = attributes.READS.get(row)
    return row in ("value", "keyed") and reader(machine, instruction, value, number)


# ---- numbers

def binary(machine, instruction):
    """Whether an operator on the two entries on top, one of which is an int of a class of the program's, has been done."""
    symbol, _ = instruction.arg
    own = [own_class(machine, depth, instruction) for depth in (-2, -1)]
    found = operands(machine, instruction, f"__{BINARY[symbol]}__", own) if own != [None, None] else None
    if found is None:
        return False
    if symbol == "%" and own[0] is None:
        numbers.leaves_operand(machine, *found, instruction)
    return put(machine, rules_of(machine, found).binary(machine, symbol, *found))


def compare(machine, instruction):
    """The same of comparisons."""
    own = [own_class(machine, depth, instruction) for depth in (-2, -1)]
    found = operands(machine, instruction, "__eq__", own) if own != [None, None] else None
    if found is None:
        return False
    node = rules_of(machine, found).compare(machine, instruction.arg, *found)
    return put(machine, v.Num("bool", node) if node.__class__ is Node else node)


def own_class(machine, depth, instruction):
    """The class of the program's that inherits from int and that this entry is likely to be of, or None."""
    value = machine.state.stack[depth]
    kind = type(value.example) if value.__class__ is v.Obj and value.type is None else int
    own = flags_of(kind) & HEAP and any([base is int for base in attributes.mro_of(kind)])
    return kind if own and not machine.hints.sites.get((instruction.unit, SITE + depth)) else None


def operands(machine, instruction, name, own):
    """The two entries on top as ints and floats, where their classes leave this method to int; or None."""
    from framejit.capture.handlers.arithmetic import operand
    if machine.held is not None or machine.pending or machine.unseen:
        return None
    if any([kind is not None and machine.region.attribute_of(kind, name, NUMBERS)[0] != "nothing" for kind in own]):
        return None
    found = [operand(machine, depth, instruction) if kind is None else kind for depth, kind in zip((-2, -1), own)]
    if not all([kind is not None or value is not None and value.kind in PYTHON for kind, value in zip(own, found)]):
        return None
    return [value if kind is None else as_int(machine, depth, kind, instruction) for depth, kind, value in zip((-2, -1), own, found)]


def as_int(machine, depth, kind, instruction):
    """The int that an object of a class of the program's is, for this operation only: it is no int to others."""
    value = machine.state.stack[depth]
    leave = machine.exit("type", value.node, (instruction.unit, SITE + depth))
    same = machine.emit("icmp_eq", machine.emit("field", value.node, attr="object_type", type="ptr"), machine.object(kind))
    machine.emit("guard", same, exit=leave)
    return v.Num("int", machine.emit("unbox_int", value.node, attr=None, exit=leave))


def put(machine, result):
    if result is None:
        return False
    drop(machine, 2)
    machine.push(result)
    return True


__all__ = ["binary", "compare", "read"]
