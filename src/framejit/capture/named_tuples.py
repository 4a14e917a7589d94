"""Instances of classes that inherit from tuple, as collections.namedtuple and typing.NamedTuple make them.

    p.x, p[0], x, y = p, len(p)   ->   a guard on p's class; the item of the tuple that p is

A field is an item that the class knows by a name.  Subscripts, len() and unpacking are a tuple's own as long as the class has no method
of its own for them, which is a fact of the class (`Region.classes`, ext/attributes.c).
"""

from framejit.capture import values as v
from framejit.capture.attributes import OF_TUPLES, base_with, inherits_from_tuple, instance, kind_of, likely, names_of, plain_class
from framejit.capture.several import Several


def as_tuple(machine, value, instruction, method):
    """The value as a tuple, if its class has this method from tuple; it stands for the value, whose place in the state it doesn't take.  Or None."""
    if value.__class__ is not v.Obj or type(value.example) is Several:
        return None
    kind = value.type or kind_of(value.example)
    if not inherits_from_tuple(kind) or machine.region.attribute_of(kind, method, OF_TUPLES)[0] != "tuple's":
        return None
    known = instance(machine, value, instruction)
    machine.graph.constant(kind)
    example = known.example
    items = tuple(tuple.__iter__(example)) if type(example) is kind else None
    return v.Obj(tuple, known.node, known.owner, items)


def top_as_tuple(machine, instruction, method, depth):
    """The stack's entry at this depth (below zero) as a tuple; the entry itself where it isn't one."""
    value = machine.state.stack[depth]
    return as_tuple(machine, value, instruction, method) or machine.state.stack[depth]


def makes_instances(kind):
    """Whether what this class gives is known to be an instance of it: nobody has written a __new__ for it, but for what named tuples have."""
    return inherits_from_tuple(kind) or plain_class(kind) and base_with(kind, "__new__") is object


def likely_fields(kind, arguments):
    """Names of a named tuple's fields -> what they most likely are, where it is made of these values."""
    base = base_with(kind, "_fields")
    names = names_of(base)["_fields"] if base is not None else ()
    known = type(names) is tuple and len(names) == len(arguments) and all([type(name) is str for name in names])
    return dict(zip(names, map(likely, arguments))) if known else {}


__all__ = ["as_tuple", "likely_fields", "makes_instances", "top_as_tuple"]
