"""The opcodes of CPython 3.12, as far as they differ from those of other versions."""

from .rows import (
    Part, call, comparison_above_four_bits, constant, conversion_and_format, even, expanded, flag, is_other_intrinsic,
    is_positive, just, makes_tuple, name, name_above_bit, name_above_two_bits, nothing, number, odd, other, parts_of_function,
    prefix, row,
)
from .shared import SHARED

NULL_ABOVE = False      # a call's operands: [NULL or method, callable or self, arguments ...]

CONDITIONS = (("TRUE", "true"), ("FALSE", "false"), ("NONE", "none"), ("NOT_NONE", "not none"))

BRANCHES = tuple(row(f"POP_JUMP_IF_{opname}", "BRANCH", just(condition), jump=1) for opname, condition in CONDITIONS)

ROWS = SHARED + BRANCHES + (
    row("JUMP_BACKWARD", "JUMP", jump=-1, ends=True),
    row("FOR_ITER", "FOR_ITER", caches=1, jump=1, beyond=1),
    row("LOAD_FAST_CHECK", "LOAD_FAST", number),
    row("LOAD_FAST_AND_CLEAR", "LOAD_FAST_AND_CLEAR", number),
    expanded("LOAD_GLOBAL", Part("PUSH_NULL", nothing, odd), Part("LOAD_GLOBAL", name_above_bit), caches=4),
    expanded("LOAD_ATTR", Part("LOAD_METHOD", name_above_bit, odd), Part("LOAD_ATTR", name_above_bit, even), caches=9),
    expanded("CALL_INTRINSIC_1", Part("UNARY", just("+"), is_positive), Part("LIST_TO_TUPLE", nothing, makes_tuple),
             Part("OTHER", number, is_other_intrinsic)),
    expanded("LOAD_SUPER_ATTR", Part("LOAD_SUPER_METHOD", name_above_two_bits, odd), Part("OTHER", name_above_two_bits, even), caches=1),
    row("COMPARE_OP", "COMPARE", comparison_above_four_bits, caches=1),
    row("CONTAINS_OP", "CONTAINS", flag),
    row("BINARY_SUBSCR", "SUBSCR", caches=1),
    row("BINARY_SLICE", "BINARY_SLICE"),
    row("STORE_SLICE", "STORE_SLICE"),
    row("FORMAT_VALUE", "FORMAT", conversion_and_format),
    prefix("KW_NAMES", "keywords"),
    row("CALL", "CALL", call, caches=3),
    expanded("RETURN_CONST", Part("LOAD_CONST", constant), Part("RETURN", nothing), ends=True),
    other("SEND", caches=1, jump=1),
    other("END_FOR"),
    other("END_SEND"),
    other("CLEANUP_THROW"),
    other("INTERPRETER_EXIT", ends=True),
    row("LOAD_CLOSURE", "LOAD_FAST", number),
    row("MAKE_FUNCTION", "MAKE_FUNCTION", parts_of_function),
    other("LOAD_LOCALS"),
    other("LOAD_FROM_DICT_OR_DEREF"),
    other("LOAD_FROM_DICT_OR_GLOBALS", name),
    other("CALL_INTRINSIC_2"),
)

HIDDEN = ("CACHE", "RESERVED")      # names that never stand in code.co_code as an instruction
