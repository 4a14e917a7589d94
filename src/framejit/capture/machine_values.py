"""What world points do to values: who keeps them alive, which exist as objects, which arrays are relied on."""

from framejit.capture import value_parts, values as v
from framejit.capture.held_methods import HeldMethod
from framejit.capture.walked_generators import Generated

UNRETAINED = (v.Const, v.Methods, v.Null, v.Unbound, v.RangeIter, v.Range, HeldMethod)
VIRTUAL_TYPES = {v.Tup: tuple, v.Range: range, HeldMethod: None}


def arrays_in(value):
    if value.__class__ is v.Array:
        while value.base is not None:
            value = value.base[0]
        yield value
    elif value.__class__ is v.Tup:
        for item in value.items:
            yield from arrays_in(item)
    elif value.__class__ is v.SeqIter:
        yield from arrays_in(value.sequence)
    elif value.__class__ in (v.Pairs, Generated):
        for inner in value_parts.INSIDE[value.__class__][0](value):
            yield from arrays_in(inner)


def settled(value, node):
    """A local behind a call-out: its object exists now, in its home (`node`; NULL where it isn't bound)."""
    if value.__class__ is v.Maybe:
        return v.Maybe(value.flag, settled(value.value, node))
    if value.__class__ is v.Num:
        return v.Num(value.kind, value.node, None if value.kind in ("bool", "bool_") else node)
    if value.__class__ in VIRTUAL_TYPES:
        return v.Obj(VIRTUAL_TYPES[value.__class__], node)
    return owned(value)


def owned(value):
    """The same value, kept alive by a home."""
    if value.__class__ is v.Num:
        return v.Num(value.kind, value.node, value.box, slot=value.slot)
    if value.__class__ is v.Obj:
        return v.Obj(value.type, value.node, "home", value.example)
    if value.__class__ is v.Array:
        return v.Array(value.kind, value.ndim, value.contiguous, value.writable, value.node, value.data, value.dims, value.strides,
                       "home", value.base)
    return value


def is_borrowed(value):
    """Whether only a container keeps the object."""
    return getattr(value, "owner", "home") == "item"


def borrows(value):
    """Whether a tuple has something that a container keeps."""
    return value.__class__ is v.Tup and any([is_borrowed(leaf) for leaf in value_parts.leaves(value)])


def borrowed(machine, value, condition=None):
    """(what a container keeps of a local's, a stack entry's or a name's value, its pointer; NULL where it is something else then)."""
    if value.__class__ is v.Maybe:
        yield from borrowed(machine, value.value, both(machine, condition, value.flag))
    elif value.__class__ is v.Either:
        for place, option in enumerate(value.options):
            if any([is_borrowed(leaf) for leaf in value_parts.leaves(option)]):
                chosen = machine.emit("icmp_eq", value.tag, machine.int(place))
                yield from borrowed(machine, option, both(machine, condition, chosen))
    elif is_borrowed(value):
        node = value.box if value.__class__ is v.Num else value.node
        yield value, node if condition is None else machine.emit("select", condition, node, machine.const("ptr", None))


def both(machine, first, second):
    return second if first is None else machine.emit("iand", first, second)
