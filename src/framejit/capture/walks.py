"""Loops over dictionaries and sets, and over what `keys()`, `values()` and `items()` give.

    for k, v in d.items()   ->   the iterator is the interpreter's own object; key and value are borrowed, and no tuple is made

ext/walks.c moves it as the interpreter would, and says where that has to do it: the size has changed, say.
"""

from gc import get_referents

from framejit.capture import values as v
from framejit.capture.dictionaries import TABLES, example_among, is_table
from framejit.capture.exact_types import exactly
from framejit.capture.function_table import function
from framejit.capture.handlers.control import way_that_drops
from framejit.capture.subscripts import typed
from framejit.capture.texts import asked, given, kept
from framejit.capture.walked_tables import walked
from framejit.tables.classes import one_of, row_of
from framejit.tables.walks import PARTS

VIEWS = (dict.keys, dict.values, dict.items)
WALKS = {kind: type(iter(kind())) for kind in (*TABLES, set, frozenset)} | {type(view({})): type(iter(view({}))) for view in VIEWS}
NAMED = ("STORE_FAST", "STORE_NAME")        # of a pair that is stored as it is
CONTAINER, ITERATOR, ITEM = 63, 64, 65      # parts of sites' keys; the last one's place in the item added


def view(method):
    """The row of what gives a view of a dictionary."""
    kind = type(method({}))

    def row(machine, arguments, instruction):
        if len(arguments) != 1 or arguments[0].__class__ is not v.Obj or not one_of(arguments[0].type, TABLES):
            return None
        if machine.held is not None:
            return walked(machine, arguments[0], PARTS[WALKS[kind]])
        container, nothing = arguments[0], machine.const("ptr", None)
        machine.guard(machine.emit("read_call", attr=("fj_can_make", "i1"), type="i1"), "collection")
        made = given(machine, asked(machine, "fj_text_made", machine.object(method), container.node, nothing, nothing), kind, instruction)
        made.example = method(container.example) if is_table(container.example) else None
        return made

    function(method)(row)


for method in VIEWS:
    view(method)


def begun(machine, instruction):
    """Whether what is on top of the stack has become an iterator of these."""
    stack = machine.state.stack
    container = exactly(machine, stack[-1], (*WALKS, *PARTS), instruction, CONTAINER)
    if container.__class__ is not v.Obj:
        return False
    made = row_of(WALKS, container.type)
    if made is None:
        return True             # it is one
    machine.guard(machine.emit("read_call", container.node, attr=("fj_can_walk", "i1"), type="i1"), "collection")
    node = asked(machine, "fj_walk", container.node)
    machine.secure()
    iterator = kept(machine, node, made, len(stack) - 1)
    iterator.example = iter(container.example) if type(container.example) is container.type else None
    machine.state.stack[-1] = iterator
    return True


def advanced(machine, instruction):
    """FOR_ITER: whether the iterator is one of these, whose next item is pushed, or which is popped."""
    iterator = exactly(machine, machine.state.stack[-1], tuple(PARTS), instruction, ITERATOR)
    parts = row_of(PARTS, iterator.type) if iterator.__class__ is v.Obj else None
    following = machine.following()
    if parts is None or len(parts) > 1 and (following.op, following.arg) != ("UNPACK", len(parts)) and following.op not in NAMED:
        return False
    at = machine.emit("read_call", iterator.node, attr=("fj_walk_next", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", at, machine.int(-1)), "key")
    done = machine.state.copy()
    done.stack.pop()
    body = machine.graph.block()
    machine.end("branch", (machine.emit("icmp_sge", at, machine.int(0)),), [(body, []), way_that_drops(machine, instruction.target, done, iterator)])
    machine.block = body
    items = entry_at(machine, iterator, at, (instruction.unit, 0))
    machine.emit("write_call", iterator.node, at, attr=("fj_walk_step", None))
    machine.push(items[0] if len(items) == 1 else v.Tup(items))
    machine.jump(instruction.next)
    return True


def entry_at(machine, iterator, at, site):
    """What a loop gets of the entry: a key, a value or both; `site`: (unit, the iterator's place)."""
    examples = examples_of(iterator)
    return [item(machine, iterator, at, part, entry_site(*site, which), examples[part]) for which, part in enumerate(row_of(PARTS, iterator.type))]


def entry_site(unit, place, which):
    return unit, ITEM + 2 * place + which


def item(machine, iterator, at, part, site, example):
    """Key or value of the entry: borrowed, as an item of a list is."""
    node = machine.emit("read_call", iterator.node, at, attr=("fj_walk_" + part, "ptr"), type="ptr")
    return typed(machine, node, site, example, "item")


def examples_of(iterator):
    """What a key and a value of what is gone over are like."""
    container = next((one for one in get_referents(iterator.example) if one_of(type(one), (*TABLES, set, frozenset))), ())
    return {"key": example_among(container), "value": example_among(container.values() if is_table(container) else ())}


__all__ = ["PARTS", "WALKS", "advanced", "begun", "entry_at", "entry_site"]
