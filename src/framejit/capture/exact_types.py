"""Objects of unknown type as those of Python's own types that they are likely to be, behind a guard: dictionaries, sets, strings.

    counts[word]    ->   guards on dict and str, where both are asked for; another type leaves and teaches
"""

from weakref import ref

from framejit.capture import entry, values as v
from framejit.capture.ends import BlockEnds
from framejit.tables.classes import one_of


def exactly(machine, value, kinds, instruction, place):
    """The value as one of exactly these types, whose place in the state that takes; None where it is known to be another or nobody knows.
    `place` tells the sites of one instruction apart.  What a routine doesn't know leaves and teaches."""
    if value.__class__ is v.Const:
        return value if one_of(type(value.value), kinds) else None
    if value.__class__ is v.Num:
        return value if value.kind == "int" and one_of(int, kinds) else None
    if value.__class__ is not v.Obj or value.type is not None:
        return value if value.__class__ is v.Obj and one_of(value.type, kinds) else None
    site = (instruction.unit, place)
    seen, example = machine.hints.sites.get(site), value.example
    if not seen and example is None and machine.routine is not None:
        machine.leave("type", observed=value.node, site=site)
        machine.teaches = True
        raise BlockEnds
    likely = entry.type_of(example) if not seen else seen[0] if len(seen) == 1 else None
    likely = likely() if type(likely) is ref else likely        # a class
    if not one_of(likely, kinds):
        return None
    known = of_type(machine, value, likely, machine.exit("type", value.node, site))
    machine.state.replace(value, known)
    return known


def of_type(machine, value, kind, leave):
    """The object as one of this type, which is guarded."""
    example = value.example if type(value.example) is kind else None
    if one_of(kind, entry.UNBOX):
        return entry.unbox(machine, value.node, kind, example, value.owner, leave)
    entry.guard_type(machine, value.node, kind, leave)
    return v.Obj(kind, value.node, value.owner, example)


__all__ = ["exactly", "of_type"]
