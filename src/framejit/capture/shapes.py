"""Shapes of single values: which become which, and what two have in common."""

from framejit.capture import unions, values as v
from framejit.capture.components import part_types
from framejit.capture.recipes import constant
from framejit.capture.state import SINGLETONS
from framejit.tables.classes import one_of


def zero(type):
    return constant(type, {"f64": 0.0, "f32": 0.0, "c128": 0j, "i1": False, "ptr": None}.get(type, 0))


def convert(value, target, own=None):
    """Component nodes of `value` (of shape `own`) as a value of shape `target`, or None where it can't be."""
    own = own or value.shape()
    if own[0] == target[0] == "num":
        return convert_number(value, own, target)
    if own == target:
        return [value.index] if own[0] == "seq_iter" and own[1][0] == "at" else list(value.parts())
    if target[0] == "maybe":
        if own[0] == "maybe":
            inner = convert(value.value, target[1], own[1])
            return None if inner is None else [value.flag, *inner]
        if own[0] == "unbound":
            return [zero("i1"), *[zero(type) for type in part_types(target[1])]]
        inner = convert(value, target[1], own)
        return None if inner is None else [constant("i1", True), *inner]
    if own[0] == "raw" and target == REAL:
        return list(value.parts())
    if own[0] == "obj" and target[0] == "obj" and own[2] in ("home", target[2]) and (own[1] == target[1] or target[1] is None and is_of_program(own[1]) or unions.contains(target[1], own[1])):
        return list(value.parts())
    return None


OWNERS = ("constant", "home", "item")       # of a box: each is more than the one before


def convert_number(value, own, target):
    if own[1] != target[1] or own[2] and not target[2] or own[4] not in (None, target[4]):
        return None
    if own[2] and OWNERS.index(own[3]) > OWNERS.index(target[3]):
        return None
    nodes = [value.node]
    if target[2]:
        nodes.append(value.box if value.box is not None else zero("ptr"))
    if target[4] is not None:
        nodes.append(constant("i64", -1) if own[4] is None else value.slot[1])
    return nodes


REAL = ("obj", list, "home")


def join(first, second):
    """The cheapest shape that both convert to, or None."""
    if first == second:
        return first
    if first[0] == "num" and second[0] == "num" and first[1] == second[1]:
        owners = {shape[3] for shape in (first, second) if shape[2]}
        owner = owners.pop() if len(owners) == 1 else "item" if "item" in owners else "home"
        slots = {slot for slot in (first[4], second[4]) if slot is not None}
        boxed = first[2] or second[2] or not slots
        return ("num", first[1], boxed, owner, slots.pop() if slots else None) if len(slots) < 2 else None
    if first[0] == second[0] == "obj" and first[2] == second[2] and all([shape[1] is None or is_of_program(shape[1]) for shape in (first, second)]):
        return ("obj", unions.joined(first[1], second[1]), first[2])
    for one, other in ((first, second), (second, first)):
        if one[0] == "raw" and other == REAL:
            return REAL
        if one[0] == "unbound" and other[0] in JOINED_WITH_UNBOUND:
            return maybe(other)
        if one[0] == "unbound" and other[0] == "maybe":
            return other
    if first[0] == "maybe" or second[0] == "maybe":
        left = first[1] if first[0] == "maybe" else first
        right = second[1] if second[0] == "maybe" else second
        if left[0] in ("unbound", "maybe") or right[0] in ("unbound", "maybe"):
            return None
        inner = join(left, right)
        return None if inner is None else maybe(inner)
    return None


def join_tuples(first, second):
    """The same of tuples, item by item."""
    if not first[0] == second[0] == "tuple" or len(first[1]) != len(second[1]):
        return join(first, second)
    items = [join_tuples(one, other) for one, other in zip(first[1], second[1])]
    return None if None in items else ("tuple", tuple(items))


def convert_tuple(value, target):
    """Component nodes of a value as one of a shape that join_tuples gave."""
    if target[0] != "tuple":
        return convert(value, target)
    return [node for item, shape in zip(value.items, target[1]) for node in convert_tuple(item, shape)]


def maybe(inner):
    """The shape of what may be unbound, or None: the item of a raw list isn't followed there."""
    return None if inner[0] == "num" and inner[4] is not None else ("maybe", inner)


def is_of_program(kind):
    """Whether objects of this type may be of another one where ways meet: a class of the program, or what a function runs."""
    return kind is not None and not one_of(kind, (list, tuple, dict, set, bytearray))


JOINED_WITH_UNBOUND = ("num", "obj", "raw")


def has_object(entry):
    """Whether a number of this shape has an object where it needs one."""
    if entry[0] == "num":
        return entry[2] or entry[1] in SINGLETONS
    return has_object(entry[1]) if entry[0] == "maybe" else entry[0] != "either"


def unseen(value):
    """Whether the value's identity is known here only: it can't be two values from now on."""
    return value.__class__ in (v.Raw, v.Tup) or value.__class__ is v.Num and value.slot is not None
