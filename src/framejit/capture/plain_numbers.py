"""What gives a number at once in the middle of an expression, and does nothing else: len(x), x.size, x.shape[0], float(s)."""

from framejit.capture import values as v
from framejit.capture.expressions import call_at_hand, stack_handlers
from framejit.capture.next_statement import EXTENTS
from framejit.tables.originals import math

OF_NUMBERS = (abs, bool, float, int, math.exp, math.log, math.sqrt)


def is_extent_of(value, name):
    """Whether an attribute is how many elements an array has."""
    return name in EXTENTS and value.__class__ is v.Array and value.node is not None


def is_one_extent(container, key):
    """Whether a subscript is of a shape, along a constant axis."""
    return container.__class__ is v.Tup and all([item.__class__ is v.Num for item in container.items]) and key.__class__ is v.Const and type(key.value) is int


def is_of_numbers(machine, instruction):
    """Whether a call at hand computes a number of a number, or asks how long an array is, and does nothing else."""
    call = call_at_hand(machine, instruction)
    if call is None or call[1] or len(call[2]) != 1 or instruction.arg[1]:
        return False
    value, = call[2]
    if call[0] is len:
        return value.__class__ is v.Array and value.node is not None and not stack_handlers().own_home(machine, value)
    return value.__class__ is v.Num and any([call[0] is one for one in OF_NUMBERS])


__all__ = ["is_extent_of", "is_of_numbers", "is_one_extent"]
