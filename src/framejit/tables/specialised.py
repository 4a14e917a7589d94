"""Instructions as the interpreter has specialised them, by what capture would make of them: a call-out of this kind.

The interpreter specialises what it runs often, so these names say, without capturing anything, that a loop works on
objects, strings, dictionaries or generators.  What may be compiled for some operands (a module's attribute, `append`,
`math.sqrt`) has no row, and neither has an instruction that isn't specialised: it may never have run.  The names are those
of all versions.
"""

# What a call-out costs beside what the interpreter would do, in its instructions.  Calls take their time anyway: a loop
# with a `print` is compiled for what is around it.
CALLED, OPERATION, LONG, FRAME = 7, 20, 1, 20      # LONG: what takes many times as long itself; FRAME: what the interpreter's own call of a small function is
FUSED = 20      # what an operation of an expression over arrays spares, in instructions, beside its own: a call of NumPy's, an array
SPARED = 60     # the same by what it takes over a few elements (NumPy 0.45 us, a nest 0.04), half of it to be sure
PRICES = {"CALL": CALLED, "CALL_EX": CALLED, "BEFORE_WITH": CALLED, "IMPORT_NAME": CALLED}

EXPRESSION = 40     # what a generator expression that is consumed weighs beside an instruction: turns of a loop of some instructions
SLICE = 10          # the same of a slice that is

BOUND_METHOD = "CALL_BOUND_METHOD_GENERAL"
CALL_OUTS = {
    BOUND_METHOD: "CALL",
    "LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN": "LOAD_ATTR",
    "PRECALL_NO_KW_ISINSTANCE": "CALL",
    "CALL_NO_KW_ISINSTANCE": "CALL",
    "CALL_ISINSTANCE": "CALL",
    "FOR_ITER_GEN": "FOR_NEXT",
    "YIELD_VALUE": "YIELD_VALUE",
}

# A function of Python's is called without a new evaluator by the interpreter only (measured: 230 to 430 ns more); behind a
# yield the loop is interpreted until it is sampled again.
CERTAIN = {"CALL": 28, "YIELD_VALUE": 28}
BUILTIN_CALLS = ("PRECALL_NO_KW_ISINSTANCE", "CALL_NO_KW_ISINSTANCE", "CALL_ISINSTANCE")       # cost what calls of builtin functions cost

# Loads of methods of objects without a dictionary.
METHODS = ("LOAD_ATTR_METHOD_NO_DICT", "LOAD_METHOD_NO_DICT")
LIST_METHODS = ("append", "pop", "extend", "insert", "reverse", "sort", "index", "count", "clear", "copy", "remove")
TEXT_METHODS = ("upper", "lower", "title", "capitalize", "swapcase", "casefold", "strip", "lstrip", "rstrip", "isdigit", "isalpha", "isalnum", "isspace", "isupper",
                "islower", "isdecimal", "isnumeric", "istitle", "isascii", "isidentifier", "isprintable", "startswith", "endswith", "find", "rfind", "index", "rindex",
                "count", "removeprefix", "removesuffix", "zfill", "ljust", "rjust", "center", "split", "rsplit", "partition", "rpartition", "splitlines", "replace", "join", "format", "encode")
BYTES_METHODS = ("upper", "lower", "title", "capitalize", "swapcase", "strip", "lstrip", "rstrip", "isdigit", "isalpha", "isalnum", "isspace", "isupper", "islower", "istitle",
                 "isascii", "startswith", "endswith", "find", "rfind", "index", "rindex", "count", "removeprefix", "removesuffix", "split", "rsplit", "replace", "translate",
                 "hex", "decode", "join")
ARRAY_OF_BYTES_METHODS = ("append", "extend", "pop")
TABLE_METHODS = ("get", "add", "keys", "values", "items", "pop", "setdefault", "copy")       # of dictionaries and sets
SET_METHODS = ("add", "discard", "remove", "copy", "union", "intersection", "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint", "pop")
UPDATING = ("update",)      # of both: called as they are, which wins nothing by itself
DEQUE_METHODS = ("append", "appendleft", "pop", "popleft", "rotate")
NUMBER_METHODS = ("bit_length", "bit_count", "to_bytes")
COMPLEX_METHODS = ("conjugate", "conj")
# Methods of arrays that may be part of an expression: the rows of tables/reductions.py.
ARRAY_METHODS = ("sum", "prod", "mean", "max", "min", "any", "all", "argmax", "argmin", "dot")

# A method of an object without a dictionary: a call-out if builtin types have it, and neither lists nor arrays do; a class with slots may have any other.
BUILTIN_METHODS = frozenset([name for kind in (str, bytes, bytearray, dict, set, frozenset, tuple, int, float, complex, memoryview)
                             for name in vars(kind)]) - frozenset((*LIST_METHODS, *ARRAY_METHODS, *TEXT_METHODS, *BYTES_METHODS, *TABLE_METHODS, *SET_METHODS, *NUMBER_METHODS, *COMPLEX_METHODS, *DEQUE_METHODS))

# What a function without loops may compute with, NumPy's own types apart; modules whose builtin functions may be compiled.
COMPUTED = (int, float, bool, list, tuple, range)
PLAIN_MODULES = ("builtins", "math")
