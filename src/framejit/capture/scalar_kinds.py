"""Which kind arithmetic on NumPy scalars happens in (NEP 50), and conversions between kinds.

    int8, uint8 -> int16      int64, uint64 -> float64      float32, 0.5 -> float32 (Python's numbers are weak)

Nothing has happened when a conversion leaves: NumPy would raise or warn there.
"""

import sys

from framejit.capture.truth import of_num
from framejit.tables.classes import numpy_holds
from framejit.tables.types import KINDS, MACHINE_TYPES

INFINITY = float("inf")
WEAK = ("int", "float", "bool")
SINGLE_HOLDS = 16       # integers up to this many bits become float32 beside one, wider ones make it float64


def bits(kind):
    return MACHINE_TYPES[KINDS[kind].machine].bits


def is_integer(kind):
    return not KINDS[kind].floating and KINDS[kind].machine != "i1"


def follows_nep50():
    """Whether the NumPy that the program imported promotes as this file says (2.0 and later)."""
    version = numpy_holds("__version__", "")
    return isinstance(version, str) and version.split(".")[0].isdigit() and int(version.split(".")[0]) >= 2


def overflow_is_ignored():
    """Whether np.errstate ignores overflow while this is compiled: then code that wraps is worth having."""
    module = sys.modules.get("numpy._core._multiarray_umath")
    read = getattr(module, "_get_extobj_dict", None)
    return read is not None and read().get("over") == "ignore"


def promoted(left, right):
    """Name of the NumPy kind that both operands are converted to; one of them at least is NumPy's."""
    if left in WEAK:
        left, right = right, left
    if right == "bool" or right == "bool_" or left == right:
        return left
    if right == "int":
        return "int64" if left == "bool_" else left
    if right == "float":
        return left if KINDS[left].floating else "float64"
    if left == "bool_":
        return right
    if KINDS[left].floating or KINDS[right].floating:
        return promoted_floating(left, right)
    return promoted_integers(left, right)


def promoted_floating(left, right):
    narrow = all(kind == "float32" or not KINDS[kind].floating and bits(kind) <= SINGLE_HOLDS for kind in (left, right))
    return "float32" if narrow else "float64"


def promoted_integers(left, right):
    if KINDS[left].signed == KINDS[right].signed:
        return left if bits(left) >= bits(right) else right
    signed, unsigned = (left, right) if KINDS[left].signed else (right, left)
    width = max(bits(signed), 2 * bits(unsigned))
    return "float64" if width > 64 else f"int{width}"


# ---- conversions

def widened(machine, value, machine_type):
    """An integer or bool as a wider integer of the same value."""
    node, kind = value.node, KINDS[value.kind]
    if kind.machine == machine_type:
        return node
    if node.op == "const":
        mask = (1 << bits(value.kind)) - 1
        return machine.const(machine_type, int(node.attr) if kind.signed else int(node.attr) & mask)
    return machine.emit("sext" if kind.signed else "zext", node, attr=machine_type, type=machine_type)


def narrowed(machine, node, machine_type):
    """The low bits of an i64."""
    if node.type == machine_type:
        return node
    width = MACHINE_TYPES[machine_type].bits
    if node.op == "const":
        half = 1 << width - 1
        return machine.const(machine_type, (node.attr + half) % (2 * half) - half)
    return machine.emit("trunc", node, attr=machine_type, type=machine_type)


def limits(kind):
    width = bits(kind)
    return (-(1 << width - 1), (1 << width - 1) - 1) if KINDS[kind].signed else (0, (1 << width) - 1)


def fitted(machine, value, kind):
    """Any integer or bool as this integer kind; leaves where its value doesn't fit."""
    low, high = limits(kind)
    source_low, source_high = limits(value.kind) if is_integer(value.kind) else (0, 1)
    if low <= source_low and source_high <= high:
        return widened(machine, value, KINDS[kind].machine)
    if value.kind == "uint64":
        within = machine.emit("icmp_ule", value.node, machine.int(high))
        machine.guard(within, "overflow")
        return narrowed(machine, value.node, KINDS[kind].machine)
    wide = widened(machine, value, "i64")
    if source_low < low:
        machine.guard(machine.emit("icmp_sge", wide, machine.int(low)), "overflow")
    if source_high > high:
        machine.guard(machine.emit("icmp_sle", wide, machine.int(high)), "overflow")
    return narrowed(machine, wide, KINDS[kind].machine)


def as_double(machine, value):
    """Any number as f64; no conversion to f64 warns."""
    if KINDS[value.kind].machine == "f64":
        return value.node
    if value.kind == "float32":
        return machine.emit("fpext", value.node, attr="f64", type="f64")
    if value.kind == "uint64":
        return machine.emit("uitofp", value.node, attr="f64", type="f64")
    return machine.emit("sitofp", widened(machine, value, "i64"), attr="f64", type="f64")


def as_single(machine, value, exact_underflow=False):
    """Any number as f32; leaves where a finite number would overflow.

    Python's numbers round twice, int to double to single; NumPy's once.  `exact_underflow`: a cast that may flag
    underflow asks np.errstate.
    """
    if value.kind == "float32":
        return value.node
    if not KINDS[value.kind].floating and value.kind not in WEAK:
        op = "uitofp" if value.kind == "uint64" else "sitofp"
        source = value.node if value.kind == "uint64" else widened(machine, value, "i64")
        return machine.emit(op, source, attr="f32", type="f32")
    wide = as_double(machine, value)
    node = machine.emit("fptrunc", wide, attr="f32", type="f32")
    if KINDS[value.kind].floating:
        quiet_cast(machine, wide, node, exact_underflow)
    return node


def quiet_cast(machine, wide, node, exact_underflow):
    infinity = machine.const("f32", INFINITY)
    magnitude = machine.emit("fabs", node)
    quiet = machine.emit("fcmp_olt", magnitude, infinity)
    if exact_underflow:
        smallest = machine.const("f32", SMALLEST["f32"])
        quiet = machine.emit("iand", quiet, machine.emit("fcmp_ogt", magnitude, smallest))
    unless(machine, quiet, lambda: machine.emit("read_call", wide, attr=("fj_quiet_single", "i1"), type="i1")
           if exact_underflow else machine.emit("pure_call", wide, attr=("fj_single_fits", "i1"), type="i1"))


SMALLEST = {"f32": 2.0**-126, "f64": 2.0**-1022}


def unless(machine, quiet, ask):
    """Go on where `quiet` (an i1) holds; else in a block of its own ask for an i1, and leave where that is false.

    The interpreter then does the instruction: it is the one that warns or raises.
    """
    if quiet.op == "const":
        if not quiet.attr:
            machine.guard(ask(), "warning")
        return
    behind, cold = machine.graph.block(), machine.graph.block()
    machine.end("branch", (quiet,), [(behind, []), (cold, [])])
    machine.block = cold
    machine.guard(ask(), "warning")
    machine.end("jump", targets=[(behind, [])])
    machine.block = behind


def truncated(machine, value, kind):
    """A floating number as this integer kind, towards zero; leaves where it doesn't fit (NaN included)."""
    wide = as_double(machine, value)
    low, high = limits(kind)
    below = machine.emit("fcmp_olt", wide, machine.const("f64", float(min(high, 2**63 - 1) + 1)))
    above = machine.emit("fcmp_oge", wide, machine.const("f64", float(low))) if low == -2**63 else \
        machine.emit("fcmp_ogt", wide, machine.const("f64", float(low - 1)))
    machine.guard(machine.emit("iand", below, above), "overflow")
    return narrowed(machine, machine.emit("fptosi", wide, attr="i64", type="i64"), KINDS[kind].machine)


def converted(machine, value, kind):
    """An operand as the kind that the operation happens in."""
    row = KINDS[kind]
    if KINDS[value.kind].machine == row.machine and (row.floating or KINDS[value.kind].signed == row.signed):
        return value.node
    if row.machine == "f64":
        return as_double(machine, value)
    if row.machine == "f32":
        return as_single(machine, value)
    if row.machine == "i1":
        return value.node
    return fitted(machine, value, kind)


def stored(machine, value, kind):
    """`a[i] = value`, or a constructor's argument: any number as an element of this kind, or None."""
    row = KINDS[kind]
    if row.machine == "i1":
        return of_num(machine, value)
    if row.machine == "f64":
        return as_double(machine, value)
    if row.machine == "f32":
        return as_single(machine, value, exact_underflow=value.kind == "float64")
    if KINDS[value.kind].floating:
        return truncated(machine, value, kind)
    return fitted(machine, value, kind)
