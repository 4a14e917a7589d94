"""Parts of lists and tuples, and what is made of them, without a call-out: slices, sums, items that come in or go out anywhere.

    path = perm[:k]; perm[:k + 1] = perm[k::-1]; a + b; l.insert(i, x); l.pop(i)     ->   functions of ext/lists.c
"""

from framejit.capture import tuples, values as v
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import function
from framejit.capture.handlers.stack import own_home, stack_slot
from framejit.capture.handlers.subscripting import drop
from framejit.capture.raw_lists import realised
from framejit.capture.subscripts import integer_index, list_item, list_room, wrapped_index
from framejit.capture.texts import asked, put_instead
from framejit.tables.classes import one_of

SAMPLE = 16             # items of an example that are looked at
NUMBERS = (int, float, bool)
SIMPLE = (*NUMBERS, str, type(None))
SLICES = {list: "fj_list_slice", tuple: "fj_tuple_slice"}
SUMS = {list: "fj_list_sum", tuple: "fj_tuple_sum"}
SITE = 63               # part of a site's key: what a slice is taken of
FIRST, LAST = -2**63, 2**63 - 1


def is_simple(item):
    """Whether nobody else is asked where it is compared, and nobody hears of its end."""
    return one_of(type(item), SIMPLE) or type(item) is tuple and all([is_simple(part) for part in item[:SAMPLE]])


def may_be(example, kind):
    """Whether nothing says that the items aren't of this kind."""
    return not one_of(type(example), tuple(SLICES)) or all([kind(item) for item in example[:SAMPLE]])


def sequence(machine, value, instruction, place=SITE):
    """An exact list or tuple that native code has as an object, or is likely to, behind a guard; or None."""
    known = value.__class__ is v.Obj and (one_of(value.type, tuple(SLICES)) or value.type is None and one_of(type(value.example), tuple(SLICES)))
    return exactly(machine, value, tuple(SLICES), instruction, place) if known else None


def bounds_of(machine, values):
    """The nodes of a slice's bounds, and its step, or None: any step but a constant one, and bounds that aren't ints."""
    step = values[2] if len(values) > 2 else v.Const(None)
    if step.__class__ is not v.Const or not one_of(type(step.value), (int, type(None))) or step.value == 0:
        return None
    step = 1 if step.value is None else step.value
    if not FIRST < step <= LAST:
        return None
    defaults = (0, LAST) if step > 0 else (LAST, FIRST)
    nodes = [machine.int(default) if value.__class__ is v.Const and value.value is None else integer_index(machine, value) for value, default in zip(values, defaults)]
    return None if None in nodes else (*nodes, machine.int(step))


def sliced(machine, instruction, count):
    """Whether the slice of the entry below its `count` parts on top has been made."""
    if machine.state.stack[-1 - count].__class__ is v.Raw and not machine.pending:
        realised(machine, machine.state.stack[-1 - count])
    value, *parts = machine.state.stack[-1 - count:]
    if machine.pending or value.__class__ is not v.Obj:
        return False
    bounds = bounds_of(machine, parts)
    found = None if bounds is None else sequence(machine, value, instruction)
    if found is None:
        return False
    put_instead(machine, 1 + count, asked(machine, SLICES[found.type], found.node, *bounds), found.type, found.example)
    return True


def added(machine, instruction):
    """Whether the sum of the two lists or tuples on top has been made."""
    if instruction.arg != ("+", False) or machine.pending:
        return False
    for value in machine.state.stack[-2:]:
        if value.__class__ is v.Raw:
            realised(machine, value)
    found = [sequence(machine, value, instruction, SITE + place) for place, value in enumerate(machine.state.stack[-2:])]
    if None in found or found[0].type is not found[1].type:
        return False
    kind = found[0].type
    put_instead(machine, 2, asked(machine, SUMS[kind], found[0].node, found[1].node), kind, found[0].example or found[1].example)
    return True


def stored(machine, instruction):
    """Whether list[start:stop] = value, of the four entries on top, has been done."""
    value, container, *parts = machine.state.stack[-4:]
    if machine.pending or container.__class__ is not v.Obj or own_home(machine, container):
        return False
    bounds = bounds_of(machine, parts)
    target = None if bounds is None else sequence(machine, container, instruction)
    items = None if target is None or target.type is not list else sequence(machine, value, instruction, SITE + 1)
    if items is None or not may_be(target.example, is_simple):
        return False
    machine.secure()
    done = machine.emit("write_call", target.node, *bounds[:2], items.node, attr=("fj_list_store_slice", "i1"), type="i1")
    machine.guard(done, "store")
    drop(machine, 4)
    return True


@function(list.insert)
def insert(machine, arguments, instruction):
    if len(arguments) != 3 or arguments[0].__class__ is not v.Obj or arguments[0].type is not list:
        return None
    index = integer_index(machine, arguments[1])
    if index is None:
        return None
    target, value = tuples.apart(machine, [arguments[0], arguments[2]])
    machine.secure()
    list_room(machine, target)
    new = machine.boxed(value)
    if new is None:
        return None
    machine.emit("write_call", target.node, index, new, attr=("fj_list_insert", None))
    machine.escaped(value, new)
    return v.Const(None)


def popped(machine, arguments, instruction):
    """pop() and pop(index): the result's home keeps the item."""
    target = arguments[0]
    index = integer_index(machine, arguments[1]) if len(arguments) == 2 else machine.int(-1)
    if index is None:
        return None
    size = machine.emit("field", target.node, attr="var_size", type="i64")
    offset = wrapped_index(machine, index, size)
    item = list_item(machine, target, offset, instruction)
    if item.__class__ not in (v.Num, v.Obj):
        return None
    node = item.node if item.__class__ is v.Obj else item.box or machine.const("ptr", None)
    if machine.routine is not None and item.__class__ is v.Obj:         # at its end nothing can leave any more
        machine.guard(machine.emit("read_call", node, attr=("fj_ends_quietly", "i1"), type="i1"), "home")
    machine.secure()
    slot = stack_slot(machine, len(machine.state.stack) - instruction.arg[0] - 2)
    machine.emit("home_set", node, attr=(slot, False), exit=machine.exit("home"))
    gone = machine.emit("write_call", target.node, offset, attr=("fj_list_drop", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", gone, machine.const("ptr", None)), "memory")
    return v.Num(item.kind, item.node, item.box) if item.__class__ is v.Num else v.Obj(item.type, gone, "home", item.example)


__all__ = ["LAST", "NUMBERS", "SAMPLE", "SLICES", "added", "is_simple", "may_be", "popped", "sequence", "sliced", "stored"]
