"""Dictionaries that native code makes: those of displays, and what **kwargs are.

    {}, {k: 1}, {"x": a, "y": b}          ->   own_dict of keys and values by turns
    def f(a, **kw): ...;  f(1, b=2)       ->   the routine makes the dictionary of what is left over before it begins

Only keys that are strings or numbers, and no more of them than the smallest table has room for: what is larger the interpreter makes of another size.
"""

from framejit.capture import tuples, values as v
from framejit.capture.callees import KEYWORDS
from framejit.capture.dictionaries import example_of
from framejit.capture.ends import NotNative
from framejit.capture.entry import MISSING
from framejit.capture.exact_types import exactly
from framejit.capture.handlers.subscripting import storable
from framejit.capture.made_functions import cell_slots
from framejit.capture.raw_lists import EXAMPLES, realised, unslotted
from framejit.capture.texts import put_instead
from framejit.tables.classes import one_of

MOST_ENTRIES = 5
KEYS = (str, int, float, bool, bytes, type(None))
KEY = 720               # part of a site's key: the entry's place added


def made(machine, items):
    """The node of a dictionary that nobody has a reference of yet; None where it can't be made."""
    machine.guard(machine.emit("read_call", attr=("fj_can_make_dict", "i1"), type="i1"), "collection")
    machine.secure()
    known = {}
    nodes = [machine.boxed(value, known) for value in items]
    if None in nodes:
        return None
    node = machine.emit("own_dict", *nodes)
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "memory")
    for value, item in zip(items, nodes):
        machine.escaped(value, item)
    return node


def like(keys, values):
    """A dictionary like the one of these."""
    pairs = [(key.value if key.__class__ is v.Const else EXAMPLES.get(key.kind, "") if key.__class__ is v.Num else "", example_of(value)) for key, value in zip(keys, values)]
    return {key: value for key, value in pairs if value is not MISSING}


# ---- displays

def built(machine, instruction, count, names=None):
    """Whether the dictionary of `count` entries on top of the stack has been made: values by turns with their keys, or below the tuple of
    these constant names."""
    each, above = (2, 0) if names is None else (1, 1)
    base = len(machine.state.stack) - each * count - above
    if count > MOST_ENTRIES or machine.held is not None or machine.pending:
        return False
    keys = [as_key(machine, base + 2 * place, instruction) for place in range(count)] if names is None else [v.Const(name) for name in names]
    if None in keys or any([key.__class__ is v.Const and not one_of(type(key.value), KEYS) for key in keys]):
        return False
    places = range(base + each - 1, base + each * count, each)
    if not all([as_value(machine, depth) for depth in places]):
        return False
    tuples.apart(machine, machine.state.stack[base:base + each * count])
    values = [machine.state.stack[depth] for depth in places]
    keys = machine.state.stack[base:base + 2 * count:2] if names is None else keys
    node = made(machine, [one for pair in zip(keys, values) for one in pair])
    if node is None:
        return False
    put_instead(machine, each * count + above, node, dict, like(keys, values))
    return True


def as_key(machine, depth, instruction):
    """The stack's entry at this depth as a string or a number of Python's, or None."""
    value = machine.state.stack[depth]
    if value.__class__ is v.Obj and value.type is None:
        value = exactly(machine, value, (str, int), instruction, KEY + depth)
    if value.__class__ is v.Num:
        value = unslotted(machine, value)
        return value if value.kind in EXAMPLES else None
    return value if value.__class__ is v.Const or value.__class__ is v.Obj and value.type is str else None


def as_value(machine, depth):
    """Whether the stack's entry at this depth may be stored; lists and tuples that only native code knows become objects."""
    value = machine.state.stack[depth]
    realised(machine, value) if value.__class__ is v.Raw else unslotted(machine, value)
    value = machine.state.stack[depth]
    return tuples.real(machine, value) is not None if value.__class__ is v.Tup else storable(value)


# ---- **kwargs

def keywords_slot(bytecode, code):
    """The local that is **kwargs, if the code has one and mentions it: else its frame has it, and nobody else needs it."""
    slot = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 0x4)
    used = any([one.arg == slot for one in bytecode.instructions if one.op.endswith(("_FAST", "_FAST_AND_CLEAR"))]) or slot in cell_slots(code)
    return slot if code.co_flags & KEYWORDS and used else None


def take_keywords(machine, slot, names, values):
    """A routine's first instructions: the dictionary of these arguments; where it leaves before that, the frame that is made has its own."""
    if slot in cell_slots(machine.region.code) or len(names) > MOST_ENTRIES or not all([storable(value) for value in values]):
        raise NotNative("keeps **kwargs in a cell, or too many")
    keys = [v.Const(name) for name in names]
    node = made(machine, [one for pair in zip(keys, values) for one in pair])
    if node is None:
        raise NotNative("keeps what has no object in **kwargs")
    machine.emit("home_take", node, attr=(slot, False), exit=machine.exit("home"))
    machine.state.locals[slot] = v.Obj(dict, node, "home", like(keys, values))
    machine.begin(machine.state.copy())


__all__ = ["built", "keywords_slot", "take_keywords"]
