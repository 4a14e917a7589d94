"""Functions of NumPy's C code that native code calls as they are (ext/whole_calls.c): which, with what, and what they are expected to give.

    np.searchsorted(knots, x)       the method `searchsorted`: int64, as many axes as x
    np.where(mask)                  C code's own `where`: a tuple of as many arrays as the mask has axes

A row promises that with operands as it names them nothing of the program's runs, and that nothing has changed where there is an error to raise: then
the interpreter does it all again.  What a row says of the result is an expectation: generated code looks at what has come.
"""

from typing import NamedTuple

# What a parameter may be given: an array, a number, an integer, a text, bool or None, axes (an integer, None, or a tuple of them), several arrays, a dtype.
ARRAY, NUMBER, INTEGER, PLAIN, AXES, ARRAYS, DTYPE, GENERATOR = "A", "N", "I", "S", "X", "T", "D", "G"
METHOD, FUNCTION, LINEAR, OPERATOR, DRAW = "m", "c", "l", "o", "r"       # a method of arrays, a function of NumPy's C code, one of its linear algebra, of Python's operators, a method of random generators
MORE = "*"                                      # the last parameter takes all that follow
WHOLE, TUPLE, LIST, SLICE = 1000, 2000, 3000, 4000         # what a word is: an array; so many of the next ones are a tuple, a list, the ends of a slice; others as in tables/array_calls.py


class Whole(NamedTuple):
    name: str           # of NumPy's function, or of the method of arrays
    calls: str          # what computes it: one of METHOD, FUNCTION, LINEAR, and its name there
    parameters: tuple   # (name, what it may be given), in the order that is called with
    gives: str          # row of capture/whole_results.py
    heard: bool = False  # whether it warns of floating-point arithmetic


def whole(name, calls, parameters, gives, heard=False):
    return Whole(name, calls, tuple([tuple(one.split(":")) for one in parameters.split()]), gives, heard)


METHOD_ROWS = (
    whole("searchsorted", "m.searchsorted", "a:A v:AN side:S", "places_of_v"),
    whole("take", "m.take", "a:A indices:AI axis:X", "taken"),
    whole("argsort", "m.argsort", "a:A axis:X kind:S", "places"),
    whole("nonzero", "m.nonzero", "a:A", "places_by_axis"),
    whole("cumsum", "m.cumsum", "a:A axis:X dtype:D", "running", True),
    whole("cumprod", "m.cumprod", "a:A axis:X dtype:D", "running", True),
    whole("ravel", "m.ravel", "a:A order:S", "flat"),
    whole("transpose", "m.transpose", "a:A axes:X", "turned"),
    whole("swapaxes", "m.swapaxes", "a:A axis1:I axis2:I", "swapped"),
    whole("squeeze", "m.squeeze", "a:A axis:X", "squeezed"),
    whole("diagonal", "m.diagonal", "a:A offset:I axis1:I axis2:I", "diagonal"),
    whole("trace", "m.trace", "a:A offset:I axis1:I axis2:I", "trace", True),
    whole("repeat", "m.repeat", "a:A repeats:IA axis:X", "repeated"),
    whole("round", "m.round", "a:A decimals:I", "alike", True),
    whole("choose", "m.choose", "a:A choices:T", "unknown"),
)
METHODS = {
    row.name: row
    for row in (
        *METHOD_ROWS,
        whole("reshape", "m.reshape", "a:A shape:X*", "reshaped"),
        whole("flatten", "m.flatten", "a:A order:S", "flat_copy"),
        whole("astype", "m.astype", "a:A dtype:D order:S casting:S subok:S copy:S", "cast", True),
        whole("item", "m.item", "a:A index:X*", "item"),
        whole("tolist", "m.tolist", "a:A", "listed"),
        whole("conj", "m.conj", "a:A", "alike"),
        whole("conjugate", "m.conjugate", "a:A", "alike"),
    )
}
FUNCTIONS = {
    row.name: row
    for row in (
        *METHOD_ROWS,
        whole("around", "m.round", "a:A decimals:I", "alike", True),
        whole("reshape", "m.reshape", "a:A shape:X", "reshaped"),
        whole("where", "c.where", "condition:A", "places_by_axis"),
        whole("concatenate", "c.concatenate", "arrays:T axis:X", "joined"),
        whole("bincount", "c.bincount", "x:A weights:A minlength:I", "counts"),
        whole("interp", "c.interp", "x:AN xp:A fp:A left:N right:N", "interpolated"),
        whole("count_nonzero", "c.count_nonzero", "a:A", "count"),
        whole("inner", "c.inner", "a:A b:A", "unknown", True),
        whole("vdot", "c.vdot", "a:A b:A", "scalar", True),
        whole("lexsort", "c.lexsort", "keys:T axis:X", "places_of_first"),
        whole("einsum", "c.c_einsum", "subscripts:S operands:A*", "summed", True),
    )
}

DRAWS = {       # numpy.random.Generator: what they draw, where no size is said a number of Python's or NumPy's
    row.name: row
    for row in (
        whole("random", "r.random", "rng:G size:X dtype:D", "drawn_floats"),
        whole("standard_normal", "r.standard_normal", "rng:G size:X dtype:D", "drawn_floats"),
        whole("standard_exponential", "r.standard_exponential", "rng:G size:X dtype:D", "drawn_floats"),
        whole("normal", "r.normal", "rng:G loc:AN scale:AN size:X", "drawn_floats"),
        whole("uniform", "r.uniform", "rng:G low:AN high:AN size:X", "drawn_floats"),
        whole("exponential", "r.exponential", "rng:G scale:AN size:X", "drawn_floats"),
        whole("gamma", "r.gamma", "rng:G shape:AN scale:AN size:X", "drawn_floats"),
        whole("lognormal", "r.lognormal", "rng:G mean:AN sigma:AN size:X", "drawn_floats"),
        whole("beta", "r.beta", "rng:G a:AN b:AN size:X", "drawn_floats"),
        whole("poisson", "r.poisson", "rng:G lam:AN size:X", "drawn_counts"),
        whole("binomial", "r.binomial", "rng:G n:AI p:AN size:X", "drawn_counts"),
        whole("geometric", "r.geometric", "rng:G p:AN size:X", "drawn_counts"),
        whole("integers", "r.integers", "rng:G low:AI high:AIS size:X dtype:D endpoint:S", "drawn_integers"),
    )
}

__all__ = ["ARRAY", "ARRAYS", "AXES", "DRAW", "DRAWS", "DTYPE", "FUNCTION", "FUNCTIONS", "GENERATOR", "INTEGER", "LINEAR", "LIST", "METHOD", "METHODS", "MORE", "NUMBER", "OPERATOR", "PLAIN", "SLICE", "TUPLE", "WHOLE", "Whole"]
