"""Functions that are compiled in place: builtins, methods of lists, the math module.  One row each.

A row takes (machine, argument values, instruction) and gives the result, or None for a plain call-out.  Nothing may
have happened when it gives None or leaves.
"""

import builtins
import math

from framejit.capture import numbers, raw_items, raw_lists, tuples, values as v
from framejit.capture.iterators import LARGE, iterator_of
from framejit.capture.scalar_functions import Rows
from framejit.capture.subscripts import integer_index, list_item, list_room, narrowed, typed, site_of, sequence_example
from framejit.tables.types import KINDS

FUNCTIONS = Rows()
PYTHON = ("int", "float", "bool")


def function(*objects):
    def register(row):
        for target in objects:
            FUNCTIONS[id(target)] = (target, row)
        return row

    return register


def python_numbers(machine, arguments):
    """All arguments as Python numbers, or None."""
    found = [numbers.number(machine, argument) for argument in arguments]
    return None if any(value is None or value.kind not in PYTHON for value in found) else found


def python_int(machine, value):
    found = numbers.number(machine, value)
    return found if found is not None and found.kind in ("int", "bool") else None


@function(builtins.len)
def length(machine, arguments, instruction):
    if len(arguments) != 1:
        return None
    value = arguments[0]
    value = narrowed(machine, value, instruction, 60)
    if value.__class__ is v.Obj and value.type in (list, tuple):
        return v.Num("int", machine.emit("field", value.node, attr="var_size", type="i64"))
    if value.__class__ is v.Array:
        return v.Num("int", value.dims[0])
    if value.__class__ is v.Raw:
        return v.Num("int", raw_lists.size(machine, value))
    if value.__class__ is v.Tup:
        return v.Const(len(value.items))
    return None


@function(builtins.abs)
def absolute(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 1:
        return None
    value = found[0]
    if value.kind == "float":
        return v.Num("float", machine.emit("fabs", value.node))
    if value.kind == "int":
        value, = machine.identified([value], instruction)
    node = numbers.as_int(machine, value)
    negative = machine.emit("isub_ovf", machine.int(0), node, exit=machine.exit("overflow"))
    below = machine.emit("icmp_slt", node, machine.int(0))
    box = None if value.box is None else machine.emit("select", below, machine.const("ptr", None), value.box)
    slot = value.slot and (value.slot[0], machine.emit("select", below, machine.int(-1), value.slot[1]))
    return v.Num("int", machine.emit("select", below, negative, node), box, value.owner, slot)


def extremum(symbol):
    """min and max give back the very object; a later one wins only if it compares so."""

    def row(machine, arguments, instruction):
        found = python_numbers(machine, arguments)
        if found is None or len(found) < 2 or len({value.kind for value in found}) != 1:
            return None
        found = of_one_list(machine, machine.identified(found, instruction))
        best = found[0]
        for value in found[1:]:
            if value is best:
                continue
            wins = numbers.compare(machine, symbol, value, best)
            node = machine.emit("select", wins, value.node, best.node)
            box = None
            if value.box is not None or best.box is not None:
                null = machine.const("ptr", None)
                box = machine.emit("select", wins, value.box or null, best.box or null)
            owner = common_owner({each.owner for each in (value, best) if each.box is not None})
            best = v.Num(value.kind, node, box, owner, chosen_slot(machine, wins, value, best))
        return best

    return row


def common_owner(owners):
    return owners.pop() if len(owners) == 1 else "item" if "item" in owners else "home"


def of_one_list(machine, values):
    """The numbers; items of more than one raw list become objects."""
    lists = {id(value.slot[0]) for value in values if value.slot is not None}
    return values if len(lists) < 2 else [raw_lists.unslotted(machine, value) for value in values]


def chosen_slot(machine, condition, value, other):
    """Where the chosen number is an item."""
    slots = [each.slot for each in (value, other)]
    known = next((slot for slot in slots if slot is not None), None)
    if known is None:
        return None
    return known[0], machine.emit("select", condition, *[machine.int(-1) if slot is None else slot[1] for slot in slots])


function(builtins.min)(extremum("<"))
function(builtins.max)(extremum(">"))


@function(builtins.int)
def to_int(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 1:
        return None
    value = found[0]
    if value.kind == "int":
        return value
    if value.kind == "bool":
        return v.Num("int", numbers.as_int(machine, value))
    return v.Num("int", float_to_int(machine, value.node))


def float_to_int(machine, node):
    """Truncation; leaves outside of 64 bits."""
    below = machine.emit("fcmp_olt", node, machine.const("f64", 2.0**63))
    above = machine.emit("fcmp_oge", node, machine.const("f64", -(2.0**63)))
    machine.guard(machine.emit("iand", below, above), "overflow")
    return machine.emit("fptosi", node, attr="i64", type="i64")


@function(builtins.float)
def to_float(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 1:
        return None
    return found[0] if found[0].kind == "float" else v.Num("float", numbers.as_float(machine, found[0]))


@function(builtins.bool)
def to_bool(machine, arguments, instruction):
    from framejit.capture.truth import ROWS
    if len(arguments) != 1:
        return None
    row = ROWS.get(arguments[0].__class__)
    node = None if row is None else row(machine, arguments[0])
    return None if node is None else v.Num("bool", node)


@function(builtins.round)
def rounded(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 1:
        return None
    if found[0].kind != "float":
        return numbers.positive(machine, found[0])
    return v.Num("int", float_to_int(machine, machine.emit("froundeven", found[0].node)))


@function(builtins.divmod)
def quotient_and_remainder(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 2:
        return None
    if instruction is None:
        return None
    numbers.leaves_operand(machine, *found, instruction)
    return v.Tup([numbers.binary(machine, symbol, *found) for symbol in ("//", "%")])


@function(builtins.pow, math.pow)
def power(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 2:
        return None
    return numbers.binary(machine, "**", *found) if instruction is not None and "float" in (found[0].kind, found[1].kind) else None


@function(builtins.range)
def range_(machine, arguments, instruction):
    found = [python_int(machine, argument) for argument in arguments]
    if None in found or not 1 <= len(found) <= 3:
        return None
    nodes = [numbers.as_int(machine, value) for value in found]
    if len(nodes) == 1:
        nodes.insert(0, machine.int(0))
    if len(nodes) == 2:
        nodes.append(machine.int(1))
    start, stop, step = nodes
    if step.op == "const" and step.attr == 0:
        return None
    if step.op != "const":
        machine.guard(machine.emit("icmp_ne", step, machine.int(0)), "range step")
    if step.op != "const" or abs(step.attr) != 1:
        for node in (start, stop):
            if node.op != "const":
                near = machine.emit("icmp_ult", machine.emit("iadd", node, machine.int(LARGE)), machine.int(2 * LARGE - 1))
                machine.guard(near, "overflow")
    return v.Range(*[v.Num("int", node) for node in nodes])


FAR = 2**62       # nobody counts from here to what doesn't fit


@function(builtins.enumerate)
def enumerated(machine, arguments, instruction):
    if not 1 <= len(arguments) <= 2:
        return None
    start = python_int(machine, arguments[1]) if len(arguments) == 2 else v.Num("int", machine.int(0))
    inner = inner_iterators(machine, arguments[:1], instruction)
    if start is None or inner is None:
        return None
    first = numbers.as_int(machine, start)
    machine.guard(machine.emit("icmp_slt", first, machine.int(FAR)), "overflow")
    return v.Pairs(first, inner)


@function(builtins.zip)
def zipped(machine, arguments, instruction):
    inner = inner_iterators(machine, arguments, instruction) if arguments else None
    return None if inner is None else v.Pairs(None, inner)


def inner_iterators(machine, arguments, instruction):
    """Virtual iterators over all arguments, whose objects the result's stack slot keeps alive; or None."""
    count = instruction.arg[0] + 2
    objects = []
    for value in arguments:
        if value.__class__ is v.Range and value.step.node.op == "const" and value.step.node.attr:
            continue
        if value.__class__ is v.Obj and value.type is list or value.__class__ is v.Array and value.node is not None:
            objects.append(value)
            continue
        return None
    slot = len(machine.state.locals) + len(machine.state.stack) - count
    if objects:
        keep = machine.emit("own_tuple", *[machine.emit("own", value.node, attr=("OBJECT", 0)) for value in objects])
        machine.secure()
        machine.emit("home_take", keep, attr=(slot, False), exit=machine.exit("home"))
    found = []
    for value in arguments:
        if value.__class__ is v.Range:
            found.append(iterator_of(machine, value, instruction))
        elif value.__class__ is v.Array:
            found.append(v.SeqIter(value, machine.int(0)))
        else:
            found.append(v.SeqIter(v.Obj(list, value.node, "home", value.example), machine.int(0)))
    return found


# ---- lists

@function(list.append)
def append(machine, arguments, instruction):
    if len(arguments) == 2 and arguments[0].__class__ is v.Raw:
        return v.Const(None) if raw_items.append(machine, *arguments, instruction) else None
    if len(arguments) != 2 or arguments[0].__class__ is not v.Obj or arguments[0].type is not list:
        return None
    raw_items.learn(machine, *arguments)
    target, value = tuples.apart(machine, arguments)
    list_room(machine, target)
    new = machine.boxed(value)
    if new is None:
        return None
    machine.emit("write_call", target.node, new, attr=("fj_list_append", None))
    machine.escaped(value, new)
    return v.Const(None)


@function(list.pop)
def pop(machine, arguments, instruction):
    """pop() of a list of numbers; the item's reference becomes the result's."""
    if len(arguments) == 1 and arguments[0].__class__ is v.Raw:
        return raw_items.pop(machine, arguments[0], instruction)
    if len(arguments) != 1 or arguments[0].__class__ is not v.Obj or arguments[0].type is not list:
        return None
    sequence = arguments[0]
    size = machine.emit("field", sequence.node, attr="var_size", type="i64")
    machine.guard(machine.emit("icmp_sgt", size, machine.int(0)), "index")
    item = list_item(machine, sequence, machine.emit("isub", size, machine.int(1)), instruction)
    if item.__class__ is not v.Num:
        return None
    machine.secure()
    slot = len(machine.state.locals) + len(machine.state.stack) - instruction.arg[0] - 2
    machine.emit("home_set", item.box or machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))
    machine.emit("write_call", sequence.node, attr=("fj_list_drop_last", None))
    return v.Num(item.kind, item.node, item.box)


@function(builtins.reversed)
def reversed_(machine, arguments, instruction):
    """reversed(range(...)): the same numbers from the other end."""
    if len(arguments) != 1 or arguments[0].__class__ is not v.Range or arguments[0].step.node.op != "const":
        return None
    start, stop, step = (part.node for part in (arguments[0].start, arguments[0].stop, arguments[0].step))
    if step.attr != 1:
        return None
    one = machine.int(1)
    bounds = [machine.emit("isub_ovf", end, one, exit=machine.exit("overflow")) for end in (stop, start)]
    return v.RangeIter(*bounds, -1)


# ---- math: libm's functions; where CPython would raise, the result isn't finite

def math_function(name, arity=1):
    def row(machine, arguments, instruction):
        found = python_numbers(machine, arguments)
        if found is None or len(found) != arity:
            return None
        nodes = [numbers.as_float(machine, value) for value in found]
        result = machine.emit("pure_call", *nodes, attr=(name, "f64"), type="f64")
        numbers.finite(machine, result, "domain")
        return v.Num("float", result)

    return row


for _name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "expm1", "log1p"):
    function(getattr(math, _name))(math_function(_name))
for _name in ("atan2", "fmod", "copysign"):
    function(getattr(math, _name))(math_function(_name, 2))


@function(math.sqrt)
def square_root(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 1:
        return None
    node = numbers.as_float(machine, found[0])
    machine.guard(machine.emit("fcmp_oge", node, machine.const("f64", 0.0)), "domain")
    return v.Num("float", machine.emit("fsqrt", node))


@function(math.fabs)
def float_absolute(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 1:
        return None
    return v.Num("float", machine.emit("fabs", numbers.as_float(machine, found[0])))


def to_integral(op):
    def row(machine, arguments, instruction):
        found = python_numbers(machine, arguments)
        if found is None or len(found) != 1 or found[0].kind != "float":
            return None
        return v.Num("int", float_to_int(machine, machine.emit(op, found[0].node)))

    return row


for _name in ("floor", "ceil", "trunc"):
    function(getattr(math, _name))(to_integral("f" + _name))


def logarithm(name):
    """log, log2, log10 of a positive finite number; CPython's m_log is libm's there."""

    def row(machine, arguments, instruction):
        found = python_numbers(machine, arguments)
        if found is None or len(found) != 1:
            return None
        node = numbers.as_float(machine, found[0])
        machine.guard(machine.emit("fcmp_ogt", node, machine.const("f64", 0.0)), "domain")
        numbers.finite(machine, node, "domain")
        return v.Num("float", machine.emit("pure_call", node, attr=(name, "f64"), type="f64"))

    return row


for _name in ("log", "log2", "log10"):
    function(getattr(math, _name))(logarithm(_name))


def predicate(build):
    def row(machine, arguments, instruction):
        found = python_numbers(machine, arguments)
        if found is None or len(found) != 1:
            return None
        return v.Num("bool", build(machine, numbers.as_float(machine, found[0])))

    return row


function(math.isnan)(predicate(lambda machine, node: machine.emit("fcmp_uno", node, node)))
function(math.isinf)(predicate(lambda machine, node: machine.emit("fcmp_oeq", machine.emit("fabs", node), machine.const("f64", math.inf))))
function(math.isfinite)(predicate(lambda machine, node: machine.emit("fcmp_olt", machine.emit("fabs", node), machine.const("f64", math.inf))))

FUNCTIONS.extend()

__all__ = ["FUNCTIONS", "KINDS", "integer_index", "typed", "site_of", "sequence_example"]
