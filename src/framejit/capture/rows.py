"""Rows of arrays that have no object: a[i] where axes are left, what a loop over an array gives.

    for row in a:           row is a view of a's elements; the name's home gets an array that shows them
        s += row[0]

A row knows the array and the index that it was made of (`base`), which exits make it of.  It borrows its elements: before
anything may free the array, and where a name, an operator or a call takes it, it becomes an object (`real`) or part of an
expression (`shown`).
"""

from framejit.bytecode.operations import effect
from framejit.capture import expressions, values as v, views
from framejit.capture.subscripts import integer_index

# What instructions take from the stack; behind any other nothing is known.
TAKES = {
    "NOP": 0, "LOAD_FAST": 0, "LOAD_CONST": 0, "LOAD_GLOBAL": 0, "LOAD_NAME": 0, "PUSH_NULL": 0, "LOAD_ATTR": 1, "LOAD_METHOD": 1, "BINARY": 2, "COMPARE": 2,
    "UNARY": 1, "SUBSCR": 2, "BINARY_SLICE": 3, "STORE_SUBSCR": 3, "CALL": lambda argument: argument[0] + 2, "BUILD_SLICE": lambda argument: argument,
    "BUILD_TUPLE": lambda argument: argument,
}
WHOLE = ("BINARY", "COMPARE", "UNARY", "CALL", "LOAD_ATTR", "LOAD_METHOD")      # what takes a row as an operand


def is_row(value):
    return value.__class__ is v.Array and value.node is None


def real(machine, row, slot):
    """The row as an object, which the home of this slot keeps; leaves where there is no memory."""
    node = machine.emit("real_view", header(machine, row))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    machine.emit("home_take", node, attr=(slot, False), exit=machine.exit("home"))
    return v.Array(row.kind, row.ndim, row.contiguous, row.writable, node, row.data, row.dims, row.strides)


def header(machine, row):
    array = whole(row)
    strides = row.strides or views.strides_of(machine, array)[-row.ndim:]
    return views.header(machine, array, row.data, row.dims, strides)


def whole(row):
    """The array that it is a row of a row of."""
    while is_row(row):
        row = row.base[0]
    return row


def all_real(machine):
    """The rows on the stack are objects, kept by their entries' homes; the lowest last, whose home may hold the array."""
    stack, count = machine.state.stack, len(machine.state.locals)
    for depth in reversed(range(len(stack))):
        row = stack[depth]
        if not is_row(row):
            continue
        made = real(machine, row, count + depth)
        for other in [place for place in range(depth) if stack[place] is row]:
            machine.emit("home_set", made.node, attr=(count + other, False), exit=machine.exit("home"))
        machine.state.replace(row, made)


# ---- rows that are operands

def is_operand(machine, instruction):
    """Whether a subscript at hand gives a row that an operator, a function or a store takes as a whole."""
    container, key = machine.state.stack[-2:]
    array = container if container.__class__ is v.Array else container.term.array if container.__class__ is v.Fused else None
    if instruction.unit in machine.hints.real_slices or array is None or array.ndim < 2 or not views.is_index(key) or integer_index(machine, key) is None:
        return False
    return takes_whole(*taker(machine))


def takes_whole(op, above):
    return op in WHOLE or op == "STORE_SUBSCR" and above == 2


def taker(machine):
    """(the operation that takes what the instruction at hand pushes, how many entries lie above it then)."""
    instructions, index, above = machine.code.instructions, machine.index + 1, 0
    while index < len(instructions):
        one = instructions[index]
        taken = TAKES.get(one.op)
        if taken is None or machine.stops_at(one.unit):
            break
        if (taken if taken.__class__ is int else taken(one.arg)) > above:
            return one.op, above
        above += effect(one.op, one.arg)
        index += 1
    return None, 0


def as_operand(machine):
    """The row that a subscript at hand gives, as a part of an expression."""
    if not is_row(machine.state.stack[-2]):
        views.view(machine, 2, *machine.state.stack[-2:])
        return
    row, key = machine.state.stack[-2:]
    machine.state.replace(row, seen(machine, row))
    views.view(machine, 2, machine.state.stack[-2], key)


def taken(machine, row):
    """A row that has a name, as what comes next takes it."""
    return seen(machine, row) if takes_whole(*taker(machine)) else row


def seen(machine, row):
    """A row as a part of an expression."""
    expressions.begun(machine, [])
    array = whole(row)
    strides = row.strides or views.strides_of(machine, array)[-row.ndim:]
    shown = v.Array(row.kind, row.ndim, row.contiguous, row.writable, header(machine, row), row.data, row.dims, strides, "home", views.owner_of(array))
    return v.Fused(row.kind, row.ndim, expressions.Term(row.kind, array=shown, ordered=row.contiguous), [], [])


__all__ = ["all_real", "as_operand", "is_operand", "is_row", "real", "taken"]
