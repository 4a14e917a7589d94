"""Truth of a value as an i1 node: one row per class and kind."""

from framejit.capture import values as v
from framejit.capture.raw_lists import size
from framejit.tables.classes import one_of
from framejit.tables.types import KINDS


def truth(machine, value, instruction):
    """i1 node; where only the interpreter knows, a call-out answers."""
    row = ROWS.get(value.__class__)
    if row is not None:
        found = row(machine, value)
        if found is not None:
            return found
    from framejit.capture.handlers.calls import truth_callout
    return truth_callout(machine, value, instruction)


def of_num(machine, value):
    kind = KINDS[value.kind]
    if kind.machine == "i1":
        return value.node
    if kind.floating:
        return machine.emit("fcmp_une", value.node, machine.const(kind.machine, 0.0))
    return machine.emit("icmp_ne", value.node, machine.const(kind.machine, 0))


def of_object(machine, value):
    if value.type in (list, tuple, dict, str):
        return machine.emit("icmp_ne", machine.emit("field", value.node, attr="var_size", type="i64"), machine.int(0))
    from framejit.capture import mixed
    return mixed.truth(machine, value)


def of_range(machine, value):
    if value.step.node.op != "const":
        return None
    comparison = "icmp_slt" if value.step.node.attr > 0 else "icmp_sgt"
    return machine.emit(comparison, value.start.node, value.stop.node)


def of_raw_list(machine, value):
    return machine.emit("icmp_ne", size(machine, value), machine.int(0))


ROWS = {
    v.Num: of_num,
    v.Obj: of_object,
    v.Raw: of_raw_list,
    v.Const: lambda machine, value: machine.const("i1", bool(value.value)) if one_of(type(value.value), PLAIN) else None,
    v.Tup: lambda machine, value: machine.const("i1", bool(value.items)),
    v.Range: of_range,
}
PLAIN = (int, float, bool, str, bytes, tuple, type(None), complex, frozenset)
