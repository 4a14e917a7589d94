"""What attributes of the program's instances were in those that captures had at hand, for captures that have none.

    def run(n):
        rng = Random(7)             no instance is there yet when `run` is compiled,
        for _ in range(n):          but one was when its loop was, or `Random.next`
            s += rng.next()

A region that makes its objects would learn their attributes' types one by one, each by an exit and a compilation.  Nothing of the
program is kept: numbers, types that last, forms of arrays, weak references to classes.
"""

from weakref import ref

from framejit.capture import entry
from framejit.tables.classes import HEAP, flags_of, lasting_type, one_of

CLASSES = 1000          # of which something is remembered
ITEMS = 4               # of a list or tuple
NUMBERS = (int, float, bool, type(None))
_shown = {}             # id of a class -> (weak reference, {name: value like it, or Seen})


class Seen:
    """A type as exits remember it (capture/hints.py)."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type


def noted(kind, name, value):
    """The value of an attribute that an instance of the class has."""
    found = _shown.get(id(kind))
    if found is None or found[0]() is not kind:
        if len(_shown) >= CLASSES:
            _shown.clear()
        found = _shown[id(kind)] = ref(kind), {}
    found[1][name] = remembered(value)
    return value


def remembered(value):
    kind = type(value)
    if one_of(kind, NUMBERS):
        return value
    if one_of(kind, (list, tuple)) and value and all([one_of(type(item), NUMBERS) for item in value[:ITEMS]]):
        return value[:ITEMS]
    if kind is entry.array_type():
        return Seen((kind, value.dtype, value.ndim, value.flags.num))
    letter = entry.letter_of(value)
    if letter is not None:
        return Seen((kind, letter, 0, 0))
    if lasting_type(kind):
        return Seen(kind)
    return Seen(ref(kind)) if flags_of(kind) & HEAP and one_of(type(kind), (type,)) else entry.MISSING


def expected(machine, kind, name, site):
    """An attribute like this one's, or MISSING; a type that isn't a number's counts as shown at the site."""
    found = _shown.get(id(kind))
    value = entry.MISSING if found is None or found[0]() is not kind else found[1].get(name, entry.MISSING)
    if value.__class__ is not Seen:
        return value
    if value.type.__class__ is not ref or value.type() is not None:
        machine.hints.sites.setdefault(site, [value.type])
    return entry.MISSING


__all__ = ["expected", "noted"]
