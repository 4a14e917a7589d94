"""What the result of a call-out is likely to be, before any has been seen: a guard says so where it is used.

    perm = other[:]      ->   a list of items like those of the other
"""

from framejit.capture import values as v
from framejit.tables.classes import one_of

SEQUENCES = (list, tuple)


def sliced_like(container):
    """What slices of this are like; None where that isn't known."""
    return container.example if container.__class__ is v.Obj and one_of(container.type, SEQUENCES) else None


def expect(machine, example):
    """The result of the call-out on top of the stack is likely to be like this, if that is anything."""
    if example is not None and machine.hints.guesses:
        machine.state.stack[-1].example = example


__all__ = ["expect", "sliced_like"]
