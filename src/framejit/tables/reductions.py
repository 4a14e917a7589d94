"""Full reductions of arrays: the ufunc whose loop reduces, how it begins, in what kind which kinds of elements are reduced."""

from typing import NamedTuple

FLOATS = ("float64", "float32")
SIGNED = ("int64", "int32", "int16", "int8")
UNSIGNED = ("uint64", "uint32", "uint16", "uint8")
NUMBERS = (*FLOATS, *SIGNED, *UNSIGNED)
SUM, MEAN, FIRST, START, SAMPLE = 0, 1, 2, 3, 4        # ext/nest_reduce.h
SUMMED = {kind: kind for kind in FLOATS} | dict.fromkeys((*SIGNED, "bool_"), "int64") | dict.fromkeys(UNSIGNED, "uint64")
NARROW = ("int32", "int16", "int8", "uint32", "uint16", "uint8", "bool_")
PRODUCT = "product"     # what a stage of a chain is that multiplies matrices
EXACT = 1 << 21         # so many integers of 32 bits have sums that floats hold exactly, in whatever order


class Reduction(NamedTuple):
    name: str
    ufunc: str
    mode: int
    kinds: dict         # of the elements -> that they are converted to
    start: int = 0


REDUCTIONS = {
    row.name: row
    for row in (
        Reduction("sum", "add", SUM, SUMMED),
        Reduction("prod", "multiply", START, SUMMED, 1),
        Reduction("mean", "add", MEAN, {kind: kind for kind in FLOATS} | dict.fromkeys(NARROW, "float64")),
        Reduction("max", "maximum", FIRST, {kind: kind for kind in NUMBERS}),
        Reduction("min", "minimum", FIRST, {kind: kind for kind in NUMBERS}),
        Reduction("any", "logical_or", START, {"bool_": "bool_"}),
        Reduction("all", "logical_and", START, {"bool_": "bool_"}, 1),
    )
}
METHODS = tuple(REDUCTIONS)
VARIED = {kind: kind for kind in (*FLOATS, "float16")} | dict.fromkeys((*SIGNED, *UNSIGNED), "float64")     # of a variance
REDUCTIONS["sample"] = Reduction("sample", "add", SAMPLE, REDUCTIONS["mean"].kinds)       # a sum divided by one less than there are elements
SPREADS = ("var", "std")
SPREAD = {0: REDUCTIONS["mean"], 1: REDUCTIONS["sample"]}                                 # degrees of freedom -> what a variance is, of squares
FUNCTIONS = {name: name for name in METHODS} | {"amax": "max", "amin": "min", "average": "mean"}
OF_UFUNCS = {"add": "sum", "multiply": "prod", "maximum": "max", "minimum": "min", "logical_or": "any", "logical_and": "all"}     # what `reduce` of these is, along the first axis
COUNT = "count_nonzero"         # the sum of what isn't zero
OF_TRUTHS = ("any", "all", COUNT)       # which ask of any number whether it is zero


def most(row, kind):
    """How many elements of this kind are reduced at most; 0: any number."""
    return EXACT if row.mode in (MEAN, SAMPLE) and kind in NARROW else 0


__all__ = ["COUNT", "FLOATS", "FUNCTIONS", "METHODS", "NUMBERS", "OF_TRUTHS", "OF_UFUNCS", "PRODUCT", "REDUCTIONS", "Reduction", "SAMPLE", "SIGNED", "SPREAD", "SPREADS", "SUMMED", "UNSIGNED", "VARIED", "most"]
