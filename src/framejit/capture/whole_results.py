"""What functions of NumPy's C code give (tables/whole_calls.py): a form of arrays (entry.form_of), what stands in the place of another object, or None
where nothing is expected.  REFUSED: native code leaves the call to the interpreter."""

from framejit.capture import entry, expressions, made_arrays, values as v
from framejit.loops import ufuncs
from framejit.tables.classes import numpys
from framejit.tables.reductions import SUMMED
from framejit.tables.types import ELEMENTS, KINDS

REFUSED = object()
PLACES = "int64"


class Likely:
    """In the place of an object that isn't an array."""

    def __init__(self, value):
        self.value = value


def form(kind, rank, contiguous=True, writable=True):
    """An array of that rank; of none, a scalar."""
    if rank == 0 and kind is not None:
        return scalar(kind)
    return entry.form_of(ufuncs.dtype_of(kind), rank, contiguous, writable) if kind in ELEMENTS and rank is not None and rank > 0 else None


def scalar(kind):
    return Likely(numpys(kind)(0))


def rank_of(value):
    return value.ndim if expressions.is_whole(value) else 0


def axis_of(given):
    """An axis that a constant names; None: all of them, or one that isn't known."""
    value = given.get("axis")
    return value.value if value.__class__ is v.Const and type(value.value) is int else None


def is_named(given, name="axis"):
    """Whether it is said, and isn't None."""
    value = given.get(name)
    return value is not None and not (value.__class__ is v.Const and value.value is None)


def taken(given):
    a, indices = given["a"], given["indices"]
    return form(a.kind, a.ndim - 1 + rank_of(indices) if is_named(given) else rank_of(indices))


def running(given):
    """Of a sum so far: NumPy adds in the kind that `sum` adds in."""
    a = given["a"]
    kind = made_arrays.kind_named(given["dtype"]) if "dtype" in given else SUMMED.get(a.kind, a.kind)
    if kind is None or ELEMENTS[kind].part is None and ELEMENTS[a.kind].part is not None:
        return REFUSED
    return form(kind, a.ndim if is_named(given) else 1, a.ndim == 1 or not is_named(given) or a.contiguous)


def shown(a, rank, contiguous):
    """A view of the array, or a copy where none shows it."""
    return form(a.kind, rank, contiguous, a.writable)


def rank_of_shape(shape, given):
    values = given.get(shape, ())
    values = values if type(values) is list else [values]
    if len(values) == 1 and values[0].__class__ is v.Tup:
        return len(values[0].items)
    if len(values) == 1 and values[0].__class__ is v.Const and type(values[0].value) is tuple:
        return len(values[0].value)
    return len(values)


def diagonal(given):
    a = given["a"]
    return form(a.kind, a.ndim - 1, False, False) if a.ndim > 1 else REFUSED


def trace(given):
    a = given["a"]
    return form(SUMMED.get(a.kind, a.kind), a.ndim - 2) if a.ndim > 1 else REFUSED


def cast(given):
    """NumPy warns of what is lost of complex numbers, not by flags."""
    a, kind = given["a"], made_arrays.kind_named(given.get("dtype"))
    if kind is None or ELEMENTS[a.kind].part is not None and ELEMENTS[kind].part is None:
        return REFUSED
    return form(kind, a.ndim, a.contiguous or a.ndim == 1)


def counts(given):
    return form("float64" if "weights" in given else PLACES, 1)


def interpolated(given):
    """Of real numbers: those of complex ones are another function's."""
    kinds = [given[name].kind for name in ("xp", "fp")] + ([given["x"].kind] if expressions.is_whole(given["x"]) else [])
    if any([ELEMENTS[kind].part is not None for kind in kinds]):
        return REFUSED
    return form("float64", rank_of(given["x"]))


def summed(given):
    """By the letters of what is summed over; without an arrow those that occur once stay."""
    text = given["subscripts"].value if given["subscripts"].__class__ is v.Const else None
    operands = given["operands"]
    if type(text) is not str or "..." in text or any([operand.kind != operands[0].kind for operand in operands]):
        return REFUSED
    taken, arrow, result = text.replace(" ", "").partition("->")
    letters = result if arrow else [letter for letter in set(taken) - {","} if taken.count(letter) == 1]
    return form(operands[0].kind, len(letters))


def item_of(given):
    python = {"float": 0.0, "int": 0, "bool": False}
    row = KINDS.get(given["a"].kind)
    if row is None:
        return None
    return Likely(python["float" if row.floating else "bool" if row.machine == "i1" else "int"])


def alike(given):
    a = next(iter(given.values()))
    return form(a.kind, a.ndim, a.contiguous or a.ndim == 1)


def repeated(given):
    return form(given["a"].kind, given["a"].ndim if is_named(given) else 1)


def scalar_product(given):
    a, b = given["a"], given["b"]
    return scalar(a.kind) if a.kind == b.kind and a.kind in KINDS else None


def drawn(number, kind):
    """Row for what a random generator draws: a number where no size is said, nor an array among what it is drawn by."""
    def row(given):
        kinds = [ELEMENTS[value.kind] for value in given.values() if expressions.is_whole(value)]
        if any([one.part is not None or one.floating and kind == "int64" and number is None for one in kinds]):
            return REFUSED      # NumPy warns, not by flags
        said = made_arrays.kind_named(given["dtype"]) if "dtype" in given else kind
        arrays = [value.ndim for name, value in given.items() if name != "rng" and expressions.is_whole(value)]
        if is_named(given, "size"):
            return form(said, rank_of_shape("size", given))
        return form(said, max(arrays)) if arrays else Likely(number) if number is not None else scalar(said)

    return row


def chosen(given):
    """By a random generator: numbers up to an integer, or elements of an array with one axis."""
    a, whole = given["a"], expressions.is_whole(given["a"])
    if whole and a.ndim != 1:
        return REFUSED
    kind = a.kind if whole else "int64"
    return form(kind, rank_of_shape("size", given)) if is_named(given, "size") else scalar(kind) if whole else None


RESULTS = {
    "chosen": chosen,
    "drawn_floats": drawn(0.0, "float64"),
    "drawn_counts": drawn(0, "int64"),
    "drawn_integers": drawn(None, "int64"),
    "unknown": lambda given: None,
    "places_of_v": lambda given: form(PLACES, rank_of(given["v"])),
    "taken": taken,
    "places": lambda given: form(PLACES, given["a"].ndim if is_named(given) or "axis" not in given else 1),
    "places_of_first": lambda given: form(PLACES, 1),
    "places_by_axis": lambda given: tuple([form(PLACES, 1) for _ in range(next(iter(given.values())).ndim)]),
    "running": running,
    "flat": lambda given: shown(given["a"], 1, True),
    "flat_copy": lambda given: form(given["a"].kind, 1),
    "turned": lambda given: shown(given["a"], given["a"].ndim, given["a"].contiguous and given["a"].ndim == 1),
    "swapped": lambda given: shown(given["a"], given["a"].ndim, False),
    "diagonal": diagonal,
    "trace": trace,
    "repeated": repeated,
    "alike": alike,
    "reshaped": lambda given: shown(given["a"], rank_of_shape("shape", given), given["a"].contiguous),
    "cast": cast,
    "item": item_of,
    "listed": lambda given: REFUSED if "a" in given and given["a"].ndim > 1 else Likely([]),       # lists in lists may bring a collection
    "counts": counts,
    "interpolated": interpolated,
    "count": lambda given: Likely(ufuncs.function("c.count_nonzero")(())),        # an int, or a scalar of NumPy's: its versions differ
    "scalar": scalar_product,
    "summed": summed,
}

__all__ = ["Likely", "REFUSED", "RESULTS"]
