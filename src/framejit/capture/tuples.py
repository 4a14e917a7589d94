"""Tuples that native code knows the items of, and when they have to be objects: a block's parameters name each item by itself.

    t = x, y        # x is still read: behind the next jump nothing would say any more that t[0] is x, so t becomes
    if c: ...       # a real tuple on the way there, with the object that x gets
"""

from contextlib import contextmanager

from framejit.capture import value_parts, values as v
from framejit.capture.likely_items import likely_items
from framejit.capture.state import SINGLETONS


def anonymous(value):
    """Whether a number may have no object yet that says who it is."""
    return value.__class__ is v.Num and value.kind not in SINGLETONS and value.may_lack_object() and not is_literal(value)


def is_literal(value):
    return value.box is None and value.node.op == "const" and value.kind == "int" and v.is_small(value.node.attr)


def sharing(state, live):
    """The tuples of a state that share a number with another place; `live`: mask of the locals that are still read."""
    entries = [value for slot, value in enumerate(state.locals) if live >> slot & 1] + state.stack
    tuples = {id(value): value for value in entries if value.__class__ is v.Tup}
    if not tuples:
        return []
    numbers = {id(value) for value in [*entries, *state.names] if value.__class__ is v.Num}
    seen, twice = set(), set()
    for item in [item for value in tuples.values() for item in value_parts.leaves(value)]:
        if id(item) in seen or id(item) in numbers:
            twice.add(id(item))
        seen.add(id(item))
    return [value for value in tuples.values() if any([id(item) in twice and anonymous(item) for item in value_parts.leaves(value)])]


def inside(value):
    """The tuples in a tuple, however deep."""
    for item in value.items:
        if item.__class__ is v.Tup:
            yield item
            yield from inside(item)


def meet(first, second):
    """Whether a tuple is the other, or in it, or both have one."""
    if not first.__class__ is second.__class__ is v.Tup:
        return False
    return any([one is other for one in (first, *inside(first)) for other in (second, *inside(second))])


def repeats(value):
    """Whether a tuple has a tuple, or a number that may have no object, more than once."""
    parts = [*inside(value), *[leaf for leaf in value_parts.leaves(value) if anonymous(leaf)]]
    return len({id(part) for part in parts}) < len(parts)


def shared_inside(machine, value):
    """The tuple, the tuples in it that other places are as well being objects; or its object, where one of these made it be one."""
    state = machine.state
    while value.__class__ is v.Tup:
        values = state.values()
        inner = next((item for item in inside(value) if any([entry is item for entry in values])), None)
        if inner is None:
            return value
        state.stack.append(value)
        made = real(machine, inner, True)
        value = state.stack.pop()
        if made is None:
            return value
    return value


def named(machine, value):
    """The tuple, its numbers and tuples with objects where other places know them; or its object, see `shared_inside`."""
    value = shared_inside(machine, value)
    for item in {id(item): item for item in value_parts.leaves(value) if anonymous(item)}.values():
        if item in machine.state.values():
            boxed = machine.share_box(machine.state, item)
            machine.state.stack.append(value)
            machine.state.change(lambda leaf: boxed if leaf is item else leaf)
            value = machine.state.stack.pop()
    return value


def secured(machine, value):
    """A value on its way from the stack, once homes keep what was borrowed from containers: it may be another one."""
    machine.state.stack.append(value)
    machine.secure_values()
    return machine.state.stack.pop()


def real(machine, value, inside=False):
    """A tuple of the state as an object, in the homes of the locals or stack entries that it is; None where it can't be one.
    `inside`: the top of the stack is about to be one, too, and stays as it is until then."""
    from framejit.capture.handlers.stack import stack_slot
    value = secured(machine, named(machine, value))
    if value.__class__ is not v.Tup:
        return value
    node = machine.boxed(value)
    if node is None:
        return None
    state = machine.state
    slots = [slot for slot, entry in enumerate(state.locals) if entry is value]
    homes = slots or [stack_slot(machine, depth) for depth, entry in enumerate(state.stack) if entry is value]
    for number, home in enumerate(homes):
        machine.emit("home_set" if number else "home_take", node, attr=(home, False), exit=machine.exit("home"))
    made = v.Obj(tuple, node, "home", likely_items(value))
    state.replace(value, made)
    for slot in slots:
        state.homed[slot] = True
    return made if known_to_others(machine, value, made, inside) else None


def known_to_others(machine, value, made, inside=False):
    """The tuple `value` is the object `made` from now on: other tuples that have it, or its numbers, as items become objects as
    well.  False where one can't."""
    state, boxes, done = machine.state, {}, {id(value): (value, made)}
    for item, node in tuples_in(value, made.node):
        done.setdefault(id(item), (item, v.Obj(tuple, node, "item", likely_items(item))))
    for entry in holders(state):
        state.replace(entry, exchanged(entry, done))
    for item, node in numbers_in(value, made.node):
        boxes.setdefault(id(item), (item, v.Num(item.kind, item.node, node, "item") if anonymous(item) else item))
    state.change(lambda leaf: boxes[id(leaf)][1] if id(leaf) in boxes else leaf)
    known = {*[id(new) for _, new in done.values()], *[id(number) for _, number in boxes.values()]}
    while True:
        around = state.stack[-1] if inside else None
        other = next((entry for entry in holders(state) if entry is not around and any([id(leaf) in known for leaf in value_parts.leaves(entry)])), None)
        if other is None:
            return True
        if real(machine, other, inside) is None:
            return False


def exchanged(value, done):
    """A tuple with what has been made of tuples in it in their places.  `done`: (old, new) by the old one's identity, to which what changes is added."""
    if id(value) not in done:
        items = [exchanged(item, done) if item.__class__ is v.Tup else item for item in value.items]
        done[id(value)] = value, v.Tup(items) if any([one is not other for one, other in zip(items, value.items)]) else value
    return done[id(value)][1]


def tuples_in(value, node):
    """(tuple, its object) of each tuple in one that was made."""
    for item, made in zip(value.items, node.args):
        if item.__class__ is v.Tup:
            yield item, made
            yield from tuples_in(item, made) if made.op == "own_tuple" else ()


def numbers_in(value, node):
    """(number, its object) of a tuple that was made, but for those that need none of their own."""
    for item, made in zip(value.items, node.args):
        if item.__class__ is v.Tup and made.op == "own_tuple":
            yield from numbers_in(item, made)
        elif item.__class__ is v.Num and (anonymous(item) or item.box is not None and item.box.op != "object"):
            yield item, made


def holders(state, live=-1):
    """The tuples of a state that are no objects; `live`: mask of the locals that count."""
    entries = [*[value for slot, value in enumerate(state.locals) if live >> slot & 1], *state.stack, *state.names]
    return [value for value in entries if value.__class__ is v.Tup]


def held(state, value, live=-1):
    """Whether a tuple of the state, another one than this, has a number of this value's that may have no object; or whether
    the value is a tuple that other places know."""
    found = holders(state, live)
    if value.__class__ is v.Tup and sum([entry is value for entry in found]) > 1:
        return True
    wanted = {id(leaf) for leaf in value_parts.leaves(value) if anonymous(leaf)} if found else ()
    return any([entry is not value and any([id(leaf) in wanted for leaf in value_parts.leaves(entry)]) for entry in found])


def apart(machine, values, live=-1):
    """The values, which are about to get objects for themselves or to be chosen by value: tuples that have the same numbers become
    objects first, so that it's the same object."""
    found = list(values)
    for place, value in enumerate(found):
        while held(machine.state, value, live):
            before, places = machine.state.values(), machine.state.places(found)
            wanted = {id(leaf) for leaf in value_parts.leaves(value) if anonymous(leaf)}
            chosen = value if value.__class__ is v.Tup and any([entry is value for entry in before]) else next(
                entry for entry in holders(machine.state, live) if entry is not value and any([id(leaf) in wanted for leaf in value_parts.leaves(entry)]))
            if real(machine, chosen) is None:
                machine.stop("unsupported_opcode", "tuple kept")
            found = machine.state.at(places, found)
            value = found[place]
    return found


@contextmanager
def on_the_way(machine, unit, state):
    """A block of its own before `unit`, where something is done to the state; its exits lead to `unit`."""
    before = machine.block, machine.state, machine.exits
    machine.block, machine.state = machine.graph.block(unit), state
    machine.exits = {("home", None, None): machine.make_exit("home", state.copy(), unit)}
    try:
        yield machine.block
    finally:
        machine.block, machine.state, machine.exits = before


__all__ = ["anonymous", "sharing", "holders", "held", "apart", "known_to_others", "named", "real", "on_the_way"]
