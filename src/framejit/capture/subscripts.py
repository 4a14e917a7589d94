"""Elements of lists and arrays: bounds, addresses, types of items."""

from weakref import ref

from framejit.capture import entry, values as v
from framejit.capture.ends import BlockEnds
from framejit.capture.several import Empty, Several, of_numbers, of_types, several
from framejit.tables.classes import one_of
from framejit.tables.types import ELEMENTS, KINDS

SAMPLES = 16            # items of a list that are looked at


def wrapped_index(machine, index, size, error=IndexError):
    """A Python index as an offset from the beginning; leaves when it is out of range, or goes on in the handler of the error that this is."""
    zero = machine.int(0)
    negative = machine.emit("icmp_slt", index, zero)
    offset = machine.emit("select", negative, machine.emit("iadd", index, size), index)
    machine.guard(machine.emit("icmp_ult", offset, size), "index", error=error)
    return offset


def integer_index(machine, value):
    """A Num as an i64 index, or None: ints, bools and NumPy's integers index alike."""
    if value.__class__ is v.Const and one_of(type(value.value), (int, bool)) and -2**63 <= value.value < 2**63:
        return machine.int(int(value.value))
    if value.__class__ is not v.Num or value.kind in ("bool_", "bool"):
        return None
    kind = KINDS[value.kind]
    if kind.floating:
        return None
    if value.kind == "uint64":
        machine.guard(machine.emit("icmp_sge", value.node, machine.int(0)), "index")
    if kind.machine == "i64":
        return value.node
    return machine.emit("sext" if kind.signed else "zext", value.node, attr="i64", type="i64")


# ---- lists

def list_item(machine, sequence, offset, instruction):
    """Item number `offset` (in range) of a list: typed as the site has shown, or as the list at hand is."""
    items = machine.emit("field", sequence.node, attr="list_items", type="ptr")
    node = machine.emit("item", items, offset)
    return typed(machine, node, site_of(instruction), sequence_example(sequence), "item")


def tuple_item(machine, sequence, offset, instruction):
    """The same of a tuple."""
    node = machine.emit("item", machine.emit("address", sequence.node, machine.int(24)), offset)
    return typed(machine, node, site_of(instruction), sequence_example(sequence), "item")


def site_of(instruction):
    return (instruction.unit, instruction.part)


def sequence_example(value):
    """An item of the list or tuple at hand; among ints the widest of a few, for generated code expects ints of that width."""
    example = value.example
    if not one_of(type(example), (list, tuple, Empty)) or not example:
        return entry.MISSING
    first = example[0]
    found = several(example)
    if found is None and type(first) is int:
        return max([item for item in example[::len(example) // SAMPLES + 1] if type(item) is int], key=abs)
    return found or (row_example(example) if type(first) is tuple else first)


def row_example(rows):
    """A tuple like those of a list: where they have objects of several classes, several stand in its place."""
    chosen = [row for row in (*rows[:SAMPLES], *rows[::len(rows) // SAMPLES + 1]) if type(row) is tuple and len(row) == len(rows[0])]
    return tuple([several([row[place] for row in chosen]) or first for place, first in enumerate(rows[0])]) if len(rows[0]) <= SAMPLES else rows[0]


def branches(example, place):
    """Whether the item at this place of the container at hand is one of the same kind or ends there: trees, chains."""
    kind = type(example)
    for _ in range(SAMPLES):
        if not one_of(kind, (list, tuple)) or not -len(example) <= place < len(example):
            return False
        example = example[place]
        if type(example) is not kind:
            return example is None
    return False


def part(machine, node, site, container, place, owner="item"):
    """Item number `place` of a tuple or list whose items have types of their own."""
    items = container.example
    if not one_of(type(items), (list, tuple)) or not -len(items) <= place < len(items):
        return typed(machine, node, site, sequence_example(container), owner)
    if one_of(type(items[place]), (int, float)):
        machine.hints.of_numbers.add(site)
    if site not in machine.hints.sites and branches(items, place):
        return v.Obj(None, node, owner, items[place])
    example = several(nested(items, place)) if machine.apart and place >= 0 and machine.code.calls_itself else None
    return typed(machine, node, site, items[place] if example is None else example, owner)


def nested(example, place):
    """What stands at this place in the container at hand, and in containers of its type that are in it."""
    found, work = [], [example]
    while work and len(found) < SAMPLES:
        one = work.pop(0)
        found += one[place:place + 1]
        work += [item for item in one[:SAMPLES] if type(item) is type(example)]
    return found


def typed(machine, node, site, example, owner):
    """An object as the value that this site has shown; another type leaves and teaches."""
    seen = machine.hints.sites.get(site)
    if of_numbers(example) and not machine.hints.tells_apart:
        if not seen:
            return v.Obj(None, node, owner, example)
        example = example.items[0]
    type_ = seen[-1] if seen else entry.MISSING if example is entry.MISSING else entry.type_of(example)
    if seen and all([one.__class__ is ref or one is type(None) for one in seen]) and seen != [type(None)]:
        return v.Obj(None, node, owner, instance_of(seen, example))
    both = of_types(seen, example) if seen else None
    if seen and (len(seen) > machine.types_per_site or both is not None):
        return v.Obj(None, node, owner, example if both is None and type(example) is Several else both)
    if type_ is entry.MISSING:
        machine.leave("type", observed=node, site=site)
        machine.teaches = True
        raise BlockEnds
    if type(type_) is tuple:
        type_, example = type_[0], entry.like(type_)
    elif example is entry.MISSING or entry.type_of(example) is not type_:
        example = None
    return entry.unbox(machine, node, type_, example, owner, machine.exit("type", node, site))


def instance_of(seen, example):
    """What stands for an instance of the program's class among these types: the object at hand, if it is one."""
    kinds = [one() for one in seen if one.__class__ is ref]
    return example if kinds[0] is None or one_of(type(example), (*kinds, Several)) else entry.Likely(kinds[0], {})


def narrowed(machine, value, instruction, place):
    """An object of unknown type as the list or tuple that this site has shown; `place` tells sites of one instruction
    apart.  Unknown as yet: leaves and teaches."""
    if value.__class__ is not v.Obj or value.type is not None:
        return value
    site = (instruction.unit, place)
    seen = machine.hints.sites.get(site)
    if seen is None:
        example = value.example if value.example is not None else entry.MISSING
        found = typed(machine, value.node, site, example, value.owner)
    elif len(seen) == 1 and (entry.is_form(seen[0], value.example) or one_of(seen[0], (list, tuple))):
        found = typed(machine, value.node, site, value.example, value.owner)
    else:
        return value
    if found.__class__ is v.Obj and found.type is None:
        return value
    machine.state.replace(value, found)
    return found


# ---- arrays

def byte_offset(machine, array, offsets):
    """Offset in bytes of the element (or row) at these offsets along the first axes."""
    itemsize = ELEMENTS[array.kind].size
    if array.contiguous:
        total = None
        for axis, offset in enumerate(offsets):
            total = offset if total is None else machine.emit("iadd", machine.emit("imul", total, array.dims[axis]), offset)
        for axis in range(len(offsets), array.ndim):
            total = machine.emit("imul", total, array.dims[axis])
        return machine.emit("imul", total, machine.int(itemsize))
    total = None
    for axis, offset in enumerate(offsets):
        part = machine.emit("imul", offset, array.strides[axis])
        total = part if total is None else machine.emit("iadd", total, part)
    return total


def has_numbers(array):
    """Whether its elements are numbers that generated code computes with one by one, or its items are rows."""
    return array.ndim > 1 or array.kind in KINDS or array.kind == "complex128"


def element(machine, array, offsets):
    """The NumPy scalar at these offsets (in range), or a view when there are fewer than dimensions."""
    address = machine.emit("address", array.data, byte_offset(machine, array, offsets))
    count = len(offsets)
    if count < array.ndim:
        index = offsets[0] if count == 1 else None
        if index is None:
            return None
        base = (array, v.Num("int", index))
        strides = [] if array.contiguous else array.strides[1:]
        return v.Array(array.kind, array.ndim - 1, array.contiguous, array.writable, None, address, array.dims[1:], strides, "home", base)
    if array.kind == "complex128":
        return complex_scalars().element(machine, address)
    if array.kind not in KINDS:
        return None
    kind = KINDS[array.kind]
    value = machine.emit("load", address, attr=kind.memory, type=kind.memory)
    if kind.machine == "i1":
        value = machine.emit("icmp_ne", value, machine.const("i8", 0))
    return v.Num(array.kind, value)


def complex_scalars():
    from framejit.capture import complex_scalars
    return complex_scalars


def store_parts(machine, array, offsets, parts):
    """Write an element of two doubles."""
    address = machine.emit("address", array.data, byte_offset(machine, array, offsets))
    for place, part in enumerate(parts):
        machine.emit("store", machine.emit("address", address, machine.int(8 * place)), part, attr="f64")


def store_element(machine, array, offsets, node):
    """Write a value of the array's own kind."""
    address = machine.emit("address", array.data, byte_offset(machine, array, offsets))
    kind = KINDS[array.kind]
    if kind.machine == "i1":
        node = machine.emit("zext", node, attr="i8", type="i8")
    machine.emit("store", address, node, attr=kind.memory)


def list_room(machine, target):
    """Leaves where a list can't become longer, before anything is made for it."""
    machine.guard(machine.emit("write_call", target.node, attr=("fj_list_room", "i1"), type="i1"), "memory")
