"""Functions that make arrays: of what kind, rank and layout the result is most likely to be, by what is handed to them.

    np.zeros((n, m))        float64, rank 2         a.reshape(-1)       as a, rank 1

A row is an expectation, never a promise: generated code looks at what has come.  What a row's parameters don't name (`order=`)
makes the call one of which nothing is expected.
"""

from typing import NamedTuple

SHAPE, SHAPES, LIKE, ONE = "shape", "shapes", "like", "one"      # rank: of a shape, of shapes or of the array, as the array, 1
VALUE, RANGE = "value", "range"         # kind: as a fill value, as a range's bounds; LIKE: as the array; else the kind's name
OWN, DENSE, SHOWN, FLAT, TURNED = range(5)
# contiguous: always, if the array is, if it is, always, if it has one axis; writable: always, always, if it is, if it is, if it is


class Made(NamedTuple):
    name: str
    parameters: tuple   # those that may be given, in order; behind None by keyword only
    rank: str
    kind: str
    layout: int


FUNCTIONS = {
    row.name: row
    for row in (
        Made("zeros", ("shape", "dtype"), SHAPE, "float64", OWN),
        Made("ones", ("shape", "dtype"), SHAPE, "float64", OWN),
        Made("empty", ("shape", "dtype"), SHAPE, "float64", OWN),
        Made("full", ("shape", "fill_value", "dtype"), SHAPE, VALUE, OWN),
        Made("zeros_like", ("a", "dtype"), LIKE, LIKE, DENSE),
        Made("ones_like", ("a", "dtype"), LIKE, LIKE, DENSE),
        Made("empty_like", ("a", "dtype"), LIKE, LIKE, DENSE),
        Made("full_like", ("a", "fill_value", "dtype"), LIKE, LIKE, DENSE),
        Made("arange", ("start", "stop", "step", "dtype"), ONE, RANGE, OWN),
        Made("linspace", ("start", "stop", "num", "endpoint", None, "dtype"), ONE, "float64", OWN),
        Made("copy", ("a",), LIKE, LIKE, DENSE),
        Made("array", ("a", "dtype"), LIKE, LIKE, DENSE),
        Made("asarray", ("a", "dtype"), LIKE, LIKE, SHOWN),
        Made("ascontiguousarray", ("a", "dtype"), LIKE, LIKE, OWN),
        Made("reshape", ("a", "shape"), SHAPE, LIKE, SHOWN),
        Made("ravel", ("a",), ONE, LIKE, FLAT),
        Made("transpose", ("a",), LIKE, LIKE, TURNED),
        Made("cumsum", ("a",), ONE, LIKE, OWN),
        Made("sort", ("a",), LIKE, LIKE, DENSE),
        Made("roll", ("a", "shift"), LIKE, LIKE, DENSE),
    )
}
METHODS = {
    row.name: row
    for row in (
        Made("copy", ("a",), LIKE, LIKE, OWN),
        Made("astype", ("a", "dtype", None, "copy"), LIKE, LIKE, DENSE),
        Made("reshape", ("a", "shape"), SHAPES, LIKE, SHOWN),
        Made("ravel", ("a",), ONE, LIKE, FLAT),
        Made("flatten", ("a",), ONE, LIKE, OWN),
        Made("transpose", ("a",), LIKE, LIKE, TURNED),
        Made("repeat", ("a", "repeats"), ONE, LIKE, OWN),
    )
}

__all__ = ["DENSE", "FLAT", "FUNCTIONS", "LIKE", "METHODS", "Made", "ONE", "OWN", "RANGE", "SHAPE", "SHAPES", "SHOWN", "TURNED", "VALUE"]
