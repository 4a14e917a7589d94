"""The opcodes of CPython 3.13, as far as they differ from those of other versions."""

from .rows import (
    Part, asks_for_bool, call, comparison_above_five_bits, constant, conversion, even, expanded, flag, high_half,
    is_other_intrinsic, is_positive, just, low_half, makes_tuple, name, name_above_bit, name_above_two_bits, nothing, number,
    odd, other, row,
)
from .shared import SHARED

NULL_ABOVE = True       # a call's operands: [callable or method, NULL or self, arguments ...]

CONDITIONS = (("TRUE", "true"), ("FALSE", "false"), ("NONE", "none"), ("NOT_NONE", "not none"))

BRANCHES = tuple(
    row(f"POP_JUMP_IF_{opname}", "BRANCH", just(condition), caches=1, jump=1) for opname, condition in CONDITIONS
)

PAIRS = (
    expanded("LOAD_FAST_LOAD_FAST", Part("LOAD_FAST", high_half), Part("LOAD_FAST", low_half)),
    expanded("STORE_FAST_LOAD_FAST", Part("STORE_FAST", high_half), Part("LOAD_FAST", low_half)),
    expanded("STORE_FAST_STORE_FAST", Part("STORE_FAST", high_half), Part("STORE_FAST", low_half)),
    expanded("RETURN_CONST", Part("LOAD_CONST", constant), Part("RETURN", nothing), ends=True),
    expanded("LOAD_GLOBAL", Part("LOAD_GLOBAL", name_above_bit), Part("PUSH_NULL", nothing, odd), caches=4),
    expanded("COMPARE_OP", Part("COMPARE", comparison_above_five_bits), Part("TRUTH", nothing, asks_for_bool), caches=1),
)

ROWS = SHARED + BRANCHES + PAIRS + (
    row("JUMP_BACKWARD", "JUMP", caches=1, jump=-1, ends=True),
    row("FOR_ITER", "FOR_ITER", caches=1, jump=1, beyond=2),
    row("LOAD_FAST_CHECK", "LOAD_FAST", number),
    row("LOAD_FAST_AND_CLEAR", "LOAD_FAST_AND_CLEAR", number),
    expanded("LOAD_ATTR", Part("LOAD_METHOD", name_above_bit, odd), Part("LOAD_ATTR", name_above_bit, even), caches=9),
    expanded("CALL_INTRINSIC_1", Part("UNARY", just("+"), is_positive), Part("LIST_TO_TUPLE", nothing, makes_tuple),
             Part("OTHER", number, is_other_intrinsic)),
    expanded("LOAD_SUPER_ATTR", Part("LOAD_SUPER_METHOD", name_above_two_bits, odd), Part("OTHER", name_above_two_bits, even), caches=1),
    row("TO_BOOL", "TRUTH", caches=3),
    row("CONTAINS_OP", "CONTAINS", flag, caches=1),
    row("BINARY_SUBSCR", "SUBSCR", caches=1),
    row("BINARY_SLICE", "BINARY_SLICE"),
    row("STORE_SLICE", "STORE_SLICE"),
    row("CONVERT_VALUE", "CONVERT", conversion),
    row("FORMAT_SIMPLE", "FORMAT", just((None, False))),
    row("FORMAT_WITH_SPEC", "FORMAT", just((None, True))),
    row("CALL", "CALL", call, caches=3),
    row("CALL_KW", "CALL", call, role="absorb"),
    other("SEND", caches=1, jump=1),
    other("END_FOR"),
    other("END_SEND"),
    other("CLEANUP_THROW"),
    other("INTERPRETER_EXIT", ends=True),
    other("EXIT_INIT_CHECK"),
    other("LOAD_LOCALS"),
    other("LOAD_FROM_DICT_OR_DEREF"),
    other("LOAD_FROM_DICT_OR_GLOBALS", name),
    row("MAKE_FUNCTION", "MAKE_FUNCTION", just(0)),
    row("SET_FUNCTION_ATTRIBUTE", "FUNCTION_ATTRIBUTE", number),
    other("CALL_INTRINSIC_2"),
)

HIDDEN = ("CACHE", "RESERVED", "ENTER_EXECUTOR")    # names that never stand in code.co_code as an instruction
