"""The symbolic frame: locals, value stack, name cells, and what the home slots hold.

`homed[i]`: the home of local i holds exactly the object that the local is.  ORDER HOMES: a local that is an object
is always homed; a number need not be.  `clean[i]`: the same for name cell i and its dictionary.
"""

from framejit.capture import value_parts, values as v
from framejit.capture.components import part_types, rebuild
from framejit.capture.recipes import constant
from framejit.graph.nodes import Node
from framejit.tables.types import KINDS, PAIR


class State:
    __slots__ = ("locals", "homed", "stack", "names", "clean", "iterations", "headers")

    def __init__(self, locals, homed, stack, names, clean, iterations):
        self.locals = locals
        self.homed = homed
        self.stack = stack
        self.names = names
        self.clean = clean
        self.iterations = iterations
        self.headers = {}       # loop header -> number of its version that this path came through

    def copy(self):
        state = State(self.locals[:], self.homed[:], self.stack[:], self.names[:], self.clean[:], self.iterations)
        state.headers = self.headers
        return state

    def values(self):
        return [*self.locals, *self.stack, *self.names]

    def places(self, values):
        """Where each of these is, or None: what a handler holds while it changes the state is found again by `at`."""
        entries = self.values()
        return [next((at for at, entry in enumerate(entries) if entry is value), None) for value in values]

    def at(self, places, values):
        """What is in these places now; the values themselves where they have none."""
        entries = self.values()
        return [value if place is None else entries[place] for value, place in zip(values, places)]

    def change(self, function):
        """Put function(leaf) in the place of every leaf; what two names or tuples share they go on sharing."""
        done = {}
        for place in (self.locals, self.stack, self.names):
            place[:] = [value_parts.changed(value, function, done) for value in place]

    def replace(self, old, new):
        """Put `new` wherever `old` is."""
        for place in (self.locals, self.stack, self.names):
            for index, value in enumerate(place):
                if value is old:
                    place[index] = new
                elif value.__class__ is v.Either:
                    place[index] = value_parts.changed(value, lambda leaf: new if leaf is old else leaf, {})


class Shape:
    """The hashable shape of a state, entry by entry: (shape or ('=', index), homed)."""

    __slots__ = ("entries", "counts")

    def __init__(self, entries, counts):
        self.entries = entries
        self.counts = counts    # locals, stack, names

    def __eq__(self, other):
        return self.entries == other.entries and self.counts == other.counts


UNIQUE = frozenset((v.Null, v.Unbound, v.Const, v.Collected))


def flatten(state, live=-1):
    """(Shape, component nodes) of a state whose constants have been lifted.  A number that several places share stands at
    the first that is still read (`live`: mask of the locals that are, see Hints.live)."""
    entries, nodes, seen, values = [], [], {}, state.values()
    places, standing = number_places(state, live)
    lists = {id(value): index for index, value in reversed(list(enumerate(values))) if value.__class__ is v.Raw}
    flags = [*state.homed, *[False] * len(state.stack), *state.clean]
    for index, value in enumerate(values):
        flag = flags[index]
        if value.__class__ not in UNIQUE:
            first = places.get(id(value))
            if first is None:
                first = seen.setdefault(id(value), index)
            if first != index:
                entries.append((("=", first), flag))
                continue
        if standing and value.__class__ is v.Either:
            entry, parts = chosen(value, standing if index < len(state.locals) else places)
        else:
            entry, parts = placed(value, lists) if lists else (value.shape(), value.parts())
        entries.append((entry, flag))
        nodes += parts
    nodes.append(state.iterations)
    return Shape(entries, (len(state.locals), len(state.stack), len(state.names))), nodes


def number_places(state, live):
    """id of a number -> the first place of it that is still read, and the same with the first of any for the others; nothing where every local that
    holds numbers is read."""
    if not any([value.__class__ in (v.Num, v.Either) and not live >> slot & 1 for slot, value in enumerate(state.locals)]):
        return {}, {}
    count = len(state.locals)
    pairs = [(index, value) for index, value in enumerate(state.values()) if value.__class__ is v.Num and value.kind not in SINGLETONS]
    read = {id(value): index for index, value in reversed(pairs) if index >= count or live >> index & 1}
    return read, {**{id(value): index for index, value in reversed(pairs)}, **read}


def chosen(value, places):
    """Shape and nodes of an Either; its options that are numbers of other places have none of their own."""
    shapes, nodes = [], [value.tag]
    for option in value.options:
        place = places.get(id(option))
        shapes.append(option.shape() if place is None else ("=", place))
        nodes += option.parts() if place is None else ()
    return ("either", tuple(shapes)), nodes


def placed(value, lists):
    """Shape and nodes of a value; a list that it belongs to is named by its place in the state."""
    if value.__class__ is v.Num and value.slot is not None and id(value.slot[0]) in lists:
        return (*value.shape()[:4], lists[id(value.slot[0])]), (*value.parts(), value.slot[1])
    if value.__class__ is v.SeqIter and id(value.sequence) in lists:
        return ("seq_iter", ("at", lists[id(value.sequence)]), value.home, value.step), (value.index,)
    return value.shape(), value.parts()


def types_of(shape):
    """Machine types of the nodes of a state of this shape."""
    found = []
    for entry, _ in shape.entries:
        if entry[0] != "=":
            found += part_types(entry)
    found.append("i64")
    return found


def unflatten(shape, nodes):
    """A state of this shape over these nodes."""
    stream = iter(nodes)
    built = [None if entry[0] == "=" else rebuild(entry, stream) for entry, _ in shape.entries]
    for index, (entry, _) in enumerate(shape.entries):
        if entry[0] == "=":
            built[index] = built[entry[1]]
    for value in built:
        if value.__class__ is v.Either:
            value.options = tuple([built[option] if option.__class__ is int else option for option in value.options])
        elif value.__class__ is v.Num and value.slot is not None and value.slot[0].__class__ is int:
            value.slot = (built[value.slot[0]], value.slot[1])
        elif value.__class__ is v.SeqIter and value.sequence.__class__ is int:
            value.sequence = built[value.sequence]
    locals, stack, names = shape.counts
    flags = [flag for _, flag in shape.entries]
    behind = locals + stack
    return State(built[:locals], flags[:locals], built[locals:behind], built[behind:], flags[behind:], next(stream))


def forget_slots(state, live):
    """Numbers whose list is gone, and those of names that nobody reads any more, are no items of a list."""
    values = state.values()
    count = len(state.locals)
    for value in {id(value): value for value in values if value.__class__ is v.Num and value.slot is not None}.values():
        read = any([entry is value and (index >= count or live >> index & 1) for index, entry in enumerate(values)])
        if not read or not any([entry is value.slot[0] for entry in values]):
            state.replace(value, v.Num(value.kind, value.node, value.box, value.owner))


def dead(index, shape, live):
    """Whether nobody reads this local or name any more (`live`: a mask, see Hints.live)."""
    locals, stack, _ = shape.counts
    if locals <= index < locals + stack:
        return False
    return not live >> (index if index < locals else index - stack) & 1


def forgotten(index, shape, live):
    """Whether even its identity is: a frame's own; a name's object is there for all to see."""
    return index < shape.counts[0] and dead(index, shape, live)


def root(shape, index):
    """The first of the places that hold the same value as this one."""
    entry = shape.entries[index][0]
    return entry[1] if entry[0] == "=" else index


def followed(shape, entry):
    """The shape that an alias entry stands for."""
    return shape.entries[entry[1]][0] if entry[0] == "=" else entry


SINGLETONS = ("bool", "bool_")      # kinds with one object for each value


def lift(value, graph):
    """Number literals become numbers: versions are told apart by type, not by value."""
    if value.__class__ is not v.Const:
        return value
    kind = type(value.value)
    if kind is bool:
        return v.Num("bool", constant("i1", value.value))
    if kind is float or kind is int and -2**63 <= value.value < 2**63:
        box = None if v.is_small(value.value) else Node("object", (), "ptr", graph.constant(value.value))
        return v.Num(kind.__name__, constant(KINDS[kind.__name__].machine, value.value), box)
    if kind is complex:
        return v.Num(PAIR, constant("c128", value.value), Node("object", (), "ptr", graph.constant(value.value)))
    return value
