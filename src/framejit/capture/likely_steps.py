"""What iterators of C's give, most likely: the first items of what they are made of stand for all.

    for n, g in zip(self.neurons, gradients): ...       a pair like (self.neurons[0], gradients[0]), if these lists are at hand

An example of the iterator stands for it, as in likely_results.py; its item's example is noted beside it, for as long as the capture takes.
"""

from itertools import accumulate, chain, count, cycle, islice, pairwise, repeat

from framejit.capture import entry, stepped, values as v
from framejit.capture.likely_items import known_part
from framejit.capture.raw_lists import example_of_kind
from framejit.tables.classes import one_of

NOTHING = entry.MISSING
NUMBERS = {int: 0, float: 0.5, str: "", bool: False}          # what map gives with these
RANGES = (v.Range, v.RangeIter)
WALKED = (list, tuple, dict, set, frozenset, range, str, bytes, bytearray)      # whose first item is looked at without running anything


def example(machine, kind, arguments):
    """An iterator of this type, which is remembered to give what these arguments make it give."""
    made = stepped.likely(kind)
    row = GIVEN.get(kind)
    item = NOTHING if row is None or not arguments else row(machine, arguments)
    if item is not NOTHING:
        of_capture(machine)[id(made)] = made, item
    return made


def item_of(machine, iterator):
    """An example of the next item of this iterator; None: nothing is known."""
    found = of_capture(machine).get(id(iterator.example))
    return None if found is None or found[0] is not iterator.example else found[1]


def of_capture(machine):
    return machine.routines.machine.hints.steps


def first(machine, value):
    """What is like the first item of an argument."""
    if value.__class__ is v.Raw:
        return example_of_kind(value.kind)
    if value.__class__ in RANGES:
        return 0
    if value.__class__ is v.Obj:
        noted = item_of(machine, value)
        if noted is not None:
            return noted
    whole = known_part(value)
    return next(iter(whole), NOTHING) if one_of(type(whole), WALKED) else NOTHING


def pair(machine, arguments):
    items = tuple([first(machine, value) for value in arguments])
    return NOTHING if any([item is NOTHING for item in items]) else items


def numbered(machine, arguments):
    item = first(machine, arguments[0])
    return NOTHING if item is NOTHING else (0, item)


def mapped(machine, arguments):
    called = arguments[0]
    return NUMBERS.get(called.value, NOTHING) if called.__class__ is v.Const and type(called.value) is type else NOTHING


def at(place):
    """The same items as those of one argument."""
    return lambda machine, arguments: first(machine, arguments[place]) if len(arguments) > place else NOTHING


def twice(machine, arguments):
    item = first(machine, arguments[0])
    return NOTHING if item is NOTHING else (item, item)


def itself(machine, arguments):
    found = known_part(arguments[0])
    return NOTHING if found is None else found


GIVEN = {zip: pair, enumerate: numbered, map: mapped, filter: at(1), chain: at(0), islice: at(0), accumulate: at(0), cycle: at(0), pairwise: twice,
         repeat: itself, count: itself}

__all__ = ["example", "item_of"]
