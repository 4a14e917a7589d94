"""Products of matrices and reductions along axes: NumPy computes them, called by native code (ext/array_calls.c).

    y = np.exp(m @ x + b) - m.max(axis=0)       two calls whose results are known arrays; what is around them is fused
"""

from framejit.capture import expressions, headers, values as v
from framejit.loops import ufuncs
from framejit.tables.array_calls import ALONG, ARRAY_CALLS, FUNCTIONS, METHODS, MULTIPLIED, PRODUCTS
from framejit.tables.classes import numpy_holds, numpys
from framejit.tables.made_arrays import METHODS as MAKING
from framejit.tables.types import KINDS


class Asked:
    """A call at hand: a row of tables/array_calls.py, its arrays, what it says of axes, the entries popped."""

    def __init__(self, row, arrays, axes, keepdims, popped):
        self.row, self.arrays, self.axes, self.keepdims, self.popped = row, arrays, axes, keepdims, popped

    def rank(self):
        if self.row.form in PRODUCTS:
            return sum([array.ndim for array in self.arrays]) - 2
        if self.row.form == ALONG:
            return 0 if self.axes < 0 else self.arrays[0].ndim - 1
        return self.arrays[0].ndim - (0 if self.keepdims else self.axes.bit_count())

    def possible(self):
        kinds = {array.kind for array in self.arrays}
        ranks = all([array.ndim <= 2 for array in self.arrays]) or self.row.form not in PRODUCTS
        return len(kinds) == 1 and kinds <= set(self.row.kinds) and ranks and not (self.row.name == "mean" and self.rank() == 0)


def method(machine, value, name):
    """The method of an array, or None."""
    return v.Const(numpys("ndarray").__dict__[name]) if expressions.is_whole(value) and (name in METHODS or name in MAKING) else None


def name_of(callee, bound):
    """The row's name of a method of ndarray's or a function of NumPy's, or None."""
    if bound:
        table = numpys("ndarray").__dict__ if numpys("ndarray") else {}
        return next((name for name in METHODS if table.get(name) is callee), None)
    if callee is numpy_holds("matmul") and ufuncs.ufunc("matmul") is callee:
        return "matmul"
    return FUNCTIONS.get(ufuncs.dispatched(callee))


def parts_of(machine, instruction):
    """(name, positional operands, keywords) of a call at hand, or None."""
    found, keywords = expressions.called(machine, instruction), instruction.arg[1]
    if found is None:
        return None
    callee, bound, values = found
    name = name_of(callee, bound)
    if name is None:
        return None
    split = len(values) - len(keywords or ())
    return name, values[:split], dict(zip(keywords or (), values[split:]))


def axes_of(value, ndim):
    """A bit for each axis that a constant names, or None."""
    if value.__class__ is not v.Const:
        return None
    named = value.value if type(value.value) is tuple else (value.value,)
    if not named or not all([type(axis) is int and -ndim <= axis < ndim for axis in named]):
        return None
    axes = [axis % ndim for axis in named]
    return sum([1 << axis for axis in axes]) if len(set(axes)) == len(axes) else None


def at_hand(machine, instruction):
    """The call at hand, or None."""
    found = parts_of(machine, instruction)
    if found is None:
        return None
    name, values, keywords = found
    row, popped = ARRAY_CALLS[name], instruction.arg[0] + 2
    if row.form in PRODUCTS:
        wanted = len(values) == 2 and not keywords and all([expressions.is_whole(value) for value in values])
        asked = Asked(row, values, 0, False, popped) if wanted else None
    else:
        asked = along(row, values, keywords, popped)
    return asked if asked is not None and asked.possible() and not others_run(machine, row) else None


def others_run(machine, row):
    """Whether this is a function that other threads may run beside, in a routine."""
    return machine.routine is not None and row.form != MULTIPLIED


def along(row, values, keywords, popped):
    """A reduction with constant axes."""
    if not values or not expressions.is_whole(values[0]) or len(values) + ("axis" in keywords) > 2 or not set(keywords) <= {"axis", "keepdims"}:
        return None
    axis, kept = keywords.get("axis", values[1] if len(values) == 2 else None), keywords.get("keepdims", v.Const(False))
    if kept.__class__ is not v.Const or type(kept.value) is not bool or row.form == ALONG and "keepdims" in keywords:
        return None
    if axis is None or axis.__class__ is v.Const and axis.value is None:
        return Asked(row, values[:1], -1, False, popped) if row.form == ALONG else None
    axes = axes_of(axis, values[0].ndim)
    if axes is None or row.form == ALONG and axes.bit_count() != 1:
        return None
    return Asked(row, values[:1], axes.bit_length() - 1 if row.form == ALONG else axes, kept.value, popped)


def called(machine, instruction):
    """Whether a call was taken."""
    return at_hand(machine, instruction) is not None and made(machine, instruction, at_hand)


def multiplied(machine, instruction):
    """Whether `@` was taken."""
    return instruction.arg == ("@", False) and product(machine, instruction) is not None and made(machine, instruction, product)


def product(machine, instruction):
    arrays = machine.state.stack[-2:]
    if machine.splits(instruction) or not all([expressions.is_whole(array) for array in arrays]):
        return None
    asked = Asked(ARRAY_CALLS["matmul"], arrays, 0, False, 2)
    return asked if asked.possible() else None


def of_array(array):
    return expressions.Term(array.kind, array=array)


def made(machine, instruction, found):
    """Have NumPy compute it: what was collected is computed before."""
    if machine.pending:
        expressions.settle(machine, instruction)
    asked = found(machine, instruction)
    if asked is None:
        return False
    temporaries, slots = expressions.kept(machine, asked.arrays)
    expressions.expect_quiet(machine, temporaries)
    kind, rank = asked.row.kinds[asked.arrays[0].kind], asked.rank()
    nodes, attr = [array.node for array in asked.arrays], (asked.row.name, asked.axes, asked.keepdims, kind, rank)
    base = len(machine.state.locals) + len(machine.state.stack) - asked.popped
    if rank:
        node = machine.emit("array_call", *nodes, attr=attr)
        expressions.soon_done(machine, machine.emit("number"), of_array(asked.arrays[0]))
        machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
        expressions.others_wait(machine)
        result = headers.array_at(machine, node, kind, rank, True, True)
    else:
        node = machine.emit("array_number", *nodes, attr=(attr, KINDS[kind].machine))
        status = machine.emit("number")
        expressions.soon_done(machine, status, of_array(asked.arrays[0]))
        machine.guard(machine.emit("icmp_slt", status, machine.int(2)), "array")
        expressions.others_wait(machine, status)
        result = v.Num(kind, node)
    for slot in slots:
        if slot != base or not rank:
            machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))
    if rank:
        machine.emit("home_take", node, attr=(base, False), exit=machine.exit("home"))
    machine.popn(asked.popped)
    machine.push(result)
    return True


__all__ = ["called", "method", "multiplied"]
