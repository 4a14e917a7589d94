"""What attributes the program's instances within reach of a request have: a tree's leaves differ from its root.

    node.left      a Node in the root at hand, None in the leaves below it     ->   both are expected by the first capture
    node.mass      a float in the root, the int 0 in empty leaves              ->   numbers of two kinds

Without that, each would be learned by an exit and a compilation of its own.  A bounded walk from the values at hand; none of the program's
code runs, and nothing of it is kept.
"""

from collections import deque
from types import CellType, FunctionType
from weakref import ref

from framejit._machine import attribute, values_around
from framejit.capture import several, shown
from framejit.capture.entry import MISSING
from framejit.capture.region import OF_INSTANCES
from framejit.tables.classes import mro_of, name_in, one_of, plain_class

INSTANCES = 250         # that are looked at
ITEMS = 6               # of a list or tuple
NAMES = 60              # attributes of a class
FRAMES = 40             # whose locals are looked at, ours among them
RARE = 16               # what fewer than one instance of so many shows isn't expected
BOTH = several.Several((1, 0.5))
names_of = type.__dict__["__dict__"].__get__


class Census:
    """Types that attributes have, by class and name."""

    def __init__(self):
        self.kinds = {}         # id of a class -> (it, {name: {id of a type: [type, how often]}})
        self.known = set()      # ids of what has been looked at
        self.left = INSTANCES
        self.filled = {}        # (id of a class, name) -> a list that isn't empty

    def walk(self, values):
        waiting = deque(values)
        while waiting and self.left:
            value = waiting.popleft()
            kind = type(value)
            if id(value) in self.known:
                continue
            if one_of(kind, (list, tuple)):
                self.known.add(id(value))
                waiting.extend(value[:ITEMS // 2])
                waiting.extend(value[ITEMS // 2::len(value) // (ITEMS // 2) + 1])
            elif plain_class(kind):
                self.known.add(id(value))
                self.left -= 1
                waiting.extend(self.look_at(value, kind))
            elif kind is CellType:
                waiting.extend(content(value))

    def look_at(self, value, kind):
        """The attributes of an instance are counted; those that are objects."""
        if id(kind) not in self.kinds:
            self.kinds[id(kind)] = kind, {name: {} for name in own_names(kind)}
        found = []
        for name, types in self.kinds[id(kind)][1].items():
            try:
                item = object.__getattribute__(value, name)
            except AttributeError:
                continue
            types.setdefault(id(type(item)), [type(item), 0])[1] += 1
            if not one_of(type(item), several.NUMBERS):
                found.append(item)
            if type(item) is list and item:
                self.filled.setdefault((id(kind), name), item)
        return found

    def several(self):
        """(class, name, types) of attributes that have shown several."""
        for kind, names in self.kinds.values():
            for name, types in names.items():
                total = sum([count for _, count in types.values()])
                often = [type_ for type_, count in types.values() if count * RARE >= total]
                if len(often) > 1:
                    yield kind, name, often


def content(cell):
    try:
        return [cell.cell_contents]
    except ValueError:
        return []


def own_names(kind):
    """Attributes that instances keep themselves, of those that methods of the class name."""
    functions = [found for base in mro_of(kind) for found in names_of(base).values() if type(found) is FunctionType]
    named = dict.fromkeys([name for function in functions for name in function.__code__.co_names])
    return [name for name in named if attribute(kind, name, OF_INSTANCES, None)[0] in ("value", "slot")][:NAMES]


def look_around(hints, values):
    """Notes in the hints which attributes are of several types: kinds of numbers with None maybe, or None and a class of the program."""
    census = Census()
    census.walk(values)
    census.walk([value for globals, locals in values_around(FRAMES) if name_in(globals).split(".")[0] != "framejit" for value in locals])
    hints.filled.update(census.filled)
    for kind, name, types in census.several():
        if all([one_of(type_, several.EXAMPLES) for type_ in types]):
            hints.attributes[id(kind), name] = types
        elif len(types) == 2 and one_of(type(None), types):
            one, = [type_ for type_ in types if type_ is not type(None)]
            if plain_class(one):
                hints.maybe[id(kind), name] = [type(None), ref(one)]


def likely(machine, kind, name, site, example):
    """What stands for an attribute: the one at hand, another instance's list in the place of an empty one, or what captures before have shown.  None and
    a class that the surroundings have shown count as shown at the site."""
    hints, key = machine.routines.machine.hints, (id(kind), name)
    if key in hints.maybe:
        machine.hints.sites.setdefault(site, hints.maybe[key][:])
    example = shown.expected(machine, kind, name, site) if example is MISSING else example
    return hints.filled.get(key, example) if type(example) is list and not example else example


def is_mixed(machine, kind, name):
    """Whether the surroundings have shown ints and floats where kinds aren't told apart."""
    types = () if machine.hints.tells_apart else machine.routines.machine.hints.attributes.get((id(kind), name), ())
    return one_of(int, types) and one_of(float, types) and len(types) == 2


__all__ = ["BOTH", "is_mixed", "likely", "look_around"]
