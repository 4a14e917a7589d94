"""`x in container` of a number, without a call: ranges with a step that is known, tuples of numbers."""

from framejit.capture import numbers, scalar_kinds, values as v
from framejit.capture.handlers.stack import own_home
from framejit.capture.iterators import as_range, is_range
from framejit.capture.scalar_kinds import WEAK
from framejit.tables.types import KINDS


def contained(machine, item, container):
    """i1, or None for a call-out."""
    item = numbers.number(machine, item)
    if item is None or item.kind not in WEAK and not scalar_kinds.follows_nep50():
        return None
    if is_range(container) and not own_home(machine, container):
        container = as_range(machine, container) or container
    if container.__class__ is v.Range:
        return in_range(machine, item, container)
    entries = container.items if container.__class__ is v.Tup else constants(container)
    entries = [numbers.number(machine, entry) for entry in entries]
    return None if not entries or None in entries else in_tuple(machine, item, entries)


def constants(container):
    if container.__class__ is not v.Const or type(container.value) is not tuple:
        return []
    return [v.Const(entry) for entry in container.value]


def in_range(machine, item, container):
    """An integer lies between the ends, and so many steps from the first.  Other than ints are searched for by `==`: the same."""
    step = container.step.node
    if KINDS[item.kind].floating or step.op != "const" or step.attr == -2**63:
        return None
    node = numbers.as_int(machine, item) if item.kind in WEAK else scalar_kinds.stored(machine, v.Num(item.kind, item.node), "int64")
    first, last, beyond = container.start.node, node, container.stop.node
    if step.attr < 0:
        inside = machine.emit("iand", machine.emit("icmp_sle", node, first), machine.emit("icmp_slt", beyond, node))
        first, last = last, first
    else:
        inside = machine.emit("iand", machine.emit("icmp_sle", first, node), machine.emit("icmp_slt", node, beyond))
    if abs(step.attr) == 1:
        return inside
    rest = machine.emit("urem", machine.emit("isub", last, first), machine.int(abs(step.attr)))
    return machine.emit("iand", inside, machine.emit("icmp_eq", rest, machine.int(0)))


def in_tuple(machine, item, entries):
    """Equal to an entry.  A NaN is in a tuple that has that very object: left to the interpreter."""
    found = machine.const("i1", False)
    for entry in entries:
        equal = equality(machine, entry, item)
        if equal is None:
            return None
        found = machine.emit("ior", found, equal)
    if KINDS[item.kind].floating and any([KINDS[entry.kind].floating for entry in entries]):
        machine.guard(machine.emit("fcmp_ord", item.node, item.node), "identity")
    return found


def equality(machine, left, right):
    if left.kind in WEAK and right.kind in WEAK:
        return numbers.compare(machine, "==", left, right)
    equal = machine.scalar_rules.compare(machine, "==", left, right)
    return None if equal is None else equal.node


__all__ = ["contained"]
