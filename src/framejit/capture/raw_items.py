"""What is done with lists that only native code knows (raw_lists.py): made, read, written, grown and shortened."""

from framejit.capture import likely_items, tuples, values as v
from framejit.capture.numbers import number
from framejit.capture.raw_lists import realised, size
from framejit.capture.several import Empty
from framejit.capture.state import SINGLETONS
from framejit.capture.subscripts import integer_index, wrapped_index
from framejit.tables.types import RAW_FIRST, RAW_KINDS, RAW_POINTER_BITS

SHARED = 70             # part of a site's key: numbers that are stored there were items already


# ---- making one

def kind_of_all(machine, items):
    """The kind that all items have and that a raw list can hold, or None."""
    found = [number(machine, item) for item in items]
    if not all([value is not None and value.kind in RAW_KINDS and storable(machine, value) for value in found]):
        return None
    kinds = {value.kind for value in found}
    return kinds.pop() if len(kinds) == 1 else None


def storable(machine, value, raw=None):
    """Whether nothing else is this number's object, or it is a constant, or an item of this very list."""
    if value.kind in SINGLETONS:
        return True
    if tuples.held(machine.state, value, machine.live.get(machine.instruction.next, -1)):
        return False
    constant = value.box is None or value.box.op == "object" or value.owner == "constant"
    return constant and (value.slot is None or value.slot[0] is raw) and value not in machine.state.names


def made(machine, kind, count, item, depth):
    """A new list of `count` times the same number, kept by the home of stack entry number `depth`."""
    bits = machine.int(0) if item is None else as_bits(machine, item)
    machine.secure()
    machine.guard(machine.emit("read_call", attr=("fj_can_make_list", "i1"), type="i1"), "collection")      # the collector counts it once it is real
    node = machine.emit("write_call", machine.const("i32", RAW_KINDS[kind].number), count, bits, attr=("fj_raw_new", "ptr"))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "memory")
    machine.emit("home_take", node, attr=(len(machine.state.locals) + depth, False), exit=machine.exit("home"))
    return v.Raw(kind, node)


def literal(machine, items, depth):
    """[a, b, c] of numbers, or None."""
    kind = kind_of_all(machine, items)
    numbers = [number(machine, item) for item in items]
    if kind is None or len(set(map(id, numbers))) < len(numbers):
        return None
    raw = made(machine, kind, machine.int(len(items)), numbers[0], depth)
    for index, item in enumerate(numbers[1:], 1):
        put(machine, raw, machine.int(index), as_bits(machine, item))
    for index, item in enumerate(numbers):
        settle(machine, raw, machine.int(index), item)
    raw.items = tuple(numbers)
    return raw


def repeated(machine, symbol, left, right):
    """[x] * n: another list, or None.  All its items are one object: a constant, or one that needs none."""
    if right.__class__ is v.Raw:
        left, right = right, left
    times = number(machine, right)
    if symbol != "*" or left.__class__ is not v.Raw or times is None or times.kind != "int":
        return None
    if len(left.items) != 1 or left in machine.state.locals:
        return None
    item = left.items[0]
    if item.kind not in SINGLETONS and item.box is None and not v.is_small(item.node.attr if item.node.op == "const" else None):
        return None
    return made(machine, left.kind, times.node, item, len(machine.state.stack) - 2)


# ---- numbers and the bits in which they are kept

def as_bits(machine, value):
    """The word of a number: its bits, or a constant's pointer under the kind's tag."""
    if value.kind == "bool":
        return machine.emit("zext", value.node, attr="i64", type="i64")
    if value.box is not None and value.box.op == "object":
        note_constant(machine, value)
        return tagged(machine, value.kind, value.box)
    bits = machine.emit("bitcast", value.node, attr="i64", type="i64") if value.kind == "float" else value.node
    if bits.op != "const":
        top = machine.emit("lshr", bits, machine.int(RAW_POINTER_BITS))
        machine.guard(machine.emit("icmp_ne", top, machine.int(RAW_KINDS[value.kind].tag)), "store")
    if value.box is not None:
        fresh = machine.emit("icmp_eq", value.box, machine.const("ptr", None))
        bits = machine.emit("select", fresh, bits, tagged(machine, value.kind, value.box))
    return bits


def tagged(machine, kind, pointer):
    address = machine.emit("pointer_bits", pointer)
    tag = RAW_KINDS[kind].tag << RAW_POINTER_BITS
    return machine.emit("ior", address, machine.int(tag - (1 << 64)))


def note_constant(machine, value):
    """Whoever reads a list of this kind has to know its constants: the next attempt does."""
    known = machine.hints.constants.setdefault(value.kind, [])
    constant = machine.graph.constants[value.box.attr]
    if not any([other is constant for other in known]):
        known.append(constant)
        machine.restart()


def from_bits(machine, raw, bits, index):
    """The number in a word, which is item number `index`."""
    box, null = None, machine.const("ptr", None)
    node = machine.emit("bitcast", bits, attr="f64", type="f64") if raw.kind == "float" else bits
    for constant in machine.hints.constants.get(raw.kind, ()):
        pointer = machine.object(constant)
        found = machine.emit("icmp_eq", bits, tagged(machine, raw.kind, pointer))
        node = machine.emit("select", found, machine.const(node.type, constant), node)
        box = machine.emit("select", found, pointer, box or null)
    if box is not None:
        index = machine.emit("select", machine.emit("icmp_eq", box, null), index, machine.int(-1))
    return v.Num(raw.kind, node, box, "constant", (raw, index))


# ---- its items

def address(machine, raw, offset):
    row = RAW_KINDS[raw.kind]
    items = machine.emit("field", raw.node, attr="list_items", type="ptr")
    scaled = offset if row.size == 1 else machine.emit("imul", offset, machine.int(row.size))
    return machine.emit("address", items, machine.emit("iadd", scaled, machine.int(RAW_FIRST)))


def item(machine, raw, offset):
    """Item number `offset`, which is in range."""
    memory = RAW_KINDS[raw.kind].memory
    node = machine.emit("load", address(machine, raw, offset), attr=memory, type=memory)
    if raw.kind == "bool":
        return v.Num("bool", machine.emit("icmp_ne", node, machine.const("i8", 0)))
    return from_bits(machine, raw, node, offset)


def subscript(machine, raw, key, instruction):
    index = integer_index(machine, key)
    if index is None:
        return None
    if raw not in machine.state.locals and raw.kind not in SINGLETONS:
        realised(machine, raw)
        return None
    return item(machine, raw, wrapped_index(machine, index, size(machine, raw)))


def put(machine, raw, offset, bits):
    if raw.kind == "bool":
        bits = machine.emit("trunc", bits, attr="i8", type="i8")
    machine.emit("store", address(machine, raw, offset), bits, attr=RAW_KINDS[raw.kind].memory)


def store(machine, raw, key, value, instruction):
    """False where the list has to be real for it."""
    index, new = integer_index(machine, key), number(machine, value)
    if index is None or not fits(machine, raw, new, instruction):
        return False
    offset = wrapped_index(machine, index, size(machine, raw))
    bits = as_bits(machine, new)
    if new.slot is not None:
        alone(machine, raw, machine.emit("icmp_eq", new.slot[1], offset), new, instruction)
    part(machine, raw, offset, new, instruction)
    put(machine, raw, offset, bits)
    settle(machine, raw, offset, new)
    return True


def fits(machine, raw, new, instruction):
    if (instruction.unit, SHARED) in machine.hints.sites:
        return False
    return new is not None and new.kind == raw.kind and raw in machine.state.values() and storable(machine, new, raw)


def alone(machine, raw, same, new, instruction):
    """Leaves where the number is another item already: two items can't be one object.  The next attempt has a real list."""
    below = machine.emit("icmp_slt", new.slot[1], machine.int(0))
    machine.guard(machine.emit("ior", below, same), "identity", raw.node, (instruction.unit, SHARED))


def append(machine, raw, value, instruction):
    """False where the list has to be real for it."""
    new = number(machine, value)
    if not fits(machine, raw, new, instruction):
        return False
    if new.slot is not None:
        alone(machine, raw, machine.const("i1", False), new, instruction)
    bits, offset = as_bits(machine, new), size(machine, raw)
    done = machine.emit("write_call", raw.node, bits, attr=(RAW_KINDS[raw.kind].append, "i1"))
    machine.guard(done, "memory")
    settle(machine, raw, offset, new)
    return True


def pop(machine, raw, instruction):
    """The last item, taken off."""
    count = size(machine, raw)
    machine.guard(machine.emit("icmp_sgt", count, machine.int(0)), "index")
    offset = machine.emit("isub", count, machine.int(1))
    last = item(machine, raw, offset)
    if raw.kind not in SINGLETONS:
        for value, hit in hits(machine, raw, offset, instruction):
            machine.guard(machine.emit("ixor", hit, machine.const("i1", True)), "identity")
        last = v.Num(last.kind, last.node, last.box, last.owner)
    machine.emit("write_call", raw.node, attr=(RAW_KINDS[raw.kind].drop, None))
    return last


# ---- who is an item of the list

def settle(machine, raw, offset, value):
    """The number is stored: whatever else holds it knows its place from now on."""
    if value.kind in SINGLETONS or value.box is not None and value.box.op == "object":
        return
    if value.box is not None:
        fresh = machine.emit("icmp_eq", value.box, machine.const("ptr", None))
        offset = machine.emit("select", fresh, offset, machine.int(-1))
    machine.state.replace(value, v.Num(value.kind, value.node, value.box, value.owner, (raw, offset)))


def hits(machine, raw, offset, instruction):
    """(number, i1: it is item number `offset`) of those that are still read; the others are no items any more."""
    state = machine.state
    live = machine.live.get(instruction.next, -1)
    kept = {id(value) for slot, value in enumerate(state.locals) if live >> slot & 1} | {id(value) for value in state.stack}
    found = {id(value): value for value in state.values() if value.__class__ is v.Num and value.slot is not None and value.slot[0] is raw}
    for value in found.values():
        if id(value) in kept:
            yield value, machine.const("i1", True) if value.slot[1] is offset else machine.emit("icmp_eq", value.slot[1], offset)
        else:
            state.replace(value, v.Num(value.kind, value.node, value.box, value.owner))


def part(machine, raw, offset, new, instruction):
    """Item number `offset` is about to be another number: who was it is that no longer.  Two of one object leave."""
    if raw.kind in SINGLETONS:
        return
    before = []
    for value, hit in hits(machine, raw, offset, instruction):
        if value is new:
            continue
        for other in before:
            both = machine.emit("iand", hit, other)
            machine.guard(machine.emit("ixor", both, machine.const("i1", True)), "identity")
        before.append(hit)
        index = machine.emit("select", hit, machine.int(-1), value.slot[1])
        machine.state.replace(value, v.Num(value.kind, value.node, value.box, value.owner, (raw, index)))


# ---- [] : what is appended first says which kind it is

def learn(machine, target, value):
    """A number is appended to a list that was made empty: the next attempt makes it raw."""
    origin = target.example
    kind = kind_of_all(machine, [value])
    if origin.__class__ is Empty and kind is not None and origin.site not in machine.hints.lists:
        machine.hints.lists[origin.site] = kind
        machine.restart()
    if origin.__class__ is Empty:
        origin.takes(likely_items.known_part(value))


