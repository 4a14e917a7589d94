"""sorted(items, key=f), min(items, key=f), max(items, key=f), whose key function is one of the program's, or of C's that is heard of by nobody.

    sorted(rows, key=lambda row: row[1], reverse=True)      ->   a routine walks over the rows and lists their keys; ext/list_methods.c sorts by them
    max(range(k, n), key=lambda i: abs(a[i][k]))            ->   a routine walks over the range, and gives how far it had come at the best one

Of dictionaries, their views and sets `sorted` lists the items first, as the interpreter does.  Keys that have comparisons of their own are the interpreter's.
"""

from framejit.capture import consumed_calls, generators, mapped, values as v
from framejit.capture.collectors import Collector
from framejit.capture.consumers import Extremum, number_of
from framejit.capture.entry import MISSING
from framejit.capture.generated import positions
from framejit.capture.handlers.stack import put_home, stack_slot
from framejit.capture.handlers.subscripting import drop
from framejit.capture.lending import number_of_kinds
from framejit.capture.subscripts import sequence_example
from framejit.capture.texts import asked, kept
from framejit.capture.walked_tables import Table, entry_example, entry_items
from framejit.tables.classes import one_of
from framejit.tables.types import RAW_KINDS

BY_KEYS = "keys"
NAMES = (("key",), ("key", "reverse"), ("reverse", "key"))


def keys(items, key):
    for item in items: yield key(item)      # noqa: E701 (both are the line of the call)


def best(items, key):
    for item in items: yield key(item)      # noqa: E701


class Best(Extremum):
    """min and max by a key: how far the iterator had come when it gave the first item whose key is the least, or the greatest."""

    places = 2
    itself = False
    asks = True

    def begin(self, machine):
        return [v.UNBOUND, v.Num("int", machine.int(0))]

    def step(self, machine, value, found):
        best, place = found
        at = positions(machine.state.stack[-1])[0]
        value, wins = self.better(machine, number_of(machine, value, False), best)
        return [v.Num(value.kind, value.node), v.Num("int", at if wins is None else machine.emit("select", wins, at, place.node))]

    def end(self, machine, found):
        super().end(machine, found[:1])
        return found[1]


def listed(machine, form, node, base):
    """The finish of the collector: the list of keys, which may go on being raw."""
    return v.Obj(list, node, "home", form.example())


COLLECTOR = Collector(listed, asks=True)


def called(machine, instruction, callee, receiver, base):
    """Whether the call has been made, and its result lies on the stack in the operands' place."""
    count, names = instruction.arg
    row = row_of(callee)
    if row is None or names not in NAMES or count != 1 + len(names) or not consumed_calls.is_free(machine, instruction, receiver):
        return False
    depths = {name: len(machine.state.stack) - len(names) + place for place, name in enumerate(names)}
    backwards = machine.state.stack[depths["reverse"]] if "reverse" in depths else v.Const(False)
    if "reverse" in names and row is not ROWS[0][1] or backwards.__class__ is not v.Const or type(backwards.value) is not bool:
        return False
    if not consumed_calls.is_asked(machine, machine.state.stack[depths["key"]], instruction):
        return False
    return given(machine, row(machine, instruction, ByFunction(depths["key"]), backwards.value, base), base)


def row_of(callee):
    return next((row for known, row in ROWS if callee.__class__ is v.Const and callee.value is known), None)


def given(machine, made, base):
    """Whether there is a result, which takes the operands' place."""
    if made is None:
        return False
    drop(machine, len(machine.state.stack) - base - 1)
    machine.popn(1)
    machine.push(made)
    return True


class ByFunction:
    """The keys are what the function at this depth of the stack gives."""

    def __init__(self, depth):
        self.depth = depth

    def walk(self, machine, instruction, base):
        """What a walk over the items to the best of them begins with: the body, and the iterator that says which that is; or None."""
        iterator = consumed_calls.walk_at(machine, base + 2, instruction)
        return None if iterator is None else (consumed_calls.begun(machine, instruction, self.depth, iterator, best), iterator)

    def keys(self, machine, instruction, items):
        return consumed_calls.begun(machine, instruction, self.depth, consumed_calls.iterator_over(machine, items), keys)


def keys_of(machine, instruction, by, items, base):
    """The nodes of the list of keys, and of what says what it has if it is raw, else 0."""
    body = by.keys(machine, instruction, items)
    found = generators.consumed(machine, COLLECTOR, body, base)
    raw, kind = machine.routines.machine.hints.callee(body.code).form
    number = number_of_kinds(kind) if kind.__class__ is tuple else RAW_KINDS[kind].number if raw and machine.routine is None else 0
    return found.node, machine.int(number)


def in_order(machine, instruction, by, backwards, base):
    items = consumed_calls.items_at(machine, base + 2, instruction)
    if items is None:
        return in_place(machine, instruction, by, backwards, base)
    keys = keys_of(machine, instruction, by, items, base)
    node = asked(machine, "fj_items_sorted_by", items.node, *keys, machine.int(int(backwards)))
    machine.secure()
    made = kept(machine, node, list, base)
    made.example = list(items.example) if one_of(type(items.example), (list, tuple)) else None
    return made


def in_place(machine, instruction, by, backwards, base):
    """The list of what is no list, which has been made, is sorted itself."""
    made = consumed_calls.listed_at(machine, base + 2, instruction, base)
    if made is None:
        return None
    keys = keys_of(machine, instruction, by, made, base + 1)
    machine.guard(machine.emit("write_call", made.node, *keys, machine.int(int(backwards)), attr=("fj_list_sort_by", "i1"), type="i1"), "domain")
    put_home(machine, stack_slot(machine, base + 1), machine.const("ptr", None))
    return made


def extreme(builtin):
    """The row of min or max: one of the items, which the home of the call's first slot keeps from now on."""
    consumer, least = Best("<" if builtin is min else ">"), builtin is min

    def row(machine, instruction, by, backwards, base):
        found = None if (instruction.unit, BY_KEYS) in machine.hints.real_generators else by.walk(machine, instruction, base)
        if found is None:
            return of_listed(machine, instruction, by, least, base)
        machine.held = instruction.unit, BY_KEYS        # where the keys are no numbers, they are listed
        return at_place(machine, instruction, found[1], generators.consumed(machine, consumer, found[0], base).node, base)

    return row


def of_listed(machine, instruction, by, least, base):
    items = consumed_calls.items_at(machine, base + 2, instruction) or consumed_calls.listed_at(machine, base + 2, instruction, base + 1)
    if items is None:
        return None
    node = asked(machine, "fj_items_extreme_by", items.node, *keys_of(machine, instruction, by, items, base), machine.int(int(least)))
    machine.secure()
    made = item_of(kept(machine, node, None, base), items)
    put_home(machine, stack_slot(machine, base + 1), machine.const("ptr", None))
    return made


def item_of(made, items):
    example = sequence_example(items)
    made.example = None if example is MISSING else example
    return made


def at_place(machine, instruction, iterator, place, base):
    """The item that the iterator gave before it had come so far."""
    if iterator.__class__ is v.RangeIter:
        step = machine.int(iterator.step) if iterator.step.__class__ is int else iterator.step
        return v.Num("int", machine.emit("isub", place, step))
    place, container = machine.emit("isub", place, machine.int(1)), iterator.sequence
    if iterator.__class__ is Table and len(iterator.which) > 1:
        return v.Tup(entry_items(machine, iterator, place, instruction))
    which = "fj_table_" + iterator.which[0] if iterator.__class__ is Table else "fj_item_at"
    node = machine.emit("read_call", container.node, place, attr=(which, "ptr"), type="ptr")
    put_home(machine, stack_slot(machine, base), node)
    return v.Obj(None, node, "home", entry_example(iterator, iterator.which[0])) if iterator.__class__ is Table else item_of(v.Obj(None, node, "home"), container)


ROWS = ((sorted, in_order), (min, extreme(min)), (max, extreme(max)))       # compared by identity

__all__ = ["called", "mapped"]
