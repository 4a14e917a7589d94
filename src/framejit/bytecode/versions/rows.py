"""The form of an opcode row, and the readers that turn an opcode's number into its operand.

A row says for one opcode of one CPython version which normal operations it stands for and how its argument
reads.  Most opcodes stand for one operation; some for several, and some for one or another, told apart by a
bit of the argument:

    row("LOAD_FAST", "LOAD_FAST", number)
    expanded("LOAD_GLOBAL", Part("PUSH_NULL", nothing, odd), Part("LOAD_GLOBAL", name_above_bit), caches=4)
"""

from collections.abc import Callable
from typing import NamedTuple


class Source:
    """What readers look into: the constants and names of a code object, and keywords announced for a call."""

    __slots__ = ("constants", "names", "keywords")

    def __init__(self, code):
        self.constants = code.co_consts
        self.names = code.co_names
        self.keywords = ()


Reader = Callable[[int, Source], object]


class Part(NamedTuple):
    op: str                                     # the normal operation
    read: Reader                                # raw argument -> operand
    when: Callable[[int], bool] | None = None   # which arguments it stands for (None: all)


class Row(NamedTuple):
    opname: str
    parts: tuple[Part, ...]
    caches: int = 0         # inline cache units behind it
    jump: int = 0           # +1: jumps forward by its argument, -1: backward
    beyond: int = 0         # units that a jump goes further than its argument says
    ends: bool = False      # control never reaches the next instruction
    role: str = ""          # "extend", "keywords", "announce": belongs to the instruction behind; "absorb": see decode


def row(opname, op, read=None, **rest) -> Row:
    """A row for one operation; without a reader the operand is None."""
    return Row(opname, (Part(op, read or nothing),), **rest)


def other(opname, read=None, **rest) -> Row:
    """A row for an opcode that ends a region."""
    return Row(opname, (Part("OTHER", read or number),), **rest)


def expanded(opname, *parts, **rest) -> Row:
    """A row for several operations, or for one of several."""
    return Row(opname, parts, **rest)


def prefix(opname, role, **rest) -> Row:
    """A row for a unit that only adds to the instruction behind it."""
    return Row(opname, (), role=role, **rest)


# Readers.

def nothing(argument, source):
    return None


def number(argument, source):
    return argument


def high_half(argument, source):
    return argument >> 4


def low_half(argument, source):
    return argument & 15


def constant(argument, source):
    return source.constants[argument]


def name(argument, source):
    return source.names[argument]


def name_above_bit(argument, source):
    return source.names[argument >> 1]


def name_above_two_bits(argument, source):
    return source.names[argument >> 2]


def flag(argument, source):
    return bool(argument)


def parts_of_function(argument, source):
    """Flags: what lies below the code."""
    return argument & 15


def call(argument, source):
    """(count of arguments, names of those of them that were passed by keyword: the last ones)."""
    return argument, source.keywords


def just(value) -> Reader:
    """A reader for an operand that the opcode's name already says."""
    return lambda argument, source: value


BINARY_SYMBOLS = ("+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^")
BINARY_OPERANDS = tuple((symbol, inplace) for inplace in (False, True) for symbol in BINARY_SYMBOLS)
COMPARISONS = ("<", "<=", "==", "!=", ">", ">=")
CONVERSIONS = (None, "str", "repr", "ascii")


def binary(argument, source):
    """(symbol, in place?)"""
    return BINARY_OPERANDS[argument]


def comparison(argument, source):
    return COMPARISONS[argument]


def comparison_above_four_bits(argument, source):
    return COMPARISONS[argument >> 4]


def comparison_above_five_bits(argument, source):
    return COMPARISONS[argument >> 5]


def conversion(argument, source):
    return CONVERSIONS[argument]


def conversion_and_format(argument, source):
    """(conversion applied first, is there a format on the stack?)"""
    return CONVERSIONS[argument & 3], bool(argument & 4)


# Conditions.

def odd(argument):
    return argument & 1 == 1


def even(argument):
    return argument & 1 == 0


def asks_for_bool(argument):
    return argument & 16 != 0


INTRINSIC_UNARY_POSITIVE, INTRINSIC_LIST_TO_TUPLE = 5, 6


def is_positive(argument):
    return argument == INTRINSIC_UNARY_POSITIVE


def makes_tuple(argument):
    return argument == INTRINSIC_LIST_TO_TUPLE


def is_other_intrinsic(argument):
    return not is_positive(argument) and not makes_tuple(argument)
