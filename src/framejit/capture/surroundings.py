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
from framejit.capture import several, shown, unions
from framejit.capture.ends import Restart
from framejit.capture.entry import MISSING
from framejit.capture.region import OF_INSTANCES
from framejit.tables.classes import inherits_from_list, mro_of, name_in, one_of, plain_class, some_items

INSTANCES = 500         # that are looked at
ITEMS = 6               # of a list or tuple
NAMES = 60              # attributes of a class
FRAMES = 40             # whose locals are looked at, ours among them
BOTH_KINDS = 5          # attributes that are ints here and floats there: more, and the kinds aren't told apart
RARE = 16               # what fewer than one instance of so many shows isn't expected
BOTH = several.Several((1, 0.5))
ANYWHERE = "anywhere"
names_of = type.__dict__["__dict__"].__get__


class Census:
    """Types that attributes have, by name, of instances of a class that are found in the same attribute of another one, or in its lists."""

    def __init__(self):
        self.groups = {}        # (where, id of a class) -> (it, {name: {id of a type: [type, how often]}}); where: (id of a class, name)
        self.known = {}         # id of an instance -> its group; of a list or tuple -> None
        self.together = {}      # (id of the class that a class comes from in the end, name of an attribute) or id of a list -> classes that were found there, by id
        self.instances = {}     # id of a class -> an instance
        self.filled = {}        # (group, name) -> a list that isn't empty
        self.left = INSTANCES

    def walk(self, values):
        waiting = deque([(value, None, None) for value in values])
        while waiting and self.left:
            value, where, beside = waiting.popleft()
            kind = type(value)
            if id(value) in self.known:
                continue
            if one_of(kind, (list, tuple)) or inherits_from_list(kind):
                items = some_items(value) if inherits_from_list(kind) else value
                self.known[id(value)] = None
                waiting.extend([(item, where, beside or (id(value), None)) for item in (*items[:ITEMS // 2], *items[ITEMS // 2::len(items) // (ITEMS // 2) + 1])])
            elif plain_class(kind):
                within = where is not None and where[0] == id(kind)        # a tree's nodes are one group
                self.known[id(value)] = group = None if within else where, id(kind)
                self.left -= 1
                self.instances.setdefault(id(kind), value)
                self.together.setdefault(beside, {})[id(kind)] = kind
                waiting.extend(self.look_at(value, kind, group))
            elif kind is CellType:
                waiting.extend([(item, None, None) for item in content(value)])

    def look_at(self, value, kind, group):
        """The attributes of an instance are counted; those that are objects, with where they were found."""
        if group not in self.groups:
            self.groups[group] = kind, {name: {} for name in own_names(kind)}
        found = []
        for name, types in self.groups[group][1].items():
            try:
                item = object.__getattribute__(value, name)
            except AttributeError:
                continue
            types.setdefault(id(type(item)), [type(item), 0])[1] += 1
            if not one_of(type(item), several.NUMBERS):
                found.append((item, (id(kind), name), (id(unions.root(kind)), name)))
            if is_list(item) and list.__len__(item):
                self.filled.setdefault((group, name), item)
                self.filled.setdefault(((ANYWHERE, id(kind)), name), item)
        return found

    def several(self):
        """(group and name, types) of attributes that have shown several."""
        for group, (_, names) in self.groups.items():
            for name, types in names.items():
                often = [type_ for type_, count in types.values() if count * RARE >= sum([other for _, other in types.values()])]
                if len(often) > 1:
                    yield (group, name), often

    def add_up(self):
        """The groups of a class are one more, wherever its instances were found."""
        for (_, number), (kind, names) in list(self.groups.items()):
            whole = self.groups.setdefault((ANYWHERE, number), (kind, {name: {} for name in names}))[1]
            for name, types in names.items():
                for key, (type_, count) in types.items():
                    whole[name].setdefault(key, [type_, 0])[1] += count

    def add_up_families(self, families):
        """The groups of classes that belong together are one more."""
        for family in families.values():
            for kind in family.kinds if (ANYWHERE, id(family)) not in self.groups else ():
                own = self.groups.get((ANYWHERE, id(kind)), (None, {}))[1]
                whole = self.groups.setdefault((ANYWHERE, id(family)), (family, {}))[1]
                for name, types in own.items():
                    for key, (type_, count) in types.items():
                        whole.setdefault(name, {}).setdefault(key, [type_, 0])[1] += count


def is_list(value):
    return type(value) is list or inherits_from_list(type(value))


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
    """Notes in the hints which attributes are of several types: kinds of numbers with None maybe, or None and a class of the program.  Raises Restart
    where that changes what has been captured until then."""
    census = Census()
    census.walk(values)
    census.walk([value for globals, locals, _ in values_around(FRAMES) if name_in(globals).split(".")[0] != "framejit" for value in locals])
    unions.families(hints, [list(kinds.values()) for place, kinds in census.together.items() if place is not None], census.instances)
    census.add_up()
    census.add_up_families(hints.around.families)
    hints.around.groups, hints.around.filled = census.known, census.filled
    found = list(census.several())
    both = [key for key, types in found if key[0][0] == ANYWHERE and type(census.groups[key[0]][0]) is not unions.Union and one_of(int, types) and one_of(float, types)]
    told = hints.tells_apart and len(both) >= BOTH_KINDS and hints.tell_no_longer()
    for key, types in found:
        if all([one_of(type_, several.EXAMPLES) for type_ in types]):
            hints.around.kinds[key] = types
            continue
        classes = [type_ for type_ in types if type_ is not type(None)]
        if len(types) == 2 and len(classes) == 1 and plain_class(classes[0]) or len(classes) <= unions.MOST and all([id(one) in hints.around.families for one in classes]):
            hints.around.maybe[key] = [*[type(None)] * (len(classes) < len(types)), *[ref(one) for one in classes]]
    if told:
        raise Restart


def as_outermost(code, values):
    """A call's arguments; tuples as a call of the same function that waits further out was given them: a recursion's inner ones may be leaves,
    which don't show what the others are made of."""
    outer = [locals for _, locals, running in values_around(FRAMES) if running is code]
    return [first if type(value) is tuple and type(first) is tuple else value for value, first in zip(values, outer[-1])] if outer else values


def key_of(machine, value, name):
    """What the surroundings know an attribute of this instance by: as where it was found, if it was just read from there."""
    anywhere = ANYWHERE, unions.key_of(machine, value.type)
    return (machine.routines.machine.hints.around.groups.get(id(value.example), anywhere) if value.owner == "item" else anywhere), name


def likely(machine, value, name, site, example):
    """What stands for an attribute: the one at hand, others of its kinds of numbers, another instance's list in the place of an empty one, or what captures
    before have shown.  None and a class that the surroundings have shown count as shown at the site."""
    hints, key = machine.routines.machine.hints, key_of(machine, value, name)
    around = hints.around
    if key in around.maybe:
        machine.hints.sites.setdefault(site, around.maybe[key][:])
    if key in around.kinds and hints.tells_apart:
        return several.of_types(around.kinds[key], example) or example
    if key in around.filled and (example is MISSING or is_list(example) and not list.__len__(example)):
        return around.filled[key]
    return shown.expected(machine, unions.example_kind(value), name, site) if example is MISSING else example


def is_mixed(machine, value, name):
    """Whether the surroundings have shown ints and floats where kinds aren't told apart."""
    types = () if machine.hints.tells_apart else machine.routines.machine.hints.around.kinds.get(key_of(machine, value, name), ())
    return one_of(int, types) and one_of(float, types) and len(types) == 2


__all__ = ["BOTH", "as_outermost", "is_mixed", "likely", "look_around"]
