"""Dictionaries and their views that a generator expression walks over: neither view nor iterator is made, for nothing can change them meanwhile.

    sum(v for k, v in prices.items() if k in names)     ->   the routine walks over the entries of `prices` by their numbers
"""

from gc import get_referents

from framejit.capture.values import Obj, Tup, Value
from framejit.tables.classes import one_of, row_of

CONTAINER = 63          # part of a site's key: the dictionary


class Table(Value):
    """The dictionary, what is taken of each entry ("key", "value"), and the number of the entry from which on the next is looked for (a node)."""

    __slots__ = ("sequence", "which", "index")
    virtual = True

    def __init__(self, sequence, which, index):
        self.sequence, self.which, self.index = sequence, which, index
        self.example = None

    def shape(self):
        return ("table", self.sequence.shape(), self.which)

    def parts(self):
        return (self.index, *self.sequence.parts())


def walked(machine, container, which):
    """A dictionary that is an object, from its first entry on."""
    return Table(container.__class__(container.type, container.node, "home", container.example), which, machine.int(0))


def of_value(machine, value):
    """What iter(value) walks over, if that is a dictionary or a view of one; else None."""
    from framejit.capture.dictionaries import TABLES, is_table
    from framejit.capture.exact_types import exactly
    if value.__class__ is Table:
        return value
    likely = value.__class__ is Obj and (is_table(value.example) if value.type is None else any([value.type is kind for kind in TABLES]))
    found = exactly(machine, value, TABLES, machine.instruction, CONTAINER) if likely else None
    return None if found is None else walked(machine, found, ("key",))


def of_view(machine, value, instruction):
    """The same of a view that is an object; its dictionary is behind a guard."""
    from framejit.capture.exact_types import exactly
    from framejit.capture.walks import PARTS, VIEWS, WALKS
    kinds = tuple([type(view({})) for view in VIEWS])
    likely = value.__class__ is Obj and one_of(type(value.example) if value.type is None else value.type, kinds)
    found = exactly(machine, value, kinds, instruction, CONTAINER) if likely else None
    if found is None:
        return None
    node = machine.emit("read_call", found.node, attr=("fj_view_table", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "type")
    return walked(machine, Obj(dict, node, "home", next(iter(get_referents(found.example)), None)), row_of(PARTS, row_of(WALKS, found.type)))


def more(machine, iterator):
    return machine.emit("icmp_sge", following(machine, iterator), machine.int(0))


def following(machine, iterator):
    """The number of the next entry, below zero: there is none.  A dictionary that native code relies on is the interpreter's to walk over."""
    at = machine.emit("read_call", iterator.sequence.node, iterator.index, attr=("fj_table_next", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", at, machine.int(-1)), "key")
    return at


def next_entry(machine, iterator, instruction):
    at = following(machine, iterator)
    items = entry_items(machine, iterator, at, instruction)
    behind = Table(iterator.sequence, iterator.which, machine.emit("iadd", at, machine.int(1)))
    return items[0] if len(items) == 1 else Tup(items), behind


def entry_items(machine, iterator, at, instruction):
    """What is taken of an entry: borrowed."""
    from framejit.capture.subscripts import typed
    from framejit.capture.walks import ITEM
    nodes = [machine.emit("read_call", iterator.sequence.node, at, attr=("fj_table_" + which, "ptr"), type="ptr") for which in iterator.which]
    return [typed(machine, node, (instruction.unit, ITEM + place), entry_example(iterator, which), "item") for place, (node, which) in enumerate(zip(nodes, iterator.which))]


def entry_example(iterator, which):
    from framejit.capture.dictionaries import example_among, is_table, value_example
    example = iterator.sequence.example
    return value_example(iterator.sequence) if which == "value" else example_among(example if is_table(example) else ())


__all__ = ["Table", "entry_example", "entry_items", "more", "next_entry", "of_value", "of_view", "walked"]
