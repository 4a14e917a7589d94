"""What attributes are in the objects that can be reached from the values at hand, before anything is captured.

    scene.objects -> [(Sphere, Surface), ...] -> Sphere.centre -> Point.x: 1, -3.4, 0.5 ...       ->   int and float

A capture would learn them one by one, each by an exit and a compilation.  None of the program's code runs; what is kept are types of numbers.
"""

from types import CellType, FunctionType

from framejit._machine import attribute
from framejit.capture.region import OF_INSTANCES
from framejit.capture.several import EXAMPLES
from framejit.tables.classes import mro_of, one_of, plain_class

MOST = 600              # objects that are looked at
ITEMS = 12              # of a list or tuple
BOTH = 3                # attributes that are ints here and floats there: more, and the kinds aren't told apart
KEPT = ("value", "slot")
names_of = type.__dict__["__dict__"].__get__


def look_around(hints, values):
    """Notes the types of numbers that attributes have."""
    if hints.attributes:
        return
    found, names = hints.attributes, {}
    seen, work = set(), list(values)
    while work and len(seen) < MOST:
        one = work.pop(0)
        kind = type(one)
        if id(one) in seen or one_of(kind, tuple(EXAMPLES)):
            continue
        seen.add(id(one))
        if one_of(kind, (list, tuple)):
            work += spread(one)
        elif kind is CellType:
            work += content(one)
        elif plain_class(kind):
            if id(kind) not in names:
                names[id(kind)] = kept_names(kind)
            work += [note(found, kind, name, value) for name, value in contents(one, names[id(kind)])]
    if hints.tells_apart and sum([one_of(int, types) and one_of(float, types) for types in found.values()]) >= BOTH:
        hints.tell_no_longer()


def note(found, kind, name, value):
    """The value of an attribute, whose type is noted if it is a number's."""
    types = found.setdefault((id(kind), name), [])
    if one_of(type(value), tuple(EXAMPLES)) and not one_of(type(value), types):
        types.append(type(value))
    return value


def spread(items):
    """The first items, and some from all over."""
    return [*items[:ITEMS], *items[::len(items) // ITEMS + 1]]


def content(cell):
    try:
        return [cell.cell_contents]
    except ValueError:          # nothing yet
        return []


def kept_names(kind):
    """Names that functions of the class use, and that its instances keep themselves."""
    functions = [value for base in mro_of(kind) for value in names_of(base).values() if type(value) is FunctionType]
    names = {name: None for function in functions for name in function.__code__.co_names}
    return [name for name in names if attribute(kind, name, OF_INSTANCES)[0] in KEPT]


def contents(one, names):
    for name in names:
        try:
            yield name, object.__getattribute__(one, name)
        except AttributeError:
            pass


__all__ = ["look_around"]
