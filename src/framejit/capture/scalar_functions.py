"""Functions of NumPy scalars: builtins, the math module, NumPy's own constructors and a few ufuncs.

Rows as in functions.py: (machine, argument values, instruction) -> result, or None for a call-out.  They stand behind
Python's rows for the same function, which come first and don't take NumPy's kinds.
"""

import builtins
import math
import sys

from framejit.capture import numbers, scalar_kinds, scalar_rules, values as v
from framejit.tables.types import KINDS

NUMPY_ROWS = {}
BUILTIN_ROWS = {}
NAMED = {}          # name in the numpy module -> row


def builtin(*objects):
    def register(row):
        for target in objects:
            BUILTIN_ROWS[id(target)] = (target, row)
        return row

    return register


def mixed_numbers(machine, arguments):
    """All arguments as numbers, NumPy's or Python's; None where one is no number or NumPy is an old one."""
    found = [numbers.number(machine, argument) for argument in arguments]
    return None if None in found or not scalar_kinds.follows_nep50() else found


def single(machine, arguments):
    found = mixed_numbers(machine, arguments)
    return found[0] if found is not None and len(found) == 1 else None


def scalar(machine, arguments):
    """The only argument, a NumPy scalar; or None."""
    value = single(machine, arguments)
    return None if value is None or value.kind in scalar_kinds.WEAK else value


# ---- builtins

@builtin(builtins.abs)
def absolute(machine, arguments, instruction):
    value = scalar(machine, arguments)
    return None if value is None else scalar_rules.absolute(machine, value)


@builtin(builtins.int)
def to_int(machine, arguments, instruction):
    value = scalar(machine, arguments)
    return None if value is None else v.Num("int", scalar_kinds.stored(machine, value, "int64"))


@builtin(builtins.float)
def to_float(machine, arguments, instruction):
    value = scalar(machine, arguments)
    return None if value is None else v.Num("float", scalar_kinds.as_double(machine, value))


@builtin(builtins.round)
def rounded(machine, arguments, instruction):
    """One argument: an int.  bool_ has no __round__."""
    value = scalar(machine, arguments)
    if value is None or value.kind == "bool_":
        return None
    if KINDS[value.kind].floating:
        whole = machine.emit("froundeven", scalar_kinds.as_double(machine, value))
        value = v.Num("float", whole)
    return v.Num("int", scalar_kinds.stored(machine, value, "int64"))


@builtin(builtins.divmod)
def quotient_and_remainder(machine, arguments, instruction):
    found = mixed_numbers(machine, arguments)
    if found is None or len(found) != 2:
        return None
    parts = [scalar_rules.binary(machine, symbol, *found) for symbol in ("//", "%")]
    return None if None in parts else v.Tup(parts)


@builtin(builtins.pow)
def power(machine, arguments, instruction):
    found = mixed_numbers(machine, arguments)
    return scalar_rules.binary(machine, "**", *found) if found is not None and len(found) == 2 else None


def extremum(symbol):
    """min and max give back the very object: the paths go on apart, each with the value that won."""

    def row(machine, arguments, instruction):
        found = mixed_numbers(machine, arguments)
        if found is None or len(found) != 2 or instruction is None or machine.splits(instruction):
            return None
        first, second = found
        wins = compare(machine, symbol, second, first)
        if wins is None:
            return None
        continue_with(machine, instruction, wins, arguments[1], arguments[0])

    return row


def compare(machine, symbol, left, right):
    """i1, or None."""
    if left.kind in scalar_kinds.WEAK and right.kind in scalar_kinds.WEAK:
        return numbers.compare(machine, symbol, left, right)
    found = scalar_rules.compare(machine, symbol, left, right)
    return None if found is None else found.node


def continue_with(machine, instruction, condition, if_true, if_false):
    """The call is done, with one result or the other; the block ends here."""
    from framejit.capture.machine import BlockEnds
    count = instruction.arg[0] + 2
    states = []
    for value in (if_true, if_false):
        state = machine.state.copy()
        del state.stack[-count:]
        state.stack.append(value)
        states.append((instruction.next, state))
    machine.branch(condition, *states)
    raise BlockEnds


builtin(builtins.min)(extremum("<"))
builtin(builtins.max)(extremum(">"))

# functions of math that take any number by way of __float__; Python's row does the rest
FLOAT_FUNCTIONS = (
    "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "expm1", "log1p",
    "log", "log2", "log10", "atan2", "fmod", "copysign", "pow", "fabs", "isnan", "isinf", "isfinite", "floor", "ceil", "trunc",
)


def by_float(python_row, only=None):
    """Python's row for the numbers that __float__ gives; `only`: the one kind that has the method it needs."""

    def row(machine, arguments, instruction):
        found = mixed_numbers(machine, arguments)
        if found is None or only is not None and any(value.kind != only for value in found):
            return None
        converted = [value if value.kind in scalar_kinds.WEAK else v.Num("float", scalar_kinds.as_double(machine, value))
                     for value in found]
        return python_row(machine, converted, instruction)

    return row


# ---- NumPy's constructors and ufuncs

def constructor(kind):
    """np.float64(x): like storing x in an array, but NumPy's wider integers wrap."""

    def row(machine, arguments, instruction):
        value = single(machine, arguments)
        if value is None:
            return None
        source, target = KINDS[value.kind], KINDS[kind]
        if target.machine.startswith("i") and target.machine != "i1" and not source.floating and value.kind != "int":
            wide = scalar_kinds.widened(machine, value, "i64")
            return v.Num(kind, scalar_kinds.narrowed(machine, wide, target.machine))
        return v.Num(kind, scalar_kinds.stored(machine, value, kind))

    return row


def ufunc(*names):
    def register(row):
        for name in names:
            NAMED[name] = row
        return row

    return register


def floating_argument(machine, arguments):
    """The only argument, in the kind that a floating ufunc computes in; None for narrow integers (float16, float32)."""
    value = single(machine, arguments)
    if value is None or value.kind in ("bool", "bool_") or not KINDS[value.kind].floating and scalar_kinds.bits(value.kind) < 32:
        return None
    if value.kind == "float32":
        return value
    return v.Num("float64", scalar_kinds.as_double(machine, value))


@ufunc("sqrt")
def square_root(machine, arguments, instruction):
    value = floating_argument(machine, arguments)
    if value is None:
        return None
    node = value.node

    def ask():
        return machine.emit("iand", machine.emit("fcmp_uno", node, node), scalar_rules.asking(machine, "fadd", node, node))

    scalar_kinds.unless(machine, machine.emit("fcmp_oge", node, machine.const(node.type, 0.0)), ask)
    return v.Num(value.kind, machine.emit("fsqrt", node))


@ufunc("abs", "absolute")
def absolute_value(machine, arguments, instruction):
    """Unlike abs(), integers wrap: -MIN is MIN, and nobody is told."""
    value = single(machine, arguments)
    if value is None:
        return None
    kind = AS_NUMPY.get(value.kind, value.kind)
    if KINDS[kind].floating or not KINDS[kind].signed:
        return scalar_rules.absolute(machine, v.Num(kind, value.node))
    zero = machine.const(value.node.type, 0)
    below = machine.emit("icmp_slt", value.node, zero)
    return v.Num(kind, machine.emit("select", below, machine.emit("isub", zero, value.node), value.node))


def rounding(op):
    def row(machine, arguments, instruction):
        value = floating_argument(machine, arguments)
        if value is None or not KINDS[numbers.number(machine, arguments[0]).kind].floating:
            return None
        unless_signalling(machine, value.node)
        return v.Num(value.kind, machine.emit(op, value.node))

    return row


def unless_signalling(machine, node):
    """A signalling NaN raises a flag in any operation, a quiet one in none."""
    scalar_kinds.unless(machine, machine.emit("fcmp_ord", node, node), lambda: scalar_rules.asking(machine, "fadd", node, node))


for _name, _op in (("floor", "ffloor"), ("ceil", "fceil"), ("trunc", "ftrunc"), ("rint", "froundeven")):
    ufunc(_name)(rounding(_op))


def choice(symbol):
    """np.maximum and np.minimum: x where it wins or is NaN, else y (so the second of two zeros)."""

    def row(machine, arguments, instruction):
        found = mixed_numbers(machine, arguments)
        if found is None or len(found) != 2 or any(KINDS[value.kind].machine == "i1" for value in found):
            return None
        left, right = [AS_NUMPY.get(value.kind, value.kind) if all_weak(found) else value.kind for value in found]
        kind = scalar_kinds.promoted(left, right)
        x, y = [scalar_kinds.converted(machine, value, kind) for value in found]
        if KINDS[kind].floating:
            wins = machine.emit(numbers.FLOAT_PREDICATES[symbol], x, y)
            wins = machine.emit("ior", wins, machine.emit("fcmp_uno", x, x))
        else:
            predicates = numbers.INT_PREDICATES if KINDS[kind].signed else scalar_rules.UNSIGNED_PREDICATES
            wins = machine.emit(predicates[symbol], x, y)
        return v.Num(kind, machine.emit("select", wins, x, y))

    return row


AS_NUMPY = {"int": "int64", "float": "float64", "bool": "bool_"}


def all_weak(found):
    return all(value.kind in scalar_kinds.WEAK for value in found)


ufunc("maximum")(choice(">"))
ufunc("minimum")(choice("<"))


def predicate(build):
    def row(machine, arguments, instruction):
        value = single(machine, arguments)
        if value is None or not KINDS[value.kind].floating:
            return None
        return v.Num("bool_", build(machine, value.node, machine.const(value.node.type, math.inf)))

    return row


ufunc("isnan")(predicate(lambda machine, node, infinity: machine.emit("fcmp_uno", node, node)))
ufunc("isfinite")(predicate(lambda machine, node, infinity: machine.emit("fcmp_olt", machine.emit("fabs", node), infinity)))
ufunc("isinf")(predicate(lambda machine, node, infinity: machine.emit("fcmp_oeq", machine.emit("fabs", node), infinity)))


# ---- where functions.py looks

def numpy_rows():
    """Rows of NumPy's functions by id, once the program has imported NumPy."""
    numpy = sys.modules.get("numpy")
    if not NUMPY_ROWS and hasattr(numpy, "float64") and scalar_kinds.follows_nep50():
        for kind, row in KINDS.items():
            if row.number >= 0:
                target = getattr(numpy, "bool" if kind == "bool_" else kind)
                NUMPY_ROWS[id(target)] = (target, constructor(kind))
        for name, row in NAMED.items():
            target = getattr(numpy, name, None)
            if type(target) is numpy.ufunc:
                NUMPY_ROWS[id(target)] = (target, row)
    return NUMPY_ROWS


def behind(python_row, own_row):
    """Python's row first, the one of NumPy's scalars where it has no answer."""

    def row(machine, arguments, instruction):
        found = python_row(machine, arguments, instruction)
        return own_row(machine, arguments, instruction) if found is None else found

    return row


class Rows(dict):
    """Rows by id of the function that they stand for."""

    def get(self, key, default=None):
        found = dict.get(self, key)
        return numpy_rows().get(key, default) if found is None else found

    def extend(self):
        """Put the rows of NumPy's scalars behind Python's."""
        for name in FLOAT_FUNCTIONS:
            target = getattr(math, name)
            python_row = self[id(target)][1]
            only = "float64" if name == "trunc" else None
            self[id(target)] = (target, behind(python_row, by_float(python_row, only)))
        for key, (target, own_row) in BUILTIN_ROWS.items():
            python_row = self[key][1]
            self[key] = (target, behind(python_row, own_row))


__all__ = ["Rows", "numpy_rows"]
