"""The opcodes of CPython 3.11, as far as they differ from those of other versions."""

from .rows import (
    Part, call, comparison, conversion_and_format, expanded, flag, just, name, name_above_bit, nothing, number, odd,
    other, parts_of_function, prefix, row,
)
from .shared import SHARED

NULL_ABOVE = False      # a call's operands: [NULL or method, callable or self, arguments ...]

CONDITIONS = (("TRUE", "true"), ("FALSE", "false"), ("NONE", "none"), ("NOT_NONE", "not none"))

BRANCHES = tuple(
    row(f"POP_JUMP_{direction}_IF_{opname}", "BRANCH", just(condition), jump=sign)
    for direction, sign in (("FORWARD", 1), ("BACKWARD", -1))
    for opname, condition in CONDITIONS
)

ROWS = SHARED + BRANCHES + (
    row("JUMP_IF_TRUE_OR_POP", "JUMP_OR_POP", just("true"), jump=1),
    row("JUMP_IF_FALSE_OR_POP", "JUMP_OR_POP", just("false"), jump=1),
    row("JUMP_BACKWARD", "JUMP", jump=-1, ends=True),
    row("FOR_ITER", "FOR_ITER", jump=1),
    expanded("LOAD_GLOBAL", Part("PUSH_NULL", nothing, odd), Part("LOAD_GLOBAL", name_above_bit), caches=5),
    row("LOAD_ATTR", "LOAD_ATTR", name, caches=4),
    row("LOAD_METHOD", "LOAD_METHOD", name, caches=10),
    row("UNARY_POSITIVE", "UNARY", just("+")),
    row("COMPARE_OP", "COMPARE", comparison, caches=2),
    row("CONTAINS_OP", "CONTAINS", flag),
    row("BINARY_SUBSCR", "SUBSCR", caches=4),
    row("FORMAT_VALUE", "FORMAT", conversion_and_format),
    prefix("KW_NAMES", "keywords"),
    prefix("PRECALL", "announce", caches=1),
    row("CALL", "CALL", call, caches=4),
    other("SEND", jump=1),
    row("LOAD_CLOSURE", "LOAD_FAST", number),
    row("MAKE_FUNCTION", "MAKE_FUNCTION", parts_of_function),
    other("LOAD_CLASSDEREF"),
    row("LIST_TO_TUPLE", "LIST_TO_TUPLE"),
    other("IMPORT_STAR"),
    other("PRINT_EXPR"),
    other("ASYNC_GEN_WRAP"),
    other("PREP_RERAISE_STAR"),
)

HIDDEN = ("CACHE",)     # names that never stand in code.co_code as an instruction
