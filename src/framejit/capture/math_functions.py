"""The math module: libm's functions; where CPython would raise, the result isn't finite, and the row leaves."""

from framejit.capture import mixed, numbers, values as v
from framejit.capture.function_table import function, python_number
from framejit.capture.number_functions import float_to_int
from framejit.tables.originals import math


def of_floats(build, *counts):
    """A row for what `build(machine, *nodes)` makes of so many Python numbers as floats."""

    def row(machine, arguments, instruction):
        found = mixed.reals(machine, arguments) if len(arguments) in counts else None
        return None if found is None else build(machine, *found)

    return row


def of_float(kind, build):
    """A row for what one operation on a float gives."""
    return of_floats(lambda machine, node: v.Num(kind, build(machine, node)), 1)


def finite_call(machine, name, *nodes):
    """What a function of C gives; leaves where that isn't finite."""
    result = machine.emit("pure_call", *nodes, attr=(name, "f64"), type="f64")
    numbers.finite(machine, result, "domain")
    return v.Num("float", result)


def math_function(name, arity=1):
    return of_floats(lambda machine, *nodes: finite_call(machine, name, *nodes), arity)


for _name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "expm1", "log1p", "erf", "erfc",
              "cbrt", "exp2"):
    function(getattr(math, _name))(math_function(_name))
for _name in ("atan2", "fmod", "copysign", "remainder"):
    function(getattr(math, _name))(math_function(_name, 2))


def square_root(machine, node):
    machine.guard(machine.emit("fcmp_oge", node, machine.const("f64", 0.0)), "domain")
    return machine.emit("fsqrt", node)


function(math.sqrt)(of_float("float", square_root))


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

    def build(machine, *nodes):
        number, *base = [of_positive(machine, name, node) for node in nodes]
        return numbers.float_truediv(machine, number, *base) if base else v.Num("float", number)

    return of_floats(build, *((1, 2) if name == "log" else (1,)))


def of_positive(machine, name, node):
    machine.guard(machine.emit("fcmp_ogt", node, machine.const("f64", 0.0)), "domain")
    numbers.finite(machine, node, "domain")
    return machine.emit("pure_call", node, attr=(name, "f64"), type="f64")


for _name in ("log", "log2", "log10"):
    function(getattr(math, _name))(logarithm(_name))


function(math.pow)(of_floats(numbers.float_power, 2))       # unlike `**`, of ints too
