"""Arithmetic on NumPy's scalars: rows per operator, in the kind that NEP 50 promotes both operands to.

    int8 + int8     wraps with a warning: leaves        float64 / 0.0     warns: leaves, unless np.errstate ignores it
    bool_ + bool_   is `or`                             float32 * 0.1     is float32

Where NumPy raises or warns, the region leaves before the instruction.  A float result that is finite and not tiny
has raised no flag; any other one is looked at in a cold block (ext/scalar_math.c).
"""

from framejit.capture import values as v
from framejit.capture.numbers import FLOAT_PREDICATES, INT_PREDICATES, power_of_two, repeated_squares_wrapping, rounds_down
from framejit.capture.scalar_kinds import (INFINITY, WEAK, bits, converted, follows_nep50, narrowed, overflow_is_ignored, promoted,
                                           unless, widened)
from framejit.tables.types import KINDS

# twice the bits of: the largest tiny number; how many numbers up to infinity lie above it
MAGNITUDES = {
    "f64": ("i64", 2 * 0x0010000000000000, 2 * (0x7FF0000000000000 - 0x0010000000000000)),
    "f32": ("i32", 2 * 0x00800000, 2 * (0x7F800000 - 0x00800000)),
}
POISON = {"f64": ("i64", 0x7FF8F1A600000001), "f32": ("i32", 0x7FD1A601)}


# ---- floats

def not_tiny(machine, node):
    """i1: finite, and larger than the smallest normal number."""
    integer, tiny, count = MAGNITUDES[node.type]
    doubled = machine.emit("shl", machine.emit("bitcast", node, attr=integer, type=integer), machine.const(integer, 1))
    return machine.emit("icmp_ult", machine.emit("iadd", doubled, machine.const(integer, -tiny - 2)),
                        machine.const(integer, signed(count - 2, integer)))


def signed(value, integer):
    width = int(integer[1:])
    return value - (1 << width) if value >= 1 << width - 1 else value


def finite(machine, node):
    return machine.emit("fcmp_olt", machine.emit("fabs", node), machine.const(node.type, INFINITY))


def asking(machine, op, x, y):
    """i1, read in a cold block: np.errstate ignores whatever this operation flags."""
    return machine.emit("read_call", x, y, attr=(f"fj_quiet_{op}_{x.type}", "i1"), type="i1")


def sum_row(op):
    """Sums can't be tiny and inexact: only infinity and NaN are looked at."""

    def compute(machine, x, y):
        node = machine.emit(op, x, y)
        unless(machine, finite(machine, node), lambda: asking(machine, op, x, y))
        return node

    return compute


def product_row(op, zero_operands):
    """A product may underflow; that of a zero (`zero_operands`: which of the two) doesn't."""

    def compute(machine, x, y):
        node = machine.emit(op, x, y)
        if node.op == "const":
            unless(machine, finite(machine, node), lambda: asking(machine, op, x, y))
            return node

        def ask():
            zero = machine.const(node.type, 0.0)
            exact = machine.emit("fcmp_oeq", x, zero)
            if zero_operands == 2:
                exact = machine.emit("ior", exact, machine.emit("fcmp_oeq", y, zero))
            unless(machine, machine.emit("iand", exact, finite(machine, node)), lambda: asking(machine, op, x, y))
            return machine.const("i1", True)

        unless(machine, not_tiny(machine, node), ask)
        return node

    return compute


def observed_row(name):
    """The runtime computes, and gives a certain NaN where NumPy would warn."""

    def compute(machine, x, y):
        node = machine.emit("read_call", x, y, attr=(f"fj_scalar_{name}_{x.type}", x.type), type=x.type)
        integer, poison = POISON[x.type]
        found = machine.emit("bitcast", node, attr=integer, type=integer)
        machine.guard(machine.emit("icmp_ne", found, machine.const(integer, poison)), "warning")
        return node

    return compute


FLOAT_ROWS = {
    "+": sum_row("fadd"), "-": sum_row("fsub"), "*": product_row("fmul", 2), "/": product_row("fdiv", 1),
    "//": observed_row("floordiv"), "%": observed_row("mod"), "**": observed_row("power"),
}


# ---- integers

def zero_of(machine, node):
    return machine.const(node.type, 0)


def checked_row(name):
    """Overflow warns: leaves there.  Where np.errstate ignores it just now, such code wraps as long as that is so."""

    def compute(machine, x, y, kind):
        if overflow_is_ignored():
            node, fits = WRAPPING[bits(kind) == 64](machine, name, x, y, kind)
            unless(machine, fits, lambda: machine.emit("read_call", attr=("fj_overflow_ignored", "i1"), type="i1"))
            return node
        return machine.emit(("i" if KINDS[kind].signed else "u") + name + "_ovf", x, y, exit=machine.exit("warning"))

    return compute


def wrapping_narrow(machine, name, x, y, kind):
    """(result, i1 that it is exact), by way of 64 bits."""
    wide = machine.emit("i" + name, *[widened(machine, v.Num(kind, node), "i64") for node in (x, y)])
    node = narrowed(machine, wide, x.type)
    return node, machine.emit("icmp_eq", widened(machine, v.Num(kind, node), "i64"), wide)


def wrapping_wide(machine, name, x, y, kind):
    node = machine.emit("i" + name, x, y)
    if name == "mul":
        check = "fj_product_fits_signed" if KINDS[kind].signed else "fj_product_fits_unsigned"
        return node, machine.emit("pure_call", x, y, attr=(check, "i1"), type="i1")
    if not KINDS[kind].signed:
        return node, machine.emit("icmp_ule", *((x, node) if name == "add" else (y, x)))
    other = machine.emit("ixor", y, node) if name == "add" else machine.emit("ixor", x, y)
    crossed = machine.emit("iand", machine.emit("ixor", x, node), other)
    return node, machine.emit("icmp_sge", crossed, machine.int(0))


WRAPPING = {False: wrapping_narrow, True: wrapping_wide}


def divisible(machine, y):
    machine.guard(machine.emit("icmp_ne", y, zero_of(machine, y)), "warning")


def floor_divide(machine, x, y, kind):
    divisible(machine, y)
    if not KINDS[kind].signed:
        return machine.emit("udiv", x, y)
    if power_of_two(y):
        return machine.emit("ashr", x, machine.const(y.type, y.attr.bit_length() - 1))
    if y.op != "const" or y.attr == -1:
        least = machine.const(x.type, -(1 << bits(kind) - 1))
        fits = machine.emit("ior", machine.emit("icmp_ne", y, machine.const(y.type, -1)), machine.emit("icmp_ne", x, least))
        machine.guard(fits, "warning")
    quotient = machine.emit("sdiv", x, y)
    lower = machine.emit("isub", quotient, machine.const(x.type, 1))
    return machine.emit("select", rounds_down(machine, x, y), lower, quotient)


def remainder(machine, x, y, kind):
    divisible(machine, y)
    if not KINDS[kind].signed:
        return machine.emit("urem", x, y)
    if power_of_two(y):
        return machine.emit("iand", x, machine.const(y.type, y.attr - 1))
    if y.op != "const":
        is_minus_one = machine.emit("icmp_eq", y, machine.const(y.type, -1))
        y = machine.emit("select", is_minus_one, machine.const(y.type, 1), y)     # both leave 0; MIN % -1 traps
    elif y.attr == -1:
        return zero_of(machine, x)
    rest = machine.emit("srem", x, y)
    return machine.emit("select", rounds_down(machine, x, y), machine.emit("iadd", rest, y), rest)


def power(machine, x, y, kind):
    """Wraps silently; a negative exponent raises."""
    if KINDS[kind].signed:
        machine.guard(machine.emit("icmp_sge", y, zero_of(machine, y)), "power")
    if y.op == "const" and 0 <= y.attr <= 64:
        return repeated_squares_wrapping(machine, x, y.attr)
    wide = [widened(machine, v.Num(kind, node), "i64") for node in (x, y)]
    node = machine.emit("pure_call", *wide, attr=("fj_scalar_int_power", "i64"), type="i64")
    return node if x.type == "i64" else machine.emit("trunc", node, attr=x.type, type=x.type)


def in_range(machine, y, kind):
    """i1: a shift by less than the width (a negative count counts as a large one)."""
    return machine.emit("icmp_ult", y, machine.const(y.type, bits(kind)))


def left_shift(machine, x, y, kind):
    count = machine.emit("iand", y, machine.const(y.type, bits(kind) - 1))
    return machine.emit("select", in_range(machine, y, kind), machine.emit("shl", x, count), zero_of(machine, x))


def right_shift(machine, x, y, kind):
    last = machine.const(y.type, bits(kind) - 1)
    if KINDS[kind].signed:
        return machine.emit("ashr", x, machine.emit("select", in_range(machine, y, kind), y, last))
    shifted = machine.emit("lshr", x, machine.emit("iand", y, last))
    return machine.emit("select", in_range(machine, y, kind), shifted, zero_of(machine, x))


def bitwise_row(op):
    return lambda machine, x, y, kind: machine.emit(op, x, y)


INTEGER_ROWS = {
    "+": checked_row("add"), "-": checked_row("sub"), "*": checked_row("mul"),
    "//": floor_divide, "%": remainder, "**": power, "<<": left_shift, ">>": right_shift,
    "&": bitwise_row("iand"), "|": bitwise_row("ior"), "^": bitwise_row("ixor"),
}
BOOL_ROWS = {"+": "ior", "|": "ior", "*": "iand", "&": "iand", "^": "ixor"}
BOOL_AS_INT8 = ("//", "%", "**", "<<", ">>")


WRAPPING_UFUNCS = {"+": "iadd", "-": "isub", "*": "imul"}


def by_ufunc(kind, left, right):
    """Whether NumPy leaves this to a ufunc, whose float power isn't libm's and whose integers wrap silently: neither
    operand is of the result's kind, or a bool_ stands on the left."""
    return kind not in (left.kind, right.kind) or left.kind == "bool_"


def binary(machine, symbol, left, right):
    """The result of a Python operator with a NumPy scalar in it, or None where there is no row."""
    if not follows_nep50() or left.kind in WEAK and right.kind in WEAK:
        return None
    kind = promoted(left.kind, right.kind)
    if symbol == "/" and not KINDS[kind].floating:
        kind = "float64"
    if kind == "bool_" and symbol in BOOL_AS_INT8:
        kind = "int8"
    if kind == "bool_":
        op = BOOL_ROWS.get(symbol)
        return None if op is None else v.Num(kind, machine.emit(op, left.node, right.node))
    rows = FLOAT_ROWS if KINDS[kind].floating else INTEGER_ROWS
    row = rows.get(symbol)
    if row is None or symbol == "**" and KINDS[kind].floating and by_ufunc(kind, left, right):
        return None
    x, y = converted(machine, left, kind), converted(machine, right, kind)
    if x.op == "const" and y.op == "const" and x.type not in ("f64", "i64"):
        return None
    if rows is INTEGER_ROWS and symbol in WRAPPING_UFUNCS and by_ufunc(kind, left, right):
        return v.Num(kind, machine.emit(WRAPPING_UFUNCS[symbol], x, y))
    return v.Num(kind, row(machine, x, y) if rows is FLOAT_ROWS else row(machine, x, y, kind))


# ---- comparisons

UNSIGNED_PREDICATES = {symbol: name.replace("icmp_s", "icmp_u") for symbol, name in INT_PREDICATES.items()}
BEYOND = {"<": False, "<=": False, "==": False, "!=": True, ">": True, ">=": True}     # 1 against a negative number
MIRRORED = {"<": ">", "<=": ">=", "==": "==", "!=": "!=", ">": "<", ">=": "<="}


def compare(machine, symbol, left, right):
    """A Num of kind bool_, or None.  Integers compare exactly, whatever their widths; with a float both become one."""
    if not follows_nep50():
        return None
    if KINDS[left.kind].floating or KINDS[right.kind].floating:
        kind = promoted(left.kind, right.kind)
        operands = [converted(machine, value, kind) for value in (left, right)]
        return v.Num("bool_", machine.emit(FLOAT_PREDICATES[symbol], *operands))
    if right.kind == "uint64" and left.kind != "uint64":
        left, right, symbol = right, left, MIRRORED[symbol]
    operands = [widened(machine, value, "i64") for value in (left, right)]
    if left.kind != "uint64":
        return v.Num("bool_", machine.emit(INT_PREDICATES[symbol], *operands))
    node = machine.emit(UNSIGNED_PREDICATES[symbol], *operands)
    if KINDS[right.kind].signed:
        negative_right = machine.emit("icmp_slt", operands[1], machine.int(0))
        node = machine.emit("select", negative_right, machine.const("i1", BEYOND[symbol]), node)
    return v.Num("bool_", node)


# ---- one operand

def negative(machine, value):
    kind = KINDS[value.kind]
    if kind.floating:
        return v.Num(value.kind, machine.emit("fneg", value.node))
    if kind.machine == "i1":
        return None
    op = "isub_ovf" if kind.signed else "usub_ovf"
    return v.Num(value.kind, machine.emit(op, zero_of(machine, value.node), value.node, exit=machine.exit("warning")))


def positive(machine, value):
    """A new object of the same value."""
    return None if value.kind == "bool_" else v.Num(value.kind, value.node)


def inverted(machine, value):
    kind = KINDS[value.kind]
    if kind.floating:
        return None
    ones = machine.const("i1", True) if kind.machine == "i1" else machine.const(kind.machine, -1)
    return v.Num(value.kind, machine.emit("ixor", value.node, ones))


def absolute(machine, value):
    kind = KINDS[value.kind]
    if kind.floating:
        return v.Num(value.kind, machine.emit("fabs", value.node))
    if not kind.signed:
        return v.Num(value.kind, value.node)
    below = machine.emit("icmp_slt", value.node, zero_of(machine, value.node))
    opposite = machine.emit("isub_ovf", zero_of(machine, value.node), value.node, exit=machine.exit("warning"))
    return v.Num(value.kind, machine.emit("select", below, opposite, value.node))


__all__ = ["binary", "compare", "negative", "positive", "inverted", "absolute", "asking", "UNSIGNED_PREDICATES"]
