"""Attributes of instances that have a dictionary: of classes that inherit from a type of C's own, and wherever somebody has asked for it.

    self.gauss_next     ->   the dictionary of self, if it has one; what is under the name there
"""

from framejit._machine import has_dictionary
from framejit.capture import attributes, tuples, values as v
from framejit.capture.handlers.subscripting import drop, let_go
from framejit.capture.raw_lists import unslotted


def at_hand(value):
    """Whether the instance at hand has one."""
    return value.__class__ is v.Obj and type(value.example) is value.type and has_dictionary(value.example)


def dictionary(machine, value):
    """Its dictionary, which is guarded."""
    node = machine.emit("read_call", value.node, attr=("fj_own_dictionary", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "type")
    return node


def read(machine, instruction, value, number):
    """A row of attributes.READS."""
    if not at_hand(value):
        return False
    nothing, name = machine.const("ptr", None), machine.object(instruction.arg)
    node = machine.emit("read_call", dictionary(machine, value), name, nothing, attr=("fj_dict_item", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, nothing), "unbound")
    return attributes.put_instead(machine, attributes.known_item(machine, instruction, value, node))


def store(machine, instruction, value, number):
    """A row of attribute_stores.STORES."""
    if not at_hand(value) or attributes.own_home(machine, machine.state.stack[-1]):
        return False
    machine.secure()
    tuples.apart(machine, machine.state.stack[-2:-1])
    kept = unslotted(machine, machine.state.stack[-2])
    owner = machine.state.stack[-1]
    held, name = dictionary(machine, owner), machine.object(instruction.arg)
    new, plain = machine.boxed(kept), machine.int(int(machine.quiet == "fj_is_plain"))
    machine.guard(machine.emit("write_call", held, name, new, plain, attr=("fj_dict_store", "i1"), type="i1"), "store")
    machine.escaped(kept, new)
    let_go(machine, kept, len(machine.state.stack) - 2)
    drop(machine, 1)
    machine.pop()
    return True


__all__ = ["at_hand", "read", "store"]
