"""enumerate, zip, map, filter and itertools' iterators, made natively: what they go over is of Python's own types, or another of these.

    for x, y in pairwise(points): ...       the object is made without a call-out, and moved by ext/stepped.c

What they are given besides (functions, numbers, what is repeated) is only kept.
"""

from itertools import accumulate, chain, count, cycle, islice, pairwise, repeat

from framejit.capture import likely_steps, numbers, stepped, tuples, values as v
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import counted, function
from framejit.capture.texts import given
from framejit.tables.classes import one_of
from framejit.tables.walks import FLATTENED

MOST = 5                # arguments
KEPT_BY_EACH = 3        # objects that one consists of at most, beside an iterator for each argument
INTEGERS = ("int", "bool")
KEEPING = (map, filter, repeat)             # what their first argument is they keep
ITEMS = (v.Num, v.Const, v.Obj, v.Raw)      # of a tuple that has no object yet
SITE = 692              # part of a site's key: what was to be gone over was something else
VIEWS = ({}.keys(), {}.values(), {}.items())
WALKED = (list, tuple, str, bytes, bytearray, dict, set, frozenset, range, *[type(view) for view in VIEWS], *stepped.STEPPED)


def iterated(first, last=None):
    """The places of the arguments that are gone over."""
    return lambda places: places[first:last]


ITERATED = {enumerate: iterated(0, 1), zip: iterated(0), map: iterated(1), filter: iterated(1), count: iterated(MOST), repeat: iterated(MOST), cycle: iterated(0),
            chain: iterated(0), islice: iterated(0, 1), accumulate: iterated(0, 1), pairwise: iterated(0)}


def made(machine, kind, arguments, instruction, maker="fj_make_iterator"):
    """The new object, or None for a call-out; where it isn't made the interpreter does it, or says why not."""
    if instruction is None or machine.held is not None or len(arguments) > MOST or not stepped.known(kind):
        return None
    site, over = (instruction.unit, SITE), ITERATED[kind](range(len(arguments)))
    if machine.hints.sites.get(site) or not all([can_be_walked(value) if place in over else can_be_kept(value, kind, place) for place, value in enumerate(arguments)]):
        return None
    for place in over:
        if arguments[place].__class__ is v.Obj:
            known = machine.emit("read_call", arguments[place].node, attr=("fj_iterable", "i1"), type="i1")
            machine.emit("guard", known, exit=machine.exit("type", machine.object(None), site))
    machine.guard(machine.emit("read_call", machine.int(KEPT_BY_EACH + len(over)), attr=("fj_room_for", "i1"), type="i1"), "collection")
    return finished(machine, kind, arguments, instruction, kind, likely_steps.example(machine, kind, arguments), maker)


def finished(machine, callable, arguments, instruction, kind, example, maker="fj_make_iterator"):
    counted(machine)
    arguments = tuples.apart(machine, arguments)
    nodes = [owned(machine, value) for value in arguments] + [machine.const("ptr", None)] * (MOST - len(arguments))
    node = machine.emit("write_call", machine.object(callable), *nodes, attr=(maker, "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "domain")
    for place, value in enumerate(arguments):
        if value.__class__ is v.Tup or callable is repeat and place == 0:
            machine.escaped(value, nodes[place])        # it keeps the very objects; other numbers it only reads
    result = given(machine, node, kind, instruction)
    result.example = example
    return result


def can_be_walked(value):
    """What is of unknown type is asked for it."""
    if value.__class__ is v.Const:
        return one_of(type(value.value), (tuple, str, bytes, range))
    if value.__class__ is v.Tup:
        return all([item.__class__ in ITEMS for item in value.items])
    kind = type(value.example) if value.__class__ is v.Obj and value.type is None and value.example is not None else value.type if value.__class__ is v.Obj else None
    return value.__class__ in (v.Range, v.Raw) or value.__class__ is v.Obj and (kind is None or one_of(kind, WALKED))


def can_be_kept(value, kind, place):
    """What is turned into a number of C's has to be one, for nothing else is asked to be one here; what is kept may be anything."""
    if one_of(kind, KEEPING) and place == 0 or kind is accumulate:
        return value.__class__ in (v.Num, v.Obj, v.Const)
    known = type(value.value) if value.__class__ is v.Const else int if value.__class__ is v.Num and value.kind in INTEGERS else None
    return one_of(known, (int, bool, float)) if kind is count else one_of(known, (int, bool, type(None))) if value.__class__ is v.Const else known is int


def owned(machine, value):
    """A reference of its own to the argument's object."""
    if value.__class__ is v.Range:
        parts = [numbers.as_int(machine, part) for part in (value.start, value.stop, value.step)]
        return machine.emit("write_call", *parts, attr=("fj_new_range", "ptr"), type="ptr")
    return machine.boxed(value)


@function(iter)
def iterator(machine, arguments, instruction):
    """Of an object of Python's own type; two types of iterators go over strings."""
    if len(arguments) != 1 or instruction is None or machine.held is not None or arguments[0].__class__ is not v.Obj:
        return None
    found = exactly(machine, arguments[0], WALKED, instruction, SITE)
    if found is None:
        return None
    machine.guard(machine.emit("read_call", machine.int(1), attr=("fj_room_for", "i1"), type="i1"), "collection")
    example = found.example if type(found.example) is found.type else made_of(found.type)
    made = example if one_of(found.type, stepped.STEPPED) else iter(example)
    return finished(machine, iter, [found], instruction, None if found.type is str else type(made), made)


@function(FLATTENED)
def flattened(machine, arguments, instruction):
    return made(machine, chain, arguments, instruction, "fj_make_flattened") if len(arguments) == 1 else None


def made_of(kind):
    """An object of this type, most likely; of iterators and views any of theirs."""
    found = next((view for view in VIEWS if type(view) is kind), None)
    return found if found is not None else stepped.likely(kind) if one_of(kind, stepped.MAKERS) else iter(()) if one_of(kind, stepped.STEPPED) else range(0) if kind is range else kind()


def row(kind):
    return lambda machine, arguments, instruction: made(machine, kind, arguments, instruction)


for one in ITERATED:
    if not one_of(one, (enumerate, zip)):         # iterator_functions.py has these, which are virtual where they can be
        function(one)(row(one))

__all__ = ["made"]
