"""Builtins over numbers: one row each (capture/function_table.py)."""

from collections import deque

from framejit.capture import alternatives, complex_numbers, dictionaries, mixed, numbers, packed, raw_lists, texts, values as v
from framejit.capture.call_operands import drop_arguments, keep_chosen
from framejit.capture.choices import chosen, of_one_list
from framejit.capture.exact_types import exactly
from framejit.capture.forgotten import follow_choice
from framejit.capture.function_table import PYTHON, counted, function, python_int, python_number, python_numbers, rules_of
from framejit.capture.iterators import as_range
from framejit.capture.scalar_extremes import of_several
from framejit.capture.subscripts import narrowed
from framejit.tables.classes import one_of
from framejit.tables.types import PAIR


@function(int.bit_length)
def bit_length(machine, arguments, instruction):
    return counted_bits(machine, arguments, "fj_bit_length")


@function(int.bit_count)
def bit_count(machine, arguments, instruction):
    return counted_bits(machine, arguments, "fj_bit_count")


def counted_bits(machine, arguments, name):
    value = python_int(machine, arguments[0]) if len(arguments) == 1 else None
    if value is None:
        return None
    counted(machine)
    return v.Num("int", machine.emit("pure_call", numbers.as_int(machine, value), attr=(name, "i64"), type="i64"))


@function(len)
def length(machine, arguments, instruction):
    if len(arguments) != 1:
        return None
    value = narrowed(machine, arguments[0], instruction, 60)
    value = named_tuples().as_tuple(machine, value, instruction, "__len__") or list_subclasses().as_list(machine, value, instruction, "__len__") or value
    value = exactly(machine, value, SIZED, instruction, 60) or value
    row = LENGTHS.get(value.__class__)
    return None if row is None else row(machine, value)


SIZED = (*dictionaries.TABLES, set, str, bytes, bytearray, range, deque)


def list_subclasses():
    from framejit.capture import list_subclasses
    return list_subclasses


def named_tuples():
    from framejit.capture import named_tuples
    return named_tuples


def size_of_object(machine, value):
    if value.type is set:
        return v.Num("int", machine.emit("read_call", value.node, attr=("fj_set_size", "i64"), type="i64"))
    if value.type is range:
        found = as_range(machine, value)
        return None if found is None else size_of_range(machine, found)
    if not one_of(value.type, (list, tuple, str, bytes, bytearray, deque, *dictionaries.TABLES)) and type(value.type) is not packed.Packed:
        return None
    return v.Num("int", machine.emit("field", value.node, attr="var_size", type="i64"))


def size_of_range(machine, value):
    """(last - first - 1) // step + 1; a length beyond 64 bits is left to the interpreter."""
    start, stop, step = (part.node for part in (value.start, value.stop, value.step))
    if step.op != "const" or step.attr == -2**63:
        return None
    first, last = (start, stop) if step.attr > 0 else (stop, start)
    between = machine.emit("isub_ovf", last, first, exit=machine.exit("overflow"))
    none = machine.emit("icmp_sle", between, machine.int(0))
    steps = machine.emit("udiv", machine.emit("isub", between, machine.int(1)), machine.int(abs(step.attr)))
    return v.Num("int", machine.emit("select", none, machine.int(0), machine.emit("iadd", steps, machine.int(1))))


LENGTHS = {
    v.Obj: size_of_object,
    v.Array: lambda machine, value: v.Num("int", value.dims[0]),
    v.Raw: lambda machine, value: v.Num("int", raw_lists.size(machine, value)),
    v.Tup: lambda machine, value: v.Const(len(value.items)),
    v.Range: size_of_range,
    v.Const: lambda machine, value: v.Const(len(value.value)) if one_of(type(value.value), (str, tuple, bytes)) else None,
}


@function(abs)
def absolute(machine, arguments, instruction):
    if instruction is not None and [mixed.may_be_number(argument) for argument in arguments] == [True]:
        return mixed.asked(machine, "fj_mixed_absolute", None, instruction, arguments[0].node)
    value = python_number(machine, arguments)
    if value is None:
        return complex_functions().absolute(machine, arguments, instruction)
    if value.kind == "float":
        return v.Num("float", machine.emit("fabs", value.node))
    if value.kind == "int":
        value, = machine.identified([value], instruction)
    node = numbers.as_int(machine, value)
    negative = machine.emit("isub_ovf", machine.int(0), node, exit=machine.exit("overflow"))
    below = machine.emit("icmp_slt", node, machine.int(0))
    box = None if value.box is None else machine.emit("select", below, machine.const("ptr", None), value.box)
    slot = value.slot and (value.slot[0], machine.emit("select", below, machine.int(-1), value.slot[1]))
    made = v.Num("int", machine.emit("select", below, negative, node), box, value.owner, slot)
    follow_choice(machine, made, below, None, value, instruction)
    return made


def complex_functions():
    from framejit.capture import complex_functions
    return complex_functions


def extremum(symbol):
    """min and max give back the very object; a later one wins only if it compares so."""

    def row(machine, arguments, instruction):
        of_objects = mixed.extremum(machine, symbol, arguments, instruction)
        if of_objects is not None:
            return of_objects
        found = python_numbers(machine, arguments)
        if found is None or len(found) < 2:
            return None
        if len({value.kind for value in found}) != 1 and len(found) > 2:
            return of_several_of_two_kinds(machine, symbol, found, instruction)
        if len({value.kind for value in found}) != 1:
            return of_two_kinds(machine, symbol, found, instruction)
        found = of_one_list(machine, machine.identified(found, instruction))
        best = found[0]
        for value in found[1:]:
            if value is best:
                continue
            wins = numbers.compare(machine, symbol, value, best)
            made = chosen(machine, wins, value, best)
            follow_choice(machine, made, wins, value, best, instruction)
            best = made
        return best

    return row


def of_several_of_two_kinds(machine, symbol, found, instruction):
    """The same of more than two."""
    if not may_go_apart(machine, instruction) or machine.splits(instruction):
        return None
    machine.tells_apart = True
    return of_several(machine, symbol, found, instruction)


def may_go_apart(machine, instruction):
    """Whether the paths of numbers of two kinds may go on apart here."""
    return instruction is not None and alternatives.may_split(machine, instruction) and machine.hints.tells_apart


def of_two_kinds(machine, symbol, found, instruction):
    """The first of an int and a float, in the block at hand; where the other one wins, the next instruction is gone on with there."""
    kinds = [value.kind for value in found]
    if sorted(kinds) != ["float", "int"] or not may_go_apart(machine, instruction):
        return None
    wins, base = numbers.compare(machine, symbol, found[1], found[0]), len(machine.state.stack) - 4
    if wins is None:
        return None
    machine.tells_apart = True
    own, others, before = machine.graph.block(), machine.graph.block(), machine.state
    machine.end("branch", (wins,), [(own, []), (others, [])])
    machine.block, machine.state = own, before.copy()
    keep_chosen(machine, base, found, found[1])
    drop_arguments(machine, base + 2, 2)
    machine.popn(4)
    machine.push(found[1])
    machine.jump(instruction.next)
    machine.block, machine.state = others, before
    return found[0]


function(min)(extremum("<"))
function(max)(extremum(">"))


@function(int)
def to_int(machine, arguments, instruction):
    if instruction is not None and [mixed.may_be_number(argument) for argument in arguments] == [True]:
        return mixed.asked(machine, "fj_mixed_int", int, instruction, arguments[0].node)
    value = python_number(machine, arguments)
    if value is None:
        return texts.number_of_text(machine, int, arguments, instruction)
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


@function(float)
def to_float(machine, arguments, instruction):
    value = python_number(machine, arguments)
    if value is None:
        return texts.number_of_text(machine, float, arguments, instruction)
    return value if value.kind == "float" else v.Num("float", numbers.as_float(machine, value))


@function(bool)
def to_bool(machine, arguments, instruction):
    from framejit.capture.truth import ROWS
    if len(arguments) != 1:
        return None
    row = ROWS.get(arguments[0].__class__)
    node = None if row is None else row(machine, arguments[0])
    return None if node is None else v.Num("bool", node)


@function(round)
def rounded(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) not in (1, 2):
        return None
    if len(found) == 2:
        return rounded_to(machine, *found)
    if found[0].kind != "float":
        return numbers.positive(machine, found[0])
    return v.Num("int", float_to_int(machine, machine.emit("froundeven", found[0].node)))


def rounded_to(machine, value, digits):
    """A float, far from what could overflow; an int to places behind the point is itself."""
    if value.kind == "int" and digits.node.op == "const" and digits.node.attr >= 0:
        return numbers.positive(machine, value)
    if digits.kind != "int" or value.kind != "float":
        return None
    numbers.below(machine, value.node, 1e300)
    arguments = machine.object(round), value.node, digits.node
    return v.Num("float", machine.emit("pure_call", *arguments, attr=("fj_float_rounded", "f64"), type="f64"))


@function(divmod)
def quotient_and_remainder(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 2:
        return None
    if instruction is None:
        return None
    numbers.leaves_operand(machine, *found, instruction)
    return v.Tup([numbers.binary(machine, symbol, *found) for symbol in ("//", "%")])


@function(pow)
def power(machine, arguments, instruction):
    found = [complex_numbers.number(machine, argument) for argument in arguments]
    if len(found) == 3 and all([value is not None and value.kind in ("int", "bool") for value in found]):
        return power_modulo(machine, *[numbers.as_int(machine, value) for value in found])
    if len(found) != 2 or not all([value is not None and (value.kind in PYTHON or value.kind == PAIR) for value in found]):
        return None
    return rules_of(machine, found).binary(machine, "**", *found)


def power_modulo(machine, base, exponent, modulus):
    """Inverses, and a modulus of 0, are the interpreter's."""
    machine.guard(machine.emit("icmp_sge", exponent, machine.int(0)), "power")
    machine.guard(machine.emit("icmp_ne", modulus, machine.int(0)), "zero division")
    return v.Num("int", machine.emit("pure_call", base, exponent, modulus, attr=("fj_int_power_modulo", "i64"), type="i64"))
