"""NumPy's complex128 numbers one by one: elements of arrays and what arithmetic makes of them, beside Python's numbers and other scalars.

    s += a[k] * b[k]        parts by parts, as NumPy's scalars do it (scalarmath.c.src: add, subtract, multiply, divide by the larger part)
    a[k] * 1j, 2.0 * a[k]   Python's numbers are weak: what comes out is NumPy's
    abs(a[k]), a[k].real    float64

A result whose parts are finite, and whose products are no smaller than normal numbers, has raised no flag; for any other one each operation is asked
for by itself in a cold block whether somebody would hear of its flags (scalar_rules.asking).
"""

from framejit.capture import complex_numbers, scalar_kinds, scalar_rules, values as v
from framejit.capture.complex_numbers import PARTS, parts_of
from framejit.capture.entry import both_parts
from framejit.tables.classes import numpys
from framejit.tables.types import NUMPYS_PAIR, PAIR

DOUBLE = ("int", "float", "bool", PAIR, "float64", "float32", "bool_", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")


def is_scalar(value):
    return value.__class__ is v.Num and value.kind == NUMPYS_PAIR


def concerns(found):
    """Whether NumPy computes with these numbers as complex ones of two doubles."""
    return NUMPYS_PAIR in [value.kind for value in found]


def parts(machine, value):
    """Nodes of both parts, as NumPy converts them."""
    if value.kind in (PAIR, NUMPYS_PAIR):
        return parts_of(machine, value)
    return scalar_kinds.as_double(machine, value), machine.const("f64", 0.0)


def made(machine, real, imag):
    return v.Num(NUMPYS_PAIR, machine.emit("complex_of", real, imag))


# ---- arithmetic, and what of it may be heard of

class Flags:
    """The operations of one result: `quiet` is an i1 that none has raised a flag."""

    def __init__(self, machine):
        self.machine = machine
        self.done = []

    def do(self, op, x, y):
        node = self.machine.emit(op, x, y)
        self.done.append((op, x, y, node))
        return node

    def settle(self):
        """Leaves where somebody would hear of a flag."""
        machine, quiet = self.machine, None
        for op, x, y, node in self.done:
            one = self.unflagged(op, x, y, node)
            quiet = one if quiet is None else machine.emit("iand", quiet, one)
        scalar_kinds.unless(machine, quiet, self.asked)

    def unflagged(self, op, x, y, node):
        """i1: sums are never tiny and inexact; products and quotients of a zero are exact."""
        machine = self.machine
        if op in ("fadd", "fsub"):
            return scalar_rules.finite(machine, node)
        zero = machine.const("f64", 0.0)
        exact = machine.emit("fcmp_oeq", x, zero)
        if op == "fmul":
            exact = machine.emit("ior", exact, machine.emit("fcmp_oeq", y, zero))
        exact = machine.emit("iand", exact, scalar_rules.finite(machine, node))
        return machine.emit("ior", scalar_rules.not_tiny(machine, node), exact)

    def asked(self):
        machine, quiet = self.machine, None
        for op, x, y, _ in self.done:
            one = scalar_rules.asking(machine, op, x, y)
            quiet = one if quiet is None else machine.emit("iand", quiet, one)
        return quiet


def quotient(machine, do, a, b):
    """By the larger part of the divisor; of a divisor that is 0 NumPy is asked."""
    zero, sizes = machine.const("f64", 0.0), [machine.emit("fabs", part) for part in b]
    machine.guard(machine.emit("ior", *[machine.emit("fcmp_ogt", size, zero) for size in sizes]), "warning")
    by_real = machine.emit("fcmp_oge", *sizes)

    def chosen(one, other):
        return machine.emit("select", by_real, one, other)

    large, small = chosen(*b), chosen(b[1], b[0])
    ratio = do("fdiv", small, large)
    scale = do("fdiv", machine.const("f64", 1.0), do("fadd", large, do("fmul", small, ratio)))
    first, second = chosen(*a), chosen(a[1], a[0])
    real = do("fadd", first, do("fmul", second, ratio))
    turned = [do("fmul", part, ratio) for part in a]
    imag = do("fsub", chosen(a[1], turned[1]), chosen(turned[0], a[0]))
    return do("fmul", real, scale), do("fmul", imag, scale)


ROWS = complex_numbers.ROWS | {"/": quotient}


def binary(machine, symbol, left, right):
    """The result of an operator, or None."""
    row = ROWS.get(symbol)
    if row is None or not scalar_kinds.follows_nep50() or not all([value.kind == NUMPYS_PAIR or value.kind in DOUBLE for value in (left, right)]):
        return None
    flags = Flags(machine)
    result = row(machine, flags.do, parts(machine, left), parts(machine, right))
    flags.settle()
    return made(machine, *result)


def compare(machine, symbol, left, right):
    """A Num of kind bool_, or None.  Integers become doubles, whatever is lost."""
    if symbol not in ("==", "!=") or not scalar_kinds.follows_nep50() or not all([value.kind == NUMPYS_PAIR or value.kind in DOUBLE for value in (left, right)]):
        return None
    a, b = parts(machine, left), parts(machine, right)
    same = machine.emit("iand", *[machine.emit("fcmp_oeq", *pair) for pair in zip(a, b)])
    return v.Num("bool_", same if symbol == "==" else machine.emit("ixor", same, machine.const("i1", True)))


def negative(machine, value):
    return made(machine, *[machine.emit("fneg", part) for part in parts_of(machine, value)])


def positive(machine, value):
    """A new object of the same value."""
    return v.Num(NUMPYS_PAIR, value.node)


def inverted(machine, value):
    return None


# ---- what else is asked of them

def absolute(machine, value):
    """Nobody hears of its flags."""
    return v.Num("float64", machine.emit("pure_call", *parts_of(machine, value), attr=("hypot", "f64"), type="f64"))


def conjugate(machine, value):
    real, imag = parts_of(machine, value)
    return made(machine, real, machine.emit("fneg", imag))


def attribute(machine, value, name):
    """A part as NumPy's."""
    return v.Num("float64", parts_of(machine, value)[PARTS[name]])


def known(machine, value):
    """An object that is known to be such a number as one, else the value itself."""
    if value.__class__ is not v.Obj or value.type is None or value.type is not numpys("complex128"):
        return value
    return v.Num(NUMPYS_PAIR, both_parts(machine, value.node), value.node, value.owner)


def element(machine, address):
    """The element at an address."""
    places = [address, machine.emit("address", address, machine.int(8))]
    return v.Num(NUMPYS_PAIR, machine.emit("complex_of", *[machine.emit("load", place, attr="f64", type="f64") for place in places]))


def stored(machine, value):
    """A number as parts of an element, or None."""
    found = complex_numbers.number(machine, known(machine, value))
    if found is None or found.kind != NUMPYS_PAIR and found.kind not in DOUBLE:
        return None
    return parts(machine, found)


__all__ = ["absolute", "attribute", "binary", "compare", "concerns", "conjugate", "element", "inverted", "is_scalar", "known", "negative", "positive", "stored"]
