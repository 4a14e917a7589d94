"""Objects of two or three classes at one place, two or three functions, numbers of two or three kinds: a list of shapes, a table of
functions, ints among floats.

    for o in shapes: total += o.area()      ->   o is a Circle?  its version of the rest : is it a Square?  its version : leave

The instruction that wants to know begins anew in a version of its own for all but the last of them (capture/block_versions.py).
"""

from types import FunctionType

from framejit.capture import entry, values as v
from framejit.capture.entry import SAMPLES, Empty
from framejit.tables.classes import one_of

MOST = 3
MOST_TYPES = 8          # that `match` may ask for
TRUTH = 30              # part of a site's key: what is true or false
VERSIONS = 12           # of one instruction: numbers of unknown kinds that meet there are no longer told apart
NUMBERS = (int, float, bool)
EXAMPLES = {int: 1, float: 0.5, bool: True, type(None): None}


class Several:
    """In the place of an object at hand: objects of several classes, several functions, or numbers of several kinds, with None maybe."""

    __slots__ = ("items",)

    def __init__(self, items):
        self.items = items

    def of(self, kind):
        """The one of this class, or None."""
        return next((item for item in self.items if type(item) is kind), None)


def is_blank(example):
    """Whether this stands for nothing yet, or for a container of Python's without items."""
    return example is None or one_of(type(example), (list, dict, set, Empty)) and not example


def flat(items):
    """The same items, with those that several stand for."""
    return [one for item in items for one in (item.items if type(item) is Several else (item,))]


def several(items):
    """What the items of a list or tuple at hand are likely to be: one of each class or function, if there are a few; or None."""
    if any([type(item) is Several for item in items[:SAMPLES]]):
        items = flat(items[:SAMPLES])
    chosen, kind = items[:SAMPLES], type(items[0])
    spread = items[::len(items) // SAMPLES + 1]
    if all([type(item) is kind for item in chosen]) and all([type(item) is kind for item in spread]) and kind is not FunctionType:
        return None
    known = numbers([*chosen, *spread])
    if known is not None:
        return known
    if all([type(item) is FunctionType for item in chosen]):
        found, most = {id(item.__code__): item for item in reversed(chosen)}, MOST
    else:
        found, most = {id(type(item)): item for item in reversed([*chosen, *spread])}, MOST_TYPES
    return Several(tuple(found.values())) if 1 < len(found) <= most else None


def is_number(item):
    return one_of(type(item), NUMBERS) or one_of(type(item), entry.scalar_kinds())


def numbers(items):
    """The same of numbers, among which None may be; of ints the widest, for generated code expects ints of that width."""
    if not all([item is None or is_number(item) for item in items]):
        return None
    found = {}
    for item in items:
        known = found.setdefault(type(item), item)
        if type(item) is int and abs(item) > abs(known):
            found[int] = item
    return Several(tuple(found.values())) if 1 < len(found) <= MOST else None


def of_types(types, example):
    """What stands for objects of these types, which a place has shown, and like the one at hand: numbers of several kinds; or None."""
    if not all([one_of(type_, EXAMPLES) for type_ in types]):
        return None
    known = example.items if type(example) is Several else [example] if is_number(example) or example is None else []
    return numbers([*known, *[EXAMPLES[type_] for type_ in types if not any([type(item) is type_ for item in known])]])


def shown_elsewhere(machine, value, name, site, example):
    """What an attribute of an instance is likely to be: as in the object at hand, and as others of its class have shown wherever it is read.
    Where nothing is at hand, the one type that it has shown counts as shown here."""
    known = machine.routines.machine.hints.attributes.setdefault((unions().key_of(machine, value.type), name), [])
    known += [type_ for type_ in machine.hints.sites.get(site, ()) if not any([type_ is other for other in known])]
    if example is entry.MISSING and len(known) == 1:
        machine.hints.sites.setdefault(site, known[:])
    return of_types(known, example) or example


def unions():
    from framejit.capture import unions
    return unions


def kinds(value):
    """Types of the numbers that an object of unknown type may be, None among them; or nothing."""
    unknown = value.__class__ is v.Obj and value.type is None
    return [type(item) for item in value.example.items] if unknown and of_numbers(value.example) else ()


def of_numbers(example):
    return type(example) is Several and all([is_number(item) or item is None for item in example.items])


def told_apart(machine, value, instruction, types, site):
    """The object as a number of the last of these types, in the block at hand; for the others the instruction begins anew.  None where it can't, and
    where ints are beyond 64 bits: as an object it would begin anew for ever."""
    if not machine.hints.tells_apart or not begins_anew(machine, instruction) or one_of(int, types) and entry.is_large(example_of(value, int)):
        return None
    machine.tells_apart = True
    found = machine.emit("field", value.node, attr="object_type", type="ptr")
    leave, before = machine.exit("type", value.node, site), machine.state
    for type_ in types[:-1]:
        own, others = machine.graph.block(), machine.graph.block()
        machine.end("branch", (machine.emit("icmp_eq", found, machine.object(type_)),), [(own, []), (others, [])])
        machine.block, machine.state = own, before.copy()
        machine.state.replace(value, as_number(machine, value, type_, leave))
        machine.end("jump", targets=[machine.enter_exactly(instruction.unit, machine.state)])
        machine.block, machine.state = others, before
    known = as_number(machine, value, types[-1], leave)
    machine.state.replace(value, known)
    return known


def true_or_false(machine, instruction):
    """The stack's top, whose truth is asked for, as a number of one kind or None if it may be of several kinds."""
    value, site = machine.state.stack[-1], (instruction.unit, TRUTH)
    types = kinds(value)
    types = types and [*types, *[type_ for type_ in machine.hints.sites.get(site, ()) if not one_of(type_, types)]]
    if types and len(types) <= MOST and all([one_of(type_, EXAMPLES) or one_of(type_, entry.scalar_kinds()) for type_ in types]):
        told_apart(machine, value, instruction, types, site)
    return machine.state.stack[-1]


def as_number(machine, value, type_, leave):
    return entry.unbox(machine, value.node, type_, example_of(value, type_), value.owner, leave)


def example_of(value, type_):
    return value.example.of(type_) if type(value.example) is Several else None


def begins_anew(machine, instruction):
    """Whether the instruction can begin anew: nothing of it, or around it, has happened."""
    if instruction.part > 0 or machine.pending or machine.held is not None:
        return False
    return len(machine.versions.get((instruction.unit, machine.context(instruction.unit, machine.state)), ())) < VERSIONS


def narrowed(machine, value, instruction, types, condition):
    """The value as one of the last of these types, in the block at hand, which others don't come to; None where the instruction can't begin
    anew.  `condition`: i1 for a type."""
    if not begins_anew(machine, instruction):
        return None
    for type_ in types[:-1]:
        state, others = machine.state.copy(), machine.graph.block()
        state.replace(value, v.Obj(type_, value.node, value.owner, value.example))
        machine.end("branch", (condition(type_),), [machine.enter_exactly(instruction.unit, state), (others, [])])
        machine.block = others
    known = v.Obj(types[-1], value.node, value.owner, value.example)
    machine.guard(condition(types[-1]), "type", value.node, (instruction.unit, 400))
    machine.state.replace(value, known)
    return known


__all__ = ["Empty", "MOST", "NUMBERS", "Several", "is_blank", "kinds", "narrowed", "of_numbers", "of_types", "several", "shown_elsewhere", "told_apart", "true_or_false"]
