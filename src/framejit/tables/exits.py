"""Why compiled code goes back to the interpreter: one row per kind of exit.

`kind` is what capture writes on an exit; `sentence` completes "left because ..."; `teaches` says that the exit tells
the next compilation something, so that it isn't expected to be taken again; `record` is the row of tables/breaks.py
that its hits are counted under, or "": the exit is what the program asked for, once.
"""

from typing import NamedTuple


class ExitKind(NamedTuple):
    kind: str
    sentence: str
    teaches: bool = False
    record: str = ""


EXITS = (
    ExitKind("miss", "a fact that the region was compiled under doesn't hold at its entry"),
    ExitKind("return", "the function returns something that the interpreter has to build"),
    ExitKind("versions", "more types meet at one place than are compiled", record="too_many_types"),
    ExitKind("loop done", "the loop or the block that was entered while it ran has ended"),
    ExitKind("poll", "a signal, another thread or a collection changed what the region relies on"),
    ExitKind("callout", "what was called changed what the region relies on"),
    ExitKind("call", "the function that was called left"),
    ExitKind("again", "a function that a handler calls left, and what the handler was entered for is raised again"),
    ExitKind("generator", "a generator expression could not be consumed to its end"),
    ExitKind("waiting", "a signal, another thread or a pending call waits"),
    ExitKind("recursion", "the stack has no room for another native call"),
    ExitKind("break", "the instruction isn't compiled", record="unsupported_opcode"),
    ExitKind("raise", "the program raises an exception", record="handler_entered"),
    ExitKind("unbound", "a variable has no value"),
    ExitKind("identity", "an object has to be the very one that a container holds"),
    ExitKind("home", "a variable's object has to be built"),
    ExitKind("dropped", "what a name held has an end that can be noticed", teaches=True),
    ExitKind("heard", "the program hears of what a function of C's does, or it raises", teaches=True, record="type_change"),
    ExitKind("store", "a container that changes can't hold the value as it is"),
    ExitKind("memory", "there is no memory for a list"),
    ExitKind("collection", "a collection of garbage is due that finds some"),
    ExitKind("index", "an index is out of range, or there is no such key", record="handler_entered"),
    ExitKind("key", "a dictionary or set has a key that only the program can compare, or native code relies on it"),
    ExitKind("unpack", "a sequence hasn't the length to be unpacked"),
    ExitKind("type", "a value has a type that was not seen before", teaches=True, record="type_change"),
    ExitKind("overflow", "an integer doesn't fit its type", record="big_integer"),
    ExitKind("shift", "a shift count is negative or too large", record="big_integer"),
    ExitKind("power", "a power doesn't fit, or isn't an integer", record="big_integer"),
    ExitKind("inexact", "an integer isn't a float's exact value", record="big_integer"),
    ExitKind("zero division", "a divisor is zero", record="handler_entered"),
    ExitKind("domain", "an argument is outside a function's domain", record="handler_entered"),
    ExitKind("warning", "NumPy warns of the result"),
    ExitKind("array", "NumPy warns, raises, or lays a result out in another way"),
    ExitKind("threads", "another thread has run meanwhile"),
    ExitKind("range step", "the step of a range is zero, or other than the one compiled for"),
)

BY_KIND = {row.kind: row for row in EXITS}
