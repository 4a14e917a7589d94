"""Full reductions of arrays: the ufunc whose loop reduces, how it begins, the kinds of elements that need no conversion."""

from typing import NamedTuple

FLOATS = ("float64", "float32")
WHOLE = ("int64", "uint64")
NUMBERS = (*FLOATS, *WHOLE, "int32", "uint32", "int16", "uint16", "int8", "uint8")
SUM, MEAN, FIRST, START = 0, 1, 2, 3        # ext/nest_reduce.c


class Reduction(NamedTuple):
    name: str
    ufunc: str
    mode: int
    kinds: tuple
    start: int = 0


REDUCTIONS = {
    row.name: row
    for row in (
        Reduction("sum", "add", SUM, (*FLOATS, *WHOLE)),
        Reduction("mean", "add", MEAN, FLOATS),
        Reduction("max", "maximum", FIRST, NUMBERS),
        Reduction("min", "minimum", FIRST, NUMBERS),
        Reduction("any", "logical_or", START, ("bool_",)),
        Reduction("all", "logical_and", START, ("bool_",), 1),
    )
}
METHODS = tuple(REDUCTIONS)
FUNCTIONS = {name: name for name in METHODS} | {"amax": "max", "amin": "min"}

__all__ = ["FUNCTIONS", "METHODS", "REDUCTIONS", "Reduction"]
