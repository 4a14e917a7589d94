"""Why a stretch of code stays with the interpreter: one row per reason.

`code` is what the log and docs/breaks.md show and never changes its meaning; `name` is what the compiler's own
code says; `sentence` completes "stays interpreted because …"; `cure` says what to write instead.
`shown` tells whether the broken example of docs/breaks.md has to produce the record by itself; the others need a
machine or a moment that an example can't bring about.
"""

from typing import NamedTuple


class Reason(NamedTuple):
    code: str
    name: str
    sentence: str
    cure: str
    shown: bool = True


BREAKS = (
    Reason("FJ001", "unsupported_opcode", "this instruction isn't compiled yet",
           "write it with plain assignments, loops and branches, or move it out of the hot loop"),
    Reason("FJ002", "generator", "a generator's body is interpreted",
           "loop over the values directly, or fill a list in a plain loop"),
    Reason("FJ003", "handler_entered", "an exception was raised, and its handler looks at it or isn't compiled",
           "test for the case with `if` before it raises where it is common"),
    Reason("FJ004", "unknown_call", "a call of something that isn't compiled goes through the interpreter's own call",
           "call it outside the hot loop, or use arithmetic, math and functions of plain Python"),
    Reason("FJ005", "object_array", "elements of an array with dtype=object are Python objects of any type",
           "give the array a numeric dtype"),
    Reason("FJ006", "type_change", "a value has another type than the one this code was compiled for",
           "keep one type per variable: start a float sum with 0.0"),
    Reason("FJ007", "too_many_variants", "this code has been compiled for as many combinations of types as are kept",
           "call it with fewer combinations of types, or split it in functions"),
    Reason("FJ008", "other_arithmetic", "arithmetic on decimals, strings and other objects isn't compiled",
           "use floats where they are exact enough; work on bytes or integers for text"),
    Reason("FJ009", "big_integer", "an integer doesn't fit 64 bits",
           "reduce it (with % or &) in each step where the program allows"),
    Reason("FJ010", "recursion", "deep recursion goes on in the interpreter",
           "write it as a loop with a list as its stack", shown=False),
    Reason("FJ011", "closure", "this use of a variable that an inner function shares isn't compiled",
           "assign None to it instead of deleting it"),
    Reason("FJ012", "with_block", "entering and leaving a `with` block is interpreted",
           "put the hot loop inside the block, not the block inside the hot loop"),
    Reason("FJ013", "asynchronous", "a coroutine's body is interpreted",
           "move the arithmetic into a plain function"),
    Reason("FJ014", "observed", "a tracer, profiler or debugger is looking",
           "run without it; native code goes on when it is gone", shown=False),
    Reason("FJ015", "foreign_frame_hook", "another tool has installed its own frame evaluation",
           "run without that tool", shown=False),
    Reason("FJ016", "subinterpreter", "this is not the main interpreter",
           "run the hot code in the main interpreter", shown=False),
    Reason("FJ017", "unknown_version", "this version of Python isn't known",
           "use a version that the README lists", shown=False),
    Reason("FJ018", "self_test_failed", "frames or objects of this build of Python aren't laid out as expected",
           "use a release build of CPython, and report the line", shown=False),
    Reason("FJ019", "too_large", "the function is too long to be compiled in bounded time",
           "split it in functions", shown=False),
    Reason("FJ020", "too_many_types", "too many types come by at this place",
           "keep one type per place: convert when values come in", shown=False),
    Reason("FJ021", "given_back", "the compiled code was not faster, so the interpreter runs again",
           "nothing to do; move more work into one loop if it should be compiled", shown=False),
    Reason("FJ022", "foreign_dtype", "the array's dtype isn't a native-order bool, integer or float",
           "convert it once: a.astype(a.dtype.newbyteorder('=')), or to a numeric dtype"),
    Reason("FJ023", "attribute", "an attribute of an object is looked up by the interpreter",
           "read it into a local variable before the loop"),
    Reason("FJ024", "compiler_failure", "the compiler failed here; the interpreter goes on",
           "report the line with the program", shown=False),
    Reason("FJ025", "skipped", "framejit.skip was asked for",
           "remove the call of framejit.skip"),
    Reason("FJ026", "not_a_function", "only functions written in Python can be compiled",
           "pass the Python function itself"),
)

# What an instruction that isn't compiled, or that calls out, is put on record as: instruction or call-out -> name.
INSTRUCTIONS = {
    "BEFORE_WITH": "with_block", "BEFORE_ASYNC_WITH": "with_block", "WITH_EXCEPT_START": "with_block",
    "LOAD_ATTR": "attribute", "STORE_ATTR": "attribute", "DELETE_ATTR": "attribute",
    "BINARY": "other_arithmetic", "UNARY": "other_arithmetic", "COMPARE": "other_arithmetic",
    "BINARY_OP": "other_arithmetic", "COMPARE_OP": "other_arithmetic",
    "YIELD_VALUE": "generator", "PUSH_EXC_INFO": "handler_entered",
    "LOAD_DEREF": "closure", "STORE_DEREF": "closure", "DELETE_DEREF": "closure", "MAKE_CELL": "closure",
}
READS = ("SUBSCR", "FOR_NEXT", "STORE_SUBSCR", "BINARY_SUBSCR", "UNPACK")      # those of an array depend on its dtype

BY_NAME = {row.name: row for row in BREAKS}
BY_CODE = {row.code: row for row in BREAKS}


def named(name: str, detail: str, dtypes: frozenset[str] = frozenset()) -> str:
    """The row that a stage's own name and detail stand for; `dtypes`: kinds of arrays at hand that aren't compiled."""
    instruction = detail.partition(" ")[0]
    if instruction in READS and dtypes:
        return "object_array" if "object" in dtypes else "foreign_dtype"
    if name in ("unsupported_opcode", "unknown_call") or name not in BY_NAME:
        return INSTRUCTIONS.get(instruction, name if name in BY_NAME else "unsupported_opcode")
    return name
