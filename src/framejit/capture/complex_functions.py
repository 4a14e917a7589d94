"""Functions of Python's complex numbers: the type itself, abs, methods, and the cmath module's for what is finite.

    complex(x, y)      a number of these parts              cmath.exp(z)      exp(x) * cos(y), exp(x) * sin(y)      (cmathmodule.c: c_exp)
    z.conjugate()                                           cmath.phase(z)    atan2(y, x)                           (c_atan2)

Nothing imports cmath for its rows: they are known by the names that the functions of the program's module have (scalar_functions.LATE).
"""

from framejit.capture import complex_numbers, complex_scalars, numbers, scalar_kinds, values as v
from framejit.capture.array_attributes import complex_rules
from framejit.capture.complex_numbers import is_pair, made, parts
from framejit.capture.function_table import counted, function
from framejit.capture.math_functions import finite_call, of_floats
from framejit.capture.scalar_functions import LATE
from framejit.tables.types import COMPLEX, PAIR

ROOM = 708.0            # exp(x) of a larger x is made in two steps
NORMAL = 2.0**-1022     # the least normal number: where both parts are smaller, sqrt scales


def operands(machine, arguments, instruction, count):
    """The call's arguments as numbers of Python's, or None; objects that are likely complex are found to be that."""
    from framejit.capture.handlers.arithmetic import operand
    if len(arguments) != count or instruction is None:
        return None
    found = []
    for place, value in enumerate(arguments):
        found.append(operand(machine, place - count, instruction) if complex_numbers.likely(value) else complex_numbers.number(machine, value))
    return found if all([one is not None and (one.kind in COMPLEX or one.kind in complex_numbers.REAL) for one in found]) else None


def of_complex(build):
    """A row for what `build(machine, real, imag)` makes of one number."""

    def row(machine, arguments, instruction):
        found = operands(machine, arguments, instruction, 1)
        return None if found is None else build(machine, *parts(machine, found[0]))

    return row


def absolute(machine, arguments, instruction):
    """Of a complex number, Python's or NumPy's; or None."""
    found = operands(machine, arguments, instruction, 1)
    rules = None if found is None else complex_rules(found[0])
    return rules and rules.absolute(machine, found[0])


@function(complex)
def to_complex(machine, arguments, instruction):
    """Of no complex number but one, which is itself what it gives; of NumPy's real ones, too."""
    if len(arguments) == 1 and is_pair(arguments[0]):
        return arguments[0]
    if len(arguments) == 1 and complex_scalars.is_scalar(arguments[0]):
        return v.Num(PAIR, arguments[0].node)
    found = [numbers.number(machine, argument) for argument in arguments]
    if None in found or len(found) > 2:
        return of_reals(machine, arguments, instruction)
    return made_of(machine, *[scalar_kinds.as_double(machine, value) for value in found])


def made_of(machine, real=None, imag=None):
    zero = machine.const("f64", 0.0)
    return made(machine, zero if real is None else real, zero if imag is None else imag)


of_reals = of_floats(made_of, 0, 1, 2)


@function(complex.conjugate)
def conjugate(machine, arguments, instruction):
    if len(arguments) != 1 or not is_pair(arguments[0]):
        return None
    counted(machine)
    return complex_numbers.conjugate(machine, arguments[0])


# ---- cmath

def finite(machine, *nodes):
    """Leaves where one isn't."""
    for node in nodes:
        numbers.finite(machine, node, "domain")


def exponential(machine, real, imag):
    numbers.below(machine, real, ROOM)
    finite(machine, imag)
    return turned(machine, machine.emit("pure_call", real, attr=("exp", "f64"), type="f64"), imag)


def turned(machine, length, angle):
    """The number of this absolute value and phase."""
    return made(machine, *[machine.emit("fmul", length, machine.emit("pure_call", angle, attr=(name, "f64"), type="f64")) for name in ("cos", "sin")])


def phase(machine, real, imag):
    """Where libm may say that it is too small, cmath raises."""
    finite(machine, real, imag)
    angle = machine.emit("pure_call", imag, real, attr=("atan2", "f64"), type="f64")
    normal = machine.emit("fcmp_oge", machine.emit("fabs", angle), machine.const("f64", NORMAL))
    machine.guard(machine.emit("ior", normal, machine.emit("fcmp_oeq", imag, machine.const("f64", 0.0))), "domain")
    return v.Num("float", angle)


def polar(machine, real, imag):
    finite(machine, real, imag)
    return v.Tup([finite_call(machine, "hypot", real, imag), phase(machine, real, imag)])


def from_polar(machine, length, angle):
    finite(machine, length, angle)
    return turned(machine, length, angle)


def root(machine, real, imag):
    """Of what has a normal part, and of no zero, whose signs are C's affair."""
    finite(machine, real, imag)
    sizes = [machine.emit("fabs", part) for part in (real, imag)]
    normal = [machine.emit("fcmp_oge", size, machine.const("f64", NORMAL)) for size in sizes]
    machine.guard(machine.emit("ior", *normal), "domain")
    eighths = [machine.emit("fdiv", size, machine.const("f64", 8.0)) for size in sizes]
    length = machine.emit("pure_call", *eighths, attr=("hypot", "f64"), type="f64")
    large = machine.emit("fmul", machine.const("f64", 2.0), machine.emit("fsqrt", machine.emit("fadd", eighths[0], length)))
    small = machine.emit("fdiv", sizes[1], machine.emit("fmul", machine.const("f64", 2.0), large))
    right = machine.emit("fcmp_oge", real, machine.const("f64", 0.0))
    above = machine.emit("select", right, small, large)
    return made(machine, machine.emit("select", right, large, small), machine.emit("fcopysign", above, imag))


LATE["cmath"] = {"exp": of_complex(exponential), "phase": of_complex(phase), "polar": of_complex(polar), "sqrt": of_complex(root),
                 "rect": of_floats(from_polar, 2)}


__all__ = ["absolute"]
