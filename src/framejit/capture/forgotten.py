"""Locals that nobody reads any more, of one of several shapes: a traceback's frame still shows them.

    y = x               # y isn't read again, x is
    if c: y = 0         # behind it y is x's very object or 0: an Either of ("=", the place of x) and ("num", "int", ...)

An option ("=", place) has no nodes of its own.  Its value is the number of that place itself, so that both are one object
whatever gives it one.
"""

from framejit.capture import values as v
from framejit.capture.components import part_types
from framejit.capture.recipes import constant
from framejit.capture.shapes import convert, join, zero
from framejit.capture.state import SINGLETONS, followed, root

MOST_OPTIONS = 6
OF_LOCALS, OF_NAMES = ("num", "unbound", "maybe", "const", "="), ("num", "const")     # kinds of options


# ---- joining

def join_forgotten(first, second, index):
    """The entry of a local that is forgotten in both shapes, or None."""
    left, right = options_of(first, index), options_of(second, index)
    if len(left) == len(right) == 1 and "=" not in (left[0][0], right[0][0]):
        return join(left[0], right[0]) or join_options(left, right, OF_LOCALS)
    return join_options(left, right, OF_LOCALS)


def join_dead(first, second):
    """A shape for a global name that nobody reads any more: any of several."""
    left = first[1] if first[0] == "either" else (first,)
    right = second[1] if second[0] == "either" else (second,)
    return join_options(left, right, OF_NAMES)


def join_options(left, right, allowed):
    options = list(left)
    for option in right:
        if option in options:
            continue
        same = [place for place, known in enumerate(options) if known[:2] == option[:2] and option[0] == "num"]
        joined = join(options[same[0]], option) if same else None
        if joined is None:
            options.append(option)
        else:
            options[same[0]] = joined
    if len(options) > MOST_OPTIONS or any([option[0] not in allowed for option in options]):
        return None
    return ("either", tuple(options))


def options_of(shape, index):
    """What the local may be: the number of another place, or shapes."""
    entry = shape.entries[index][0]
    if refers(shape, index):
        return (entry,)
    entry = followed(shape, entry)
    return entry[1] if entry[0] == "either" else (entry,)


def refers(shape, index):
    """Whether a forgotten local is the very number of another place."""
    entry = shape.entries[index][0]
    return entry[0] == "=" and followed(shape, entry)[0] == "num"


def attend(entries, first, second):
    """Joined entries whose options refer to places that are no plain numbers now: those options are numbers of their own, with objects, which
    say that they are the same."""
    shared = set()
    for index, (entry, homed) in enumerate(entries):
        if entry[0] != "either" or all([option[0] != "=" or entries[option[1]][0][0] == "num" for option in entry[1]]):
            continue
        options = []
        for option in entry[1]:
            if option[0] == "=" and entries[option[1]][0][0] != "num":
                shared |= {index, option[1]}
                sides = [followed(shape, shape.entries[option[1]][0]) for shape in (first, second)]
                option = next((side for side in sides if side[0] == "num"), None)
            if option is None or option[0] == "num" and option[4] is not None:
                return False
            if option not in options:
                options.append(option)
        entries[index] = ("either", tuple(options)), homed
    give_objects(entries, shared)
    return True


def give_objects(entries, places):
    for index in places:
        entry, homed = entries[index]
        entries[index] = with_objects(entry), homed


def with_objects(entry):
    """The same shape with objects for its numbers: two locals that are one number have one, if they are told apart."""
    if entry[0] == "either":
        return ("either", tuple(dict.fromkeys([with_objects(option) for option in entry[1]])))
    return ("num", entry[1], True, entry[3], None) if entry[0] == "num" and entry[1] not in SINGLETONS and entry[4] is None else entry


# ---- converting

def convert_options(state, own, index, options, emit=None):
    """Nodes of the value at `index` as one of the options, or None; those of the other options are never read.

    `emit` makes the nodes that say anew which option it is; without it None stands in their places."""
    value, entry = state.values()[index], own.entries[index][0]
    if refers(own, index):
        place = referring(own, options, entry[1])
        return None if place is None else filled(constant("i64", place), {place: []}, options)
    entry = followed(own, entry)
    several = entry[0] == "either"
    pairs = zip(value.options, entry[1]) if several else [(value, entry)]
    found = [option_for(inner, shape, own, options) for inner, shape in pairs]
    if None in found:
        return None
    if not several:
        return filled(constant("i64", found[0][0]), dict(found), options)
    if [place for place, _ in found] == list(range(len(found))):
        return filled(value.tag, dict(found), options)
    return renumbered(value.tag, found, options, emit)


def option_for(value, shape, own, options):
    """(number, nodes) of the option that a value of this shape is."""
    if shape[0] == "=":
        place = referring(own, options, shape[1])
        return None if place is None else (place, [])
    for place, option in enumerate(options):
        nodes = None if option[0] == "=" else convert(value, option, shape)
        if nodes is not None:
            return place, nodes
    return None


def referring(own, options, place):
    """The number of the option that is the number at this place."""
    return next((number for number, option in enumerate(options) if option[0] == "=" and root(own, option[1]) == root(own, place)), None)


def filled(tag, nodes, options):
    """The tag, and the nodes of each option; zeros for those that it isn't."""
    return [tag, *[node for place, option in enumerate(options) for node in nodes.get(place, zeros(option))]]


def zeros(option):
    return [zero(type) for type in part_types(option)]


def renumbered(tag, found, options, emit):
    """The same where options have other numbers, or several are one now."""
    if emit is None:
        return [None] * (1 + sum([len(part_types(option)) for option in options]))
    chosen = [emit("icmp_eq", tag, constant("i64", number)) for number in range(len(found) - 1)]
    last, nodes = found[-1]
    number, given = constant("i64", last), {last: list(nodes)}
    for condition, (place, nodes) in reversed(list(zip(chosen, found))):
        number = emit("select", condition, constant("i64", place), number)
        before = given.get(place)
        given[place] = list(nodes) if before is None else [emit("select", condition, *pair) for pair in zip(nodes, before)]
    return filled(number, given, options)


# ---- choosing

def follow_choice(machine, made, condition, if_true, if_false, instruction):
    """`made` is the very number `if_true` or `if_false` (None: a new one): so is a local that isn't read any more and was that one."""
    live = machine.live.get(instruction.next, -1)
    state, done = machine.state, {}
    for slot, entry in enumerate(state.locals):
        if entry.__class__ not in (v.Num, v.Either) or live >> slot & 1:
            continue
        if id(entry) not in done:
            changed = entry
            for source, chosen in ((if_true, True), (if_false, False)):
                if source is not None and nameless(source):
                    changed = maybe_made(machine, changed, source, made, condition, chosen)
            done[id(entry)] = changed
        state.locals[slot] = done[id(entry)]


def without_place(state):
    """Numbers that may have no object, which stand nowhere themselves, and of which two locals may be one."""
    eithers = {id(entry): entry for entry in state.locals if entry.__class__ is v.Either}
    if len(eithers) < 2:
        return
    standing, seen = {id(value) for value in state.values()}, set()
    for entry in eithers.values():
        options = {id(option): option for option in entry.options if option.__class__ is v.Num and option.kind not in SINGLETONS}
        yield from [option for place, option in options.items() if place in seen and place not in standing and option.may_lack_object()]
        seen |= options.keys()


def nameless(number):
    """Whether nothing but its place may say which number this is."""
    return number.kind not in SINGLETONS and (number.may_lack_object() or number.slot is not None)


def maybe_made(machine, entry, source, made, condition, chosen):
    """A local that was `source`, or may have been: `made` instead, where the condition is `chosen`."""
    options, tag = (entry.options, entry.tag) if entry.__class__ is v.Either else ((entry,), machine.int(0))
    if source not in options or len(options) >= MOST_OPTIONS:
        return entry
    when = condition if chosen else machine.emit("ixor", condition, machine.const("i1", True))
    if len(options) > 1:
        when = machine.emit("iand", when, machine.is_one_of(entry, source))
    return v.Either(machine.emit("select", when, machine.int(len(options)), tag), (*options, made))


__all__ = ["follow_choice", "nameless", "join_forgotten", "join_dead", "convert_options", "option_for", "attend", "refers", "give_objects", "without_place"]
