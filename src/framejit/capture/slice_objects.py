"""Slices that are objects, and what one shows of an array's axis (made_slices.py makes some).

    row = slice(starts[i], starts[i + 1]);  data[row]     ->   the bounds that it was made of
    u[inner, row], made elsewhere                         ->   its parts, behind guards on their types; the step is None

A slice keeps its parts for good, and nobody inherits from its type.
"""

from weakref import ref

from framejit.capture import entry, values as v
from framejit.capture.subscripts import integer_index, typed
from framejit.tables.types import KINDS

SITE = 680              # parts of an instruction's sites: a slice and its three parts, for each axis
PARTS = ("start", "stop", "step")
ADDRESS = 16            # of the parts, behind the object's header (sliceobject.h)


def bound(machine, value):
    """An i64 node, or "" for None; None: not known to be an integer."""
    if value.__class__ is v.Const and value.value is None:
        return ""
    return None if value.__class__ is v.Const and type(value.value) is bool else integer_index(machine, value)


def is_object(value):
    """Whether it is, or is likely to be, a slice object that isn't a constant."""
    return value.__class__ is v.Obj and (value.type is slice or value.type is None and type(value.example) is slice)


def readable(machine, value, unit, place):
    """Whether bounds can be read from a slice object, part number `place` of the subscript at this unit."""
    made = machine.made_slices.get(id(value.node))
    if made is not None:
        step = made[1][2]
        return step.__class__ is v.Const and plain_step(bound(machine, step))
    sites, site = machine.hints.sites, SITE + 4 * place
    if not all([one is slice for one in sites.get((unit, site), ())]):
        return False
    for number, name in enumerate(PARTS, 1):
        seen = sites.get((unit, site + number))
        example = part_of(value, name, seen)
        kind = type(example) if not seen else seen[0] if len(seen) == 1 and seen[0].__class__ is not ref else None
        if kind is not type(None) and kind is not type(entry.MISSING) and (name == "step" or not is_integer(kind) or entry.is_large(example)):
            return False
    return True


def plain_step(step=""):
    """Whether the node of a step is a constant that NumPy takes: the direction is part of what is compiled."""
    return step == "" or step.op == "const" and step.attr != 0 and abs(step.attr) < 2**31


def is_integer(kind):
    """Whether it is Python's int, or one of NumPy's."""
    if kind is int:
        return True
    row = KINDS.get(entry.scalar_kinds().get(kind)) if type(kind) is type else None
    return row is not None and not row.floating and row.machine != "i1"


def part_of(value, name, seen):
    """What the slice at hand has there, if it is what exits have seen, or they have seen nothing."""
    found = getattr(value.example, name) if type(value.example) is slice else entry.MISSING
    return found if not seen or type(found) is seen[-1] else entry.MISSING


def bounds(machine, value, unit, place):
    """The nodes of its bounds, and its step; leaves where they are of other types than what was seen."""
    made = machine.made_slices.get(id(value.node))
    if made is not None:
        return [bound(machine, part) for part in made[1]]
    site = SITE + 4 * place
    if value.type is None:
        entry.guard_type(machine, value.node, slice, machine.exit("type", value.node, (unit, site)))
    parts, nodes = machine.emit("address", value.node, machine.int(ADDRESS)), []
    for number, name in enumerate(PARTS):
        place = (unit, site + 1 + number)
        example = part_of(value, name, machine.hints.sites.get(place))
        nodes.append(bound(machine, typed(machine, machine.emit("item", parts, machine.int(number)), place, example, "item")))
    if None in nodes:
        machine.stop("unsupported_opcode", "slice")
    return nodes


__all__ = ["bound", "bounds", "is_object", "plain_step", "readable"]
