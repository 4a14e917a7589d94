"""Functions of arrays that native code has NumPy compute as a whole (ext/array_calls.c): how each is called, what it gives."""

from typing import NamedTuple

from framejit.tables.reductions import FLOATS, NUMBERS, SIGNED, SUMMED, UNSIGNED, VARIED
from framejit.tables.types import ELEMENTS

CALLED, ALONG, REDUCED, AVERAGED, MULTIPLIED, SIGNED_BY = range(6)      # ext/array_calls.c
PRODUCTS = (CALLED, MULTIPLIED, SIGNED_BY)
FACTORS = "1", "/"      # in a signature: an operand that is the number 1, or one by the number of points
LENGTHS = "shd"         # of a result: as many points as the operand has, half as many and one, or twice as many but for the ends
LOOPS = (MULTIPLIED, SIGNED_BY)         # whose inner loop is called
OBJECT = "object"
BEGINNINGS = {"": 0, OBJECT: -1, "int": -2, "float": -3, "bool": -4}       # what a reduction begins with; of NumPy's scalars 1 + the number of the type
HEARD = (CALLED, REDUCED, AVERAGED)     # forms that warn of floating-point arithmetic


class ArrayCall(NamedTuple):
    name: str
    function: str       # the ufunc that reduces, NumPy's function or the method of arrays that is called
    form: int
    kinds: dict         # of the operands -> of the result
    parameters: tuple = ()      # of a reduction, behind the array
    named: tuple = ()           # parameters that are taken by name only
    through: dict = {}          # kinds of the operands -> what it is told to compute in, where that isn't its own choice
    own: int = 0        # where dtypes have the function that it ends in (ext/dtype_functions.c)
    signature: str = ""     # of a generalised ufunc: a letter for each axis of the operands and, behind the arrow, of the result; FACTORS, and LENGTHS of results
    odd: str = ""       # the function for an odd number of points
    strict: bool = False    # whether invalid operations, and only these, are errors, whatever np.errstate says: as numpy.linalg has it

    def operands(self):
        """The letters of each operand, of a generalised ufunc."""
        return [letters for letters in self.signature.partition(">")[0].split(",") if letters not in FACTORS]


REST = ("axis", "out", "keepdims")
TYPED = ("axis", "dtype", "out", "keepdims")
CHOSEN = ("initial", "where")
COMPLEX = ("complex64", "complex128")
SAME = {kind: kind for kind in NUMBERS}
ANY = {kind: kind for kind in ELEMENTS}
ADDED = SUMMED | {kind: kind for kind in ("float16", *COMPLEX)}
EXACT = {kind: kind for kind in ("float64", "complex128")}      # what LAPACK computes in
TRANSFORMED = dict.fromkeys(("complex128", "float64"), "complex128")     # single precision NumPy may compute in double (NumPy 2.5 does)
WIDENED = {"float64": "complex128"}
PLACES = dict.fromkeys(ELEMENTS, "int64")
TRUTH = dict.fromkeys(ELEMENTS, "bool_")
AVERAGES = {kind: kind for kind in (*FLOATS, *COMPLEX, "float16")} | dict.fromkeys((*SIGNED, *UNSIGNED, "bool_"), "float64")

ARRAY_CALLS = {
    row.name: row
    for row in (
        ArrayCall("matmul", "matmul", MULTIPLIED, SAME),
        ArrayCall("dot", "dot", CALLED, SAME, own=27),
        ArrayCall("linalg.solve", "l.solve", SIGNED_BY, EXACT, signature="mm,mn>mn", strict=True),
        ArrayCall("linalg.solve1", "l.solve1", SIGNED_BY, EXACT, signature="mm,m>m", strict=True),
        ArrayCall("linalg.inv", "l.inv", SIGNED_BY, EXACT, signature="mm>mm", strict=True),
        ArrayCall("linalg.cholesky", "l.cholesky_lo", SIGNED_BY, EXACT, signature="mm>mm", strict=True),
        ArrayCall("linalg.det", "l.det", SIGNED_BY, {"float64": "float64"}, signature="mm>"),
        ArrayCall("fft.fft", "t.fft", SIGNED_BY, TRANSFORMED, through=WIDENED, signature="n,1>s"),
        ArrayCall("fft.ifft", "t.ifft", SIGNED_BY, TRANSFORMED, through=WIDENED, signature="n,/>s"),
        ArrayCall("fft.rfft", "t.rfft_n_even", SIGNED_BY, {"float64": "complex128"}, signature="n,1>h", odd="t.rfft_n_odd"),
        ArrayCall("fft.irfft", "t.irfft", SIGNED_BY, {"complex128": "float64"}, signature="n,/>d"),
        ArrayCall("argmax", "argmax", ALONG, PLACES, REST, own=26),
        ArrayCall("argmin", "argmin", ALONG, PLACES, REST, own=46),
        ArrayCall("sum", "add", REDUCED, ADDED, TYPED, CHOSEN),
        ArrayCall("prod", "multiply", REDUCED, ADDED, TYPED, CHOSEN),
        ArrayCall("max", "maximum", REDUCED, ANY, REST, CHOSEN),
        ArrayCall("min", "minimum", REDUCED, ANY, REST, CHOSEN),
        ArrayCall("any", "logical_or", REDUCED, TRUTH, REST, CHOSEN[1:], TRUTH),
        ArrayCall("all", "logical_and", REDUCED, TRUTH, REST, CHOSEN[1:], TRUTH),
        ArrayCall("mean", "add", AVERAGED, AVERAGES, TYPED, CHOSEN[1:], dict.fromkeys((*SIGNED, *UNSIGNED, "bool_"), "float64") | {"float16": "float32"}),
    )
}
VARIANCE = ArrayCall("mean", "add", AVERAGED, VARIED, ("axis", "dtype", "out", "ddof", "keepdims"))         # what `var` and `std` take
FUNCTIONS = {name: name for name in ARRAY_CALLS} | {"amax": "max", "amin": "min"}
METHODS = tuple([name for name, row in ARRAY_CALLS.items() if row.form not in LOOPS])

__all__ = ["ALONG", "ARRAY_CALLS", "BEGINNINGS", "FUNCTIONS", "HEARD", "LOOPS", "METHODS", "MULTIPLIED", "OBJECT", "PRODUCTS", "SIGNED_BY", "VARIANCE"]
