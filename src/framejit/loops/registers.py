"""What of NumPy's functions is computed in registers: what IEEE 754 or two's complement fixes (tables/elementwise.py), and comparisons.

NumPy's loops for comparisons, `minimum`, `maximum`, `clip` and the like raise no flags, whatever they meet; generated code asks by
instructions that raise none for quiet NaNs.  Of floats each is believed only where this process's loop gives the bits of the model
below for every pair of a few numbers, in vectors and in what is left of them.  `clip` of floats has two loops, which differ where
zeros meet: the one that scalars as bounds have is meant here.
"""

import functools

from framejit.loops import ufuncs
from framejit.tables import elementwise
from framejit.tables.classes import numpy_holds
from framejit.tables.elementwise import ASKED, CLIP, COMPARED, EXTREMA, ROUNDED
from framejit.tables.types import KINDS
from framejit.tables.whole_calls import FUNCTION

SAMPLES = "0.0 -0.0 1.0 -1.0 inf -inf nan -nan 2.5 -2.5 0.4999 -0.4999 3.5 1e-310 -1e-44 3e38".split()
LENGTHS = (1, 2, 3, 5, 7, 8, 9, 15, 17, 31)
INTEGERS = {*COMPARED, *EXTREMA, CLIP}
ARITY = {**dict.fromkeys(INTEGERS, 2), **dict.fromkeys((*ASKED, *ROUNDED), 1), CLIP: 3}


def is_register(name, kinds, scalars):
    """Whether an operation on elements of these kinds is computed in registers; else NumPy's loop is called.  `scalars`: which operands are."""
    if name == CLIP and not all(scalars[1:]):
        return False
    return elementwise.is_register(name, kinds[0]) or len(set(kinds)) == 1 and believed(name, kinds[0])


@functools.cache
def believed(name, kind):
    row = KINDS.get(kind)
    if name not in ARITY or row is None or row.machine == "i1":
        return False
    if not row.floating:
        return name in INTEGERS
    if name in ROUNDED and not ufuncs.processor_has("SSE41"):
        return False
    make, function = ufuncs.of_core(FUNCTION, "array"), ufuncs.ufunc(name)
    return make is not None and function is not None and agrees(name, function, make, kind)


def agrees(name, function, make, kind):
    """Whether NumPy's function is the model's."""
    single, count, arity = make([float(text) for text in SAMPLES], dtype=kind), len(SAMPLES), ARITY[name]
    try:
        with numpy_holds("errstate")(all="raise"):
            return all([same(name, function, one) for one in (bounded(single) if arity == 3 else whole(single, arity))])
    except FloatingPointError:
        return False


def bounded(single):
    """Operands of three: some numbers, and two scalars."""
    scalars = [single[place:place + 1].reshape(()) for place in range(len(single))]
    return [[single[:length], low, high] for low in scalars for high in scalars for length in (1, len(single) - 1)]


def whole(single, arity):
    """Operands: all pairs of numbers, parts of them that begin anywhere, one number with all others."""
    count, make = len(single), ufuncs.of_core(FUNCTION, "array")
    operands = [make([single[(place // count ** axis) % count] for place in range(count ** arity)]) for axis in range(arity)]
    yield from [[one[start:start + length] for one in operands] for length, start in spans(count ** arity)]
    for place in range(count if arity == 2 else 0):
        yield [single, single[place:place + 1]]
        yield [single[place:place + 1], single]


def spans(count):
    return [(count, 0), (count - 1, 1), *[(length, (3 * length) % (count - length + 1)) for length in LENGTHS if length <= count]]


def same(name, function, operands):
    found = function(*operands)
    rows = [one.reshape(-1).tolist() * (found.size // one.size) for one in operands]
    answers = [MODEL[name](*numbers) for numbers in zip(*rows)]
    if name in COMPARED or name in ASKED:
        return found.tolist() == answers
    if name in ROUNDED:
        return [text(one) for one in found.tolist()] == [text(one) for one in answers]
    if name == CLIP:        # which one of two NaNs it is nobody says: docs/contract.md
        return [text(one) for one in found.tolist()] == [text(row[which]) for row, which in zip(zip(*rows), answers)]
    bits = [(one.reshape(-1).view("i8" if one.itemsize == 8 else "i4")).tolist() * (found.size // one.size) for one in operands]
    return found.view("i8" if found.itemsize == 8 else "i4").tolist() == [row[which] for row, which in zip(zip(*bits), answers)]


def text(number):
    return "nan" if number != number else repr(number)


def rounded(number, function):
    """As a float that keeps its sign."""
    if number != number or number in (float("inf"), float("-inf")):
        return number
    whole = float(function(number))
    return -whole if whole == 0.0 and text(number).startswith("-") and text(whole) == "0.0" else whole


def lower(a, b):
    """The number of the operand that is the minimum."""
    return 0 if a < b or a != a else 1


def upper(a, b):
    return 0 if a > b or a != a else 1


def between(x, low, high):
    first = 0 if x >= low or x != x else 1
    least = (x, low)[first]
    return first if least <= high or least != least else 2


MODEL = {
    "less": lambda a, b: a < b, "less_equal": lambda a, b: a <= b, "equal": lambda a, b: a == b, "not_equal": lambda a, b: a != b,
    "greater": lambda a, b: a > b, "greater_equal": lambda a, b: a >= b, "minimum": lower, "maximum": upper, CLIP: between,
    "isnan": lambda a: a != a, "isinf": lambda a: abs(a) == float("inf"), "isfinite": lambda a: abs(a) < float("inf"),
    "floor": lambda a: rounded(a, lambda x: x // 1), "ceil": lambda a: rounded(a, lambda x: -(-x // 1)), "trunc": lambda a: rounded(a, int), "rint": lambda a: rounded(a, round),
}


__all__ = ["is_register"]
