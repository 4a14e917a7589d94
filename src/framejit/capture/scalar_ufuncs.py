"""NumPy's own functions of one or two numbers: constructors (np.float64(x)) and ufuncs that need no libm.

A ufunc of a scalar computes as its loop over an array does: integers wrap silently, float flags are reported.
Rows as in functions.py: (machine, argument values, instruction) -> result, or None for a call-out.
"""

import sys

from framejit.capture import complex_scalars, numbers, scalar_kinds, scalar_rules, values as v
from framejit.loops import ufuncs
from framejit.tables.classes import numpy_holds, numpys
from framejit.tables.originals import math
from framejit.tables.specialised import COMPLEX_METHODS
from framejit.tables.types import KINDS

ROWS = {}           # by id of the function
NAMED = {}          # name in the numpy module -> row
ALIASES = {"abs": "absolute"}


def mixed_numbers(machine, arguments):
    """All arguments as numbers, NumPy's or Python's; None where one is no number or NumPy is an old one."""
    found = [numbers.number(machine, argument) for argument in arguments]
    return None if None in found or not scalar_kinds.follows_nep50() else found


def single(machine, arguments):
    found = mixed_numbers(machine, arguments)
    return found[0] if found is not None and len(found) == 1 else None


def constructor(kind):
    """np.float64(x): like storing x in an array, but NumPy's wider integers wrap."""

    def row(machine, arguments, instruction):
        if kind == "uint64" and len(arguments) == 1 and is_large(arguments[0]):
            return v.Num(kind, machine.int(arguments[0].value - 2**64))
        value = single(machine, arguments)
        if value is None:
            return None
        source, target = KINDS[value.kind], KINDS[kind]
        if target.machine.startswith("i") and target.machine != "i1" and not source.floating and value.kind != "int":
            wide = scalar_kinds.widened(machine, value, "i64")
            return v.Num(kind, scalar_kinds.narrowed(machine, wide, target.machine))
        return v.Num(kind, scalar_kinds.stored(machine, value, kind))

    return row


def is_large(value):
    """A literal that only uint64 holds."""
    return value.__class__ is v.Const and type(value.value) is int and 2**63 <= value.value < 2**64


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


# ---- others: NumPy's own inner loop for one element (ext/ufunc_numbers.c)

def by_loop(name):
    def row(machine, arguments, instruction):
        found = mixed_numbers(machine, arguments)
        resolved = None if found is None else ufuncs.resolved(name, tuple([WEAK_NAMES.get(value.kind, value.kind) for value in found]))
        kinds, kind = resolved or ((), None)
        if kind not in KINDS or not all([one in KINDS for one in kinds]):
            return None
        nodes = [scalar_kinds.stored(machine, value, one) for value, one in zip(found, kinds)]
        node = machine.emit("ufunc_number", *nodes, attr=(name, KINDS[kind].machine, (*kinds, kind)))
        machine.guard(machine.emit("icmp_eq", machine.emit("number"), machine.int(0)), "array")
        return v.Num(kind, node)

    return row


WEAK_NAMES = {"bool": "bool_"}


def conjugated(machine, arguments, instruction):
    """The method of a complex scalar."""
    return complex_scalars.conjugate(machine, arguments[0]) if len(arguments) == 1 and complex_scalars.is_scalar(arguments[0]) else None


def numpy_rows():
    """Rows of NumPy's functions by id, once the program has imported NumPy."""
    if not ROWS and numpys("float64") is not None and scalar_kinds.follows_nep50():
        for kind, row in KINDS.items():
            if row.number >= 0:
                target = numpys(kind)
                ROWS[id(target)] = (target, constructor(kind))
        for name in COMPLEX_METHODS:
            target = vars(numpys("generic"))[name]
            ROWS[id(target)] = (target, conjugated)
        for name, row in NAMED.items():
            target = numpy_holds(name)
            if type(target) is numpys("ufunc") and target.__name__ == ALIASES.get(name, name):
                ROWS[id(target)] = (target, row)
        for target in [one for one in vars(sys.modules["numpy"]).values() if type(one) is numpys("ufunc")]:
            if id(target) not in ROWS and target.nout == 1 and target.signature is None and ufuncs.ufunc(target.__name__) is target:
                ROWS[id(target)] = (target, by_loop(target.__name__))
    return ROWS


__all__ = ["mixed_numbers", "single", "numpy_rows"]
