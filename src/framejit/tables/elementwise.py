"""Elementwise functions of arrays: which of NumPy's ufuncs an operator is, and which are computed in registers.

    a * b + c       multiply, add       two instructions in one loop over all elements
    np.exp(a * b)   multiply, exp       NumPy's own loop for exp, over tiles of the product

A ufunc without a row is called: NumPy's own inner loop, so that the bits are NumPy's.  In registers is computed only what IEEE 754
or two's complement fixes, flags of floating-point arithmetic included, and what loops/registers.py has found to be the same:
comparisons that raise no flags.  No division of integers.
"""

from framejit.tables.types import ELEMENTS, KINDS

BINARY = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "//": "floor_divide", "%": "remainder", "**": "power",
    "&": "bitwise_and", "|": "bitwise_or", "^": "bitwise_xor", "<<": "left_shift", ">>": "right_shift",
}
COMPARE = {"<": "less", "<=": "less_equal", "==": "equal", "!=": "not_equal", ">": "greater", ">=": "greater_equal"}
UNARY = {"-": "negative", "+": "positive", "~": "invert"}
POWERS = {2: "square", -1: "reciprocal", 0.5: "sqrt"}      # of an array, if the exponent is exactly this

# By the class of the elements: {t} the vector type, {0} {1} operands, {zero} a vector of zeros, {ones} of all bits
FLOATS = {
    "add": "fadd {t} {0}, {1}",
    "subtract": "fsub {t} {0}, {1}",
    "multiply": "fmul {t} {0}, {1}",
    "divide": "fdiv {t} {0}, {1}",
    "square": "fmul {t} {0}, {0}",
    "negative": "fneg {t} {0}",
    "absolute": "call {t} @llvm.fabs.{s}({t} {0})",
    "sqrt": "call {t} @llvm.sqrt.{s}({t} {0})",
}
INTEGERS = {
    "add": "add {t} {0}, {1}",
    "subtract": "sub {t} {0}, {1}",
    "multiply": "mul {t} {0}, {1}",
    "square": "mul {t} {0}, {0}",
    "negative": "sub {t} zeroinitializer, {0}",
    "bitwise_and": "and {t} {0}, {1}",
    "bitwise_or": "or {t} {0}, {1}",
    "bitwise_xor": "xor {t} {0}, {1}",
}
BOOLS = {       # of whether bytes are zero or not
    "bitwise_and": "and {t} {0}, {1}",
    "bitwise_or": "or {t} {0}, {1}",
    "bitwise_xor": "xor {t} {0}, {1}",
}
COMPLEX = {name: FLOATS[name] for name in ("add", "subtract", "negative")}        # of parts, real and imaginary by turns
CAST = "cast"       # an operation of nests beside the ufuncs: an integer or bool as a float, a float as a wider one
AS_TYPE = "astype"  # another: a cast that the program asks for, which may lose something; the method
CASTS = (CAST, AS_TYPE)


COMPARED = {"less": "lt", "less_equal": "le", "equal": "eq", "not_equal": "ne", "greater": "gt", "greater_equal": "ge"}       # predicates
EXTREMA = {"minimum": "lt", "maximum": "gt"}      # the first operand where this holds, or where it is NaN
ASKED = {"isnan": "uno", "isinf": "oeq", "isfinite": "olt"}     # of a float: of itself, or of its absolute value and infinity
ROUNDED = {"floor": "floor", "ceil": "ceil", "trunc": "trunc", "rint": "rint"}      # LLVM's functions
CLIP = "clip"
ROUND = "round"     # to places: three steps, as in NumPy
WHERE = "where"     # another: one of two, by a bool
PAIR = "complex"    # another: a complex number of its parts
SILENT = ("negative", "absolute", PAIR, WHERE, CLIP, *COMPARED, *EXTREMA, *ASKED, *ROUNDED)        # raise no flags in registers
REFUSING = ("power",)   # of integers: negative exponents
STRIDED = (CLIP, "power", "float_power")       # NumPy's loops compute otherwise (squares, roots) where an operand has no step
PLACED = ("fmax", "fmin")   # of floats: which of two zeros, and what of a number and a signalling NaN, depends on where in the loop an element comes; NumPy's
FUNCTIONS = {WHERE: WHERE, CLIP: CLIP, "round": ROUND, "around": ROUND}       # of NumPy's module, not ufuncs of it: what they compute
METHODS = {"clip": CLIP, "conj": "conjugate", "conjugate": "conjugate", "round": ROUND, AS_TYPE: AS_TYPE}     # of arrays
ONE_SIDED = ("maximum", "minimum")      # what clipping is where its second or third operand is None


def in_registers(name, kind):
    """The instruction's text for elements of this kind, or None: NumPy's loop is called."""
    if ELEMENTS[kind].part is not None:
        return COMPLEX.get(name)
    row = KINDS.get(kind)
    if row is None:
        return None
    rows = FLOATS if row.floating else BOOLS if row.machine == "i1" else INTEGERS
    return rows.get(name)


def is_register(name, kind):
    """Whether an operation on elements of this kind is fixed, so that it is computed in registers."""
    return name in (*CASTS, PAIR, WHERE) or in_registers(name, kind) is not None


__all__ = ["ASKED", "AS_TYPE", "BINARY", "CAST", "CASTS", "CLIP", "COMPARE", "COMPARED", "EXTREMA", "FUNCTIONS", "PAIR", "PLACED", "POWERS", "REFUSING", "ROUND", "ROUNDED", "SILENT", "STRIDED", "UNARY", "WHERE", "in_registers", "is_register"]
