"""What gives a number at once in the middle of an expression, and does nothing else: len(x), x.size, x.shape[0], float(s), np.sin(t), c[k], m[i, j], p["dt"].

    p = p * x + c[k]        one nest: where the index is out of range, the interpreter does all of it
"""

from functools import cache

from framejit.capture import rows, values as v, views
from framejit.capture.entry import MISSING
from framejit.capture.expressions import call_at_hand, stack_handlers
from framejit.capture.next_statement import EXTENTS
from framejit.capture.scalar_ufuncs import numpy_rows
from framejit.capture.subscripts import sequence_example, site_of
from framejit.tables.classes import numpys, one_of
from framejit.tables.originals import math
from framejit.tables.types import KINDS

COMPUTING = ("BINARY", "COMPARE")       # they take a number by its value, before anything else may run
OF_NUMBERS = (abs, bool, float, int, math.exp, math.log, math.sqrt, math.sin, math.cos, math.tan, math.tanh, math.sinh, math.cosh, math.atan, math.asin, math.acos, math.log2, math.log10, math.log1p, math.expm1, math.fabs, math.radians, math.degrees, math.erf)
OF_DOUBLES = "sin cos tan arcsin arccos arctan sinh cosh tanh exp expm1 log log2 log10 log1p sqrt abs absolute square floor ceil deg2rad rad2deg radians degrees".split()    # ufuncs that have a loop for each of these:
DOUBLES = ("float", "int", "float64", "int64")


def is_extent_of(value, name):
    """Whether an attribute is how many elements an array has."""
    return name in EXTENTS and value.__class__ is v.Array and value.node is not None


def is_one_extent(container, key):
    """Whether a subscript is of a shape, along a constant axis."""
    return container.__class__ is v.Tup and all([item.__class__ is v.Num for item in container.items]) and key.__class__ is v.Const and type(key.value) is int


def is_element(machine, instruction, container, key):
    """Whether a subscript at hand reads a number of an array, a list, a tuple or a dictionary that lives on, and an operator takes it."""
    if stack_handlers().own_home(machine, container) or rows.taker(machine)[0] not in COMPUTING:
        return False
    if container.__class__ is v.Obj and container.type is dict:
        return key.__class__ is v.Const and type(key.value) is str and one_of(item_type(machine, dictionaries().value_example(container), instruction), (int, float))
    parts = views.parts_of(key)
    if not parts or not all([views.is_integer(part) for part in parts]):
        return False
    if container.__class__ is v.Array:
        return container.node is not None and container.kind in KINDS and len(parts) == container.ndim
    return container.__class__ is v.Obj and one_of(container.type, (list, tuple)) and len(parts) == 1 and one_of(item_type(machine, sequence_example(container), instruction), (int, float))


def item_type(machine, example, instruction):
    """What an item of a container is taken for, of which this is an example, or None."""
    seen = machine.hints.sites.get(site_of(instruction))
    if seen:
        return seen[0] if len(seen) == 1 else None
    return None if example is MISSING else type(example)


@cache
def dictionaries():
    from framejit.capture import dictionaries
    return dictionaries


def is_place(machine, instruction):
    """Whether a tuple that is built at hand says which element of an array is read."""
    following, count = machine.code.instructions[machine.index + 1], instruction.arg
    stack = machine.state.stack
    if following.op != "SUBSCR" or machine.stops_at(following.unit) or len(stack) <= count or stack[-count - 1].__class__ is not v.Array:
        return False
    return stack[-count - 1].ndim == count and all([views.is_index(part) and views.is_integer(part) for part in stack[-count:]])


def is_of_numbers(machine, instruction):
    """Whether a call at hand computes a number of a number, or asks how long an array is, and does nothing else."""
    call = call_at_hand(machine, instruction)
    if call is None or call[1] or len(call[2]) != 1 or instruction.arg[1]:
        return False
    value, = call[2]
    if call[0] is len:
        return value.__class__ is v.Array and value.node is not None and not stack_handlers().own_home(machine, value)
    kind = value.kind if value.__class__ is v.Num else type(value.value).__name__ if value.__class__ is v.Const and is_literal(value.value) else None
    if kind is None:
        return False
    if any([call[0] is one for one in OF_NUMBERS]):
        return True
    row = numpy_rows().get(id(call[0]))
    return row is not None and row[0] is call[0] and type(call[0]) is numpys("ufunc") and call[0].__name__ in OF_DOUBLES and kind in DOUBLES


def is_literal(constant):
    """Whether it is a number that generated code computes with."""
    return type(constant) is float or type(constant) is int and -2**63 <= constant < 2**63


__all__ = ["is_element", "is_extent_of", "is_of_numbers", "is_one_extent", "is_place"]
