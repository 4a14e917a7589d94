"""Functions of a vector of elements: those that NumPy's loops call, and its library exports, and ours for what those ask the C library for.
Generated code calls them in the middle of a loop.

    symbol("exp", ["float64", "float64"])   ->   "fj_vector_exp_12_12"; None: NumPy's loop is called over a tile

Each is believed only where bits and flags are those of NumPy's own loop, as this process has it (ext/vector_functions.c).
"""

import ctypes
import functools

from framejit.graph import memory
from framejit.loops import ufuncs
from framejit.tables.types import ELEMENTS
from framejit.tables.whole_calls import FUNCTION

PREFIX = "fj_vector_"
VECTOR = 64         # bytes
STEMS = {
    "exp": "exp", "exp2": "exp2", "log": "log", "log2": "log2", "log10": "log10", "log1p": "log1p", "expm1": "expm1", "cbrt": "cbrt", "tan": "tan",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "sinh": "sinh", "cosh": "cosh", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
}
NAMES = {"float64": "__svml_{}8_ha", "float32": "__svml_{}f16"}
OWN = {                 # how many operands they have: ext/sines.c, ext/divisions.c
    ("sin", "float64"): 1, ("cos", "float64"): 1,
    **{(name, kind): 2 for name in ("fmod", "remainder", "floor_divide", "hypot") for kind in ("float64", "float32")},
}
COUNT = 37          # products that are compared: vectors and a rest


@functools.cache
def found(name, kind):
    """The function's address, or None."""
    own = OWN.get((name, kind))
    if not own and not (name in STEMS and kind in NAMES) or not ufuncs.processor_has("AVX512_SKX"):
        return None
    loop = ufuncs.loop(name, [kind] * ((own or 1) + 1))
    text = ctypes.create_string_buffer((f"{name} {kind}" if own else NAMES[kind].format(STEMS[name])).encode())
    return loop and (memory.call("fj_vector_function", "ptr", ("ptr", "ptr", "ptr", "i32"), (*loop, ctypes.addressof(text), ELEMENTS[kind].size)) or None)


def symbol(name, kinds):
    """The name under which generated code calls a vector's function, or None."""
    there = len(set(kinds)) == 1 and len(kinds) == OWN.get((name, kinds[0]), 1) + 1 and found(name, kinds[0])
    return ufuncs.symbol(name, kinds).replace(ufuncs.PREFIX, PREFIX, 1) if there else None


def address_of(text):
    """Where the function of a symbol lies, or None."""
    if not text.startswith(PREFIX):
        return None
    name, kinds = ufuncs.parts(text.removeprefix(PREFIX))
    return found(name, kinds[0])


@functools.cache
def products_are_fused(kind):
    """Whether NumPy's loop multiplies complex numbers so: ar * br - round(ai * bi), ar * bi + round(ai * br), each rounded once."""
    make, multiply = ufuncs.of_core(FUNCTION, "array"), ufuncs.ufunc("multiply")
    part = ELEMENTS[kind].part
    name, machine = ("fma", "f64") if part == "float64" else ("fmaf", "f32")
    if make is None or multiply is None or ufuncs.loop("multiply", [kind] * 3) is None:
        return False

    def fused(a, b, c):
        return memory.call(name, machine, (machine,) * 3, (a, b, c))

    numbers = [complex(1.0 + place / 7.0, 0.1 - place / 3.0) for place in range(4 * COUNT)]
    left, right = [make(half, dtype=kind) for half in (numbers[:COUNT], numbers[:COUNT - 1:-1][:COUNT])]
    rounded = make([0], dtype=part).dtype.type
    products = multiply(left, right).tolist()
    for a, b, product in zip(left.tolist(), right.tolist(), products):
        real = fused(a.real, b.real, -float(rounded(a.imag * b.imag)))
        imaginary = fused(a.real, b.imag, float(rounded(a.imag * b.real)))
        if (real, imaginary) != (product.real, product.imag):
            return False
    return True


__all__ = ["VECTOR", "address_of", "products_are_fused", "symbol"]
