"""Ufuncs whose result goes into an array at hand: np.add(a, b, out=t), np.exp(x, x).

An expression that is stored into all of the array (array_stores.put), which is what the call gives.
"""

from framejit.capture import array_stores, expressions, numbers, values as v
from framejit.loops import ufuncs
from framejit.tables.classes import numpys
from framejit.tables.types import ELEMENTS


def at_hand(machine, instruction):
    """(ufunc's name, operands, the array) of a call at hand, or None."""
    found, keywords = expressions.called(machine, instruction), instruction.arg[1] or ()
    if found is None or found[1] or numpys("ufunc") is None or type(found[0]) is not numpys("ufunc") or ufuncs.ufunc(found[0].__name__) is not found[0]:
        return None
    ufunc, values = found[0], found[2]
    if keywords not in ((), ("out",)) or len(values) != ufunc.nin + 1 or ufunc.nout != 1 or array_stores.is_left(machine, instruction.unit) or machine.splits(instruction):
        return None
    *operands, out = values
    below = machine.state.stack[:len(machine.state.stack) - instruction.arg[0] - 2]
    return (ufunc.__name__, operands, out) if is_whole_result(machine, out) and not any([value.__class__ is v.Fused for value in below]) and fits(machine, ufunc.__name__, operands, out) else None


def is_whole_result(machine, out):
    """Whether an array that others have takes the result.  Complex numbers' last bits depend on whether it shares an operand's memory."""
    known = out.__class__ is v.Array and out.node is not None and out.writable
    return known and ELEMENTS[out.kind].part is None and not expressions.is_temporary(machine, out)


def fits(machine, name, operands, out):
    """Whether the result is of the array's kind, and broadcasts to it."""
    if not any([expressions.is_whole(value) for value in operands]) or not all([expressions.takes_part(value) for value in operands]):
        return False
    found = [value if expressions.is_whole(value) else numbers.number(machine, value) for value in operands]
    resolved = None if None in found else ufuncs.resolved(name, tuple([expressions.NUMPYS.get(value.kind, value.kind) for value in found]))
    return resolved is not None and resolved[1] == out.kind and all([array_stores.ranks(value) <= out.ndim for value in operands])


def called(machine, instruction):
    """Whether a call was taken."""
    from framejit.capture import elementwise
    found = at_hand(machine, instruction)
    if found is None:
        return False
    name, operands, out = found
    if not elementwise.combined(machine, name, instruction.arg[0] + 2, operands):
        return False
    made = machine.state.stack[-1]
    array_stores.put(machine, out, made.term, [made], instruction.unit)
    machine.pop()
    machine.push(out)
    return True


__all__ = ["at_hand", "called"]
