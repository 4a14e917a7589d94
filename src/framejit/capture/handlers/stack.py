"""Locals, constants and the value stack.

A local that becomes an object is written to its home at once (the frame owns it); a number is only remembered.
ORDER HOMES: before a home is overwritten, stack entries that live by it are secured in their own homes.
"""

from functools import cache

from framejit.capture import deferred, tuples, value_parts, values as v
from framejit.capture.handlers import handler
from framejit.capture.machine_values import is_borrowed
from framejit.capture.raw_lists import realised
from framejit.capture.walked_generators import Generated

POINTERS = (v.Obj, v.Array, v.Raw)


@handler("NOP")
def nop(machine, instruction):
    pass


@handler("LOAD_CONST")
def load_const(machine, instruction):
    machine.push(v.Const(instruction.arg))


@handler("PUSH_NULL")
def push_null(machine, instruction):
    machine.push(v.NULL)


@handler("COPY")
def copy(machine, instruction):
    value = machine.state.stack[-instruction.arg]
    unnamed(machine, value)
    if own_home(machine, value):
        put_home(machine, stack_slot(machine, len(machine.state.stack)), box_of(value))
    machine.push(machine.state.stack[-instruction.arg])


@handler("SWAP")
def swap(machine, instruction):
    stack = machine.state.stack
    if own_home(machine, stack[-1]) or own_home(machine, stack[-instruction.arg]):
        top = stack_slot(machine, len(stack) - 1)
        machine.emit("home_swap", attr=(top, top + 1 - instruction.arg))
    stack[-1], stack[-instruction.arg] = stack[-instruction.arg], stack[-1]


def own_home(machine, value):
    """Whether a stack entry is kept alive by the home of its own stack slot."""
    if value.__class__ in KEPT_BY_HOME:
        return True
    node = box_of(value)
    if node is None or node.op in ("object", "const") or value.owner != "home" and node.op not in JOINED:
        return False
    return value not in machine.state.locals and value not in machine.state.names


def must_be_shared(machine, depth):
    """Leaves where only the home of a stack entry has its object.  Where that was borrowed, on the way here, too, it has one from now on."""
    value = machine.state.stack[depth]
    if value.owner == "item":
        machine.emit("home_set", value.node, attr=(stack_slot(machine, len(machine.state.stack) + depth), False), exit=machine.exit("home"))
    machine.guard(machine.emit("read_call", value.node, attr=("fj_is_shared", "i1"), type="i1"), "home")


KEPT_BY_HOME = (v.SeqIter, v.Pairs, Generated, v.Bound)


def unnamed(machine, value):
    """An iterator that native code moves has one place: whoever else knew it would see it stand still."""
    if value.__class__ in (*KEPT_BY_HOME, v.RangeIter):
        machine.stop("unsupported_opcode", "an iterator with a name")


def put_home(machine, slot, node, keep=False):
    """The home of a slot owns this object now; containers that it held may die of it."""
    machine.secure()
    machine.emit("home_set", node, attr=(slot, keep), exit=machine.exit("home"))


@handler("LOAD_FAST")
def load_fast(machine, instruction):
    value = machine.state.locals[instruction.arg]
    if value is v.UNBOUND:
        machine.leave("unbound")
        return
    if value.__class__ is v.Maybe:
        machine.guard(value.flag, "unbound")
        bound = value.value
        machine.state.replace(value, bound)
        value = bound
    machine.push(rows().taken(machine, value) if machine.names_rows and rows().is_row(value) else value)


@handler("STORE_FAST")
def store_fast(machine, instruction):
    if machine.pending:
        deferred.store(machine, instruction)
    elif not raising().forgotten(machine, instruction):
        store_local(machine, instruction.arg, machine.pop(), instruction)


def store_local(machine, slot, value, instruction):
    state = machine.state
    old = state.locals[slot]
    unnamed(machine, value)
    if value.__class__ is v.Null:
        value = v.UNBOUND
    if old is value:
        return
    machine.lets_go_of(old)
    if old.__class__ is v.Raw and any([entry.__class__ is v.SeqIter and entry.sequence is old for entry in state.stack]):
        state.stack.append(value)           # which may be an item
        old = realised(machine, old)
        value = state.stack.pop()
    value = secure_stack(machine, old, value)
    secure_chosen(machine)
    state, homed = machine.state, False
    if value.__class__ is v.Tup and not machine.lent and (borrows(value) or repeats(value) or made_anew(value)):
        value = real_tuple(machine, value)
        state = machine.state
    if value.__class__ in POINTERS and not (machine.names_rows and rows().is_row(value)):
        if rows().is_row(value):
            value = rows().real(machine, value, stack_slot(machine, len(state.stack)))
        moved = own_home(machine, value)
        set_home(machine, slot, value.node, instruction)
        if moved:
            let_go_of_copies(machine, value)
        value = owned_by_home(machine, value)
        homed = True
    elif value.__class__ is v.Num and value.box is not None and value.box.op != "object" and held_object(old):
        value = tuples.secured(machine, value)
        put_home(machine, slot, value.box)          # which may be an item of what the home lets go
    elif value.__class__ is v.Num and value.box is not None and needs_home(value):
        set_home_box(machine, slot, value.box, instruction)
    elif held_object(old) or old.__class__ is v.Tup:
        drop_home(machine, slot, instruction)
    state = machine.state
    state.locals[slot] = value
    state.homed[slot] = homed and machine.homes
    land_behind(machine, value)


@cache
def rows():
    from framejit.capture import rows
    return rows


@cache
def raising():
    from framejit.capture.handlers import raising
    return raising


def land_behind(machine, value):
    """Where a later part of this instruction leaves, the store is made again, of what it has stored: nothing of what the name was is needed."""
    following = machine.following()
    if following is not None and following.part > 0 and not machine.unseen:
        machine.begin(machine.state.copy())
        machine.snapshot.stack.append(value)


def let_go_of_copies(machine, value):
    """A name's home keeps the object: those of the stack entry that it was, and of others that are it, need not."""
    stack = machine.state.stack
    for depth in [len(stack), *[depth for depth, entry in enumerate(stack) if entry is value]]:
        put_home(machine, stack_slot(machine, depth), machine.const("ptr", None))


def held_object(old):
    """Whether the home of a local that was this may keep more than a number."""
    return old.__class__ in POINTERS or old.__class__ in (v.Maybe, v.Either) and any([leaf.__class__ in POINTERS for leaf in value_parts.leaves(old)])


def borrows(value):
    """Whether a tuple has items that homes of other names keep."""
    nodes = [item.node if item.__class__ in POINTERS else getattr(item, "box", None) for item in value_parts.leaves(value)]
    return any([node is not None and node.op != "object" for node in nodes])


def repeats(value):
    """Whether a tuple has a number twice that may have no object."""
    items = [id(item) for item in value_parts.leaves(value) if tuples.anonymous(item)]
    return len(set(items)) < len(items)


def made_anew(value):
    """Whether each exit would make an object of its own of some item: a view or a range, to which no home gives an identity."""
    return any([item.__class__ is v.Range or item.__class__ is v.Array and item.node is None
                or item.__class__ is v.Tup and made_anew(item) for item in value.items])


def real_tuple(machine, value):
    """The tuple as an object, in the home of the stack entry that it was: it outlives the names of its items."""
    value = tuples.secured(machine, tuples.named(machine, value))
    if value.__class__ is not v.Tup:
        return value
    node = machine.boxed(value)
    if node is None:
        machine.stop("unsupported_opcode", "tuple kept")
    machine.emit("home_take", node, attr=(stack_slot(machine, len(machine.state.stack)), False), exit=machine.exit("home"))
    made = v.Obj(tuple, node, "home")
    machine.state.replace(value, made)
    if not tuples.known_to_others(machine, value, made):
        machine.stop("unsupported_opcode", "tuple kept")
    return made


def needs_home(value):
    """Whether nothing but the home that it leaves is known to keep the number's object.  What a join or a choice made
    may come from a home, whatever its owner."""
    return value.box.op != "object" and (value.owner == "home" or value.box.op in JOINED)


JOINED = ("param", "select", "given")


def owned_by_home(machine, value):
    """The same value, no longer borrowed from a container."""
    if value.owner == "home":
        return value
    if value.__class__ is v.Obj:
        fresh = v.Obj(value.type, value.node, "home", value.example)
    else:
        fresh = v.Array(value.kind, value.ndim, value.contiguous, value.writable, value.node, value.data, value.dims,
                        value.strides, "home", value.base)
    machine.state.replace(value, fresh)
    return fresh


def set_home(machine, slot, node, instruction):
    """The home of local `slot` owns the object now; what it held before may die of it."""
    put_home(machine, slot, node)


def set_home_box(machine, slot, node, instruction):
    """The same for the box of a number, which may be NULL: then the home keeps what it holds."""
    machine.emit("home_set", node, attr=(slot, True), exit=machine.exit("home"))


def drop_home(machine, slot, instruction):
    """What the home of a slot holds is no longer needed: an object dies where it died."""
    put_home(machine, slot, machine.const("ptr", None))


def stack_slot(machine, depth):
    return len(machine.state.locals) + depth


def secure_stack(machine, old, new):
    """Stack entries that are the value `old`, whose place `new` takes, get a reference of their own, in the home of the stack
    slot; tuples there that have it as an item become objects.  `new`, which may share a number with them, as it is then."""
    if old.__class__ is v.Const:
        return new
    stack = machine.state.stack
    stack.append(new)
    while True:
        entry = next((entry for entry in stack[:-1] if entry.__class__ is v.Tup and entry is not stack[-1] and let_go_of(machine, entry, old, stack[-1])), None)
        if entry is None:
            break
        if tuples.real(machine, entry) is None:
            machine.stop("unsupported_opcode", "tuple kept")
    new = stack.pop()
    elsewhere = old.__class__ in POINTERS and sum([name is old for name in (*machine.state.locals, *machine.state.names)]) > 1
    for depth, entry in enumerate(stack):
        node = box_of(entry) if entry is old and not elsewhere else None        # else another name keeps it
        if node is not None:
            machine.emit("home_set", node, attr=(stack_slot(machine, depth), entry.__class__ is v.Num), exit=machine.exit("home"))
    return new


def let_go_of(machine, entry, old, new):
    """Whether a tuple on the stack has to be an object before a variable that was `old` is `new`."""
    leaves, drops = list(value_parts.leaves(entry)), any([box_of(leaf) is not None for leaf in value_parts.leaves(old)])
    return drops and any([leaf is old or is_loose(machine, leaf) for leaf in leaves]) or any([leaf is new for leaf in leaves]) and any([is_borrowed(leaf) for leaf in leaves])


def secure_chosen(machine):
    """Numbers on the stack whose object may live in another home keep it when a local lets go of it."""
    for depth, entry in enumerate(machine.state.stack):
        if entry.__class__ is v.Num and is_loose(machine, entry):
            machine.emit("home_set", entry.box, attr=(stack_slot(machine, depth), True), exit=machine.exit("home"))


def is_loose(machine, value):
    """Whether the home that keeps a value's object, if any, is not that of a name it has: it was chosen, ways that meet bring it,
    or its name is another value by now."""
    node = box_of(value)
    if node is None or node.op in ("object", "const") or value.owner != "home" and node.op not in JOINED:
        return False
    return node.op == "select" or not any([value is other for other in (*machine.state.locals, *machine.state.names)])


def box_of(value):
    """The pointer that keeps this value's identity, or None."""
    if value.__class__ is v.Num:
        return value.box
    if value.__class__ in POINTERS:
        return value.node
    return None


@handler("POP_TOP")
def pop_top(machine, instruction):
    value = machine.pop()
    if own_home(machine, value):
        drop_home(machine, stack_slot(machine, len(machine.state.stack)), instruction)


@handler("OTHER")
def other(machine, instruction):
    machine.stop("unsupported_opcode", instruction.opname)
