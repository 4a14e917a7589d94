"""Objects of two or three classes at one place, and two or three functions: a list of shapes, a table of functions.

    for o in shapes: total += o.area()      ->   o is a Circle?  its version of the rest : is it a Square?  its version : leave

The instruction that wants to know begins anew in a version of its own for all but the last of them (capture/block_versions.py).
"""

from types import FunctionType

from framejit.capture import values as v
from framejit.tables.classes import HEAP, flags_of, one_of

MOST = 3
SAMPLES = 64


class Several:
    """In the place of an object at hand: objects of several classes, or several functions."""

    __slots__ = ("items",)

    def __init__(self, items):
        self.items = items

    def of(self, kind):
        """The one of this class, or None."""
        return next((item for item in self.items if type(item) is kind), None)


def several(items):
    """What the items of a list or tuple at hand are likely to be: one of each class or function, if there are a few; or None."""
    if one_of(type(items[0]), (int, float, bool, str, type(None))):
        return None
    chosen = items[:SAMPLES]
    if all([type(item) is FunctionType for item in chosen]):
        found = {id(item.__code__): item for item in reversed(chosen)}
    elif all([flags_of(type(item)) & HEAP for item in chosen]):
        found = {id(type(item)): item for item in reversed(chosen)}
    else:
        return None
    return Several(tuple(found.values())) if 1 < len(found) <= MOST else None


def narrowed(machine, value, instruction, types, condition):
    """The value as one of the last of these types, in the block at hand, which others don't come to; None where the instruction can't begin
    anew.  `condition`: i1 for a type."""
    if instruction.part > 0 or machine.pending or machine.held is not None:
        return None
    for type_ in types[:-1]:
        state, others = machine.state.copy(), machine.graph.block()
        state.replace(value, v.Obj(type_, value.node, value.owner, value.example))
        machine.end("branch", (condition(type_),), [machine.enter_exactly(instruction.unit, state), (others, [])])
        machine.block = others
    known = v.Obj(types[-1], value.node, value.owner, value.example)
    machine.guard(condition(types[-1]), "type", value.node, (instruction.unit, 400))
    machine.state.replace(value, known)
    return known


__all__ = ["Several", "narrowed", "several"]
