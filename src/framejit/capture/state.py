"""The symbolic frame: locals, value stack, name cells, and what the home slots hold.

`homed[i]`: the home of local i holds exactly the object that the local is.  ORDER HOMES: a local that is an object
is always homed; a number need not be.  `clean[i]`: the same for name cell i and its dictionary.
"""

from framejit.capture import values as v
from framejit.capture.recipes import constant
from framejit.graph.nodes import Node
from framejit.tables.types import KINDS


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

    def change(self, function):
        """Put function(leaf) in the place of every leaf; what two names or tuples share they go on sharing."""
        done = {}
        for place in (self.locals, self.stack, self.names):
            place[:] = [v.changed(value, function, done) for value in place]

    def replace(self, old, new):
        """Put `new` wherever `old` is."""
        for place in (self.locals, self.stack, self.names):
            for index, value in enumerate(place):
                if value is old:
                    place[index] = new


class Shape:
    """The hashable shape of a state, entry by entry: (shape or ('=', index), homed)."""

    __slots__ = ("entries", "counts")

    def __init__(self, entries, counts):
        self.entries = entries
        self.counts = counts    # locals, stack, names

    def __eq__(self, other):
        return self.entries == other.entries and self.counts == other.counts


UNIQUE = frozenset((v.Null, v.Unbound, v.Const))


def flatten(state):
    """(Shape, component nodes) of a state whose constants have been lifted."""
    entries, nodes, seen, values = [], [], {}, state.values()
    lists = {id(value): index for index, value in reversed(list(enumerate(values))) if value.__class__ is v.Raw}
    flags = [*state.homed, *[False] * len(state.stack), *state.clean]
    for index, value in enumerate(values):
        flag = flags[index]
        if value.__class__ not in UNIQUE:
            first = seen.get(id(value))
            if first is not None:
                entries.append((("=", first), flag))
                continue
            seen[id(value)] = index
        entry, parts = placed(value, lists) if lists else (value.shape(), value.parts())
        entries.append((entry, flag))
        nodes += parts
    nodes.append(state.iterations)
    return Shape(entries, (len(state.locals), len(state.stack), len(state.names))), nodes


def placed(value, lists):
    """Shape and nodes of a value; a list that it belongs to is named by its place in the state."""
    if value.__class__ is v.Num and value.slot is not None and id(value.slot[0]) in lists:
        return (*value.shape()[:4], lists[id(value.slot[0])]), (*value.parts(), value.slot[1])
    if value.__class__ is v.SeqIter and id(value.sequence) in lists:
        return ("seq_iter", ("at", lists[id(value.sequence)]), value.home), (value.index,)
    return value.shape(), value.parts()


def types_of(shape):
    """Machine types of the nodes of a state of this shape."""
    found = []
    for entry, _ in shape.entries:
        if entry[0] != "=":
            found += v.part_types(entry)
    found.append("i64")
    return found


def unflatten(shape, nodes):
    """A state of this shape over these nodes."""
    stream = iter(nodes)
    built = []
    for entry, _ in shape.entries:
        built.append(built[entry[1]] if entry[0] == "=" else v.rebuild(entry, stream))
    for value in built:
        if value.__class__ is v.Num and value.slot is not None and value.slot[0].__class__ is int:
            value.slot = (built[value.slot[0]], value.slot[1])
        elif value.__class__ is v.SeqIter and value.sequence.__class__ is int:
            value.sequence = built[value.sequence]
    locals, stack, names = shape.counts
    flags = [flag for _, flag in shape.entries]
    behind = locals + stack
    return State(built[:locals], flags[:locals], built[locals:behind], built[behind:], flags[behind:], next(stream))


def zero(type):
    return constant(type, {"f64": 0.0, "f32": 0.0, "i1": False, "ptr": None}.get(type, 0))


def convert(value, target, own=None):
    """Component nodes of `value` (of shape `own`) as a value of shape `target`, or None where it can't be."""
    own = own or value.shape()
    if own[0] == target[0] == "num":
        return convert_number(value, own, target)
    if own == target:
        return [value.index] if own[0] == "seq_iter" and own[1][0] == "at" else list(value.parts())
    if target[0] == "either":
        return convert_either(value, own, target[1])
    if target[0] == "maybe":
        if own[0] == "maybe":
            inner = convert(value.value, target[1], own[1])
            return None if inner is None else [value.flag, *inner]
        if own[0] == "unbound":
            return [zero("i1"), *[zero(type) for type in v.part_types(target[1])]]
        inner = convert(value, target[1], own)
        return None if inner is None else [constant("i1", True), *inner]
    if own[0] == "raw" and target == REAL:
        return list(value.parts())
    if own[0] == "obj" and target[0] == "obj" and own[1] == target[1] and own[2] == "home":
        return list(value.parts())
    return None


OWNERS = ("constant", "home", "item")       # of a box: each is more than the one before


def convert_number(value, own, target):
    if own[1] != target[1] or own[2] and not target[2] or own[4] not in (None, target[4]):
        return None
    if own[2] and OWNERS.index(own[3]) > OWNERS.index(target[3]):
        return None
    nodes = [value.node]
    if target[2]:
        nodes.append(value.box if value.box is not None else zero("ptr"))
    if target[4] is not None:
        nodes.append(constant("i64", -1) if own[4] is None else value.slot[1])
    return nodes


REAL = ("obj", list, "home")


def convert_either(value, own, options):
    """As one of the options; the others' nodes are never read."""
    if own[0] == "either":
        if options[:len(own[1])] != own[1]:
            return None
        return [*value.parts(), *[zero(type) for option in options[len(own[1]):] for type in v.part_types(option)]]
    for chosen, option in enumerate(options):
        parts = convert(value, option, own)
        if parts is not None:
            filled = [parts if number == chosen else [zero(type) for type in v.part_types(other)] for number, other in enumerate(options)]
            return [constant("i64", chosen), *[node for nodes in filled for node in nodes]]
    return None


def forget_slots(state, live):
    """Numbers whose list is gone, and those of names that nobody reads any more, are no items of a list."""
    values = state.values()
    count = len(state.locals)
    for value in {id(value): value for value in values if value.__class__ is v.Num and value.slot is not None}.values():
        read = any([entry is value and (index >= count or live >> index & 1) for index, entry in enumerate(values)])
        if not read or not any([entry is value.slot[0] for entry in values]):
            state.replace(value, v.Num(value.kind, value.node, value.box, value.owner))


def join_dead(first, second, allowed):
    """A shape for a local or name that nobody reads any more: any of several."""
    left = first[1] if first[0] == "either" else (first,)
    right = second[1] if second[0] == "either" else (second,)
    options = [*left, *[option for option in right if option not in left]]
    if len(options) > 6 or any([option[0] not in allowed for option in options]):
        return None
    return ("either", tuple(options))


OPTIONS = {True: ("num", "unbound", "maybe", "const"), False: ("num", "const")}       # of locals (True), of names


def join(first, second):
    """The cheapest shape that both convert to, or None."""
    if first == second:
        return first
    if first[0] == "num" and second[0] == "num" and first[1] == second[1]:
        owners = {shape[3] for shape in (first, second) if shape[2]}
        owner = owners.pop() if len(owners) == 1 else "item" if "item" in owners else "home"
        slots = {slot for slot in (first[4], second[4]) if slot is not None}
        boxed = first[2] or second[2] or not slots
        return ("num", first[1], boxed, owner, slots.pop() if slots else None) if len(slots) < 2 else None
    for one, other in ((first, second), (second, first)):
        if one[0] == "raw" and other == REAL:
            return REAL
        if one[0] == "unbound" and other[0] in JOINED_WITH_UNBOUND:
            return maybe(other)
        if one[0] == "unbound" and other[0] == "maybe":
            return other
    if first[0] == "maybe" or second[0] == "maybe":
        left = first[1] if first[0] == "maybe" else first
        right = second[1] if second[0] == "maybe" else second
        if left[0] in ("unbound", "maybe") or right[0] in ("unbound", "maybe"):
            return None
        inner = join(left, right)
        return None if inner is None else maybe(inner)
    return None


def maybe(inner):
    """The shape of what may be unbound, or None: the item of a raw list isn't followed there."""
    return None if inner[0] == "num" and inner[4] is not None else ("maybe", inner)


JOINED_WITH_UNBOUND = ("num", "obj", "raw")


COUNTER = ("maybe", ("num", "int", False, "home", None))


def expected(shape, stored, counters):
    """The shape that a loop's header will have: numbers that the loop stores (their entries) need no object, variables that
    count inner loops, or this one, are bound by then."""
    entries = []
    for index, (entry, homed) in enumerate(shape.entries):
        if index in counters and entry == ("unbound",):
            entry, homed = COUNTER, False
        elif index in stored and entry[0] == "num" and entry[2] and entry[3] == "home":
            homed = False
        entries.append((entry, homed))
    return Shape(entries, shape.counts)


def convert_state(state, own, target, parts=True, live=-1):
    """Nodes that pass `state` (of shape `own`) to a block of shape `target`, or None; those that share a number here and
    not there have to get an object first (`parting`).  `live`, `parts`: as in join_shapes."""
    if own.counts != target.counts or loses_identity(own, target, live) or given_up(state, own, target) is None:
        return None
    values = state.values()
    nodes = []
    for index, ((entry, homed), (wanted, wanted_homed)) in enumerate(zip(own.entries, target.entries)):
        if wanted_homed and not homed:
            return None
        if wanted[0] == "=":
            if root(own, index) != root(own, wanted[1]):
                return None
            continue
        value = values[index]
        if entry[0] == "=" and index >= own.counts[0] and not (parts and index >= own.counts[0] + own.counts[1]):
            return None
        given = convert(value, wanted, followed(own, entry))
        if given is None or entry[0] == "=" and unseen(value):
            return None
        if homed and not wanted_homed and value.__class__ not in ANEW[index < own.counts[0]]:
            return None
        nodes += given
    nodes.append(state.iterations)
    return nodes


# What may be made again though its home holds it: a local's identity is its frame's own (True), a name's is seen (False).
ANEW = {True: (v.Num, v.Const, v.Unbound, v.Maybe, v.Either), False: (v.Num, v.Const, v.Unbound)}


def binds_names(own, target):
    """Whether a name is bound here that `target` takes for unbound: an assignment there may be a new entry of the dictionary."""
    start = own.counts[0] + own.counts[1]
    pairs = zip(own.entries[start:], target.entries[start:])
    return any([entry[0] not in OPEN and wanted[0] in OPEN for (entry, _), (wanted, _) in pairs])


OPEN = ("unbound", "maybe")


def loses_identity(own, target, live):
    """Whether two names that are still read share a number here, and `target` has no object for one of them."""
    first = {}      # place of a number -> the first of the places that share it and are still read
    for index, ((entry, _), (wanted, _)) in enumerate(zip(own.entries, target.entries)):
        if forgotten(index, own, live):
            continue
        other = first.setdefault(entry[1] if entry[0] == "=" else index, index)
        if other == index or wanted[0] == "=":
            continue
        if wanted[0] == "maybe" and wanted[1][0] == "num" and wanted[1][1] not in SINGLETONS:
            return True
        if not has_object(wanted) or not has_object(followed(target, target.entries[other][0])):
            return True
    return False


def has_object(entry):
    """Whether a number of this shape has an object where it needs one."""
    if entry[0] == "num":
        return entry[2] or entry[1] in SINGLETONS
    return has_object(entry[1]) if entry[0] == "maybe" else entry[0] != "either"


def unseen(value):
    """Whether the value's identity is known here only: it can't be two values from now on."""
    return value.__class__ is v.Raw or value.__class__ is v.Num and value.slot is not None


def given_up(state, own, target):
    """The raw lists of `state` that the target takes for real ones; None where a number is known to be an item of one."""
    values, found = state.values(), []
    if not v.lists_in(values):
        return found
    for value, (entry, _), (wanted, _) in zip(values, own.entries, target.entries):
        if entry[0] != "=" and wanted[0] in ("obj", "maybe") and not mentions_raw(wanted):
            found += v.lists_in((value,))
    lost = any([value.__class__ is v.Num and value.slot is not None and value.slot[0] in found for value in values])
    walked = any([value.__class__ is v.SeqIter and value.sequence in found for value in values])
    return None if lost or walked else found


def mentions_raw(entry):
    return entry[0] == "raw" or any([mentions_raw(part) for part in entry[1:] if part.__class__ is tuple and part])


def parting(state, own, target):
    """Numbers that may have no box, and that two names share here and not there: they need one object now."""
    for index, ((entry, _), (wanted, _)) in enumerate(zip(own.entries, target.entries)):
        value = state.values()[index]
        if entry[0] == "=" and wanted[0] == "num" and wanted[2] and value.__class__ is v.Num and value.may_lack_object() and value.slot is None:
            yield value


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


def join_shapes(first, second, live, parts=True):
    """A shape that states of both shapes convert to, or None.  `live`: mask of the locals that are still read; `parts`:
    whether global names that share a number may get an object for it."""
    if first.counts != second.counts:
        return None
    entries, parted = [], set()
    for index, ((left, left_homed), (right, right_homed)) in enumerate(zip(first.entries, second.entries)):
        if left != right and "=" in (left[0], right[0]):
            if not parts and index >= sum(first.counts[:2]):
                return None
            parted |= aliases(index, first, second, live)
            left, right = followed(first, left), followed(second, right)
            joined = join(left, right) if left[0] == right[0] == "num" else None
        elif left[0] == "=":
            joined = left if entries[left[1]][0][0] != "either" or dead(index, first, live) else None
        else:
            joined = join(left, right)
        if joined is None:
            joined = dead(index, first, live) and (join(left, right) or join_dead(left, right, OPTIONS[index < first.counts[0]]))
        if not joined:
            return None
        entries.append((joined, left_homed and right_homed))
    for index in parted:
        entry, homed = entries[index]
        if entry[0] == "num" and entry[4] is not None:
            return None
        if entry[0] == "either":
            return None
        if entry[0] == "num" and entry[1] not in SINGLETONS:
            entries[index] = (("num", entry[1], True, entry[3], None), homed)
    return Shape(entries, first.counts)


SINGLETONS = ("bool", "bool_")      # kinds with one object for each value


def aliases(index, first, second, live):
    """The places that share a number on one way and not on the other, as far as they are still read."""
    if forgotten(index, first, live):
        return set()
    found = {index}
    for shape in (first, second):
        place = root(shape, index)
        found.update([other for other in range(place, index) if root(shape, other) == place and not forgotten(other, shape, live)][:1])
    return found if len(found) > 1 else set()


def lift(value, graph):
    """Number literals become numbers: versions are told apart by type, not by value."""
    if value.__class__ is not v.Const:
        return value
    type = value.value.__class__
    if type is bool:
        return v.Num("bool", constant("i1", value.value))
    if type is float or type is int and -2**63 <= value.value < 2**63:
        box = None if v.is_small(value.value) else Node("object", (), "ptr", graph.constant(value.value))
        return v.Num(type.__name__, constant(KINDS[type.__name__].machine, value.value), box)
    return value
