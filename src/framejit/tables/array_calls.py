"""Functions of arrays that native code has NumPy compute as a whole (ext/array_calls.c): how each is called, what it gives."""

from typing import NamedTuple

from framejit.tables.reductions import FLOATS, NUMBERS, SUMMED

CALLED, ALONG, REDUCED, AVERAGED, MULTIPLIED = range(5)      # ext/array_calls.c
PRODUCTS = (CALLED, MULTIPLIED)
HEARD = (REDUCED, AVERAGED)             # forms that warn of floating-point arithmetic


class ArrayCall(NamedTuple):
    name: str
    function: str       # the ufunc that reduces, NumPy's function or the method of arrays that is called
    form: int
    kinds: dict         # of the operands -> of the result


SAME = {kind: kind for kind in NUMBERS}
PLACES = {kind: "int64" for kind in NUMBERS}

ARRAY_CALLS = {
    row.name: row
    for row in (
        ArrayCall("matmul", "matmul", MULTIPLIED, SAME),
        ArrayCall("dot", "dot", CALLED, SAME),
        ArrayCall("argmax", "argmax", ALONG, PLACES),
        ArrayCall("argmin", "argmin", ALONG, PLACES),
        ArrayCall("sum", "add", REDUCED, SUMMED),
        ArrayCall("prod", "multiply", REDUCED, SUMMED),
        ArrayCall("max", "maximum", REDUCED, SAME),
        ArrayCall("min", "minimum", REDUCED, SAME),
        ArrayCall("any", "logical_or", REDUCED, {"bool_": "bool_"}),
        ArrayCall("all", "logical_and", REDUCED, {"bool_": "bool_"}),
        ArrayCall("mean", "add", AVERAGED, {kind: kind for kind in FLOATS}),
    )
}
FUNCTIONS = {name: name for name in ARRAY_CALLS} | {"amax": "max", "amin": "min"}
METHODS = tuple([name for name in ARRAY_CALLS if name != "matmul"])

__all__ = ["ALONG", "ARRAY_CALLS", "FUNCTIONS", "HEARD", "METHODS", "MULTIPLIED", "PRODUCTS"]
