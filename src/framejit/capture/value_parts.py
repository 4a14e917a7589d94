"""What values consist of: the walks over tuples, iterators and values that may be something else."""

from framejit.capture.held_methods import HeldMethod
from framejit.capture.values import Array, Bound, Either, Maybe, Null, Obj, Pairs, Raw, SeqIter, Tup, Unbound
from framejit.capture.walked_generators import Generated
from framejit.capture.walked_slices import Part
from framejit.capture.walked_tables import Table


def leaves(value):
    """The numbers, objects and lists in a value, its own copies of them."""
    row = INSIDE.get(value.__class__)
    if row is None:
        yield value
    else:
        for inner in row[0](value):
            yield from leaves(inner)


def lists_in(values):
    """The raw lists in these values."""
    holding = [value for value in values if value.__class__ in MAY_HOLD_LISTS]
    return [inner for value in holding for inner in leaves(value) if inner.__class__ is Raw]


def changed(value, change, done):
    """The value with `change(leaf)` in each leaf's place; itself if that changes nothing.  `done`: what has been changed so far,
    (old, new) by the old one's identity."""
    found = done.get(id(value))
    if found is None:
        row = INSIDE.get(value.__class__)
        if row is None:
            new = change(value)
        else:
            inners = row[0](value)
            made = [changed(inner, change, done) for inner in inners]
            new = value if all([new is old for new, old in zip(made, inners)]) else row[1](value, made)
        found = done[id(value)] = value, new
    return found[1]


INSIDE = {
    Maybe: (lambda value: (value.value,), lambda value, made: Maybe(value.flag, *made)),
    Either: (lambda value: value.options, lambda value, made: Either(value.tag, made)),
    Tup: (lambda value: value.items, lambda value, made: Tup(made)),
    SeqIter: (lambda value: (value.sequence,), lambda value, made: SeqIter(made[0], value.index, value.home, value.step)),
    Part: (lambda value: (value.sequence,), lambda value, made: Part(made[0], value.index, value.stop)),
    Table: (lambda value: (value.sequence,), lambda value, made: Table(made[0], value.which, value.index)),
    Pairs: (lambda value: value.inners, lambda value, made: Pairs(value.index, made, value.site)),
    Generated: (lambda value: (value.iterator, *value.cells), lambda value, made: Generated(value.runs, made[1:], made[0], value.site, value.begun, value.holder, value.count)),
}


MAY_HOLD_LISTS = {Raw, *INSIDE}


def example_of(value):
    """The object at hand behind a value, or behind what it iterates over or consists of."""
    if value.__class__ in (SeqIter, Part, Table):
        return value.sequence.example
    if value.__class__ in (Generated, Pairs, Tup):
        return tuple([example_of(inner) for inner in INSIDE[value.__class__][0](value)])
    return None if value.__class__ in (Null, Unbound) else value.example


def remember(value, example):
    """Give a rebuilt value its example back."""
    if example is None:
        return
    if value.__class__ in (SeqIter, Part, Table):
        value.sequence.example = example
    elif value.__class__ in (Generated, Pairs, Tup):
        for inner, part in zip(INSIDE[value.__class__][0](value), example):
            remember(inner, part)
    elif value.__class__ in (Obj, Array, Bound, HeldMethod):
        value.example = example
