"""Every operation's meaning in Python against LLVM's, on values from the edges; no operation goes without a test."""

import itertools
import math

import pytest
from . import test_memory
from .both_ways import Compiled, packed
from .builder import Builder

from framejit.graph.verify import verify
from framejit.tables.operations import OPERATIONS
from framejit.tables.types import MACHINE_TYPES

COMPUTED = [row for row in OPERATIONS.values() if row.compute is not None or row.typed is not None]
INTEGERS = ("i8", "i16", "i32", "i64")
FLOATS = ("f32", "f64")
BITWISE = ("iand", "ior", "ixor")
CONVERSIONS = {
    "sext": [("i1", "i64"), ("i8", "i64"), ("i32", "i64"), ("i8", "i16")],
    "zext": [("i1", "i8"), ("i1", "i64"), ("i8", "i64"), ("i32", "i64")],
    "trunc": [("i64", "i32"), ("i64", "i8"), ("i32", "i16"), ("i64", "i1")],
    "sitofp": [(integer, real) for integer in INTEGERS for real in FLOATS],
    "uitofp": [(integer, real) for integer in ("i1", *INTEGERS) for real in FLOATS],
    "fptosi": [("f64", "i64"), ("f64", "i32"), ("f32", "i64"), ("f64", "i8")],
    "fpext": [("f32", "f64")],
    "fptrunc": [("f64", "f32")],
    "pointer_bits": [("ptr", "i64")],
    "bitcast": [("i64", "f64"), ("f64", "i64"), ("i32", "f32"), ("f32", "i32")],
}
REALS = (0.0, -0.0, 1.0, -1.5, 0.5, -0.5, 2.5, 1e-310, 3.4e38, -1e300, 2.0**62, 1 / 3, math.inf, -math.inf, math.nan)


def pool(type):
    """Values from the edges of a type."""
    row = MACHINE_TYPES[type]
    if type == "c128":
        return [complex(x, y) for x, y in zip(REALS, REALS[3:] + REALS[:3])]
    if row.floating:
        return [value for value in REALS if type == "f64" or not math.isfinite(value) or abs(value) < 3.5e38]
    if type == "i1":
        return [False, True]
    if type == "ptr":
        return [0, 1, 2**63, 2**64 - 1]
    top = 1 << row.bits - 1
    small = [0, 1, -1, 2, 3, 7, -8, 33, row.bits - 1]
    return sorted({*[value for value in small if -top <= value < top], top - 1, -top, top // 3, -top + 1, *inexact(row.bits)})


def inexact(bits):
    """Integers between two single-precision numbers, and half way."""
    return [2**24 + 1, 2**24 + 3, -(2**40) - 2**16 - 1, 2**53 + 1, 2**62 + 2**38 + 1] if bits == 64 else []


def division(type, x, y):
    return y != 0 and not (y == -1 and x == -(1 << MACHINE_TYPES[type].bits - 1))


def shift(type, x, y):
    return 0 <= y < MACHINE_TYPES[type].bits


# where the instruction has a meaning; elsewhere LLVM gives poison, and guards stand before it
DEFINED = {
    "sdiv": division, "srem": division, "udiv": lambda type, x, y: y != 0, "urem": lambda type, x, y: y != 0,
    "shl": shift, "ashr": shift, "lshr": shift,
}


def converts(result, x):
    return math.isfinite(x) and -(1 << MACHINE_TYPES[result].bits - 1) <= math.trunc(x) < 1 << MACHINE_TYPES[result].bits - 1


def signatures(row):
    """(operand types, result type) pairs to test a row with."""
    if row.name in CONVERSIONS:
        return [((source,), target) for source, target in CONVERSIONS[row.name]]
    if row.name == "select":
        return [(("i1", type, type), type) for type in ("i1", "i64", "f64", "c128", "ptr")]
    if row.name.startswith("complex_"):
        return [(tuple(row.args.split()), row.result)]
    letter = row.args.split()[0]
    types = {"I": INTEGERS, "F": FLOATS, "T": ("i1", *INTEGERS, "ptr")}[letter]
    if row.name in BITWISE:
        types = ("i1", *INTEGERS)
    count = len(row.args.split())
    return [((type,) * count, type if row.result in ("I", "F") else row.result) for type in types
            if not (type == "ptr" and row.name[5:6] == "s")]


CASES = [(row.name, types, result) for row in COMPUTED for types, result in signatures(row)]


@pytest.mark.parametrize("name, types, result", CASES, ids=lambda value: value if isinstance(value, str) else " ".join(value))
def test_computes_what_llvm_computes(name, types, result):
    builder = Builder()
    operands = [builder.input(type) for type in types]
    row = OPERATIONS[name]
    builder.results = list(operands)
    builder.results.append(builder.emit(name, *operands, type=result, attr=result if row.result == "attr" else None,
                                        exit=builder.exit("overflow") if row.effect == "guard" else None))
    compiled = Compiled(verify(builder.finish()))
    ran = 0
    for values in itertools.product(*[pool(type) for type in types]):
        if name in DEFINED and not DEFINED[name](types[0], *values) or name == "fptosi" and not converts(result, *values):
            continue
        compiled.agree(inputs=b"".join([packed(type, value) for type, value in zip(types, values)]))
        ran += 1
    assert ran


def test_every_operation_has_a_test():
    tested = {name for name, _, _ in CASES} | set(test_memory.GRAPHS) | set(test_memory.TESTED_BELOW) | set(test_memory.IN_PROGRAMS)
    assert tested >= set(OPERATIONS), set(OPERATIONS) - tested
