"""sorted, min and max whose key is the `get` of a dictionary: the method object is never made.

    max(counts, key=counts.get)         ->   a routine walks over the entries, whose values are the keys
    sorted(words, key=counts.get)       ->   a routine looks each word up

From where the method would be read up to the call nothing but reads may be emitted: every exit goes back there.
"""

from framejit.capture import consumed_calls, generators, keyed, values as v
from framejit.capture.dictionaries import TABLES
from framejit.capture.exact_types import exactly
from framejit.capture.handlers.stack import own_home
from framejit.capture.walked_tables import walked
from framejit.tables.classes import one_of

SITE = 736              # part of a site's key: the dictionary


def values(items):
    for item in items: yield item      # noqa: E701 (both are the line of the method)


def best_values(items):
    for item in items: yield item      # noqa: E701


def looked_up(items, table):
    for item in items: yield table.get(item)      # noqa: E701


def best_looked_up(items, table):
    for item in items: yield table.get(item)      # noqa: E701


class ByTable:
    """The keys are what the dictionary has for the items; `same`: which are its own keys."""

    def __init__(self, table, same):
        self.table, self.same = table, same

    def walk(self, machine, instruction, base):
        if self.same:
            return begun(machine, instruction, best_values, walked(machine, self.table, ("value",))), walked(machine, self.table, ("key",))
        iterator = consumed_calls.walk_at(machine, base + 2, instruction)
        return None if iterator is None else (begun(machine, instruction, best_looked_up, iterator, self.table), iterator)

    def keys(self, machine, instruction, items):
        if self.same:
            return begun(machine, instruction, values, walked(machine, self.table, ("value",)))
        return begun(machine, instruction, looked_up, consumed_calls.iterator_over(machine, items), self.table)


def begun(machine, instruction, body, iterator, *cells):
    made = generators.Body(consumed_calls.code_of(machine, instruction, body), cells)
    made.iterator = iterator
    machine.held = instruction.unit
    return made


def called(machine, instruction):
    """Whether the `get` of the stack's top has been read and been the key of a call, whose result lies on the stack."""
    call, base = machine.following(), len(machine.state.stack) - 4
    if base < 0 or call is None or (call.op, call.arg) != ("CALL", (2, ("key",))) or call.unit in machine.code.stops or machine.splits(instruction):
        return False
    callee, receiver = machine.state.stack[base:base + 2] if machine.code.null_above else machine.state.stack[base:base + 2][::-1]
    row, (items, table) = keyed.row_of(callee), machine.state.stack[-2:]
    if row is None or not consumed_calls.is_free(machine, instruction, receiver) or own_home(machine, items) or own_home(machine, table):
        return False
    likely = table.__class__ is v.Obj and one_of(type(table.example) if table.type is None else table.type, TABLES)
    same = table is items
    table = exactly(machine, table, TABLES, instruction, SITE) if likely else None
    if table is None:
        return False
    if same:            # which finds each key by its identity
        machine.guard(machine.emit("read_call", table.node, attr=("fj_table_is_plain", "i1"), type="i1"), "key")
    made = keyed.given(machine, row(machine, instruction, ByTable(table, same), False, base), base)
    if made:
        machine.jump(call.next)
    return made


__all__ = ["called"]
