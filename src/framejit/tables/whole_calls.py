"""Functions of NumPy's C code that native code calls as they are (ext/whole_calls.c): which, with what, and what they are expected to give.

    np.searchsorted(knots, x)       the method `searchsorted`: int64, as many axes as x
    np.where(mask)                  C code's own `where`: a tuple of as many arrays as the mask has axes

A row promises that with operands as it names them nothing of the program's runs, and that nothing has changed where there is an error to raise: then
the interpreter does it all again.  What a row says of the result is an expectation: generated code looks at what has come.
"""

from typing import NamedTuple

# What a parameter may be given: an array, a number, an integer, a text, bool or None, axes (an integer, None, or a tuple of them), several arrays, a dtype, a tuple of two numbers.
ARRAY, NUMBER, INTEGER, PLAIN, AXES, ARRAYS, DTYPE, GENERATOR, UFUNCS, PAIR_OF_NUMBERS = "A", "N", "I", "S", "X", "T", "D", "G", "U", "P"
# What computes: a method of arrays, a function of NumPy's C code, one of Python's operators, a method of random generators, one of those before them, a function made of NumPy's C code (ext/functions),
# a generalised ufunc of linear algebra, one of Fourier transforms, a method of ufuncs
METHOD, FUNCTION, OPERATOR, DRAW, LEGACY_DRAW, MADE, LAPACK, TRANSFORMS, UFUNC = "m", "c", "o", "r", "s", "f", "l", "t", "u"
INDEXING = ("int64", "int32", "int16", "int8", "uint64", "uint32", "uint16", "uint8", "bool_")     # kinds of arrays that choose elements
BY_PLACE = "/"                                  # in front of a parameter's name: it has none
MORE = "*"                                      # the last parameter takes all that follow
WHOLE, TUPLE, LIST, SLICE = 1000, 2000, 3000, 4000         # what a word is: an array; so many of the next ones are a tuple, a list, the ends of a slice; others as in tables/array_calls.py


class Whole(NamedTuple):
    name: str           # of NumPy's function, or of the method of arrays
    calls: str          # what computes it: one of METHOD, FUNCTION, MADE, and its name there
    parameters: tuple   # (name, what it may be given), in the order that is called with; the first, and those with a slash, by place only
    gives: str          # row of capture/whole_results.py
    heard: bool = False  # whether it warns of floating-point arithmetic
    required: int = 1   # so many of the parameters have to be given


def whole(name, calls, parameters, gives, heard=False):
    """A row; `parameters` may begin with how many have to be given, if it isn't one."""
    words = parameters.split()
    required = int(words.pop(0)) if words[0].isdigit() else 1
    return Whole(name, calls, tuple([tuple(one.split(":")) for one in words]), gives, heard, required)


METHOD_ROWS = (
    whole("searchsorted", "m.searchsorted", "2 a:A v:AN side:S", "places_of_v"),
    whole("take", "m.take", "2 a:A indices:AI axis:X", "taken"),
    whole("argpartition", "m.argpartition", "2 a:A kth:I axis:X", "places"),
    whole("argsort", "m.argsort", "a:A axis:X kind:S", "places"),
    whole("nonzero", "m.nonzero", "a:A", "places_by_axis"),
    whole("cumsum", "m.cumsum", "a:A axis:X dtype:D", "running", True),
    whole("cumprod", "m.cumprod", "a:A axis:X dtype:D", "running", True),
    whole("ravel", "m.ravel", "a:A order:S", "flat"),
    whole("transpose", "m.transpose", "a:A axes:X", "turned"),
    whole("swapaxes", "m.swapaxes", "3 a:A axis1:I axis2:I", "swapped"),
    whole("squeeze", "m.squeeze", "a:A axis:X", "unknown"),
    whole("diagonal", "m.diagonal", "a:A offset:I axis1:I axis2:I", "diagonal"),
    whole("trace", "m.trace", "a:A offset:I axis1:I axis2:I", "trace", True),
    whole("repeat", "m.repeat", "2 a:A repeats:IA axis:X", "repeated"),
    whole("round", "m.round", "a:A decimals:I", "alike", True),
    whole("choose", "m.choose", "2 a:A /choices:T", "unknown"),
)
METHODS = {
    row.name: row
    for row in (
        *METHOD_ROWS,
        whole("reshape", "m.reshape", "2 a:A shape:X*", "reshaped"),
        whole("flatten", "m.flatten", "a:A order:S", "flat_copy"),
        whole("astype", "m.astype", "2 a:A dtype:D order:S casting:S subok:S copy:S", "cast", True),
        whole("item", "m.item", "a:A index:X*", "item"),
        whole("tolist", "m.tolist", "a:A", "listed"),
        whole("conj", "m.conj", "a:A", "alike"),
        whole("conjugate", "m.conjugate", "a:A", "alike"),
    )
}
PREFIXES = {**dict.fromkeys(("solve", "inv", "det", "cholesky", "norm", "eigh", "eigvalsh", "svd", "qr", "lstsq", "pinv", "matrix_power", "slogdet"), "linalg."),
            **dict.fromkeys(("fft", "ifft", "rfft", "irfft", "fft2", "ifft2", "fftn", "ifftn", "fftshift", "ifftshift"), "fft.")}       # modules of NumPy's that functions are in
MADE_ROWS = (           # name, operands, what they give, whether NumPy may warn
    ("roll", "a:A shift:I axis:I", "alike"),
    ("flip", "m:A axis:I", "turned_view"),
    ("fliplr", "m:A", "turned_view"),
    ("flipud", "m:A", "turned_view"),
    ("hstack", "tup:T", "stacked"),
    ("vstack", "tup:T", "stacked_as_rows"),
    ("column_stack", "tup:T", "stacked_as_rows"),
    ("dstack", "tup:T", "stacked_in_depth"),
    ("stack", "arrays:T axis:I", "stacked_anew"),
    ("append", "2 arr:A values:AN axis:I", "appended"),
    ("outer", "2 a:A b:A", "outer", True),
    ("expand_dims", "2 a:A axis:I", "expanded"),
    ("moveaxis", "3 a:A source:I destination:I", "turned_view"),
    ("atleast_2d", "a:A", "as_rows"),
    ("tile", "2 A:A reps:X", "tiled"),
    ("rot90", "m:A k:I", "turned_view"),
    ("split", "2 ary:A indices_or_sections:I axis:I", "listed"),
    ("meshgrid", "2 x:A /y:A", "unknown"),
    ("ones", "shape:X dtype:D", "made"),
    ("full", "2 shape:X fill_value:N dtype:D", "made_of_value", True),
    ("ones_like", "a:A dtype:D", "made_alike"),
    ("full_like", "2 a:A fill_value:N dtype:D", "made_alike", True),
    ("eye", "N:I M:I k:I dtype:D", "made_matrix"),
    ("identity", "n:I dtype:D", "made_matrix"),
    ("linspace", "2 start:N stop:N num:I endpoint:S", "floats", True),
    ("tril", "m:A k:I", "alike"),
    ("triu", "m:A k:I", "alike"),
    ("tri", "N:I M:I k:I", "made_matrix"),
    ("diag", "v:A k:I", "diagonals"),
    ("sort", "a:A axis:X kind:S", "alike_or_flat"),
    ("real", "val:A", "part"),
    ("imag", "val:A", "part"),
    ("argwhere", "a:A", "places_as_rows"),
    ("flatnonzero", "a:A", "places_of_all"),
    ("diff", "a:A n:I axis:I", "alike_c", True),
    ("ptp", "a:A axis:X", "reduced", True),
    ("trapezoid", "y:A x:A dx:N axis:I", "integral", True),
    ("gradient", "f:A /dx:N", "slopes", True),
    ("nansum", "a:A axis:X", "averaged", True),
    ("nanmean", "a:A axis:X", "averaged", True),
    ("median", "a:A axis:X", "averaged", True),
    ("average", "2 a:A weights:A", "averaged", True),
    ("nanmax", "a:A axis:X", "reduced", True),
    ("nanmin", "a:A axis:X", "reduced", True),
    ("convolve", "2 a:A v:A mode:S", "alike_c", True),
    ("correlate", "2 a:A v:A mode:S", "alike_c", True),
    ("polyval", "2 p:A x:AN", "polynomial", True),
    ("isclose", "2 a:A b:AN rtol:N atol:N equal_nan:S", "truths", True),
    ("allclose", "2 a:A b:AN rtol:N atol:N equal_nan:S", "truth", True),
    ("array_equal", "2 a1:A a2:A", "truth"),
    ("nan_to_num", "x:A", "alike"),
    ("angle", "z:A", "angles", True),
    ("digitize", "2 x:AN bins:A right:S", "places_of_x"),
    ("solve", "2 a:A b:A", "alike_b", True),
    ("inv", "a:A", "inverse", True),
    ("det", "a:A", "determinant", True),
    ("cholesky", "a:A", "inverse", True),
    ("norm", "x:A ord:NS axis:I", "averaged", True),
    ("eigh", "a:A UPLO:S", "eigen", True),
    ("eigvalsh", "a:A UPLO:S", "values_of_matrix", True),
    ("svd", "a:A full_matrices:S compute_uv:S", "singular", True),
    ("qr", "a:A mode:S", "orthogonal", True),
    ("lstsq", "2 a:A b:A rcond:NS", "least_squares", True),
    ("pinv", "a:A rcond:NS", "inverse", True),
    ("matrix_power", "2 a:A n:I", "alike_c", True),
    ("slogdet", "a:A", "logarithm_of_determinant", True),
    ("quantile", "2 a:A q:N", "quantile", True),
    ("percentile", "2 a:A q:N", "quantile", True),
    ("histogram", "a:A bins:IA range:PS", "histogram", True),
    ("cov", "m:A y:AS rowvar:S bias:S ddof:IS", "covariances", True),
    ("corrcoef", "x:A y:AS rowvar:S", "covariances", True),
    ("nanvar", "a:A axis:X", "averaged", True),
    ("nanstd", "a:A axis:X", "averaged", True),
    ("unique", "ar:A return_index:S return_inverse:S return_counts:S", "different"),
    ("pad", "2 array:A pad_width:X mode:S", "alike_c"),
    ("insert", "3 arr:A obj:I values:AN axis:I", "appended", True),
    ("delete", "2 arr:A obj:I axis:I", "appended"),
    ("take_along_axis", "3 arr:A indices:A axis:I", "alike_c"),
    ("array_split", "2 ary:A indices_or_sections:I axis:I", "listed"),
    ("partition", "2 a:A kth:I axis:X", "alike_or_flat"),
    ("broadcast_to", "2 array:A shape:X", "shown_wider"),
    ("ediff1d", "ary:A", "floats_of_all", True),
    ("unwrap", "p:A", "alike_c", True),
    ("vander", "x:A N:I", "powers", True),
    ("logspace", "2 start:N stop:N num:I endpoint:S", "floats", True),
    ("indices", "dimensions:X", "grid"),
    ("tensordot", "2 a:A b:A axes:I", "tensor_product", True),
    ("fftshift", "x:A", "alike_c"),
    ("ifftshift", "x:A", "alike_c"),
    ("sinc", "x:A", "alike_c", True),
    ("cross", "2 a:A b:A", "multiplied", True),
    ("kron", "2 a:A b:A", "multiplied", True),
    ("polyfit", "3 x:A y:A deg:I", "coefficients", True),
    ("fft2", "a:A", "transformed", True),
    ("ifft2", "a:A", "transformed", True),
    ("fftn", "a:A", "transformed", True),
    ("ifftn", "a:A", "transformed", True),
    ("fft", "a:A n:IS axis:I norm:S", "transformed", True),
    ("ifft", "a:A n:IS axis:I norm:S", "transformed", True),
    ("rfft", "a:A n:IS axis:I norm:S", "transformed", True),
    ("irfft", "a:A n:IS axis:I norm:S", "transformed_to_real", True),
)
FUNCTIONS = {
    row.name: row
    for row in (
        *METHOD_ROWS,
        whole("around", "m.round", "a:A decimals:I", "alike", True),
        whole("reshape", "m.reshape", "2 a:A shape:X", "reshaped"),
        whole("where", "c.where", "condition:A", "places_by_axis"),
        whole("concatenate", "c.concatenate", "arrays:T axis:X", "joined"),
        whole("bincount", "c.bincount", "x:A weights:A minlength:I", "counts"),
        whole("interp", "c.interp", "3 x:AN xp:A fp:A left:N right:N", "interpolated"),
        whole("count_nonzero", "c.count_nonzero", "a:A", "count"),
        whole("inner", "c.inner", "2 a:A /b:A", "unknown", True),
        whole("vdot", "c.vdot", "2 a:A /b:A", "scalar", True),
        whole("unravel_index", "c.unravel_index", "2 indices:I shape:X", "unknown"),
        whole("lexsort", "c.lexsort", "keys:T axis:X", "places_of_first"),
        whole("einsum", "c.c_einsum", "2 subscripts:S /operands:A*", "summed", True),
        whole("matmul", "c.matmul", "2 a:A /b:A", "product", True),
        whole("dot", "c.dot", "2 a:A b:A", "dotted", True),
        whole("arange", "c.arange", "start:N stop:N step:N dtype:D", "range"),
        *[whole(PREFIXES.get(name, "") + name, f"{MADE}.{name}", *row) for name, *row in MADE_ROWS],
    )
}

UFUNC_METHODS = {
    row.name: row
    for row in (
        whole("reduce", "u.reduce", "2 ufunc:U /a:A axis:X dtype:D", "reduced_along", True),
        whole("accumulate", "u.accumulate", "2 ufunc:U /a:A axis:X dtype:D", "accumulated", True),
        whole("reduceat", "u.reduceat", "3 ufunc:U /a:A indices:A axis:X", "accumulated", True),
        whole("outer", "u.outer", "3 ufunc:U /a:A /b:A", "unknown", True),
        whole("at", "f.at", "4 ufunc:U /a:A /indices:A /b:AN", "nothing", True),
    )
}
DRAWN_ALIKE = (         # what both generators of NumPy draw, from the same parameters
    ("normal", "rng:G loc:AN scale:AN size:X", "drawn_floats", True),
    ("uniform", "rng:G low:AN high:AN size:X", "drawn_floats", True),
    ("exponential", "rng:G scale:AN size:X", "drawn_floats", True),
    ("gamma", "rng:G shape:AN scale:AN size:X", "drawn_floats", True),
    ("beta", "rng:G a:AN b:AN size:X", "drawn_floats", True),
    ("poisson", "rng:G lam:AN size:X", "drawn_counts", True),
    ("binomial", "rng:G n:AI p:AN size:X", "drawn_counts", True),
    ("choice", "2 rng:G a:AI size:X", "chosen"),
)
DRAWS = {       # numpy.random.Generator: what they draw, where no size is said a number of Python's or NumPy's
    row.name: row
    for row in (
        *[whole(name, f"{DRAW}.{name}", *row) for name, *row in DRAWN_ALIKE],
        whole("random", "r.random", "rng:G size:X dtype:D", "drawn_floats", True),
        whole("standard_normal", "r.standard_normal", "rng:G size:X dtype:D", "drawn_floats", True),
        whole("standard_exponential", "r.standard_exponential", "rng:G size:X dtype:D", "drawn_floats", True),
        whole("lognormal", "r.lognormal", "rng:G mean:AN sigma:AN size:X", "drawn_floats", True),
        whole("permutation", "r.permutation", "2 rng:G x:AI", "permuted"),
        whole("geometric", "r.geometric", "rng:G p:AN size:X", "drawn_counts", True),
        whole("integers", "r.integers", "rng:G low:AI high:AIS size:X dtype:D endpoint:S", "drawn_integers", True),
    )
}
LEGACY_DRAWS = {        # numpy.random.RandomState, of which numpy.random's functions are methods
    row.name: row
    for row in (
        *[whole(name, f"{LEGACY_DRAW}.{name}", *row) for name, *row in DRAWN_ALIKE],
        whole("random", "s.random", "rng:G size:X", "drawn_floats", True),
        whole("random_sample", "s.random_sample", "rng:G size:X", "drawn_floats", True),
        whole("rand", "s.rand", "rng:G /size:I*", "drawn_floats", True),
        whole("randn", "s.randn", "rng:G /size:I*", "drawn_floats", True),
        whole("standard_normal", "s.standard_normal", "rng:G size:X", "drawn_floats", True),
        whole("standard_exponential", "s.standard_exponential", "rng:G size:X", "drawn_floats", True),
        whole("permutation", "s.permutation", "2 rng:G /x:AI", "permuted"),
        whole("randint", "s.randint", "rng:G low:AI high:AIS size:X", "drawn_counts", True),
    )
}

__all__ = ["ARRAY", "ARRAYS", "AXES", "BY_PLACE", "DRAW", "DRAWS", "DTYPE", "FUNCTION", "FUNCTIONS", "GENERATOR", "INDEXING", "INTEGER", "LAPACK", "LEGACY_DRAW", "LEGACY_DRAWS", "LIST", "MADE", "METHOD", "METHODS", "MORE", "NUMBER", "OPERATOR", "PLAIN", "SLICE", "TRANSFORMS", "TUPLE", "UFUNC", "UFUNCS", "UFUNC_METHODS", "WHOLE", "Whole"]
