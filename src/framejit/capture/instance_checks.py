"""`isinstance` of what native code knows: the answer is known where the type is, else the machine asks the object's type.

    def __add__(self, other):
        if isinstance(other, Vec): ...      ->   other's class is Vec: no branch; another known class: its answer is guarded
"""

from framejit.capture import attributes, unions, values as v
from framejit.capture import entry
from framejit.capture.entry import array_type, scalar_kinds
from framejit.capture.function_table import function
from framejit.capture.handlers.subscripting import drop
from framejit.capture.texts import given
from framejit.capture.truth import PLAIN
from framejit.tables.classes import HEAP, flags_of, numpys, one_of
from framejit.tables.types import NUMPYS_PAIR, PAIR

CLASS = 403             # part of a site's key
PYTHON = {"int": int, "float": float, "bool": bool, PAIR: complex}


@function(isinstance)
def is_instance(machine, arguments, instruction):
    kinds = classes(arguments[1]) if len(arguments) == 2 else ()
    if not kinds or not all([type(kind) is type for kind in kinds]):
        return None
    value = arguments[0]
    if value.__class__ is v.Obj and value.type is None:
        value = attributes.instance_or_union(machine, value, instruction) or value
    found = machine.const("i1", False)
    for kind in kinds:
        answer = answered(machine, value, kind)
        if answer is None:
            return None
        found = machine.emit("ior", found, answer)
    return v.Num("bool", found)


@function(type)
def type_of(machine, arguments, instruction):
    """The class of what is known to be of one."""
    value = arguments[0]
    if len(arguments) != 1:
        return None
    if value.__class__ is v.Obj and value.type is None:
        value = attributes.instance_or_union(machine, value, instruction) or value
    exact = exact_type(value)
    if exact is not None:
        return None if value.__class__ is v.Array else v.Const(exact)
    if value.__class__ is not v.Obj or value.type is not None and type(value.type) is not unions.Union or instruction is None or machine.held is not None or machine.pending:
        return None
    node = machine.emit("own", machine.emit("field", value.node, attr="object_type", type="ptr"), attr=("OBJECT", 0))
    made = given(machine, node, None, instruction)
    made.example = type(value.example)
    return made


def compared_classes(machine, instruction):
    """Whether two classes on top of the stack, which `type` has made, have been compared."""
    pair = machine.state.stack[-2:]
    if instruction.arg not in ("==", "!=") or not all([may_be_class(value) for value in pair]) or machine.pending or machine.held is not None:
        return False
    nodes = [machine.object(value.value) if value.__class__ is v.Const else value.node for value in pair]
    for value, node in zip(pair, nodes):
        if value.__class__ is v.Obj:
            entry.guard_type(machine, node, type, machine.exit("type", node, (instruction.unit, CLASS)))
    same = machine.emit("icmp_eq" if instruction.arg == "==" else "icmp_ne", *nodes)
    drop(machine, 2)
    machine.push(v.Num("bool", same))
    return True


def may_be_class(value):
    return value.__class__ is v.Const and type(value.value) is type or value.__class__ is v.Obj and value.type is None and type(value.example) is type


def classes(value):
    """The classes that the second argument stands for, as far as they are known."""
    if value.__class__ is v.Tup:
        return [item.value for item in value.items] if all([item.__class__ is v.Const for item in value.items]) else ()
    if value.__class__ is not v.Const:
        return ()
    return value.value if type(value.value) is tuple else (value.value,)


def answered(machine, value, kind):
    """i1: whether the value is an instance of this class; None for a call-out."""
    exact = exact_type(value)
    if exact is kind:
        return machine.const("i1", True)
    if exact is None and value.__class__ is not v.Obj:
        return None
    expected = None if exact is None else any([base is kind for base in attributes.mro_of(exact)])
    if exact is not None and not flags_of(exact) & HEAP and not flags_of(kind) & HEAP:
        return machine.const("i1", expected)
    of = machine.emit("field", value.node, attr="object_type", type="ptr") if exact is None else machine.object(exact)
    answer = machine.emit("read_call", of, machine.object(kind), attr=("fj_is_subtype", "i64"), type="i64")
    if expected is None:
        machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "type")
        return machine.emit("icmp_ne", answer, machine.int(0))
    machine.guard(machine.emit("icmp_eq", answer, machine.int(int(expected))), "type")
    return machine.const("i1", expected)


def exact_type(value):
    """The type that the value has, if it is known."""
    row = TYPES.get(value.__class__)
    return None if row is None else row(value)


def of_number(value):
    if value.kind == NUMPYS_PAIR:
        return numpys("complex128")
    return PYTHON.get(value.kind) or next((type_ for type_, kind in scalar_kinds().items() if kind == value.kind), None)


def of_object(value):
    return value.type if one_of(value.type, (list, tuple)) or attributes.known_class(value.type) else None


TYPES = {
    v.Num: of_number,
    v.Obj: of_object,
    v.Const: lambda value: type(value.value) if one_of(type(value.value), PLAIN) else None,
    v.Tup: lambda value: tuple,
    v.Raw: lambda value: list,
    v.Range: lambda value: range,
    v.Array: lambda value: array_type(),
}

__all__ = ["answered", "exact_type"]
