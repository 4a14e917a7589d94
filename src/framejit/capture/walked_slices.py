"""Slices of lists and tuples that a generator expression walks over: they are never made, for nothing can change the list meanwhile.

    tuple(pool[i] for i in indices[:r])     ->   the routine walks over `indices`, from the first index to the last
"""

from framejit.capture.values import Const, Raw, Value


class Part(Value):
    """The slice, or what is left of it: the next index, and where it ends (nodes)."""

    __slots__ = ("sequence", "index", "stop")
    virtual = True

    def __init__(self, sequence, index, stop):
        self.sequence, self.index, self.stop = sequence, index, stop
        self.example = None

    def shape(self):
        return ("part", self.sequence.shape())

    def parts(self):
        return (self.index, self.stop, *self.sequence.parts())


def taken(machine, instruction):
    """The container and the two bounds on top of the stack give way to the slice, where a generator expression has begun."""
    from framejit.capture.handlers.stack import own_home
    if own_home(machine, machine.state.stack[-3]):
        machine.give_up_holding()
    part = part_of(machine, machine.state.stack[-3:], instruction)
    machine.popn(3)
    machine.push(part)


def part_of(machine, values, instruction):
    """The slice of a container by two bounds."""
    from framejit.capture.iterators import sequence_size
    from framejit.capture.list_parts import sequence
    value, *bounds = values
    found = value if value.__class__ is Raw else sequence(machine, value, instruction)
    if found is None or found.__class__ is Const:
        machine.give_up_holding()
    size = sequence_size(machine, found)
    first, stop = [inside(machine, one, default, size) for one, default in zip(bounds, (machine.int(0), size))]
    return Part(found if found.__class__ is Raw else found.__class__(found.type, found.node, "home", found.example), first, stop)


def inside(machine, value, default, size):
    """A bound as an index from the beginning, between 0 and the size."""
    from framejit.capture.subscripts import integer_index
    if value.__class__ is Const and value.value is None:
        return default
    node, zero = integer_index(machine, value), machine.int(0)
    if node is None:
        machine.give_up_holding()
    node = machine.emit("select", machine.emit("icmp_slt", node, zero), machine.emit("iadd", node, size), node)
    node = machine.emit("select", machine.emit("icmp_slt", node, zero), zero, node)
    return machine.emit("select", machine.emit("icmp_slt", node, size), node, size)


__all__ = ["Part", "part_of", "taken"]
