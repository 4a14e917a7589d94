"""Ufuncs whose result goes into an array at hand: np.add(a, b, out=t), np.exp(x, x), np.divide(a, b, out=t, where=b != 0).

An expression that is stored into all of the array (array_stores.put), which is what the call gives.  Where a mask doesn't choose the array keeps
what it has, and the operands are ones, of which no function but one has anything to say.
"""

from framejit.capture import array_stores, expressions, numbers, values as v
from framejit.loops import ufuncs
from framejit.tables.classes import numpys
from framejit.tables.elementwise import WHERE
from framejit.tables.types import ELEMENTS, KINDS

MOST = 24               # terms of a call with a mask
QUIET = {"arctanh": 0}  # an operand that raises no flag, where it isn't one


def at_hand(machine, instruction):
    """(ufunc's name, operands, the array, the mask or None) of a call at hand, or None."""
    found, keywords = expressions.called(machine, instruction), instruction.arg[1] or ()
    if found is None or found[1] or numpys("ufunc") is None or type(found[0]) is not numpys("ufunc") or ufuncs.ufunc(found[0].__name__) is not found[0]:
        return None
    ufunc, values = found[0], found[2]
    split = len(values) - len(keywords)
    operands, given = values[:ufunc.nin], dict(zip(("out",), values[ufunc.nin:split])) | dict(zip(keywords, values[split:]))
    out, mask = given.get("out"), given.get("where")
    if not {*given} <= {"out", "where"} or split + ("out" in keywords) != ufunc.nin + 1 or len(operands) != ufunc.nin or ufunc.nout != 1 or array_stores.is_left(machine, instruction.unit) or machine.splits(instruction):
        return None
    below = machine.state.stack[:len(machine.state.stack) - instruction.arg[0] - 2]
    known = is_whole_result(machine, out) and not any([value.__class__ is v.Fused for value in below]) and fits(machine, ufunc.__name__, operands, out)
    return (ufunc.__name__, operands, out, mask) if known and (mask is None or chooses(machine, mask, ufunc.__name__, operands, out)) else None


def is_whole_result(machine, out):
    """Whether an array that others have takes the result.  Complex numbers' last bits depend on whether it shares an operand's memory."""
    known = out.__class__ is v.Array and out.node is not None and out.writable
    return known and ELEMENTS[out.kind].part is None and not expressions.is_temporary(machine, out)


def fits(machine, name, operands, out):
    """Whether the result is of the array's kind, and broadcasts to it."""
    if not any([expressions.is_whole(value) for value in operands]) or not all([expressions.takes_part(value) for value in operands]):
        return False
    _, resolved = resolved_for(machine, name, operands)
    return resolved is not None and resolved[1] == out.kind and all([array_stores.ranks(value) <= out.ndim for value in operands])


def resolved_for(machine, name, operands):
    """(the operands as arrays and numbers, what ufuncs.resolved says of their kinds); None for it where one is neither."""
    found = [value if expressions.is_whole(value) else numbers.number(machine, value) for value in operands]
    return found, None if None in found else ufuncs.resolved(name, tuple([expressions.NUMPYS.get(value.kind, value.kind) for value in found]))


def chooses(machine, mask, name, operands, out):
    """Whether a mask is one of bools for real numbers."""
    if not expressions.is_whole(mask) or mask.kind != "bool_" or array_stores.ranks(mask) > out.ndim:
        return False
    found, (kinds, _) = resolved_for(machine, name, operands)
    size = sum([1 + len(value.term.below) for value in (*found, mask) if value.__class__ is v.Fused])
    return size < MOST and all([kind in KINDS and expressions.convertible(value, kind) for value, kind in zip(found, (*kinds, out.kind))])


def masked(machine, name, popped, operands, out, mask):
    """The expression, on top of the stack."""
    found, (kinds, _) = resolved_for(machine, name, operands)
    expressions.begun(machine, [*found, mask])
    chosen = expressions.converted(machine, mask, "bool_")
    args = [expressions.Term(kind, WHERE, [chosen, expressions.converted(machine, value, kind), quiet(machine, name, kind)]) for value, kind in zip(found, kinds)]
    term = expressions.Term(out.kind, WHERE, [chosen, expressions.Term(out.kind, name, args), expressions.converted(machine, out, out.kind)])
    made = v.Fused(out.kind, max([value.ndim for value in (*found, mask, out) if expressions.is_whole(value)]), term, *expressions.kept(machine, [*operands, mask]))
    machine.popn(popped)
    machine.push(made)


def quiet(machine, name, kind):
    """An operand for the places that aren't chosen."""
    number = QUIET.get(name, 1)
    return expressions.converted(machine, numbers.number(machine, v.Const(bool(number) if kind == "bool_" else number)), kind)


def called(machine, instruction):
    """Whether a call was taken."""
    from framejit.capture import elementwise
    found = at_hand(machine, instruction)
    if found is None:
        return False
    name, operands, out, mask = found
    popped = instruction.arg[0] + 2
    if mask is not None:
        masked(machine, name, popped, operands, out, mask)
    elif not elementwise.combined(machine, name, popped, operands):
        return False
    made = machine.state.stack[-1]
    array_stores.put(machine, out, made.term, [made], instruction.unit)
    machine.pop()
    machine.push(out)
    return True


__all__ = ["at_hand", "called"]
