"""Calls of C's functions that nothing of the program's hears of, as far as their arguments say, without a call-out.

    list(d.values()), sorted(names), a & b, xs == ys, repr(t)   ->   the function itself, behind a look at what the arguments hold (ext/silent_calls.c)

Where that finds something of the program's, or there is an error to raise, native code leaves before; the instruction is a call-out from then on.
"""

from framejit.capture import values as v
from framejit.capture.function_table import counted
from framejit.capture.handlers.subscripting import drop
from framejit.capture.texts import given, kept
from framejit.tables.classes import one_of
from framejit.tables.silent_calls import COMPARISONS, ITEMS, JOINS, NUMBER, of_function

SITE = 740              # part of a site's key
VIEWS = tuple([type(view({})) for view in (dict.keys, dict.values, dict.items)])
WALKED = (list, tuple, set, frozenset, dict, *VIEWS, str, bytes, range)
PLAIN = (int, float, str, bool, complex, type(None))
SETS = (set, frozenset)
MOST = 3


def made(machine, function, arguments, instruction):
    """What a call of this function gives, as a row of FUNCTIONS does; None: a call-out."""
    row = of_function(function)
    if row is None or not row.least <= len(arguments) <= row.most or not is_ready(machine, instruction):
        return None
    if not all([may_fit(row, place, value) for place, value in enumerate(arguments)]):
        return None
    example = example_of(row, arguments)
    counted(machine)
    few(machine)
    nodes = [machine.boxed(value) for value in arguments] + [machine.const("ptr", None)] * (MOST - len(arguments))
    if None in nodes:
        return None
    nodes = [machine.object(function), machine.int(NUMBER[row.fits]), *nodes]
    if row.gives is bool:
        answer = machine.emit("write_call", *nodes, attr=("fj_silent_truth", "i64"), type="i64")
        return v.Num("bool", known_truth(machine, answer, instruction))
    node = machine.emit("write_call", *nodes, attr=("fj_silent_made", "ptr"), type="ptr")
    result = given(machine, is_done(machine, node, instruction), row.gives, instruction)
    if result.__class__ is v.Obj:
        result.example = example
    return result


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


def known_truth(machine, answer, instruction):
    """The same of a truth."""
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "heard", machine.object(None), (instruction.unit, SITE))
    return machine.emit("icmp_ne", answer, machine.int(0))


# ---- what arguments may be

def type_of(value):
    """The type that a value has or is likely to have; None: nobody knows."""
    if value.__class__ is v.Const:
        return type(value.value)
    if value.__class__ is v.Obj:
        return value.type or (None if value.example is None else type(value.example))
    return {v.Num: int, v.Tup: tuple}.get(value.__class__)


def first_of(value):
    """An item of what is at hand; None where there is none."""
    example = value.value if value.__class__ is v.Const else value.example if value.__class__ is v.Obj else None
    return next(iter(example), None) if one_of(type(example), WALKED) else None


def may_fit(row, place, value):
    """Whether nothing says that this argument isn't what the row wants; one of unknown type is the interpreter's."""
    kind = type_of(value)
    if kind is None or value.__class__ is v.Num and value.kind not in ("int", "float", "bool") or value.__class__ is v.Tup and row.fits in ITEMS:
        return False
    if row.fits not in ITEMS or place > (row.fits == "sets"):
        return row.fits != "one_table" or kind is dict
    return one_of(kind, WALKED) and may_be_flat(first_of(value), row.fits)


def may_be_flat(item, fits):
    return fits in ("walked", "of_truths") or one_of(type(item), (*PLAIN, tuple))


def example_of(row, arguments):
    """What the call is likely to give."""
    first = first_of(arguments[0]) if arguments and row.fits in ITEMS else None
    if row.gives is None:
        return first
    if first is not None and row.fits != "looked_for" and (one_of(row.gives, (list, tuple)) or one_of(row.gives, SETS) and one_of(type(first), PLAIN)):
        return row.gives([first])           # which asks no tuple for its hash
    return arguments[0].example if row.gives is dict and arguments[0].__class__ is v.Obj else None


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
    if symbol not in JOINS or inplace or not is_ready(machine, instruction) or not all([one_of(type_of(value), SETS) and may_be_flat(first_of(value), symbol) for value in pair]):
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


def as_objects(machine, pair):
    """The nodes of two operands that are objects; None where one would have to be made."""
    return [machine.object(value.value) if value.__class__ is v.Const else value.node for value in pair] if all([value.__class__ in (v.Const, v.Obj) for value in pair]) else None


__all__ = ["compared", "joined", "made"]
