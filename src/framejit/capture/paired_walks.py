"""Iterators over dictionaries and sets that enumerate or zip goes over: real ones, which nobody else has, within a virtual pair.

    for i, (k, x) in enumerate(d.items())   ->   neither number nor tuple is made; the iterator is moved behind all that may leave (ext/walks.c)
"""

from framejit.capture import values as v
from framejit.capture.subscripts import site_of


def more(machine, iterator):
    return machine.emit("icmp_sge", place_of(machine, iterator), machine.int(0))


def place_of(machine, iterator):
    """The number of the entry that comes next, below zero: none."""
    at = machine.emit("read_call", iterator.node, attr=("fj_walk_next", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", at, machine.int(-1)), "key")
    return at


def next_entry(machine, iterator, instruction, walks):
    """Key, value or both, and the iterator, which is among `walks` with the place that it is to be moved from."""
    from framejit.capture.walks import entry_at
    at = place_of(machine, iterator)
    walks.append((iterator, at))
    items = entry_at(machine, iterator, at, site_of(instruction))
    return items[0] if len(items) == 1 else v.Tup(items), iterator


def parts_of(item):
    """A key and a value."""
    return item.items if item.__class__ is v.Tup else (item,)


def sites_of(instruction):
    """The sites that these teach."""
    from framejit.capture.walks import entry_site
    return [entry_site(*site_of(instruction), which) for which in range(2)]


def begun(machine, container, home):
    """The iterator over a dictionary, a set or a view, kept by this stack slot; nothing may leave behind it."""
    from framejit.capture.texts import asked
    from framejit.capture.walks import WALKS
    from framejit.tables.classes import row_of
    machine.guard(machine.emit("read_call", container.node, attr=("fj_can_walk", "i1"), type="i1"), "collection")
    node = asked(machine, "fj_walk", container.node)
    machine.emit("home_take", node, attr=(home, False), exit=machine.exit("home"))
    return v.Obj(row_of(WALKS, container.type), node, "home", iter(container.example) if type(container.example) is container.type else None)


__all__ = ["begun", "more", "next_entry", "parts_of", "sites_of"]
