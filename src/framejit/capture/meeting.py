"""Where block versions meet: a state as another shape, and the shape that fits two."""

from framejit.capture import value_parts, values as v
from framejit.capture.forgotten import attend, convert_options, give_objects, join_dead, join_forgotten, option_for, refers
from framejit.capture.shapes import convert, has_object, join, unseen
from framejit.capture.state import SINGLETONS, Shape, dead, followed, forgotten, root


def convert_state(state, own, target, parts=True, live=-1, emit=None):
    """Nodes that pass `state` (of shape `own`) to a block of shape `target`, or None; those that share a number here and
    not there have to get an object first (`parting`).  `live`, `parts`: as in join_shapes; `emit`: as in convert_options."""
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
        if wanted[0] == "either":
            given = convert_options(state, own, index, wanted[1], emit)
        else:
            given = convert(value, wanted, followed(own, entry))
        if given is None or entry[0] == "=" and unseen(value) and wanted[0] != "either":
            return None
        if homed and not wanted_homed and value.__class__ not in ANEW[index < own.counts[0]]:
            return None
        nodes += given
    nodes.append(state.iterations)
    return nodes


# What may be made again though its home holds it: a local's identity is its frame's own (True), a name's is seen (False).
ANEW = {True: (v.Num, v.Const, v.Unbound, v.Maybe, v.Either), False: (v.Num, v.Const, v.Unbound)}


def loses_identity(own, target, live):
    """Whether two names, one of which is still read, share a number here, and `target` has no object for one of them."""
    first = {}      # place of a number -> the first of the places that share it and are still read
    for index, ((entry, _), (wanted, _)) in enumerate(zip(own.entries, target.entries)):
        if forgotten(index, own, live):
            if wanted[0] not in ("=", "either") and refers(own, index) and not (
                    has_object(wanted) and has_object(followed(target, target.entries[entry[1]][0]))):
                return True
            continue
        other = first.setdefault(entry[1] if entry[0] == "=" else index, index)
        if other == index or wanted[0] == "=":
            continue
        if wanted[0] == "maybe" and wanted[1][0] == "num" and wanted[1][1] not in SINGLETONS:
            return True
        if not has_object(wanted) or not has_object(followed(target, target.entries[other][0])):
            return True
    return False


def given_up(state, own, target):
    """The raw lists of `state` that the target takes for real ones; None where a number is known to be an item of one, or another name has it raw."""
    values, found, kept = state.values(), {}, set()
    if not value_parts.lists_in(values):
        return []
    for value, (entry, _), (wanted, _) in zip(values, own.entries, target.entries):
        for inner, shape in destinations(value, entry, wanted, own):
            lists = {id(raw): raw for raw in value_parts.lists_in((inner,))}
            if mentions_raw(shape):
                kept |= lists.keys()
            elif shape[0] in ("obj", "maybe"):
                found.update(lists)
    lost = any([value.__class__ is v.Num and value.slot is not None and id(value.slot[0]) in found for value in values])
    walked = any([value.__class__ is v.SeqIter and id(value.sequence) in found for value in values])
    return None if lost or walked or kept & found.keys() else list(found.values())


def destinations(value, entry, wanted, own):
    """(value, shape that it becomes), for each that the value at a place may be."""
    if wanted[0] != "either":
        return [] if entry[0] == "=" else [(value, wanted)]
    entry = followed(own, entry)
    pairs = zip(value.options, entry[1]) if entry[0] == "either" else [(value, entry)]
    chosen = [(inner, option_for(inner, shape, own, wanted[1])) for inner, shape in pairs]
    return [(inner, wanted[1][place[0]]) for inner, place in chosen if place is not None]


def mentions_raw(entry):
    return entry[0] == "raw" or any([mentions_raw(part) for part in entry[1:] if part.__class__ is tuple and part])


def parting(state, own, target):
    """Numbers that may have no box, and that two names share here and not there: they need one object now."""
    for index, ((entry, _), (wanted, _)) in enumerate(zip(own.entries, target.entries)):
        value = state.values()[index]
        if entry[0] == "=" and wanted[0] == "num" and wanted[2] and is_without(value):
            yield value
        if entry[0] in ("=", "either") and wanted[0] == "either" and any([option[0] == "num" and option[2] for option in wanted[1]]):
            yield from [number for number in together(value, entry) if number.kind not in SINGLETONS and is_without(number)]


def together(value, entry):
    """The numbers that this local may be which others may be, too."""
    if value.__class__ is not v.Either:
        return [value] if value.__class__ is v.Num else []
    shapes = entry[1] if entry[0] == "either" else [entry] * len(value.options)
    return [option for option, shape in zip(value.options, shapes) if option.__class__ is v.Num and shape[0] == "="]


def is_without(value):
    """Whether a number may have no object yet."""
    return value.__class__ is v.Num and value.may_lack_object() and value.slot is None


def join_shapes(first, second, live, parts=True):
    """A shape that states of both shapes convert to, or None.  `live`: mask of the locals that are still read; `parts`:
    whether global names that share a number may get an object for it."""
    if first.counts != second.counts:
        return None
    entries, parted, shared = [], set(), set()
    for index, ((left, left_homed), (right, right_homed)) in enumerate(zip(first.entries, second.entries)):
        if left != right and forgotten(index, first, live):
            joined = same_on_both(index, first, second, live)
            if joined is None and parts_tuple(index, first, second):
                return None
            if joined is None:
                joined = join_forgotten(first, second, index)
                shared |= several_together(index, first, second)
            if joined is None:
                return None
        elif left != right and "=" in (left[0], right[0]):
            if not parts and index >= sum(first.counts[:2]):
                return None
            parted |= aliases(index, first, second, live)
            left, right = followed(first, left), followed(second, right)
            joined = join(left, right) if left[0] == right[0] == "num" else None
        elif left[0] == "=":
            joined = left if dead(index, first, live) or entries[left[1]][0][0] != "either" else None
        else:
            joined = join(left, right)
        if joined is None:
            joined = dead(index, first, live) and (join(left, right) or join_dead(left, right))
        if not joined:
            return None
        entries.append((joined, left_homed and right_homed))
    entries = [(standing(entry, entries), homed) for entry, homed in entries]
    for index in parted:
        entry = entries[index][0]
        if entry[0] == "either" or entry[0] == "num" and entry[4] is not None:
            return None
    give_objects(entries, parted | shared)
    return Shape(entries, first.counts) if attend(entries, first, second) else None


def same_on_both(index, first, second, live):
    """The entry of a forgotten local that is one number with another place, whichever way was come; None: it isn't.  Of two that would name each
    other neither does: who has the number itself on one way doesn't, and among forgotten ones the earlier place is named."""
    roots = root(first, index), root(second, index)
    if index in roots:
        return None
    return next((("=", other) for other in range(len(first.entries)) if other != index and (root(first, other), root(second, other)) == roots
                 and (other < index or not forgotten(other, first, live))), None)


def several_together(index, first, second):
    """The places of forgotten locals that are one number of several on one way, and not on the other."""
    return {place for shape in (first, second) if shape.entries[index][0][0] == "=" and followed(shape, shape.entries[index][0])[0] == "either"
            for place in (index, root(shape, index))}


def parts_tuple(index, first, second):
    """Whether on one way the local is a tuple that other places are, too, and that isn't an object yet, and on the other way it isn't theirs."""
    return any([shape.entries[index][0][0] == "=" and followed(shape, shape.entries[index][0])[0] == "tuple" for shape in (first, second)])


def parted_tuples(own, versions):
    """Places of the tuples of a state of shape `own` that have several names here, and not in one of the versions."""
    return [index for index, (entry, _) in enumerate(own.entries) if entry[0] == "=" and followed(own, entry)[0] == "tuple"
            and any([version.shape.counts == own.counts and version.shape.entries[index][0] != entry for version in versions])]


def standing(entry, entries):
    """The same entry; an alias names the place that has the number."""
    while entry[0] == "=" and entries[entry[1]][0][0] == "=":
        entry = entries[entry[1]][0]
    return entry


def aliases(index, first, second, live):
    """The places that share a number on one way and not on the other, as far as they are still read."""
    found = {index}
    for shape in (first, second):
        place = root(shape, index)
        found.update([other for other in range(place, index) if root(shape, other) == place and not forgotten(other, shape, live)][:1])
    return found if len(found) > 1 else set()


def other_kinds(shape, versions):
    """Whether the shape differs from that of a version in the kinds of numbers alone."""
    return any([all([one == other or one[0][0] == other[0][0] == "num" for one, other in zip(shape.entries, version.shape.entries)]) for version in versions])


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


def binds_names(own, target):
    """Whether a name is bound here that `target` takes for unbound: an assignment there may be a new entry of the dictionary."""
    start = own.counts[0] + own.counts[1]
    pairs = zip(own.entries[start:], target.entries[start:])
    return any([entry[0] not in OPEN and wanted[0] in OPEN for (entry, _), (wanted, _) in pairs])


OPEN = ("unbound", "maybe")
