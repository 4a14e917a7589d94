"""The math module: libm's functions; where CPython would raise, the result isn't finite, and the row leaves."""

import math

from framejit.capture import numbers, values as v
from framejit.capture.function_table import function, python_number, python_numbers
from framejit.capture.number_functions import float_to_int


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


for _name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "expm1", "log1p", "erf", "erfc",
              "cbrt", "exp2"):
    function(getattr(math, _name))(math_function(_name))
for _name in ("atan2", "fmod", "copysign", "remainder"):
    function(getattr(math, _name))(math_function(_name, 2))


@function(math.sqrt)
def square_root(machine, arguments, instruction):
    value = python_number(machine, arguments)
    if value is None:
        return None
    node = numbers.as_float(machine, value)
    machine.guard(machine.emit("fcmp_oge", node, machine.const("f64", 0.0)), "domain")
    return v.Num("float", machine.emit("fsqrt", node))


def of_float(kind, build):
    """A row for what one operation on a float gives."""

    def row(machine, arguments, instruction):
        value = python_number(machine, arguments)
        return None if value is None else v.Num(kind, build(machine, numbers.as_float(machine, value)))

    return row


def times(factor):
    return lambda machine, node: machine.emit("fmul", node, machine.const("f64", factor))


def absolute(machine, node):
    return machine.emit("fabs", node)


function(math.fabs)(of_float("float", absolute))
function(math.degrees)(of_float("float", times(180.0 / math.pi)))
function(math.radians)(of_float("float", times(math.pi / 180.0)))
function(math.isnan)(of_float("bool", lambda machine, node: machine.emit("fcmp_uno", node, node)))
function(math.isinf)(of_float("bool", lambda machine, node: machine.emit("fcmp_oeq", absolute(machine, node), machine.const("f64", math.inf))))
function(math.isfinite)(of_float("bool", lambda machine, node: machine.emit("fcmp_olt", absolute(machine, node), machine.const("f64", math.inf))))


def to_integral(op):
    """An int is its own floor."""

    def row(machine, arguments, instruction):
        value = python_number(machine, arguments)
        if value is None or value.kind != "float":
            return None if value is None else numbers.positive(machine, value)
        return v.Num("int", float_to_int(machine, machine.emit(op, value.node)))

    return row


for _name in ("floor", "ceil", "trunc"):
    function(getattr(math, _name))(to_integral("f" + _name))


def logarithm(name):
    """log, log2, log10 of a positive finite number; CPython's m_log is libm's there.  log takes a base."""

    def row(machine, arguments, instruction):
        found = python_numbers(machine, arguments)
        if found is None or not 0 < len(found) <= (2 if name == "log" else 1):
            return None
        number, *base = [of_positive(machine, name, numbers.as_float(machine, value)) for value in found]
        return numbers.float_truediv(machine, number, *base) if base else v.Num("float", number)

    return row


def of_positive(machine, name, node):
    machine.guard(machine.emit("fcmp_ogt", node, machine.const("f64", 0.0)), "domain")
    numbers.finite(machine, node, "domain")
    return machine.emit("pure_call", node, attr=(name, "f64"), type="f64")


for _name in ("log", "log2", "log10"):
    function(getattr(math, _name))(logarithm(_name))


@function(math.pow)
def power(machine, arguments, instruction):
    """Unlike `**`, of ints too."""
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 2:
        return None
    return numbers.float_power(machine, *[numbers.as_float(machine, value) for value in found])
