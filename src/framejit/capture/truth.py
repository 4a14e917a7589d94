"""Truth of a value as an i1 node: one row per class and kind."""

from weakref import ref

from framejit.capture import values as v
from framejit.capture.raw_lists import size
from framejit.capture.several import Several
from framejit.capture.unions import MOST, kinds_of
from framejit.tables.classes import one_of, plain_class
from framejit.tables.types import COMPLEX, KINDS


def truth(machine, value, instruction):
    """i1 node; where only the interpreter knows, a call-out answers."""
    row = ROWS.get(value.__class__)
    if row is not None:
        found = row(machine, value)
        if found is not None:
            return found
    found = (of_deque(machine, value, instruction) or of_instance(machine, value, instruction)) if value.__class__ is v.Obj else None
    if found is not None:
        return found
    from framejit.capture.handlers.calls import truth_callout
    return truth_callout(machine, value, instruction)


def of_num(machine, value):
    kind = KINDS[value.kind]
    if kind.machine == "i1":
        return value.node
    if value.kind in COMPLEX:
        zero = machine.const("f64", 0.0)
        return machine.emit("ior", *[machine.emit("fcmp_une", machine.emit(part, value.node), zero) for part in ("complex_real", "complex_imag")])
    if kind.floating:
        return machine.emit("fcmp_une", value.node, machine.const(kind.machine, 0.0))
    return machine.emit("icmp_ne", value.node, machine.const(kind.machine, 0))


def of_object(machine, value):
    if one_of(value.type, (list, tuple, dict, str, bytes, bytearray)):
        return machine.emit("icmp_ne", machine.emit("field", value.node, attr="var_size", type="i64"), machine.int(0))
    from framejit.capture import mixed
    return mixed.truth(machine, value)


def of_deque(machine, value, instruction):
    from framejit.capture import deques
    found = deques.known(machine, value, instruction)
    return None if found is None else machine.emit("icmp_ne", deques.size(machine, found), machine.int(0))


def of_instance(machine, value, instruction):
    """Instances of classes that have no say in it are true: of those that this place has shown, or None."""
    from framejit.capture.attributes import TRUTH, kind_of
    site = (instruction.unit, INSTANCE)
    kinds = list(kinds_of(value.type)) if value.type is not None else likely_classes(value.example, machine.hints.sites.get(site, ()), kind_of)
    lists = list_subclasses()
    listed = len(kinds) == 1 and lists.sized(machine, kinds[0])
    if not kinds or not listed and not all([plain_class(kind) and machine.region.attribute_of(kind, "__bool__", TRUTH)[0] == "nothing" for kind in kinds]):
        return None
    if value.type is not None:
        return lists.has_items(machine, value) if listed else machine.const("i1", True)
    none, found = machine.emit("icmp_eq", value.node, machine.object(None)), machine.emit("field", value.node, attr="object_type", type="ptr")
    fits = none
    for kind in kinds:
        fits = machine.emit("ior", fits, machine.emit("icmp_eq", found, machine.object(kind)))
    machine.guard(fits, "type", value.node, site)
    some = machine.emit("ixor", none, machine.const("i1", True))
    return machine.emit("iand", some, lists.has_items(machine, value)) if listed else some


def list_subclasses():
    from framejit.capture import list_subclasses
    return list_subclasses


def likely_classes(example, seen, kind_of):
    """The program's classes that an object may be of, beside None; nothing where it may be anything else."""
    shown = [one() if type(one) is ref else one for one in seen]
    shown += [kind_of(one) for one in (example.items if type(example) is Several else [example]) if one is not None]
    kinds = []
    for kind in shown:
        if kind is not type(None) and not any([kind is other for other in kinds]):
            kinds.append(kind)
    return kinds if len(kinds) <= MOST else []


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
INSTANCE = 31           # part of a site's key
PLAIN = (int, float, bool, str, bytes, tuple, type(None), complex, frozenset)
