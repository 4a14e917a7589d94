"""Methods of Python's own types that a variable holds: what they are bound to is found behind a guard on which method it is.

    append = found.append
    for x in values: append(x * 2.0)        ->   found is looked up in the method object, then as found.append(...)
"""

from types import BuiltinFunctionType

from framejit.capture import values as v
from framejit.capture.function_table import FUNCTIONS
from framejit.capture.handlers.stack import own_home
from framejit.tables.classes import one_of

KINDS = (list, dict, set, str, bytes, bytearray)
SITE = 500              # part of a site's key: which method it is


def bound(machine, callee, instruction):
    """(the method of a type, what it is bound to) of what is called; or None."""
    if callee.__class__ is not v.Obj or own_home(machine, callee) or type(callee.example) is not BuiltinFunctionType:
        return None
    target = callee.example.__self__
    method = vars(type(target)).get(callee.example.__name__) if one_of(type(target), KINDS) else None
    if method is None or FUNCTIONS.of(method) is None:
        return None
    node = machine.emit("read_call", callee.node, machine.object(method), attr=("fj_bound_to", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "type", callee.node, (instruction.unit, SITE))
    return method, v.Obj(type(target), node, "item", target)


def like(value, name):
    """A method like the one that an attribute of such an object is, or None."""
    kind = None if value.__class__ is not v.Obj else value.type or type(value.example)
    return getattr(kind(), name) if one_of(kind, KINDS) and name in vars(kind) else None


__all__ = ["KINDS", "bound", "like"]
