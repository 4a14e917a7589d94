"""Calls of C's functions that nothing of the program's hears of, as far as their arguments say, without a call-out.

    list(d.values()), sorted(names), a & b, xs == ys, repr(t)   ->   the function itself, behind a look at what the arguments hold (ext/silent_calls.c)

Where that finds something of the program's, or there is an error to raise, native code leaves before; the instruction is a call-out from then on.
"""

from collections import deque

from framejit._machine import knows_deque
from framejit.capture import tuples, values as v
from framejit.capture.function_table import counted
from framejit.capture.handlers.subscripting import drop
from framejit.capture.numbers import number
from framejit.capture.several import is_blank
from framejit.capture.texts import given, kept, put_instead
from framejit.tables.classes import one_of
from framejit.tables.silent_calls import COMPARISONS, ITEMS, JOINS, NUMBER, OF_ANY, OF_UNKNOWN, of_function

SITE = 740              # part of a site's key
VIEWS = tuple([type(view({})) for view in (dict.keys, dict.values, dict.items)])
WALKED = (list, tuple, set, frozenset, dict, *VIEWS, str, bytes, range, deque)
DRAINED = (zip, enumerate, map, *[type(iter(kind())) for kind in (list, tuple, str)], type(reversed([])), type(iter(range(0))))
PLAIN = (int, float, str, bool, complex, type(None))
SETS = (set, frozenset)
MOST = 3
WAITING = -2            # a truth that waits for a collection


def made(machine, function, arguments, instruction, names=()):
    """What a call of this function gives, as a row of FUNCTIONS does; None: a call-out.  `names`: of the last arguments."""
    row = of_function(function, names)
    if row is None or not row.least <= len(arguments) <= row.most or not is_ready(machine, instruction):
        return None
    if not all([may_fit(row, place, value) for place, value in enumerate(arguments)]):
        return None
    example = example_of(row, arguments)
    counted(machine)
    few(machine)
    if row.keeps:
        arguments = tuples.apart(machine, arguments)
    if row.changes:
        machine.secure()
    owned = [owned_by_call(machine, value) for value in arguments] + [machine.const("ptr", None)] * (MOST - len(arguments))
    if None in owned:
        return None
    nodes = [machine.object(function), machine.int(NUMBER[row.fits]), *([machine.object(names) if names else machine.const("ptr", None)] if names or row.changes else ()), *owned]
    result = answer(machine, row, nodes, instruction)
    if row.keeps:
        for value, node in zip(arguments, owned):
            machine.escaped(value, node)
    if result.__class__ is v.Obj:
        result.example = example
    return result


def owned_by_call(machine, value):
    """A reference of its own to the argument's object."""
    from framejit.capture import made_iterators
    return made_iterators.owned(machine, value)


def answer(machine, row, nodes, instruction):
    """The call, and what it gives."""
    if row.gives is type(None):
        has_happened(machine, machine.emit("write_call", *nodes, attr=("fj_silent_done", "i64"), type="i64"), instruction)
        return v.Const(None)
    if row.gives is bool:
        return v.Num("bool", known_truth(machine, machine.emit("write_call", *nodes, attr=("fj_silent_truth", "i64"), type="i64"), instruction, WAITING))
    name = "fj_silent_taken" if row.changes else "fj_silent_named" if row.names else "fj_silent_made"
    node = machine.emit("write_call", *nodes, attr=(name, "ptr"), type="ptr")
    waits_not(machine, machine.emit("pointer_bits", node), 1)
    return given(machine, is_done(machine, node, instruction), row.gives, instruction)


def is_ready(machine, instruction):
    """Whether it can be done here, and no exit has shown that the program hears of it, or that it raises."""
    return machine.held is None and not machine.pending and not machine.unseen and not machine.hints.sites.get((instruction.unit, SITE))


def few(machine):
    """Leaves where the few objects that C makes on its way may not be made without a collection."""
    machine.guard(machine.emit("read_call", attr=("fj_can_make_few", "i1"), type="i1"), "collection")


def is_done(machine, node, instruction):
    """The new object; where there is none native code leaves, and teaches."""
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "heard", machine.object(None), (instruction.unit, SITE))
    return node


def waits_not(machine, answer, waiting):
    """Leaves, and teaches nothing, where a collection has to come first."""
    machine.guard(machine.emit("icmp_ne", answer, machine.int(waiting)), "collection")


def has_happened(machine, answer, instruction):
    """The same as `is_done` of what changes its argument."""
    waits_not(machine, answer, -1)
    machine.guard(machine.emit("icmp_ne", answer, machine.int(0)), "heard", machine.object(None), (instruction.unit, SITE))


def known_truth(machine, answer, instruction, waiting=None):
    """The same of a truth."""
    if waiting is not None:
        waits_not(machine, answer, waiting)
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "heard", machine.object(None), (instruction.unit, SITE))
    return machine.emit("icmp_ne", answer, machine.int(0))


# ---- what arguments may be

def type_of(value):
    """The type that a value has or is likely to have; None: nobody knows."""
    if value.__class__ is v.Const:
        return type(value.value)
    if value.__class__ is v.Obj:
        return value.type if value.type is not None else None if value.example is None else type(value.example)
    return {v.Num: int, v.Tup: tuple, v.Range: range}.get(value.__class__)


def first_of(value):
    """An item of what is at hand; None where there is none."""
    example = value.value if value.__class__ is v.Const else value.example if value.__class__ is v.Obj else None
    return next(iter(example), None) if one_of(type(example), WALKED) else None


def may_fit(row, place, value):
    """Whether nothing says that this argument isn't what the row wants; one of unknown type is the interpreter's."""
    kind, over = type_of(value), place in ITEMS.get(row.fits, ())
    if kind is None or value.__class__ is v.Num and value.kind not in ("int", "float", "bool") or value.__class__ is v.Tup and row.fits in ITEMS:
        return kind is None and row.fits in OF_UNKNOWN and value.__class__ is v.Obj
    if not over:
        return place > 0 or row.fits not in FIRST or one_of(kind, FIRST[row.fits])
    if kind is deque and not knows_deque(deque):
        return False
    return one_of(kind, DRAINED) and row.fits in ("walked", "extended") or one_of(kind, WALKED) and may_be_flat(first_of(value), row.fits)


FIRST = {"one_table": (dict, zip, enumerate), "tables": (dict,), "values_by_name": (dict,), "added": (set,), "extended": (list,)}


def may_be_flat(item, fits):
    return fits in OF_ANY or one_of(type(item), (*PLAIN, tuple))


def example_of(row, arguments):
    """What the call is likely to give."""
    first = first_of(arguments[0]) if arguments and row.fits in ITEMS else None
    if row.gives is None:
        return first
    if first is not None and row.fits != "looked_for" and (one_of(row.gives, (list, tuple)) or one_of(row.gives, SETS) and one_of(type(first), PLAIN)):
        return row.gives([first])           # which asks no tuple for its hash
    return arguments[0].example if row.gives is dict and arguments and arguments[0].__class__ is v.Obj and type(arguments[0].example) is dict else None


# ---- operators

def compared(machine, instruction):
    """Whether two lists, tuples or sets on top of the stack have been compared."""
    how, pair = COMPARISONS.get(instruction.arg), machine.state.stack[-2:]
    kinds = [type_of(value) for value in pair]
    if how is None or not is_ready(machine, instruction) or not all([one_of(kind, (list, tuple, *SETS)) for kind in kinds]):
        return False
    if not all([may_be_compared(value) for value in pair]):
        return False
    nodes = as_objects(machine, pair)
    if nodes is None:
        return False
    answer = machine.emit("read_call", *nodes, machine.int(how), attr=("fj_silent_compared", "i64"), type="i64")
    truth = known_truth(machine, answer, instruction)
    drop(machine, 2)
    machine.push(v.Num("bool", truth))
    return True


def may_be_compared(value):
    return one_of(type(first_of(value)), (*PLAIN, tuple, list))


def joined(machine, instruction):
    """Whether & | - ^ of two sets on top of the stack has been done."""
    symbol, inplace = instruction.arg
    pair = machine.state.stack[-2:]
    if symbol == "*" and not inplace:
        return repeated(machine, instruction)
    kinds = (dict,) if symbol == "|" and one_of(type_of(pair[0]), (dict,)) else SETS
    if symbol not in JOINS or inplace or not is_ready(machine, instruction) or not all([one_of(type_of(value), kinds) and may_be_flat(first_of(value), symbol) for value in pair]):
        return False
    nodes, gives = as_objects(machine, pair), type_of(pair[0])
    if nodes is None:
        return False
    few(machine)
    node = machine.emit("write_call", *nodes, machine.int(JOINS[symbol]), attr=("fj_silent_joined", "ptr"), type="ptr")
    is_done(machine, node, instruction)
    machine.secure()
    result = kept(machine, node, gives, len(machine.state.stack) - 2)
    result.example = pair[0].example if pair[0].__class__ is v.Obj else None
    drop(machine, 1)
    machine.popn(1)
    machine.push(result)
    return True


def repeated(machine, instruction):
    """Whether a list or tuple times an int, on top of the stack, has been made."""
    items, count = machine.state.stack[-2:]
    found = number(machine, count)
    if not is_ready(machine, instruction) or items.__class__ is not v.Obj or not one_of(type_of(items), (list, tuple)) or found is None or found.kind != "int":
        return False
    few(machine)
    node = machine.emit("write_call", items.node, found.node, attr=("fj_silent_repeated", "ptr"), type="ptr")
    put_instead(machine, 2, is_done(machine, node, instruction), type_of(items), items.example)
    return True


def part_of_text(machine, instruction):
    """Whether text[start:stop:step], of the four entries on top, has been made: its bounds are constants."""
    text, *bounds = machine.state.stack[-4:]
    if type_of(text) is not str or text.__class__ is not v.Obj or not all([bound.__class__ is v.Const and one_of(type(bound.value), (int, type(None))) for bound in bounds]) or not is_ready(machine, instruction):
        return False
    counted(machine)
    node = machine.emit("write_call", text.node, machine.object(slice(*[bound.value for bound in bounds])), attr=("fj_silent_part", "ptr"), type="ptr")
    put_instead(machine, 4, is_done(machine, node, instruction))
    return True


# ---- displays

def displayed(machine, instruction):
    """Whether a set of the few entries on top has been made."""
    count = instruction.arg
    if count > MOST or not is_ready(machine, instruction):
        return False
    values = tuples.apart(machine, machine.state.stack[len(machine.state.stack) - count:])
    if not all([type_of(value) is not None and may_be_flat(value.example if value.__class__ is v.Obj else None, "") or value.__class__ is v.Tup for value in values]):
        return False
    few(machine)
    owned = [machine.boxed(value) for value in values]
    if None in owned:
        return False
    node = machine.emit("write_call", *owned, *[machine.const("ptr", None)] * (MOST - count), attr=("fj_silent_set", "ptr"), type="ptr")
    is_done(machine, node, instruction)
    for value, one in zip(values, owned):
        machine.escaped(value, one)
    example = [value.value if value.__class__ is v.Const else 0 if value.__class__ is v.Num else value.example for value in values]
    put_instead(machine, count, node, set, {one for one in example if one_of(type(one), PLAIN)})
    return True


COLLECTED = {"LIST_EXTEND": (list, list.extend), "SET_UPDATE": (set, set.update), "DICT_UPDATE": (dict, dict.update)}


def collected(machine, instruction):
    """Whether what is on top has been added to the list, set or dictionary that is being displayed."""
    kind, function = COLLECTED[instruction.op]
    target, items = machine.state.stack[-1 - instruction.arg], machine.state.stack[-1]
    row = of_function(function)
    if target.__class__ is not v.Obj or target.type is not kind or not is_ready(machine, instruction) or not all([may_fit(row, place, value) for place, value in enumerate((target, items))]):
        return False
    if items.__class__ not in (v.Obj, v.Const):
        return False
    few(machine)
    machine.secure()
    nodes = as_objects(machine, [machine.state.stack[-1 - instruction.arg], machine.state.stack[-1]])
    has_happened(machine, machine.emit("write_call", *nodes, attr=("fj_silent_collected", "i64"), type="i64"), instruction)
    first = first_of(items)
    target = machine.state.stack[-1 - instruction.arg]
    if first is not None and is_blank(target.example):
        target.example = EXAMPLES[kind](first, items, target.example)
    drop(machine, 1)
    return True


EXAMPLES = {
    list: lambda first, items, known: list(items.value) if items.__class__ is v.Const else [first],
    set: lambda first, items, known: {first} if one_of(type(first), PLAIN) else known,
    dict: lambda first, items, known: {first: next(iter(items.example.values()))} if items.__class__ is v.Obj and one_of(type(first), PLAIN) else known,
}


def tuple_of_list(machine, instruction):
    """Whether the list on top, which (*t, 1) has collected, has become a tuple."""
    value = machine.state.stack[-1]
    if value.__class__ is not v.Obj or value.type is not list or not is_ready(machine, instruction):
        return False
    few(machine)
    node = machine.emit("write_call", value.node, attr=("fj_items_tuple", "ptr"), type="ptr")
    put_instead(machine, 1, is_done(machine, node, instruction), tuple, tuple(value.example) if type(value.example) is list else None)
    return True


def as_objects(machine, pair):
    """The nodes of two operands that are objects; None where one would have to be made."""
    return [machine.object(value.value) if value.__class__ is v.Const else value.node for value in pair] if all([value.__class__ in (v.Const, v.Obj) for value in pair]) else None


__all__ = ["collected", "compared", "displayed", "joined", "made", "part_of_text"]
