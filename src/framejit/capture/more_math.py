"""The math module's functions of ints, of a float's parts, and those whose algorithm is CPython's own."""

from framejit.capture import numbers, values as v
from framejit.capture.function_table import function, python_int, python_numbers
from framejit.capture.math_functions import absolute, finite_call, math_function, of_floats
from framejit.tables.originals import math

# ---- ints: what doesn't fit 64 bits, and what raises, is -1

INT_FUNCTIONS = {
    "gcd": (("fj_gcd", 2),), "lcm": (("fj_lcm", 2),), "isqrt": (("fj_isqrt", 1),), "factorial": (("fj_factorial", 1),),
    "comb": (("fj_combinations", 2),), "perm": (("fj_factorial", 1), ("fj_permutations", 2)),
}


def of_ints(*choices):
    """A row for a function of so many ints as one of `choices` takes: (name of the runtime's function, count)."""
    named = {count: name for name, count in choices}

    def row(machine, arguments, instruction):
        found = [python_int(machine, argument) for argument in arguments]
        if None in found or len(found) not in named:
            return None
        nodes = [numbers.as_int(machine, value) for value in found]
        result = machine.emit("pure_call", *nodes, attr=(named[len(found)], "i64"), type="i64")
        machine.guard(machine.emit("icmp_sge", result, machine.int(0)), "domain")
        return v.Num("int", result)

    return row


for _name, _choices in INT_FUNCTIONS.items():
    function(getattr(math, _name))(of_ints(*_choices))


# ---- a float's parts

def parts(machine, node):
    numbers.finite(machine, node, "domain")
    whole = machine.emit("ftrunc", node)
    fraction = machine.emit("fcopysign", machine.emit("fsub", node, whole), node)
    return v.Tup([v.Num("float", fraction), v.Num("float", whole)])


def fraction_and_exponent(machine, node):
    numbers.finite(machine, node, "domain")
    return v.Tup([v.Num(kind, machine.emit("pure_call", node, attr=(name, type), type=type))
                  for kind, name, type in (("float", "fj_frexp_fraction", "f64"), ("int", "fj_frexp_exponent", "i64"))])


@function(math.ldexp)
def scaled(machine, arguments, instruction):
    found = python_numbers(machine, arguments)
    if found is None or len(found) != 2 or found[1].kind == "float":
        return None
    return finite_call(machine, "fj_ldexp", numbers.as_float(machine, found[0]), numbers.as_int(machine, found[1]))


def neighbour(machine, *nodes):
    return v.Num("float", machine.emit("pure_call", *nodes, attr=("nextafter", "f64"), type="f64"))


def is_close(machine, x, y):
    """With the default tolerances: rel_tol 1e-9, abs_tol 0."""
    distance = absolute(machine, machine.emit("fsub", y, x))
    near = [machine.emit("fcmp_ole", distance, absolute(machine, machine.emit("fmul", machine.const("f64", 1e-9), node))) for node in (x, y)]
    finite = machine.emit("fcmp_olt", distance, machine.const("f64", math.inf))         # an infinity is close to itself only
    close = machine.emit("iand", finite, machine.emit("ior", *near))
    return v.Num("bool", machine.emit("ior", machine.emit("fcmp_oeq", x, y), close))


function(math.modf)(of_floats(parts, 1))
function(math.frexp)(of_floats(fraction_and_exponent, 1))
function(math.nextafter)(of_floats(neighbour, 2))
function(math.isclose)(of_floats(is_close, 2))
function(math.ulp)(math_function("fj_ulp"))
if hasattr(math, "fma"):
    function(math.fma)(math_function("fma", 3))


# ---- CPython's own algorithms

ASKED = {1: "fj_float_of_float", 2: "fj_float_of_two", 3: "fj_float_of_three"}


def asked(target, checks=(), counts=(1,)):
    """A row that has CPython compute it; `checks` leave where it would raise."""

    def build(machine, *nodes):
        for check in checks:
            check(machine, *nodes)
        return finite_call(machine, ASKED[len(nodes)], machine.object(target), *nodes)

    return of_floats(build, *counts)


def no_pole(machine, node):
    """Gamma has poles at 0 and the negative integers."""
    positive = machine.emit("fcmp_ogt", node, machine.const("f64", 0.0))
    between = machine.emit("fcmp_une", node, machine.emit("ffloor", node))
    machine.guard(machine.emit("ior", positive, between), "domain")


def below(bound):
    return lambda machine, node: numbers.below(machine, node, bound)


def beyond(bound):
    return lambda machine, node: machine.guard(machine.emit("fcmp_ogt", absolute(machine, node), machine.const("f64", bound)), "domain")


function(math.gamma)(asked(math.gamma, (below(170.0), beyond(1e-300), no_pole)))        # about 1 / x beside the pole at 0
function(math.lgamma)(asked(math.lgamma, (below(1e300), no_pole)))
function(math.hypot)(asked(math.hypot, counts=(1, 2, 3)))
