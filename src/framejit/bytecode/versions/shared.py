"""The rows that are the same in every supported version: meaning, argument and inline caches.

A row that a later version changes moves from here to the versions' own files.
"""

from .rows import (
    binary, constant, flag, just, name, number, other, prefix, row,
)

STACK_AND_LOCALS = (
    row("NOP", "NOP"),
    row("RESUME", "NOP"),
    row("POP_TOP", "POP_TOP"),
    row("PUSH_NULL", "PUSH_NULL"),
    row("COPY", "COPY", number),
    row("SWAP", "SWAP", number),
    row("LOAD_FAST", "LOAD_FAST", number),
    row("STORE_FAST", "STORE_FAST", number),
    row("DELETE_FAST", "DELETE_FAST", number),
    row("LOAD_CONST", "LOAD_CONST", constant),
    row("LOAD_ASSERTION_ERROR", "LOAD_CONST", just(AssertionError)),
    row("LOAD_NAME", "LOAD_NAME", name),
    row("STORE_NAME", "STORE_NAME", name),
    row("STORE_GLOBAL", "STORE_GLOBAL", name),
    row("DELETE_NAME", "DELETE_NAME", name),
    row("DELETE_GLOBAL", "DELETE_GLOBAL", name),
    row("LOAD_DEREF", "LOAD_DEREF", number),
    row("STORE_DEREF", "STORE_DEREF", number),
    row("MAKE_CELL", "MAKE_CELL", number),
)

OPERATORS = (
    row("UNARY_NEGATIVE", "UNARY", just("-")),
    row("UNARY_INVERT", "UNARY", just("~")),
    row("UNARY_NOT", "UNARY", just("not")),
    row("BINARY_OP", "BINARY", binary, caches=1),
    row("IS_OP", "IS", flag),
    row("STORE_SUBSCR", "STORE_SUBSCR", caches=1),
    row("DELETE_SUBSCR", "DELETE_SUBSCR"),
    row("STORE_ATTR", "STORE_ATTR", name, caches=4),
    row("DELETE_ATTR", "DELETE_ATTR", name),
    row("GET_ITER", "GET_ITER"),
)

CONTAINERS = (
    row("BUILD_TUPLE", "BUILD_TUPLE", number),
    row("BUILD_LIST", "BUILD_LIST", number),
    row("BUILD_MAP", "BUILD_MAP", number),
    row("BUILD_SET", "BUILD_SET", number),
    row("BUILD_STRING", "BUILD_STRING", number),
    row("BUILD_SLICE", "BUILD_SLICE", number),
    row("BUILD_CONST_KEY_MAP", "BUILD_CONST_KEY_MAP", number),
    row("UNPACK_SEQUENCE", "UNPACK", number, caches=1),
    row("LIST_APPEND", "LIST_APPEND", number),
    row("LIST_EXTEND", "LIST_EXTEND", number),
    row("SET_ADD", "SET_ADD", number),
    row("MAP_ADD", "MAP_ADD", number),
    row("SET_UPDATE", "SET_UPDATE", number),
    row("DICT_UPDATE", "DICT_UPDATE", number),
    row("DICT_MERGE", "DICT_MERGE", number),
    row("UNPACK_EX", "UNPACK_EX", number),
)

MODULES = (
    row("IMPORT_NAME", "IMPORT_NAME", name),
    row("IMPORT_FROM", "IMPORT_FROM", name),
)

CONTROL = (
    row("JUMP_FORWARD", "JUMP", jump=1, ends=True),
    row("JUMP_BACKWARD_NO_INTERRUPT", "JUMP", jump=-1, ends=True),
    row("RETURN_VALUE", "RETURN", ends=True),
    row("RAISE_VARARGS", "RAISE", number, ends=True),
    row("BEFORE_WITH", "BEFORE_WITH"),
    row("CALL_FUNCTION_EX", "CALL_EX", flag),
    prefix("EXTENDED_ARG", "extend"),
)

MATCHING = (
    row("MATCH_SEQUENCE", "MATCH_SEQUENCE"),
    row("MATCH_MAPPING", "MATCH_MAPPING"),
    row("GET_LEN", "GET_LEN"),
    row("MATCH_KEYS", "MATCH_KEYS"),
    row("MATCH_CLASS", "MATCH_CLASS", number),
)

HANDLING = (
    row("PUSH_EXC_INFO", "PUSH_EXC_INFO"),
    row("CHECK_EXC_MATCH", "CHECK_EXC_MATCH"),
    row("WITH_EXCEPT_START", "WITH_EXCEPT_START"),
    row("POP_EXCEPT", "POP_EXCEPT"),
    row("RERAISE", "RERAISE", number, ends=True),
)

REGION_ENDS = (
    other("CHECK_EG_MATCH"),
    other("BEFORE_ASYNC_WITH"),
    other("GET_AITER"),
    other("GET_ANEXT"),
    other("END_ASYNC_FOR"),
    other("GET_AWAITABLE"),
    other("GET_YIELD_FROM_ITER"),
    other("RETURN_GENERATOR"),
    other("YIELD_VALUE"),
    other("LOAD_BUILD_CLASS"),
    other("SETUP_ANNOTATIONS"),
    other("COPY_FREE_VARS"),
    other("DELETE_DEREF"),
)

SHARED = STACK_AND_LOCALS + OPERATORS + CONTAINERS + MODULES + CONTROL + MATCHING + HANDLING + REGION_ENDS
