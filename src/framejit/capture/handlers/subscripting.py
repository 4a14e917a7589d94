"""Subscripts: items of lists, tuples and arrays, read and stored."""

from collections import Counter, defaultdict, deque

from framejit.capture import array_stores, gathers, packed, raw_items, rows, tuples, values as v, views
from framejit.capture.expected import expect, sliced_like
from framejit.capture.handlers import handler
from framejit.capture.call_operands import temporary
from framejit.capture.handlers.calls import callout
from framejit.capture.handlers.arithmetic import apart, operand, operators
from framejit.capture.handlers.stack import box_of, must_be_shared, own_home, put_home, stack_slot
from framejit.capture.raw_lists import realised
from framejit.capture.machine_values import owned
from framejit.capture.numbers import converted_for_store
from framejit.capture.subscripts import element, integer_index, list_item, narrowed, part, store_element, typed, site_of, sequence_example, complex_scalars, store_parts, wrapped_index
from framejit.capture.walked_slices import Part
from framejit.tables.classes import one_of
from framejit.tables.types import KINDS


@handler("SUBSCR")
def subscript(machine, instruction):
    if machine.held is not None and machine.state.stack[-2].__class__ is Part:
        machine.pop()
        return
    if views.is_view(machine, instruction):
        views.view(machine, 2, *machine.state.stack[-2:])
        return
    narrowed(machine, machine.state.stack[-2], instruction, 60)
    dictionaries().known(machine, -2, instruction, (str, bytes, bytearray))
    deques().known(machine, machine.state.stack[-2], instruction)
    index_operand(machine, instruction)
    if rows.is_operand(machine, instruction):
        rows.as_operand(machine)
        return
    if gathers.gathered(machine, instruction):
        return
    known, key = as_sequence(machine, instruction, "__getitem__", -2), machine.state.stack[-1]
    container, row = machine.state.stack[-2], SUBSCRIPTS.get(kind_of(known))
    item = None if row is None else row(machine, known, key, instruction)
    if item is None and operators().subscript(machine, instruction):
        return
    if item is None:
        like = sliced_like(container) if kind_of(key) is slice else None
        callout(machine, instruction, "SUBSCR", 0, 2)
        expect(machine, like)
        return
    dies = kind_of(container) is not str and own_home(machine, container)       # a character has taken the place of its string
    machine.popn(2)
    if dies:
        item = kept_instead(machine, item)
    machine.push(item)


def kept_instead(machine, item):
    """The container that only this stack slot kept dies here; the slot's home keeps the item from now on."""
    if rows.is_row(item):
        return rows.real(machine, item, stack_slot(machine, len(machine.state.stack)))
    node = box_of(item)
    borrowed = node is not None and item.owner == "item"
    slot = stack_slot(machine, len(machine.state.stack))
    put_home(machine, slot, node if borrowed else machine.const("ptr", None))
    return owned(item) if borrowed else item


def as_sequence(machine, instruction, method, depth):
    """The stack's entry at this depth (below zero) as the tuple or list that its class inherits from; the entry itself where it isn't one."""
    from framejit.capture import list_subclasses, named_tuples
    value = machine.state.stack[depth]
    found = named_tuples.as_tuple(machine, value, instruction, method) or list_subclasses.as_list(machine, value, instruction, method)
    return found or machine.state.stack[depth]


def dictionaries():
    from framejit.capture import dictionaries
    return dictionaries


def deques():
    from framejit.capture import deques
    return deques


def byte_strings():
    from framejit.capture import byte_strings
    return byte_strings


def texts():
    from framejit.capture import texts
    return texts


def index_operand(machine, instruction):
    """A key of unknown type as the number that this site has shown."""
    value = machine.state.stack[-1]
    if value.__class__ is v.Obj and value.type is None and kind_of(machine.state.stack[-2]) in SUBSCRIPTS:
        operand(machine, -1, instruction)


def kind_of(container):
    if container.__class__ is v.Obj:
        return container.type if type(container.type) is not packed.Packed else packed.Packed
    if container.__class__ is v.Const and type(container.value) is tuple:
        return "constant tuple"
    if container.__class__ is v.Const and type(container.value) is bytes:
        return bytes
    return container.__class__


def list_subscript(machine, container, key, instruction):
    index = integer_index(machine, key)
    if index is None:
        return None
    size = machine.emit("field", container.node, attr="var_size", type="i64")
    return list_item(machine, container, wrapped_index(machine, index, size), instruction)


def tuple_subscript(machine, container, key, instruction):
    index = integer_index(machine, key)
    if index is None:
        return None
    size = machine.emit("field", container.node, attr="var_size", type="i64")
    offset = wrapped_index(machine, index, size)
    node = machine.emit("item", machine.emit("address", container.node, machine.int(24)), offset)
    if index.op == "const":
        return part(machine, node, site_of(instruction), container, index.attr)
    return typed(machine, node, site_of(instruction), sequence_example(container), "item")


def virtual_tuple_subscript(machine, container, key, instruction):
    index = integer_index(machine, key)
    if index is None or index.op != "const" or not -len(container.items) <= index.attr < len(container.items):
        return None
    return container.items[index.attr]


def constant_tuple_subscript(machine, container, key, instruction):
    index = integer_index(machine, key)
    if index is None or index.op != "const" or not -len(container.value) <= index.attr < len(container.value):
        return None
    return v.Const(container.value[index.attr])


def array_subscript(machine, container, key, instruction):
    offsets = array_offsets(machine, container, key)
    return None if offsets is None else element(machine, container, offsets)


def array_offsets(machine, array, key):
    """Offsets along the first axes, checked; None where the key isn't integers."""
    keys = key.items if key.__class__ is v.Tup else [v.Const(item) for item in key.value] if is_constant_tuple(key) else [key]
    if not 0 < len(keys) <= array.ndim:
        return None
    indices = [integer_index(machine, item) if not (item.__class__ is v.Const and type(item.value) is bool) else None for item in keys]
    if None in indices:
        return None
    return [wrapped_index(machine, index, array.dims[axis], None) for axis, index in enumerate(indices)]


def is_constant_tuple(key):
    return key.__class__ is v.Const and type(key.value) is tuple


SUBSCRIPTS = {
    list: list_subscript,
    tuple: tuple_subscript,
    v.Tup: virtual_tuple_subscript,
    "constant tuple": constant_tuple_subscript,
    v.Array: array_subscript,
    v.Raw: raw_items.subscript,
    packed.Packed: packed.subscript,
    dict: lambda *operands: dictionaries().subscript(*operands),
    defaultdict: lambda *operands: dictionaries().subscript(*operands),
    Counter: lambda *operands: dictionaries().subscript(*operands),
    str: lambda *operands: texts().subscript(*operands),
    bytes: lambda *operands: byte_strings().subscript(*operands),
    bytearray: lambda *operands: byte_strings().subscript(*operands),
    deque: lambda *operands: deques().subscript(*operands),
}


@handler("STORE_SUBSCR")
def store_subscript(machine, instruction):
    if array_stores.is_store(machine, instruction) and array_stores.stored(machine, instruction):
        return
    narrowed(machine, machine.state.stack[-2], instruction, 60)
    dictionaries().known(machine, -2, instruction, (bytearray,))
    index_operand(machine, instruction)
    if kind_of(machine.state.stack[-2]) is v.Array:
        apart(machine, -3, instruction)
        if gathers.scattered(machine, instruction):
            return
    if machine.state.stack[-3].__class__ is v.Raw:
        realised(machine, machine.state.stack[-3])
    value, container, key = machine.state.stack[-3:]
    known = as_sequence(machine, instruction, "__setitem__", -2)
    value, container, key = machine.state.stack[-3:]
    row = STORES.get(kind_of(known))
    if row is None and operators().store_subscript(machine, instruction):
        return
    if row is None or not kept_by_others(machine, container) or not row(machine, known, key, value, instruction):
        callout(machine, instruction, "STORE_SUBSCR", 0, 3, result=False)
        return
    let_go(machine, machine.state.stack[-2], len(machine.state.stack) - 2)
    machine.popn(3)


def kept_by_others(machine, container):
    """Whether a container outlives the store: what only the stack has of one, a call's result, somebody else has to have, too."""
    if not own_home(machine, container):
        return True
    if not one_of(kind_of(container), (list, packed.Packed, bytearray)):
        return False
    must_be_shared(machine, -2)
    return True


def list_store(machine, container, key, value, instruction):
    index = integer_index(machine, key)
    if index is None or not storable(value):
        return False
    size = machine.emit("field", container.node, attr="var_size", type="i64")
    offset = wrapped_index(machine, index, size)
    machine.secure()
    value, = tuples.apart(machine, machine.state.stack[-3:-2])      # it may have a home of its own now
    items = machine.emit("field", container.node, attr="list_items", type="ptr")
    put(machine, items, offset, value, len(machine.state.stack) - 3)
    return True


def storable(value):
    """Whether native code has the value as an object, or makes it one."""
    return value.__class__ in (v.Num, v.Obj, v.Const) or value.__class__ is v.Array and value.node is not None


def put(machine, vector, number, value, depth, maybe=False, empty=False):
    """The stack's entry at this depth takes an item's place; the old one may have to be let go of.  `maybe`: there may be none, which
    leaves; `empty`: there may be none."""
    place = machine.emit("address", vector, machine.emit("imul", number, machine.int(8)))
    old = machine.emit("item", vector, number)
    if maybe:
        machine.guard(machine.emit("icmp_ne", old, machine.const("ptr", None)), "store")
    machine.guard(machine.emit("read_call", old, attr=(machine.quiet_for(value), "i1"), type="i1"), "store")
    if value.__class__ is v.Num and value.kind == "float" and value.box is None and known_once(machine, value):
        machine.emit("write_call", place, value.node, attr=("fj_cell_set_float" if empty else "fj_item_set_float", None))
        return
    new = machine.boxed(value)
    machine.emit("write_call", place, new, attr=("fj_cell_set" if empty else "fj_item_set", None))
    machine.escaped(value, new)
    let_go(machine, value, depth)


def known_once(machine, value):
    """Whether nothing but its place on the stack knows this number."""
    return value.slot is None and sum([entry is value for entry in machine.state.values()]) == 1


def let_go(machine, value, depth):
    """A container keeps this object from now on, and not the home of the stack entry too: it may be the last."""
    if temporary(machine, value):
        machine.emit("home_set", machine.const("ptr", None), attr=(stack_slot(machine, depth), False), exit=machine.exit("home"))


def drop(machine, count):
    """The entries on top go, and what only their own homes still have."""
    for depth in range(len(machine.state.stack) - count, len(machine.state.stack)):
        if temporary(machine, machine.state.stack[depth]):
            put_home(machine, stack_slot(machine, depth), machine.const("ptr", None))
    machine.popn(count)


def array_store(machine, container, key, value, instruction):
    if not container.writable or container.kind not in (*KINDS, "complex128"):
        return False
    offsets = array_offsets(machine, container, key)
    if offsets is None or len(offsets) < container.ndim:
        return False
    if container.kind == "complex128":
        parts = complex_scalars().stored(machine, value)
        if parts is not None:
            store_parts(machine, container, offsets, parts)
        return parts is not None
    node = converted_for_store(machine, value, container.kind)
    if node is None:
        return False
    store_element(machine, container, offsets, node)
    return True


STORES = {list: list_store, v.Array: array_store, v.Raw: raw_items.store, packed.Packed: packed.store, bytearray: lambda *operands: byte_strings().store(*operands),
          dict: lambda *operands: dictionaries().store(*operands), defaultdict: lambda *operands: dictionaries().store(*operands),
          Counter: lambda *operands: dictionaries().store(*operands)}
