"""Instances of the program's classes that inherit from list: lists, as far as their classes leave it to list.

    todo.append(c), todo.pop(0), len(todo), todo[0], for c in todo   ->   a guard on todo's class; the functions of lists

Subscripts, len(), truth and loops are a list's own as long as the class has no method of its own for them, which is a fact of the class
(`Region.classes`, ext/attributes.c).  The value keeps its class in the state.
"""

from framejit.capture import values as v
from framejit.capture.attributes import LACKED, OF_LISTS, instance, kind_of, uncovered
from framejit.capture.handlers.stack import stack_slot
from framejit.capture.several import Several
from framejit.tables.classes import inherits_from_list, one_of, some_items
from framejit.tables.specialised import LIST_METHODS

FUNCTIONS = {name: getattr(list, name) for name in LIST_METHODS}
WALKING = (sum, min, max, enumerate, zip)
OWN = ("__new__", "__init__")


def as_list(machine, value, instruction, *methods):
    """The value as a list, if its class has these methods from list; it stands for the value, whose place in the state it doesn't take.  Or None."""
    if value.__class__ is not v.Obj or type(value.example) is Several:
        return None
    kind = kind_of(value.example) if value.type is None else value.type
    if not inherits_from_list(kind) or not likes(machine, kind, *methods):
        return None
    known = instance(machine, value, instruction)
    machine.graph.constant(kind)
    return v.Obj(list, known.node, known.owner, some_items(known.example) if type(known.example) is kind else None)


def likes(machine, kind, *methods):
    """Whether a class has these methods from list, which is relied on from now on."""
    return all([machine.region.attribute_of(kind, method, OF_LISTS)[0] == "list's" for method in methods])


def method(machine, instruction, value):
    """Whether the method of the stack's top, an instance whose class has it from list, has been found: it and the instance lie there now."""
    function = FUNCTIONS.get(instruction.arg)
    if function is None:
        return False
    uncovered(machine, value, instruction.arg)
    machine.graph.constant(value.type)
    machine.state.stack[-1:] = [v.Const(function), machine.state.stack[-1]]
    return True


def arguments_as_lists(machine, function, arguments, instruction):
    """The arguments, the first as a list where the function is one of lists, or goes over what it is given."""
    first = arguments[0] if arguments else None
    if first.__class__ is not v.Obj or not inherits_from_list(kind_of(first.example) if first.type is None else first.type):
        return arguments
    wanted = () if one_of(function, FUNCTIONS.values()) else ("__iter__",) if one_of(function, WALKING) else None
    found = None if wanted is None else as_list(machine, first, instruction, *wanted)
    return arguments if found is None else [found, *arguments[1:]]


def sized(machine, kind):
    """Whether this is a class that inherits from list, and its instances are true where they have items."""
    return inherits_from_list(kind) and likes(machine, kind, "__len__") and machine.region.attribute_of(kind, "__bool__", LACKED)[0] == "nothing"


def has_items(machine, value):
    machine.graph.constant(kind_of(value.example) if value.type is None else value.type)
    return machine.emit("icmp_ne", machine.emit("field", value.node, attr="var_size", type="i64"), machine.int(0))


def made(machine, kind, base):
    """Whether an empty instance of such a class has been made, in the place of the stack's entries from `base` on."""
    if type(kind) is not type or not likes(machine, kind, *OWN):
        return False
    machine.graph.constant(kind)
    machine.guard(machine.emit("read_call", attr=("fj_can_make", "i1"), type="i1"), "collection")
    node = machine.emit("write_call", machine.object(kind), attr=("fj_new_instance", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "memory")
    machine.emit("home_take", node, attr=(stack_slot(machine, base), False), exit=machine.exit("home"))
    machine.popn(len(machine.state.stack) - base)
    machine.push(v.Obj(kind, node, "home"))
    return True


__all__ = ["arguments_as_lists", "as_list", "has_items", "made", "method", "sized"]
