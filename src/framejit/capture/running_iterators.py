"""Iterators that a frame has on its stack where a loop is entered while it runs: as virtual ones, one row per type.

    for i, (x, y) in enumerate(zip(a, b)):      the enumerate object stays in its stack slot, and keeps all that is walked over

Nobody else may have them, which is guarded.  zip and enumerate are made anew where native code leaves; the others are brought to their index.
"""

from framejit.capture import entry, values as v
from framejit.capture.letters import has_letters
from framejit.capture.subscripts import has_numbers
from framejit.tables.classes import inherits_from_list, one_of, row_of, some_items
from framejit.tables.walks import PARTS


def alone(machine, node, miss, unused):
    """Others would advance it, too; but for `unused` variables."""
    references = machine.emit("field", node, attr="object_refcnt", type="i64")
    machine.emit("guard", machine.emit("icmp_eq", references, machine.int(1 + unused)), exit=miss)


def entered(machine, node, example, miss, site, home=True, unused=0):
    """The virtual iterator that an object is, or None.  `home`: it is in the stack slot itself, else another iterator has it; `unused`: how
    many variables have it, too: that of a comprehension which is a function (3.11)."""
    row = row_of(ITERATORS, type(example))
    if row is None or row is table_iterator and home:
        return None
    alone(machine, node, miss, unused)
    return row(machine, node, example, miss, site, home)


def parts_of(example):
    """What the iterator at hand would be made of."""
    return example.__reduce__()[1]


def range_iterator(machine, node, example, miss, site, home):
    """Steps of 1 and downward ones are part of the variant."""
    entry.guard_type(machine, node, type(example), miss)
    whole, *_ = parts_of(example)
    step = machine.emit("read_call", node, attr=("fj_range_iter_step", "i64"), type="i64")
    if 1 < whole.step < 2**31:
        fits, known = machine.emit("icmp_ult", machine.emit("isub", step, machine.int(1)), machine.int(2**31)), step
    else:
        fits, known = machine.emit("icmp_eq", step, machine.int(whole.step)), whole.step
    machine.emit("guard", fits, exit=miss)
    next_ = machine.emit("read_call", node, attr=("fj_range_iter_next", "i64"), type="i64")
    stop = machine.emit("read_call", node, attr=("fj_range_iter_stop", "i64"), type="i64")
    return v.RangeIter(next_, stop, known, home=home)


def walked_by(machine, node, example, miss):
    """What an iterator over a sequence goes over, which isn't at its end."""
    entry.guard_type(machine, node, type(example), miss)
    sequence = machine.emit("read_call", node, attr=("fj_list_iter_list", "ptr"), type="ptr")
    machine.emit("guard", machine.emit("icmp_ne", sequence, machine.const("ptr", None)), exit=miss)
    return sequence


def list_iterator(step, function):
    def row(machine, node, example, miss, site, home):
        sequence = walked_by(machine, node, example, miss)
        index = machine.emit("read_call", node, attr=(function, "i64"), type="i64")
        whole, *_ = parts_of(example)
        if inherits_from_list(type(whole)):
            whole = some_items(whole)
        return v.SeqIter(v.Obj(list, sequence, "home", whole), index, home, step)

    return row


def index_of(machine, node):
    return machine.emit("read_call", node, attr=("fj_list_iter_index", "i64"), type="i64")


def sequence_iterator(kind):
    """Over a tuple, a string, bytes: exactly of that type."""

    def row(machine, node, example, miss, site, home):
        sequence = walked_by(machine, node, example, miss)
        whole, *_ = parts_of(example)
        entry.guard_type(machine, sequence, kind, miss)
        if kind is str and not home:
            machine.emit("guard", has_letters(machine, sequence), exit=miss)
        return v.SeqIter(v.Obj(kind, sequence, "home", whole), index_of(machine, node), home) if type(whole) is kind else None

    return row


def array_iterator(machine, node, example, miss, site, home):
    """The iterator that objects with nothing but items get, if it goes over an array."""
    whole, *_ = parts_of(example)
    if type(whole) is not entry.array_type() or entry.array_kind(whole) is None:
        return None
    sequence = walked_by(machine, node, example, miss)
    index = index_of(machine, node)
    array = entry.unbox_array(machine, sequence, whole, "home", miss)
    return v.SeqIter(array, index, home) if has_numbers(array) else None


def table_iterator(machine, node, example, miss, site, home):
    """Over a dictionary or a set, within a pair (paired_walks.py); by itself it stays an object (walks.py)."""
    entry.guard_type(machine, node, type(example), miss)
    return v.Obj(type(example), node, "home", example)


def zip_iterator(machine, node, example, miss, site, home):
    """Not a strict one, which says so in its third part."""
    if len(example.__reduce__()) > 2:
        return None
    entry.guard_type(machine, node, zip, miss)
    examples = parts_of(example)
    machine.emit("guard", machine.emit("read_call", node, machine.int(len(examples)), attr=("fj_zip_fits", "i1"), type="i1"), exit=miss)
    inners = []
    for place, inner in enumerate(examples):
        part = machine.emit("read_call", node, machine.int(place), attr=("fj_zip_part", "ptr"), type="ptr")
        inners.append(entered(machine, part, inner, miss, site, False))
    return None if None in inners else v.Pairs(None, inners, site)


def enumerate_iterator(machine, node, example, miss, site, home):
    entry.guard_type(machine, node, enumerate, miss)
    machine.emit("guard", machine.emit("read_call", node, attr=("fj_enumerate_fits", "i1"), type="i1"), exit=miss)
    inner, *_ = parts_of(example)
    part = machine.emit("read_call", node, attr=("fj_enumerate_part", "ptr"), type="ptr")
    index = machine.emit("read_call", node, attr=("fj_enumerate_index", "i64"), type="i64")
    found = entered(machine, part, inner, miss, site, False)
    return None if found is None else v.Pairs(index, [found], site)


class Items:
    def __getitem__(self, index):
        raise IndexError(index)


ITERATORS = {type(iter(Items())): array_iterator, type(iter(range(0))): range_iterator, type(iter([])): list_iterator(1, "fj_list_iter_index"),
             type(reversed([])): list_iterator(-1, "fj_reversed_index"), type(iter(())): sequence_iterator(tuple), type(iter("")): sequence_iterator(str),
             type(iter("\u20ac")): sequence_iterator(str), type(iter(b"")): sequence_iterator(bytes), type(iter(bytearray())): sequence_iterator(bytearray),
             zip: zip_iterator, enumerate: enumerate_iterator, **dict.fromkeys(PARTS, table_iterator)}

MADE_ANEW = (zip, enumerate)


def is_moved(example):
    """Whether native code brings such an iterator to its index where it leaves, for whoever else has it."""
    return row_of(ITERATORS, type(example)) is not None and not one_of(type(example), MADE_ANEW)


__all__ = ["entered", "is_moved"]
