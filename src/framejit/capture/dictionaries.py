"""Dictionaries and sets: asked for keys that are strings or ints, and filled with them, without a call-out.

    counts[word] = counts.get(word, 0) + 1      ->   the table is probed; the value is borrowed as an item of a list is

ext/tables.c says when the interpreter has to do it: where the program's code would run, or see what native code remembers.
"""

from collections import defaultdict
from itertools import islice
from typing import NamedTuple

from framejit.capture import catching, counters, entry, tuples, values as v
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import counted
from framejit.capture.handlers.stack import own_home
from framejit.capture.handlers.subscripting import let_go, storable
from framejit.capture.raw_lists import EXAMPLES, unslotted
from framejit.capture.several import Several, several
from framejit.capture.state import lift
from framejit.capture.subscripts import site_of, typed
from framejit.capture.texts import pointer
from framejit.tables.classes import one_of

KEYS = (str, int, tuple)
QUICKLY_MADE = (list, dict, set, str)
MOST_PARTS = 4
TABLES = (dict, defaultdict)
CONTAINER, KEY, ARGUMENT = 60, 9, 701       # parts of a site's key: as those of lists and their indices; of an argument
SAMPLES = 16
PLAIN, OR_ABSENT = 1, 2     # of what is taken out, as ext/tables.c has them


class Key(NamedTuple):
    """What a table is asked for: the functions' suffix, and the nodes of the string, number or tuple."""

    suffix: str
    nodes: tuple


def key_of(machine, value, instruction, place=KEY):
    """The key that a value is, or None."""
    if value.__class__ is v.Tup:
        return parts_of(machine, value, instruction, place + 1)
    value = exactly(machine, value, KEYS, instruction, place)
    if value is None:
        return None
    value = lift(value, machine.graph)
    if value.__class__ is v.Num:
        return Key("_int", (value.node,))
    kind = value.type if value.__class__ is v.Obj else type(value.value)
    return Key(SUFFIXES[kind], (pointer(machine, value),)) if one_of(kind, SUFFIXES) else None


SUFFIXES = {str: "", tuple: "_tuple"}


def parts_of(machine, value, instruction, site):
    """The key that a tuple of strings and ints is which needs no object, or None."""
    if not 0 < len(value.items) <= MOST_PARTS:
        return None
    form, nodes = len(value.items), []
    for place, item in enumerate(value.items):
        item = lift(part_of(machine, item, instruction, site + place), machine.graph)
        text = item.__class__ is v.Const and type(item.value) is str or item.__class__ is v.Obj and item.type is str
        if not text and (item.__class__ is not v.Num or item.kind != "int"):
            return None
        form |= text << 3 + place
        nodes.append(machine.emit("pointer_bits", pointer(machine, item)) if text else item.node)
    return Key("_parts", (machine.int(form), *nodes, *[machine.int(0)] * (MOST_PARTS - len(nodes))))


def known(machine, depth, instruction, kinds=()):
    """The stack's entry at this depth (below zero) as an exact dictionary, or one of these kinds, if it is likely to be one."""
    value = machine.state.stack[depth]
    more = (counters.Counter,) if counters.is_counter(machine, value) else ()
    return exactly(machine, value, (*TABLES, *more, *kinds), instruction, CONTAINER)


def value_example(container):
    """A value of the dictionary at hand."""
    table = container.example if is_table(container.example) else {}
    if not table and type(table) is counters.Counter:
        return 0
    if table or type(table) is not defaultdict:
        return example_among(table.values())
    return next((example for factory, example in FACTORIES.items() if factory is table.default_factory), entry.MISSING)


def example_among(items):
    """What stands for any of these."""
    found = list(islice(items, SAMPLES))
    if not found:
        return entry.MISSING
    ints = [value for value in found if type(value) is int]
    return several(found) or (max(ints, key=abs) if type(found[0]) is int else found[0])


def is_table(value):
    return one_of(type(value), (*TABLES, counters.Counter))


def part_of(machine, item, instruction, place):
    """An item of a tuple as what it is likely to be, wherever it is known."""
    found = exactly(machine, item, (str, int), instruction, place)
    if found is None or found is item:
        return item
    machine.state.change(lambda leaf: found if leaf is item else leaf)
    return found


# ---- dictionaries

FACTORIES = {int: 0, float: 0.0, bool: False, str: "", list: [], dict: {}, set: set()}       # what a defaultdict may make, and what that is like


def item(machine, container, key, instruction, other, example):
    """The value of the key, or the other object; typed as the site has shown."""
    nothing = machine.const("ptr", None)
    asked = machine.emit("address", nothing, machine.int(1)) if other.op == "const" and catching.row_of(machine, instruction) else other      # which no object is at
    node = machine.emit("read_call", container.node, *key.nodes, asked, attr=("fj_dict_item" + key.suffix, "ptr"), type="ptr")
    if asked is not other:
        machine.guard(machine.emit("icmp_ne", node, asked), "index", error=KeyError)
    machine.guard(machine.emit("icmp_ne", node, nothing), "index" if asked is other else "key")
    return typed(machine, node, site_of(instruction), example, "item")


def subscript(machine, container, key, instruction):
    """A row of subscripting.SUBSCRIPTS."""
    found = key_of(machine, key, instruction)
    if found is not None and container.type is defaultdict:
        return item_or_default(machine, instruction)
    if found is None or container.type is not counters.Counter:
        return None if found is None else item(machine, container, found, instruction, machine.const("ptr", None), value_example(container))
    return item(machine, container, found, instruction, counters.missing_is_zero(machine), example_with(value_example(container), 0))


def likely_default(arguments):
    """What defaultdict(...) gives, for these values."""
    known = [factory for factory in FACTORIES if arguments and arguments[0].__class__ is v.Const and arguments[0].value is factory]
    return defaultdict(*known)


def item_or_default(machine, instruction):
    """The value of the key on top of the stack, or a new one that the dictionary below has from now on: if native code leaves behind that, it is found."""
    suffix, nodes = new_key(machine, instruction)
    container = machine.state.stack[-2]
    counted(machine)
    node = machine.emit("write_call", container.node, *nodes, attr=("fj_default_item" + suffix, "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "index")
    return typed(machine, node, site_of(instruction), value_example(container), "item")


def store(machine, container, key, value, instruction):
    """A row of subscripting.STORES."""
    if not storable(value) or key_of(machine, key, instruction) is None:
        return False
    machine.secure()
    tuples.apart(machine, [machine.state.stack[-3], machine.state.stack[-1]])
    suffix, nodes = new_key(machine, instruction)
    value, container = machine.state.stack[-3:-1]
    value = unslotted(machine, value)
    new = machine.boxed(value)
    plain = machine.int(int(machine.quiet == "fj_is_plain"))
    done = machine.emit("write_call", container.node, *nodes, new, plain, attr=("fj_dict_store" + suffix, "i1"), type="i1")
    machine.guard(done, "store")
    machine.escaped(value, new)
    let_go(machine, value, len(machine.state.stack) - 3)
    return True


def new_key(machine, instruction, place=KEY, depth=-1):
    """(suffix, nodes) of the key at this depth of the stack, which the table may keep: a number that others know gets its object before."""
    if machine.state.stack[depth].__class__ is v.Tup and tuples.real(machine, machine.state.stack[depth]) is None:
        machine.stop("unsupported_opcode", "tuple kept")
    key = exactly(machine, machine.state.stack[depth], KEYS, instruction, place)
    found = key_of(machine, key, instruction)
    key = lift(key, machine.graph)
    if key.__class__ is not v.Num:
        return found.suffix, found.nodes
    machine.note_seen(key)
    key = unslotted(machine, key)
    if key.may_lack_object() and sum([entry is key for entry in machine.state.values()]) > 1:
        key = machine.share_box(machine.state, key)
    return found.suffix, (key.node, machine.const("ptr", None) if key.box is None else key.box)


def delete(machine, instruction):
    """Whether `del container[key]`, of the two entries on top, has been done."""
    container = exactly(machine, machine.state.stack[-2], TABLES, instruction, CONTAINER)
    key = None if container.__class__ is not v.Obj or own_home(machine, container) else key_of(machine, machine.state.stack[-1], instruction)
    if key is None or key.suffix == "_parts":
        return False
    machine.secure()
    take_out(machine, machine.state.stack[-2], key_of(machine, machine.state.stack[-1], instruction))
    return True


def take_out(machine, container, key, maybe=False):
    """The dictionary lets go of the key and its value, which end quietly, or native code leaves; so it does where there is none, or `maybe` there is none."""
    how = machine.int((PLAIN if machine.quiet == "fj_is_plain" else 0) | (OR_ABSENT if maybe else 0))
    machine.guard(machine.emit("write_call", container.node, *key.nodes, how, attr=("fj_dict_delete" + key.suffix, "i1"), type="i1"), "store")


def example_of(value):
    """A Python object like this value; MISSING: not known."""
    if value.__class__ is v.Const:
        return value.value
    if value.__class__ is v.Num:
        return EXAMPLES.get(value.kind, entry.MISSING)
    if value.__class__ is not v.Obj:
        return entry.MISSING
    made = value.type() if one_of(value.type, QUICKLY_MADE) else entry.MISSING
    return made if value.example is None or type(value.example) is not value.type else value.example


def example_with(example, other):
    """What stands for a value like this, or for the object that is given where there is none."""
    if other is entry.MISSING:
        return example
    if example is entry.MISSING:
        return example if other is None else other
    known = example.items if type(example) is Several else (example,)
    if any([type(one) is type(other) for one in known]):
        return example
    return several([*known, other]) or example


# ---- membership

def contains(machine, instruction):
    """i1: whether the container on top of the stack has the entry below it; None for a call-out."""
    if own_home(machine, machine.state.stack[-1]):
        return None
    container = known(machine, -1, instruction, (set, frozenset))
    if container is None or container.__class__ is not v.Obj:
        return None
    key = key_of(machine, machine.state.stack[-2], instruction)
    if key is None:
        return None
    answer = machine.emit("read_call", container.node, *key.nodes, attr=(MEMBERS[container.type] + key.suffix, "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "key")
    return machine.emit("icmp_ne", answer, machine.int(0))


MEMBERS = {dict: "fj_dict_has", defaultdict: "fj_dict_has", counters.Counter: "fj_dict_has", set: "fj_set_has", frozenset: "fj_set_has"}


__all__ = ["TABLES", "contains", "delete", "is_table", "known", "likely_default", "store", "subscript"]
