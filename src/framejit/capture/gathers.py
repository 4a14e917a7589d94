"""Elements of arrays chosen by arrays: a[i], a[mask], m[i, j], m[:, i], read and stored.

NumPy gathers and scatters (capture/whole_calls.py).  Where an index is out of range or shapes don't fit it raises before anything was written, so that
nothing has happened; a value that is stored is of the array's own kind, or converted without a warning.
"""

from framejit.capture import array_calls, entry, expressions, made_arrays, numbers, values as v, views, whole_calls
from framejit.loops import ufuncs
from framejit.loops.nests import castable
from framejit.tables.types import KINDS
from framejit.tables.whole_calls import INDEXING

GETS, SETS = "o.getitem", "o.setitem"
SMALL = 1000            # constants up to here are numbers of any kind


def parts_of(key):
    return list(key.items) if key.__class__ is v.Tup else [key]


def chooses(part):
    return part.__class__ is v.Array and part.node is not None and part.kind in INDEXING


def is_part(part):
    return chooses(part) or part.__class__ is v.Slice or views.is_index(part) or part.__class__ is v.Fused


def is_key(key):
    """Whether the parts of a subscript are arrays that choose, beside others."""
    parts = parts_of(key)
    return any([chooses(part) or part.__class__ is v.Fused and part.kind in INDEXING for part in parts]) and all([is_part(part) for part in parts])


def is_built(machine, parts):
    """Whether a tuple of these is the key of a gather that has slices without objects."""
    return any([chooses(part) for part in parts]) and all([is_part(part) and part.__class__ is not v.Fused for part in parts])


def at_hand(machine, container, key):
    """Whether arrays choose elements of an array at hand."""
    if machine.held is not None or machine.unseen or not expressions.is_whole(container) or not is_key(key):
        return False
    waiting = any([value.__class__ is v.Fused or expressions.is_provisional(value) for value in machine.state.stack if value is not key])
    waiting = waiting or len([value for value in machine.state.stack if value is key]) > 1
    return axes(key) <= container.ndim and not (waiting and any([part.__class__ is v.Slice for part in parts_of(key)]))


def axes(key):
    """How many axes of an array a key takes."""
    return sum([part.ndim if expressions.is_whole(part) and part.kind == "bool_" else 0 if views.is_constant(part, None) or views.is_constant(part, Ellipsis) else 1 for part in parts_of(key)])


def settled(machine, instruction):
    """Computes what has been collected before a gather, unless that is slices, which it takes."""
    if any([value.__class__ is v.Fused for value in machine.state.stack]):
        expressions.settle(machine, instruction)
    machine.pending = False


# ---- reading

def gathered(machine, instruction):
    """Whether a subscript was taken."""
    if machine.splits(instruction) or not at_hand(machine, *machine.state.stack[-2:]):
        return False
    settled(machine, instruction)
    container, key = machine.state.stack[-2:]
    node, slots = whole_calls.computed(machine, GETS, [container, key], (), False)
    array_calls.put(machine, 2, v.Obj(None, node), node, slots)
    made_arrays.known(machine, instruction, form_of(container, parts_of(key)))
    return True


def form_of(container, parts):
    """What most likely comes: as many axes as the arrays have together, in the place of those that they choose along."""
    arrays = [part for part in parts if chooses(part)]
    added = len([part for part in parts if views.is_constant(part, None)])
    slices = len([part for part in parts if part.__class__ is v.Slice])
    several = max([1 if array.kind == "bool_" else array.ndim for array in arrays])
    rank = container.ndim - axes_of(parts) + several + added + slices
    dense = chooses(parts[0]) and not slices and all([array.contiguous for array in arrays])
    return entry.form_of(ufuncs.dtype_of(container.kind), rank, dense or rank == 1, True)


def axes_of(parts):
    return axes(v.Tup(parts))


# ---- storing

def scattered(machine, instruction):
    """Whether a store was taken."""
    value, container, key = machine.state.stack[-3:]
    if machine.splits(instruction) or not at_hand(machine, container, key) or not is_stored(machine, value, container):
        return False
    settled(machine, instruction)
    value, container, key = machine.state.stack[-3:]
    if not expressions.is_whole(value):
        value = number_of(machine, value, container.kind)
        if value is None:
            return False
    slots = whole_calls.performed(machine, SETS, [container, key, value])
    for slot in slots:
        machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))
    machine.popn(3)
    return True


def is_stored(machine, value, container):
    """Whether the value is converted without a warning."""
    array = container if container.__class__ is v.Array else container.term.array
    if array is None or not array.writable:
        return False
    if expressions.is_whole(value):
        return value.kind == container.kind or castable(value.kind, container.kind)
    return expressions.takes_part(value) and (container.kind in KINDS or is_exact(value, container.kind))


def number_of(machine, value, kind):
    """The number as one of the array's kind, or None; leaves where NumPy warns or raises."""
    node = numbers.converted_for_store(machine, value, kind) if kind in KINDS else None
    return value if kind not in KINDS else None if node is None else v.Num(kind, node)


def is_exact(value, kind):
    """Whether a constant is one of the numbers of a kind that generated code doesn't compute with."""
    return value.__class__ is v.Const and ufuncs.dtype_of(kind).type(value.value) == value.value and abs(value.value) <= SMALL


__all__ = ["at_hand", "gathered", "is_built", "scattered"]
