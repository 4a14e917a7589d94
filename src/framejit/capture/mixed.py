"""Numbers that are ints or floats by turns and aren't told apart: they stay objects.

    x * 2.0      with a float: the other one is read as a float, whatever it is
    x - y        a function of ext/mixed.c makes a new object, which may be either again

Telling kinds apart (several.py) takes a version for each; where three variables of two kinds meet that is eight, and a routine for each that is called
with them.  What isn't one of Python's own ints and floats leaves.
"""

from framejit.capture import numbers, several, values as v
from framejit.capture.handlers.stack import put_home, stack_slot
from framejit.capture.handlers.calls import temporary
from framejit.capture.texts import given, put_instead
from framejit.tables.callouts import BINARY_NUMBER, COMPARE_NUMBER
from framejit.tables.classes import one_of

KINDS = (int, float, type(None))
BOTH = several.Several((1, 0.5))
PYTHON = ("int", "float", "bool")
OPERATORS = ("+", "-", "*", "/", "//", "%")


def is_mixed(value):
    """Whether an object is likely to be an int or a float, or None by turns."""
    kinds = several.kinds(value)
    return all([one_of(kind, KINDS) for kind in kinds]) and any([one_of(kind, (int, float)) for kind in kinds])


def may_be_number(value):
    """Whether an object of unknown type is likely to be an int or a float."""
    return is_mixed(value) or value.__class__ is v.Obj and value.type is None and one_of(type(value.example), (int, float))


def known(machine, value):
    """An operand as a number of a known kind, if it is an int or a float; else None."""
    found = numbers.number(machine, value)
    return found if found is not None and found.kind in ("int", "float") else None


def is_float(machine, value):
    found = known(machine, value)
    return found is not None and found.kind == "float"


def may_begin(machine, instruction):
    """Whether an operator can be done here: it isn't part of an expression, nor the continuation of another instruction's part."""
    return not machine.pending and machine.held is None and instruction.part == 0


def beside_float(machine, instruction):
    """Whether one of the two entries on top is a float and the other one an int or a float: the operator has been done, or the comparison."""
    left, right = machine.state.stack[-2:]
    if not may_begin(machine, instruction) or instruction.arg[0] not in OPERATORS:
        return False
    if not (is_mixed(left) and is_float(machine, right) or is_mixed(right) and is_float(machine, left)):
        return False
    sides = [as_float(machine, value) for value in (left, right)]
    done(machine, 2, numbers.binary(machine, instruction.arg[0], *sides))
    return True


def as_float(machine, value):
    found = numbers.number(machine, value)
    if found is not None:
        return found
    machine.guard(machine.emit("read_call", value.node, attr=("fj_is_mixed", "i1"), type="i1"), "domain")
    return v.Num("float", machine.emit("read_call", value.node, attr=("fj_mixed_real", "f64"), type="f64"))


def done(machine, count, result):
    """The result, which needs no home, takes the place of so many operands."""
    for depth in range(len(machine.state.stack) - count, len(machine.state.stack)):
        if temporary(machine, machine.state.stack[depth]):
            put_home(machine, stack_slot(machine, depth), machine.const("ptr", None))
    machine.popn(count)
    machine.push(result)


def operand(machine, value):
    """[object or type, bits] as ext/mixed.c takes it, or None."""
    if is_mixed(value):
        return [value.node, machine.int(0)]
    found = known(machine, value)
    if found is None:
        return None
    if found.kind == "int":
        return [machine.object(int), found.node]
    return [machine.object(float), machine.emit("bitcast", found.node, attr="i64", type="i64")]


def operands(machine, instruction):
    """Of the two entries on top, if one of them is an int or a float and the other one as well or a known number; or None."""
    sides = machine.state.stack[-2:]
    if not may_begin(machine, instruction) or not any([is_mixed(side) for side in sides]):
        return None
    found = [operand(machine, side) for side in sides]
    return None if None in found else [*found[0], *found[1]]


def binary(machine, instruction):
    """Whether the operator on the two entries on top has been done."""
    found = operands(machine, instruction) if instruction.arg[0] in OPERATORS else None
    if found is None:
        return False
    made = machine.emit("write_call", machine.int(BINARY_NUMBER[instruction.arg[0], False]), *found, attr=("fj_mixed_binary", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", made, machine.const("ptr", None)), "domain")
    put_instead(machine, 2, made, None, BOTH)
    return True


def negative(machine, instruction):
    """Whether the entry on top has been negated."""
    value = machine.state.stack[-1]
    if not may_begin(machine, instruction) or not is_mixed(value):
        return False
    made = machine.emit("write_call", value.node, attr=("fj_mixed_negative", "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", made, machine.const("ptr", None)), "domain")
    put_instead(machine, 1, made, None, BOTH)
    return True


def compare(machine, instruction):
    """Whether the two entries on top have been compared."""
    found = operands(machine, instruction)
    if found is None:
        return False
    answer = machine.emit("read_call", machine.int(COMPARE_NUMBER[instruction.arg]), *found, attr=("fj_mixed_compare", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "domain")
    done(machine, 2, v.Num("bool", machine.emit("icmp_ne", answer, machine.int(0))))
    return True


def reals(machine, arguments):
    """The arguments of a function of floats as floats, ints among them; None where one is something else."""
    found = [numbers.number(machine, argument) for argument in arguments]
    if not all([may_be_number(argument) or number is not None and number.kind in PYTHON for argument, number in zip(arguments, found)]):
        return None
    return [numbers.as_float(machine, number) if number is not None else as_float(machine, argument).node for argument, number in zip(arguments, found)]


def asked(machine, name, kind, instruction, *nodes):
    """What a function of ext/mixed.c gives in the place of a call, kept by the home of its first slot."""
    made = machine.emit("write_call", *nodes, attr=(name, "ptr"), type="ptr")
    machine.guard(machine.emit("icmp_ne", made, machine.const("ptr", None)), "domain")
    result = given(machine, made, kind, instruction)
    if kind is None:
        result.example = BOTH
    return result


def extremum(machine, symbol, arguments, instruction):
    """min or max of two, each an int or a float, or a constant; None where that isn't what they are."""
    if len(arguments) != 2 or instruction is None or not any([is_mixed(one) for one in arguments]):
        return None
    nodes = [one.node if is_mixed(one) else machine.object(one.value) if one.__class__ is v.Const and known(machine, one) is not None else None for one in arguments]
    return None if None in nodes else asked(machine, "fj_mixed_extremum", None, instruction, machine.int(COMPARE_NUMBER[symbol]), *nodes)


def truth(machine, value):
    """i1: whether such a number is true; None for other objects."""
    if not is_mixed(value):
        return None
    answer = machine.emit("read_call", value.node, attr=("fj_mixed_truth", "i64"), type="i64")
    machine.guard(machine.emit("icmp_sge", answer, machine.int(0)), "domain")
    return machine.emit("icmp_ne", answer, machine.int(0))


__all__ = ["asked", "beside_float", "binary", "compare", "extremum", "is_mixed", "negative", "reals", "truth"]
