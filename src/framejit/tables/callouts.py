"""The rows of fj_callout: instructions that the runtime performs on the frame's own value stack.

Each row does what the interpreter does for one bytecode, through the C API.  Before it, the exit's recipe has put the
operands on the stack in the running version's own layout.  `takes` and `leaves` count stack items (`n`: see `arg`).
`k` is an index into the region's constants.  Where `number` is said, ctx->number holds it afterwards.
Rows that find nothing done and an error to raise (an unknown name, a value that can't be unpacked) leave instead: the
interpreter runs the instruction itself.
"""

from typing import NamedTuple


class Row(NamedTuple):
    code: int
    name: str
    takes: str
    leaves: str
    arg: str


_ROWS = (
    ("CALL", "n+2", "1", "n | (k + 1) << 16: n arguments, the constant with the keyword names or none (never on the stack, 3.13 neither)"),
    ("CALL_EX", "3 or 4", "1", "1 when a dict of keyword arguments is on the stack; the NULL of PUSH_NULL is popped too"),
    ("BINARY", "2", "1", "n | (slot + 1) << 16: number of the operator, BINARY_NUMBER; the local that the left operand is and the result goes to next, or none"),
    ("COMPARE", "2", "1", "number of the comparison, COMPARE_NUMBER, | 16 for its truth"),
    ("CONTAINS", "2", "1", "1: not in"),
    ("UNARY", "1", "1", "number of the operator, UNARY_NUMBER"),
    ("TRUTH", "1", "1", "-: pushes True or False; number"),
    ("BRANCH", "1", "0", "the unit where a true value goes on (next_unit: a false one); number"),
    ("SUBSCR", "2", "1", "-"),
    ("STORE_SUBSCR", "3", "0", "-"),
    ("DELETE_SUBSCR", "2", "0", "-"),
    ("BINARY_SLICE", "3", "1", "-"),
    ("STORE_SLICE", "4", "0", "-"),
    ("LOAD_ATTR", "1", "1", "k: the name"),
    ("LOAD_METHOD", "1", "2", "k: the name; pushes the two items that CALL expects"),
    ("STORE_ATTR", "2", "0", "k: the name"),
    ("DELETE_ATTR", "1", "0", "k: the name"),
    ("GET_ITER", "1", "1", "-"),
    ("FOR_NEXT", "0 or 1", "1 or 0", "the unit behind the loop; number 1: item pushed, 0: iterator popped"),
    ("BUILD_TUPLE", "n", "1", "n"),
    ("BUILD_LIST", "n", "1", "n"),
    ("BUILD_MAP", "2n", "1", "n"),
    ("BUILD_CONST_KEY_MAP", "n+1", "1", "n: values below the tuple of keys"),
    ("BUILD_SET", "n", "1", "n"),
    ("BUILD_STRING", "n", "1", "n"),
    ("BUILD_SLICE", "n", "1", "n: 2 or 3"),
    ("CONVERT", "1", "1", "1 str, 2 repr, 3 ascii"),
    ("FORMAT", "1 or 2", "1", "1 when the format specification is on the stack, | what CONVERT takes, of the value first, << 1"),
    ("UNPACK", "1", "n", "n"),
    ("LIST_APPEND", "1", "0", "distance of the list below the top, once the item is popped"),
    ("LIST_EXTEND", "1", "0", "the same"),
    ("SET_ADD", "1", "0", "the same"),
    ("MAP_ADD", "2", "0", "the same, key and value popped"),
    ("LOAD_GLOBAL", "0", "1", "k: the name"),
    ("LOAD_NAME", "0", "1", "k: the name"),
    ("STORE_GLOBAL", "1", "0", "k: the name"),
    ("STORE_NAME", "1", "0", "k: the name"),
    ("DELETE_GLOBAL", "0", "0", "k: the name"),
    ("DELETE_NAME", "0", "0", "k: the name"),
    ("POP", "1", "0", "-"),
    ("STORE_LOCAL", "1", "0", "slot of the local; what it held is dropped"),
    ("DELETE_LOCAL", "0", "0", "slot of the local"),
    ("LOAD_LOCAL", "0", "1", "slot of the local; unbound: leaves"),
    ("LOAD_CONST", "0", "1", "k"),
    ("PUSH_NULL", "0", "1", "-"),
    ("COPY", "0", "1", "n: 1 is the top"),
    ("SWAP", "0", "0", "n: 2 is the item below the top"),
    ("INIT", "n+2", "1", "as CALL, where native code has made the instance: the class, it, n arguments; what it leaves is the instance"),
    ("ASK", "0", "0", "-: nothing; everything is checked as behind every row"),
    ("MAKE_FUNCTION", "1 to 5", "1", "what lies below the code: 1 defaults, 2 those of keyword-only parameters, 4 annotations, 8 cells"),
    ("SET_UPDATE", "1", "0", "distance of the set below the top, once the items are popped"),
    ("DICT_UPDATE", "1", "0", "the same of a dict"),
    ("DICT_MERGE", "1", "0", "the same"),
    ("LIST_TO_TUPLE", "1", "1", "-"),
    ("UNPACK_EX", "1", "n+1+m", "n | m << 8"),
    ("BEFORE_WITH", "1", "2", "-"),
    ("IMPORT_NAME", "2", "1", "k: the name"),
    ("IMPORT_FROM", "1", "2", "k: the name"),
    ("MATCH_SEQUENCE", "1", "2", "-"),
    ("MATCH_MAPPING", "1", "2", "-"),
    ("GET_LEN", "1", "2", "-"),
    ("MATCH_KEYS", "2", "3", "-"),
    ("MATCH_CLASS", "3", "1", "n: patterns of positions"),
    ("FUNCTION_ATTRIBUTE", "2", "1", "one of the same: it lies below the function"),
    ("RAISE", "n", "0", "n: 0 what is handled, 1 an exception, 2 one and its cause"),
    ("RERAISE", "1", "0", "distance of the position below the exception, if there is one"),
    ("POP_EXCEPT", "1", "0", "-"),
    ("WITH_EXCEPT_START", "0", "1", "-"),
)

ROWS = tuple(Row(code, *row) for code, row in enumerate(_ROWS))
CODE = {row.name: row.code for row in ROWS}
CATCHES = 256           # on a row's code: what it raises is caught by native code (ext/raising.h)

_OPERATORS = ("+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^")
BINARY_NUMBER = {(symbol, False): number for number, symbol in enumerate(_OPERATORS)}
BINARY_NUMBER.update({(symbol, True): number + len(_OPERATORS) for number, symbol in enumerate(_OPERATORS)})
TO_BOOL = 16            # beside a comparison's number
COMPARE_NUMBER = {symbol: number for number, symbol in enumerate(("<", "<=", "==", "!=", ">", ">="))}
UNARY_NUMBER = {symbol: number for number, symbol in enumerate(("-", "~", "not", "+"))}
