"""slice(stop), slice(start, stop), slice(start, stop, step) of integers and None: a new object, and its bounds are known (slice_objects.py).

The call hands over a tuple, as the interpreter's own does: the collector counts that, too.
"""

from framejit.capture import entry, tuples, values as v
from framejit.capture.attributes import likely
from framejit.capture.function_table import counted, function
from framejit.capture.raw_lists import unslotted
from framejit.capture.texts import kept
from framejit.tables.classes import numpys
from framejit.tables.types import KINDS


@function(slice)
def made(machine, arguments, instruction):
    count = len(arguments)
    if instruction is None or not 1 <= count <= 3 or not all(map(is_end, arguments)):
        return None
    counted(machine)
    machine.guard(machine.emit("read_call", machine.int(count), attr=("fj_can_make_slice", "i1"), type="i1"), "collection")
    machine.secure()
    base = len(machine.state.stack) - count
    tuples.apart(machine, machine.state.stack[base:])
    values = [unslotted(machine, value) for value in machine.state.stack[base:]]
    items = machine.boxed(v.Tup(values))
    node = machine.emit("write_call", items, attr=("fj_new_slice", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "memory")
    for value, item in zip(values, items.args):
        machine.escaped(value, item)
    nothing = v.Const(None)
    parts = [nothing, *values, nothing] if count == 1 else [*values, nothing][:3]
    machine.made_slices[id(node)] = (node, [v.Num(part.kind, part.node) if part.__class__ is v.Num else part for part in parts])
    result = kept(machine, node, slice, base - 2)
    result.example = slice(*map(likely_end, parts))
    return result


def is_end(value):
    """Whether a slice of arrays may begin or end there."""
    if value.__class__ is v.Const:
        return value.value is None or type(value.value) is int and not entry.is_large(value.value)
    return value.__class__ is v.Num and not KINDS[value.kind].floating and KINDS[value.kind].machine != "i1"


def likely_end(part):
    """A part as what it is most likely like."""
    if part.__class__ is v.Const:
        return part.value
    return likely(part) if KINDS[part.kind].word == "INT" else numpys(KINDS[part.kind].name)(0)

