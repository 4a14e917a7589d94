"""Attributes that are values of instances: they can be read while an expression over arrays is collected, for nothing else runs then."""

from framejit.capture import values as v
from framejit.capture.attributes import kind_of
from framejit.capture.handlers.stack import own_home
from framejit.capture.region import OF_INSTANCES
from framejit.capture.several import Several
from framejit.tables.classes import plain_class


def is_value(machine, instruction):
    """Whether the attribute of the stack's top, an instance that lives on, is one."""
    value = machine.state.stack[-1]
    if value.__class__ is not v.Obj or own_home(machine, value) or type(value.example) is Several or value.type is None and value.example is None:
        return False
    kind = kind_of(value.example) if value.type is None else value.type
    return plain_class(kind) and machine.region.attribute_of(kind, instruction.arg, OF_INSTANCES)[0] in ("value", "slot")


__all__ = ["is_value"]
