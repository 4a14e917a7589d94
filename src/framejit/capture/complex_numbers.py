"""Python's complex numbers: one node of two doubles, computed with as CPython does, beside ints, floats and bools, which become complex first.

    z * z + c       part by part, in C's order, without contraction         (complexobject.c: _Py_c_prod, _Py_c_sum)
    z / w           Smith's way; where w is 0 or has a NaN the region leaves (_Py_c_quot)
    z ** 2          repeated squares for exponents that are small literals  (c_powi); an infinite result raises
    abs(z)          libm's hypot; what isn't finite leaves                  (_Py_c_abs)
"""

from framejit.capture import numbers, values as v
from framejit.tables.classes import numpys
from framejit.tables.types import COMPLEX, PAIR

REAL = ("int", "float", "bool")
MOST_SQUARED = 16       # the largest exponent that is multiplied out; CPython does it up to 100


def number(machine, value):
    """A value as a number of Python's, complex ones among them, or of NumPy's; or None."""
    if value.__class__ is v.Const and type(value.value) is complex:
        return v.Num(PAIR, machine.const("c128", value.value), machine.object(value.value))
    return value if value.__class__ is v.Num and value.kind in COMPLEX else numbers.number(machine, value)


def is_pair(value):
    return value.__class__ is v.Num and value.kind == PAIR


def parts(machine, value):
    """Nodes of the real and of the imaginary part; a real number's is 0.0."""
    if value.kind not in COMPLEX:
        return numbers.as_float(machine, value), machine.const("f64", 0.0)
    return parts_of(machine, value)


def parts_of(machine, value):
    """The same of a complex number, Python's or NumPy's."""
    if value.node.op == "complex_of":
        return tuple(value.node.args)
    return machine.emit("complex_real", value.node), machine.emit("complex_imag", value.node)


def made(machine, real, imag):
    return v.Num(PAIR, machine.emit("complex_of", real, imag))


# ---- operators: `do` emits an operation on parts (NumPy's note it, too)

def each(op):
    """A row for what is done part by part."""
    return lambda machine, do, a, b: [do(op, *pair) for pair in zip(a, b)]


def product(machine, do, a, b):
    return do("fsub", do("fmul", a[0], b[0]), do("fmul", a[1], b[1])), do("fadd", do("fmul", a[0], b[1]), do("fmul", a[1], b[0]))


def quotient(machine, do, a, b):
    """By the larger part of the divisor."""
    zero, sizes = machine.const("f64", 0.0), [machine.emit("fabs", part) for part in b]
    apart = machine.emit("iand", machine.emit("fcmp_oeq", b[0], zero), machine.emit("fcmp_oeq", b[1], zero))
    machine.guard(machine.emit("ixor", apart, machine.const("i1", True)), "zero division", error=ZeroDivisionError)
    machine.guard(machine.emit("fcmp_ord", *b), "domain")
    by_real = machine.emit("fcmp_oge", *sizes)
    large, small = chosen(machine, by_real, *b), chosen(machine, by_real, b[1], b[0])
    ratio = machine.emit("fdiv", small, large)
    scale = machine.emit("fadd", large, machine.emit("fmul", small, ratio))
    first, second = chosen(machine, by_real, *a), chosen(machine, by_real, a[1], a[0])
    real = machine.emit("fdiv", machine.emit("fadd", first, machine.emit("fmul", second, ratio)), scale)
    less = machine.emit("fsub", a[1], machine.emit("fmul", a[0], ratio))
    imag = chosen(machine, by_real, less, machine.emit("fsub", machine.emit("fmul", a[1], ratio), a[0]))
    return real, machine.emit("fdiv", imag, scale)


def chosen(machine, condition, one, other):
    return machine.emit("select", condition, one, other)


ROWS = {"+": each("fadd"), "-": each("fsub"), "*": product, "/": quotient}


def power(machine, base, exponent):
    """`base` to a small literal, or None."""
    count = literal(exponent)
    if count is None or base.kind != PAIR:
        return None
    one, square, mask = (machine.const("f64", 1.0), machine.const("f64", 0.0)), parts(machine, base), 1
    result = one
    while abs(count) >= mask:
        if abs(count) & mask:
            result = product(machine, machine.emit, result, square)
        mask <<= 1
        if abs(count) >= mask:
            square = product(machine, machine.emit, square, square)
    if count <= 0:
        result = quotient(machine, machine.emit, one, result)
    infinite = machine.const("f64", float("inf"))
    for part in result:
        machine.guard(machine.emit("fcmp_une", machine.emit("fabs", part), infinite), "overflow")
    return made(machine, *result)


def literal(value):
    """The integer that a literal exponent is, if that's small enough."""
    found = value.node.attr if value.node.op == "const" else None
    if found.__class__ is complex:
        found = found.real if found.imag == 0 else None
    return int(found) if found is not None and abs(found) <= MOST_SQUARED and found == int(found) else None


def binary(machine, symbol, left, right):
    """The result of an operator on two of Python's numbers, one of them complex; or None."""
    if not all([value.kind == PAIR or value.kind in REAL for value in (left, right)]):
        return None
    if symbol == "**":
        return power(machine, left, right)
    row = ROWS.get(symbol)
    return None if row is None else made(machine, *row(machine, machine.emit, parts(machine, left), parts(machine, right)))


def compare(machine, symbol, left, right):
    """i1 node, or None: they have no order.  An int is compared exactly."""
    if symbol not in ("==", "!=") or not all([value.kind == PAIR or value.kind in REAL for value in (left, right)]):
        return None
    if left.kind != PAIR:
        left, right = right, left
    real, imag = parts(machine, left)
    if right.kind == PAIR:
        other = parts(machine, right)
        same = machine.emit("iand", machine.emit("fcmp_oeq", real, other[0]), machine.emit("fcmp_oeq", imag, other[1]))
    else:
        equal = numbers.compare(machine, "==", v.Num("float", real), right)
        same = machine.emit("iand", equal, machine.emit("fcmp_oeq", imag, machine.const("f64", 0.0)))
    return same if symbol == "==" else machine.emit("ixor", same, machine.const("i1", True))


def negative(machine, value):
    return made(machine, *[machine.emit("fneg", part) for part in parts(machine, value)])


def positive(machine, value):
    """The very object."""
    return value


def inverted(machine, value):
    return None


# ---- functions and attributes

def absolute(machine, value):
    result = machine.emit("pure_call", *parts(machine, value), attr=("hypot", "f64"), type="f64")
    numbers.finite(machine, result, "domain")
    return v.Num("float", result)


def conjugate(machine, value):
    real, imag = parts(machine, value)
    return made(machine, real, machine.emit("fneg", imag))


PARTS = {"real": 0, "imag": 1}


def attribute(machine, value, name):
    """A part as a float."""
    return v.Num("float", parts(machine, value)[PARTS[name]])


def on_top(machine, value):
    """What is on top of the stack: an object that is likely complex as what it is found to be."""
    from framejit.capture.handlers.arithmetic import operand
    return operand(machine, -1, machine.instruction) if likely(value) else value


def likely(value):
    """Whether nothing is known of an object, but the one at hand is complex, Python's or NumPy's."""
    return value.__class__ is v.Obj and value.type is None and (type(value.example) is complex or type(value.example) is numpys("complex128"))


__all__ = ["PARTS", "ROWS", "absolute", "attribute", "conjugate", "is_pair", "likely", "made", "number", "on_top", "parts", "parts_of"]
