"""Lists that only native code knows: made here, of numbers of one kind, not yet seen by anybody.

Their object exists and is empty; the items lie raw in its spare room (ext/raw_lists.c).  Before the list escapes (into
another object, a call-out, a return) `realised` fills it, once; exits and polls fill it by their recipes.  Two values
of class Raw in one state are two lists.

Identity of items: a number without an object of its own (the result of an operation) may be stored, once; whatever holds
it elsewhere remembers the place (`Num.slot`), as does whoever reads it.  Numbers that have an object already make the list real,
but for constants, which are stored as their pointers under a tag that no other number may have.
"""

from framejit.capture import value_parts, values as v
from framejit.tables.classes import numpys
from framejit.tables.types import NAMES, PAIR, RAW_KINDS


def size(machine, raw):
    """How many items it has."""
    return machine.emit("word", machine.emit("field", raw.node, attr="list_items", type="ptr"), machine.int(0))


def realised(machine, raw):
    """The list as a real one, which it is from now on."""
    fill(machine, [raw])
    return real_list(raw)


EXAMPLES = {"int": 0, "float": 0.0, "bool": True, PAIR: 0j}       # items to guess types of elements from


def example_of_kind(kind):
    """A number of this kind, Python's or NumPy's."""
    return EXAMPLES[kind] if kind in EXAMPLES else numpys(NAMES.get(kind, kind))(0)


def real_list(raw):
    return v.Obj(list, raw.node, "home", [EXAMPLES[raw.kind]])


def realise_all(machine):
    fill(machine, list(raws(machine.state)))


def fill(machine, chosen):
    """Fills these lists and puts real ones in their places; numbers that are items of them get the items as boxes."""
    done = {}
    for raw in chosen:
        if id(raw) not in done:
            machine.guard(filled(machine, raw.node, raw.kind), "memory")
            done[id(raw)] = real_list(raw)

    def real(value):
        if value.__class__ is v.Num and value.slot is not None and id(value.slot[0]) in done:
            return boxed(machine, value)
        return done.get(id(value), value)

    if done:
        machine.state.change(real)


def boxed(machine, value):
    """A number that is an item of a list that has just been filled: the item is its box."""
    raw, index = value.slot
    null = machine.const("ptr", None)
    found = machine.emit("read_call", raw.node, index, attr=("fj_raw_item", "ptr"), type="ptr")
    if value.box is not None:
        found = machine.emit("select", machine.emit("icmp_eq", value.box, null), found, value.box)
    return v.Num(value.kind, value.node, found, "item")


def unslotted(machine, value):
    """The value as one that may become an object: a number that is an item of a raw list makes the list real."""
    if value.__class__ is not v.Num or value.slot is None:
        return value
    raw = value.slot[0]
    if not any([inner is raw for inner in raws(machine.state)]):
        free = v.Num(value.kind, value.node, value.box, value.owner)
        machine.state.replace(value, free)
        return free
    known = value in machine.state.values()
    position = machine.state.values().index(value) if known else None
    fill(machine, [raw])
    return machine.state.values()[position] if known else boxed(machine, value)


def filled(machine, node, kind):
    """i1: the list is real."""
    return machine.emit("write_call", node, machine.const("i32", RAW_KINDS[kind].number), attr=("fj_raw_fill", "i1"))


def raws(state):
    """Every raw list of a state, those of iterators among them."""
    return value_parts.lists_in(state.values())


def facts(machine):
    """What a poll has to fill, and to make raw again."""
    found = {id(raw.node): ("RAW", raw.node, RAW_KINDS[raw.kind].number) for raw in raws(machine.state)}
    return list(found.values())
