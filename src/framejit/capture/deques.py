"""collections.deque: items taken from its ends and added there, read by subscripts, counted (ext/deques.c).

    queue.append(v); u = queue.popleft(); while queue: ...; window[0]       ->   guards on deque; what is there is looked at before it is taken

Loops over a deque, and its other methods, are call-outs.
"""

from collections import deque

from framejit._machine import knows_deque
from framejit.capture import tuples, values as v
from framejit.capture.entry import MISSING
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import counted, function
from framejit.capture.handlers.stack import stack_slot
from framejit.capture.subscripts import integer_index, site_of, typed

LEFT, RIGHT = 0, 1
SITE = 720              # part of a site's key


def known(machine, value, instruction):
    """A value that is likely to be a deque as one, or None."""
    if value.__class__ is not v.Obj or value.type is not deque and (value.type is not None or type(value.example) is not deque) or not knows_deque(deque):
        return None
    return exactly(machine, value, (deque,), instruction, SITE)


def size(machine, value):
    return machine.emit("field", value.node, attr="var_size", type="i64")


def example_of(value, place):
    """The item at an end of the deque at hand."""
    return deque.__getitem__(value.example, place) if type(value.example) is deque and len(value.example) else MISSING


def item(machine, value, index, place, instruction):
    """A borrowed item, of a type that this site has shown."""
    node = machine.emit("read_call", value.node, index, attr=("fj_deque_item", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "index")
    return typed(machine, node, site_of(instruction), example_of(value, place), "item")


@function(deque)
def made(machine, arguments, instruction):
    """An empty one."""
    if arguments or instruction is None or machine.held is not None or not knows_deque(deque):
        return None
    machine.guard(machine.emit("read_call", attr=("fj_can_make", "i1"), type="i1"), "collection")
    machine.secure()
    node = machine.emit("write_call", machine.object(deque), attr=("fj_new_deque", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "memory")
    machine.emit("home_take", node, attr=(stack_slot(machine, len(machine.state.stack) - 2), False), exit=machine.exit("home"))
    return v.Obj(deque, node, "home", deque())


def popped(right):
    def row(machine, arguments, instruction):
        target = known(machine, arguments[0], instruction) if len(arguments) == 1 else None
        if target is None:
            return None
        found = item(machine, target, machine.int(-right), -right, instruction)
        if found.__class__ not in (v.Num, v.Obj):
            return None
        node = found.node if found.__class__ is v.Obj else found.box or machine.const("ptr", None)
        if machine.routine is not None and found.__class__ is v.Obj:        # at its end nothing can leave any more
            machine.guard(machine.emit("read_call", node, attr=("fj_ends_quietly", "i1"), type="i1"), "home")
        counted(machine)
        machine.secure()
        machine.emit("home_set", node, attr=(stack_slot(machine, len(machine.state.stack) - instruction.arg[0] - 2), False), exit=machine.exit("home"))
        gone = machine.emit("write_call", target.node, machine.int(right), attr=("fj_deque_pop", "ptr"), type="ptr")
        return v.Num(found.kind, found.node, found.box) if found.__class__ is v.Num else v.Obj(found.type, gone, "home", found.example)

    return row


def added(right):
    def row(machine, arguments, instruction):
        target = known(machine, arguments[0], instruction) if len(arguments) == 2 else None
        if target is None:
            return None
        counted(machine)
        machine.secure()
        value, = tuples.apart(machine, [machine.state.stack[-1]])
        machine.guard(machine.emit("read_call", target.node, machine.int(right), attr=("fj_deque_takes", "i1"), type="i1"), "store")
        new = machine.boxed(value)
        if new is None:
            return None
        done = machine.emit("write_call", target.node, new, machine.int(right), attr=("fj_deque_append", "i1"), type="i1")
        machine.guard(done, "memory")
        machine.escaped(value, new)
        return v.Const(None)

    return row


for name, make, end in (("popleft", popped, LEFT), ("pop", popped, RIGHT), ("appendleft", added, LEFT), ("append", added, RIGHT)):
    function(getattr(deque, name))(make(end))


def subscript(machine, value, key, instruction):
    """An item by an integer that is a number of 64 bits."""
    index = integer_index(machine, key)
    place = key.value if key.__class__ is v.Const and type(key.value) is int and key.value in (0, -1) else 0
    return None if index is None or known(machine, value, instruction) is None else item(machine, value, index, place, instruction)


__all__ = ["deque", "known", "size", "subscript"]
