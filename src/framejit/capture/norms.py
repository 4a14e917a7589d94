"""Lengths of vectors: np.linalg.norm(x), which is the root of the product that NumPy's BLAS computes of x and itself."""

from framejit.capture import array_calls, expressions, values as v
from framejit.loops import ufuncs
from framejit.tables.array_calls import ARRAY_CALLS
from framejit.tables.reductions import FLOATS


def at_hand(machine, instruction):
    """The vector whose length a call at hand asks for, or None."""
    found = expressions.called(machine, instruction)
    if found is None or found[1] or instruction.arg[1] or ufuncs.dispatched(found[0]) != "linalg.norm" or len(found[2]) != 1:
        return None
    value = found[2][0]
    return value if expressions.is_whole(value) and value.kind in FLOATS and value.ndim == 1 else None


def called(machine, instruction):
    """Whether a call was taken."""
    if at_hand(machine, instruction) is None:
        return False
    if machine.pending:
        expressions.settle(machine, instruction)
    value = at_hand(machine, instruction)
    if value.__class__ is not v.Array or value.node is None or not value.contiguous:
        return False
    temporaries, slots = expressions.kept(machine, [value])
    expressions.expect_quiet(machine, temporaries)
    asked = array_calls.Asked(ARRAY_CALLS["dot"], [value, value], instruction.arg[0] + 2)
    square = array_calls.number(machine, asked, [value.node, value.node])
    array_calls.put(machine, asked.popped, v.Num(value.kind, machine.emit("fsqrt", square.node)), None, slots)
    return True


__all__ = ["called"]
