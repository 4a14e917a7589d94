"""Storing expressions into arrays: a[1:-1] = ..., a[...] = ..., a += ...

The expression is computed into memory of its own first, as NumPy does it; then it is copied into the array.  Until then
nothing has happened, so that every exit goes back to where the expression began.

One operation alone on a large array is bound by memory: there is nothing to win, and NumPy needs no second walk to know
whether it warns.  Where that was seen (`LARGE`) the instruction is a call-out.
"""

from framejit.capture import expressions, numbers, values as v, views
from framejit.loops import ufuncs
from framejit.loops.nests import castable
from framejit.tables.elementwise import BINARY, CAST
from framejit.tables.types import ELEMENTS

LARGE = 64              # of the array, among an instruction's sites: exits have seen that it is a large one
DONE, LEFT_TO_NUMPY = 1, 2      # ext/nest_stores.c


def is_left(machine, unit):
    """Whether the operation at this place was alone on a large array."""
    return (unit, LARGE) in machine.hints.sites


def operands(machine, instruction):
    """(value, container, key, entries popped) of a store at hand, or None."""
    stack = machine.state.stack
    if instruction.op == "STORE_SUBSCR":
        return (*stack[-3:], 3)
    key = views.slice_at_hand(machine, instruction)
    return None if key is None else (*stack[-4:-2], key, 4)


def is_store(machine, instruction):
    """Whether a store at hand puts an expression, an array or a number into a part of an array."""
    found = operands(machine, instruction)
    if found is None or is_left(machine, instruction.unit):
        return False
    value, container, key, popped = found
    if not views.is_view_of(machine, container, key, instruction.unit) and not is_row(container, key) and not (is_everything(key) and expressions.is_whole(container)):
        return False
    others = [one for one in machine.state.stack[:-popped] if one.__class__ is v.Fused]
    if value.__class__ is v.Fused and value.target is not None:
        return not others and is_origin(machine, value, popped)
    return not others and writable(container) and storable(machine, value, container.kind)


def is_origin(machine, value, popped):
    """Whether a view that was changed in place is stored where it came from."""
    taken = machine.state.stack[1 - popped:]
    return len(taken) == len(value.origin) - 1 and all([one is other for one, other in zip(taken, value.origin)])


def is_row(container, key):
    """Whether all axes that the key names are taken by integers, and some are left."""
    parts = views.parts_of(key)
    return expressions.is_whole(container) and 0 < len(parts) < container.ndim and all([views.is_integer(part) for part in parts])


def is_everything(key):
    return views.is_constant(key, Ellipsis)


def writable(container):
    array = container if container.__class__ is v.Array else container.term.array
    return array is not None and array.writable


def storable(machine, value, kind):
    """Whether the value's conversion to this kind is one that never warns, or that leaves where it would."""
    if expressions.is_whole(value):
        return value.kind == kind or castable(value.kind, kind)
    number = numbers.number(machine, value) if expressions.takes_part(value) else None         # None: an integer beyond 64 bits, too
    return number is not None and (kind != expressions.HALF or expressions.convertible(number, kind))


def stored(machine, instruction):
    """Perform a store at hand."""
    value, container, key, popped = operands(machine, instruction)
    if value.__class__ is v.Fused and value.target is not None:
        put(machine, value.target, value.term, [value], value.origin[-1], True)
        machine.popn(popped)
        return True
    expressions.begun(machine, [value, container])
    target = container if container.__class__ is v.Array else container.term.array
    if not is_everything(key):
        ordered = container.__class__ is v.Array or container.term.ordered
        target, _ = views.shown(machine, target, views.parts_of(key), ordered)
    if ranks(value) > target.ndim:
        expressions.settle(machine, instruction)
        return False
    written = value if expressions.is_whole(value) else numbers.number(machine, value)
    put(machine, target, expressions.converted(machine, written, target.kind), [value, container], instruction.unit)
    machine.popn(popped)
    return True


def ranks(value):
    return value.ndim if expressions.is_whole(value) else 0


def put(machine, target, term, consumed, unit, in_place=False):
    """Compute the term into the target's elements.  `consumed`: stack entries that the instruction takes; `unit`: of the instruction
    that is a call-out once the array was seen to be large."""
    if term.name is None:
        term = expressions.Term(term.kind, CAST, [term])
    nest, nodes = expressions.nest_of(term, target.ndim, in_place)
    temporaries, slots = expressions.kept(machine, consumed)
    expressions.expect_quiet(machine, temporaries)
    machine.pending = False
    done = machine.emit("nest_into", target.node, *nodes, attr=machine.graph.nest(nest))
    if machine.routine is None:         # of longer nests, too, which may become short: where parts of them leave loops (loops/invariants.py)
        machine.guard(machine.emit("icmp_ne", done, machine.int(LEFT_TO_NUMPY)), "type", views.owner_of(target), (unit, LARGE))
    expressions.soon_done(machine, done, expressions.Term(target.kind, array=target))
    machine.guard(machine.emit("icmp_eq", done, machine.int(DONE)), "array")
    expressions.others_wait(machine)
    for slot in slots:
        machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))


# ---- a += b

def is_in_place(machine, instruction):
    """Whether an operator at hand changes an array by numbers, arrays or an expression."""
    symbol, inplace = instruction.arg
    left, right = machine.state.stack[-2:]
    if not inplace or left.__class__ is not v.Array or left.node is None or not left.writable or is_left(machine, instruction.unit):
        return False
    others = [one for one in machine.state.stack[:-2] if one.__class__ is v.Fused]
    return not others and symbol in BINARY and symbol != "**" and expressions.takes_part(right) and ranks(right) <= left.ndim \
        and in_place_kinds(machine, symbol, left, right) is not None


def in_place_kinds(machine, symbol, left, right):
    """The kinds of a loop whose result is of the array's own kind, or None; complex numbers' last bits depend on whether the result shares
    an operand's memory."""
    if ELEMENTS[left.kind].part is not None:
        return None
    number = right if expressions.is_whole(right) else numbers.number(machine, right)
    if number is None:
        return None
    resolved = ufuncs.resolved(BINARY[symbol], (left.kind, expressions.NUMPYS.get(number.kind, number.kind)))
    if resolved is None or resolved[1] != left.kind or resolved[0][0] != left.kind:
        return None
    return resolved if expressions.convertible(number, resolved[0][1]) else None


def in_place(machine, instruction):
    """Perform it: the array itself stays on the stack."""
    symbol, _ = instruction.arg
    left, right = machine.state.stack[-2:]
    kinds, kind = in_place_kinds(machine, symbol, left, right)
    expressions.begun(machine, [left, right])
    number = right if expressions.is_whole(right) else numbers.number(machine, right)
    args = [expressions.converted(machine, value, kind) for value, kind in zip((left, number), kinds)]
    put(machine, left, expressions.Term(kind, BINARY[symbol], args), [right], machine.instruction.unit, True)
    machine.pop()


# ---- a[1:] += b

def is_view_in_place(machine, instruction):
    """Whether an operator at hand changes a view that has no object: until it is stored where it came from."""
    symbol, inplace = instruction.arg
    left, right = machine.state.stack[-2:]
    if not inplace or left.__class__ is not v.Fused or left.origin is None or not writable(left) or symbol not in BINARY or symbol == "**":
        return False
    if is_left(machine, left.origin[-1]):
        return False
    return expressions.takes_part(right) and ranks(right) <= left.ndim and in_place_kinds(machine, symbol, left, right) is not None


def view_in_place(machine, instruction):
    symbol, _ = instruction.arg
    left, right = machine.state.stack[-2:]
    kinds, kind = in_place_kinds(machine, symbol, left, right)
    number = right if expressions.is_whole(right) else numbers.number(machine, right)
    args = [expressions.converted(machine, value, kind) for value, kind in zip((left, number), kinds)]
    made = v.Fused(kind, left.ndim, expressions.Term(kind, BINARY[symbol], args), *expressions.kept(machine, [left, right]))
    made.origin, made.target = left.origin, left.term.array
    machine.popn(2)
    machine.push(made)


__all__ = ["in_place", "is_in_place", "is_store", "is_view_in_place", "put", "stored", "view_in_place"]
