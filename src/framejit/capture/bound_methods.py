"""Methods of Python's own types that a variable holds: what they are bound to is found behind a guard on which method it is.

    append = found.append
    for x in values: append(x * 2.0)        ->   found is looked up in the method object, then as found.append(...)
"""

from types import BuiltinFunctionType

from framejit.capture import values as v
from framejit.capture.function_table import FUNCTIONS
from framejit.capture.handlers.stack import own_home
from framejit.capture.keeping import keepable
from framejit.tables.classes import mro_of, one_of
from framejit.tables.generators import twister_type

KINDS = (list, dict, set, str, bytes, bytearray)
SITE = 500              # part of a site's key: which method it is


def bound(machine, callee, instruction):
    """(the method of a type, what it is bound to) of what is called; or None."""
    if callee.__class__ is v.Const and type(callee.value) is BuiltinFunctionType:
        return of_twister(machine, callee.value)
    if callee.__class__ is not v.Obj or own_home(machine, callee) or type(callee.example) is not BuiltinFunctionType:
        return None
    target = callee.example.__self__
    twister = is_twister(target)
    method = twisters().method(callee.example.__name__) if twister else vars(type(target)).get(callee.example.__name__) if one_of(type(target), KINDS) else None
    if method is None or FUNCTIONS.of(method) is None:
        return None
    node = machine.emit("read_call", callee.node, machine.object(method), attr=("fj_bound_to", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "type", callee.node, (instruction.unit, SITE))
    return method, v.Obj(None if twister else type(target), node, "item", target)


def of_twister(machine, callee):
    """The same of a method that a module has: random.random."""
    target = callee.__self__
    method = twisters().method(callee.__name__) if is_twister(target) and keepable(target) else None
    return None if method is None or callee != method.__get__(target) else (method, v.Obj(None, machine.object(target), "home", target))


def is_twister(target):
    return twister_type() is not int and one_of(twister_type(), mro_of(type(target)))


def twisters():
    from framejit.capture import twisters
    return twisters


def like(value, name):
    """A method like the one that an attribute of such an object is, or None."""
    kind = None if value.__class__ is not v.Obj else type(value.example) if value.type is None else value.type
    return getattr(kind(), name) if one_of(kind, KINDS) and name in vars(kind) else None


__all__ = ["KINDS", "bound", "like"]
