"""Objects of which nothing is known where a routine asks one for an attribute: it leaves there, and an exit teaches what came by.

    for c in v.constraints: ...     v.constraints was empty at hand     ->   c.is_satisfied() leaves; the next time c is an Equality
"""

from weakref import ref

from framejit.capture import unions, values as v
from framejit.capture.ends import BlockEnds
from framejit.capture.entry import Likely
from framejit.tables.classes import known_class, one_of

SITE = 400              # part of a site's key: the class of what has the attribute
PYTHON = (list, dict, set, str, bytes, bytearray)


def ask(machine, instruction):
    """Gives the stack's top, of which nothing is known, the example that exits have shown here.  A routine that has seen none ends its block."""
    value = machine.state.stack[-1]
    if value.__class__ is not v.Obj or value.type is not None or value.example is not None:
        return
    site = instruction.unit, SITE
    found = unions.one_with(machine, instruction)
    value.example = found if found is not None else shown(machine, site)
    if value.example is None and may_leave(machine, value) and site not in machine.hints.sites:
        machine.teaches = True
        machine.leave("type", value.node, site)
        raise BlockEnds


def may_leave(machine, value):
    """Whether this is a routine, whose callers know no more of the object than it does."""
    given = machine.routine is None or any([value is one for one in machine.parameters])
    return not given and not (machine.unseen or machine.pending or machine.held is not None)


def shown(machine, site):
    """An object like those that exits have shown at this site, or None."""
    kinds = [one() if one.__class__ is ref else one for one in machine.hints.sites.get(site, ())]
    kinds = [kind for kind in kinds if kind is not None and kind is not type(None)]
    if len(kinds) == 1 and one_of(kinds[0], PYTHON):
        return kinds[0]()
    if not kinds or not all([isinstance(kind, type) and known_class(kind) for kind in kinds]):
        return None
    there = machine.routines.machine.hints.around.instances.get(id(kinds[0]))
    return Likely(kinds[0], {}) if there is None else there


__all__ = ["ask"]
