"""What functions that make and join arrays give, and products and reductions; whole_results.py has the rest."""

import sys

from framejit.capture import entry, expressions, made_arrays, values as v
from framejit.capture.whole_results import PLACES, REFUSED, RESULTS, Likely, alike, axis_of, form, is_named, rank_of, rank_of_shape, scalar, shown
from framejit.loops import ufuncs
from framejit.tables.classes import inherits_from_tuple
from framejit.tables.types import ELEMENTS, KINDS

NAMED = "numpy.linalg._linalg"          # the module that has the classes of what decompositions give


def first(given):
    return next(iter(given.values()))


def several(given):
    """The arrays that are joined, and their kind if they have one."""
    items = first(given).items
    kinds = {item.kind for item in items}
    return items, kinds.pop() if len(kinds) == 1 else None


def stacked(given):
    items, kind = several(given)
    return form(kind, items[0].ndim, all([item.contiguous for item in items]))


def joined(given):
    """Of all their elements where None is said of the axis."""
    return form(several(given)[1], 1) if "axis" in given and not is_named(given) else stacked(given)


def stacked_as_rows(given):
    items, kind = several(given)
    return form(kind, max(2, items[0].ndim), all([item.contiguous for item in items]))


def stacked_anew(given):
    items, kind = several(given)
    return form(kind, items[0].ndim + 1, all([item.contiguous for item in items]))


def of_both(a, b, rank):
    """Of the kind that both have together."""
    kinds = ufuncs.resolved("multiply", (a.kind, b.kind))
    return form(kinds[1], rank) if kinds else None


def outer(given):
    return of_both(given["a"], given["b"], 2)


def made(default):
    def row(given):
        kind = made_arrays.kind_named(given["dtype"]) if "dtype" in given else default(given)
        return form(kind, rank_of_shape("shape", given))

    return row


def made_alike(given):
    a = given["a"]
    kind = made_arrays.kind_named(given["dtype"]) if "dtype" in given else a.kind
    return form(kind, a.ndim, a.contiguous or a.ndim == 1)


def made_matrix(given):
    return form(made_arrays.kind_named(given["dtype"]) if "dtype" in given else "float64", 2)


def diagonals(given):
    v = given["v"]
    return form(v.kind, 2) if v.ndim == 1 else form(v.kind, 1, False, False) if v.ndim == 2 else REFUSED


def reduced(given):
    a = first(given)
    if not is_named(given):
        return form(a.kind, 0) if a.kind in KINDS else None
    return form(a.kind, a.ndim - 1) if axis_of(given) is not None else None


def single_or_double(kind):
    return kind if kind in ("float64", "float32", "complex128", "complex64") else None if kind == "float16" else "float64"


def solved(given):
    kinds = {single_or_double(given["a"].kind), single_or_double(given["b"].kind)}
    return form(kinds.pop(), given["b"].ndim) if len(kinds) == 1 else None


def floats(given, less):
    """As many axes less than the first operand has; of integers doubles."""
    a = first(given)
    kind, rank = single_or_double(a.kind), a.ndim - less
    return form(kind, rank) if kind in ELEMENTS and rank >= 0 and (rank or kind in KINDS) else None


def polynomial(given):
    p, x = given["p"], given["x"]
    return of_both(p, x if expressions.is_whole(x) else p, rank_of(x))


def part(given):
    """Of complex numbers; a real array's is itself, or zeros."""
    a = first(given)
    return form(ELEMENTS[a.kind].part, a.ndim, False) if ELEMENTS[a.kind].part is not None else None


def angles(given):
    z = given["z"]
    return form("float32" if z.kind in ("float32", "complex64") else "float64", z.ndim)


def by_range(given):
    kinds = {made_arrays.number_kind(value) for name, value in given.items() if name != "dtype"}
    kind = made_arrays.kind_named(given["dtype"]) if "dtype" in given else "float64" if kinds == {"int64", "float64"} else kinds.pop() if len(kinds) == 1 else None
    return form(kind, 1)


def product(given):
    a, b = given["a"], given["b"]
    return of_both(a, b, max(a.ndim, b.ndim, 2) - (a.ndim == 1) - (b.ndim == 1))


def dotted(given):
    a, b = given["a"], given["b"]
    kinds = ufuncs.resolved("multiply", (a.kind, b.kind))
    rank = a.ndim + b.ndim - 2
    return form(kinds[1], rank) if kinds and (rank or kinds[1] in KINDS) else None


def reduced_along(given):
    """Where nothing is said, along the first axis.  NumPy warns of what is lost of complex numbers, not by flags."""
    a = given["a"]
    if "dtype" in given:
        return REFUSED if ELEMENTS[a.kind].part is not None else None
    if ELEMENTS[a.kind].part is None and not ELEMENTS[a.kind].floating:
        return None
    rank = 0 if "axis" in given and not is_named(given) else a.ndim - 1
    return form(a.kind, rank) if rank or a.kind in KINDS else None


def accumulated(given):
    a = given["a"]
    if "dtype" in given:
        return REFUSED if ELEMENTS[a.kind].part is not None else None
    return form(a.kind, a.ndim) if ELEMENTS[a.kind].floating or ELEMENTS[a.kind].part is not None else None


def named(name, *items):
    """A named tuple of NumPy's, of arrays and numbers that are expected."""
    kind = vars(sys.modules.get(NAMED, sys)).get(name)
    return together(kind, items) if inherits_from_tuple(kind) else None


def together(kind, items):
    return None if None in items else Likely(tuple.__new__(kind, [item.value if item.__class__ is Likely else entry.like(item) for item in items]))


def kinds_of_matrix(given):
    """Of what is computed of a matrix: of its elements and their absolute values; None, None: not known."""
    kind = single_or_double(given["a"].kind)
    return (kind, ELEMENTS[kind].part or kind) if kind and given["a"].ndim > 1 else (None, None)


def eigen(given):
    kind, real = kinds_of_matrix(given)
    return named("EighResult", form(real, given["a"].ndim - 1), form(kind, given["a"].ndim))


def singular(given):
    (kind, real), rank = kinds_of_matrix(given), given["a"].ndim
    if not is_said(given, "compute_uv", True):
        return form(real, rank - 1)
    return named("SVDResult", form(kind, rank), form(real, rank - 1), form(kind, rank))


def orthogonal(given):
    factor = form(kinds_of_matrix(given)[0], given["a"].ndim)
    return factor if "mode" in given and given["mode"].value == "r" else named("QRResult", factor, factor)


def least_squares(given):
    b, (kind, real) = given["b"], kinds_of_matrix(given)
    return together(tuple, (form(kind, b.ndim), form(real, 1), scalar("int32"), form(real, 1))) if kind == single_or_double(b.kind) else None


def logarithm_of_determinant(given):
    kind, real = kinds_of_matrix(given)
    return named("SlogdetResult", form(kind, given["a"].ndim - 2), form(real, given["a"].ndim - 2)) if kind in KINDS else None


def values_of_matrix(given):
    return form(kinds_of_matrix(given)[1], given["a"].ndim - 1)


def covariances(given):
    a = first(given)
    return form("float64", 2) if a.ndim == 2 or "y" in given and expressions.is_whole(given["y"]) else None


def is_said(given, name, default=False):
    return bool(given[name].value) if name in given else default


def different(given):
    """The elements, and what else is asked for."""
    more = sum([is_said(given, name) for name in ("return_index", "return_inverse", "return_counts")])
    found = form(first(given).kind, 1)
    return tuple([found] + [form(PLACES, 1)] * more) if more else found


def tensor_product(given):
    a, b = given["a"], given["b"]
    axes = given["axes"].value if "axes" in given and given["axes"].__class__ is v.Const else 2 if "axes" not in given else None
    rank = a.ndim + b.ndim - 2 * axes if axes is not None else 0
    return of_both(a, b, rank) if rank > 0 else None


def permuted(given):
    x = given["x"]
    return form(x.kind, x.ndim) if expressions.is_whole(x) else form(PLACES, 1)


def transformed(real):
    """Row for Fourier transforms to real or to complex numbers."""
    def row(given):
        a = given["a"]
        narrow = a.kind in ("float32", "complex64")
        return form(("float32" if narrow else "float64") if real else "complex64" if narrow else "complex128", a.ndim)

    return row


RESULTS |= {
    "eigen": eigen,
    "singular": singular,
    "orthogonal": orthogonal,
    "least_squares": least_squares,
    "logarithm_of_determinant": logarithm_of_determinant,
    "values_of_matrix": values_of_matrix,
    "quantile": lambda given: form("float64", 0),
    "histogram": lambda given: (form(PLACES, 1), form("float64", 1)),
    "covariances": covariances,
    "different": different,
    "shown_wider": lambda given: form(given["array"].kind, rank_of_shape("shape", given), False, False),
    "floats_of_all": lambda given: form(first(given).kind, 1),
    "powers": lambda given: form(given["x"].kind, 2) if given["x"].kind in ("float64", "int64", "complex128") else None,
    "grid": lambda given: form(PLACES, 1 + rank_of_shape("dimensions", given)),
    "tensor_product": tensor_product,
    "permuted": permuted,
    "coefficients": lambda given: form("float64", given["y"].ndim),
    "stacked_in_depth": lambda given: form(several(given)[1], max(3, several(given)[0][0].ndim)),
    "transformed": transformed(False),
    "transformed_to_real": transformed(True),
    "product": product,
    "dotted": dotted,
    "reduced_along": reduced_along,
    "accumulated": accumulated,
    "alike_c": lambda given: form(first(given).kind, first(given).ndim),
    "turned_view": lambda given: form(first(given).kind, first(given).ndim, False, first(given).writable),
    "stacked": stacked,
    "joined": joined,
    "stacked_as_rows": stacked_as_rows,
    "stacked_anew": stacked_anew,
    "appended": lambda given: form(given["arr"].kind, given["arr"].ndim if "axis" in given else 1),
    "outer": outer,
    "expanded": lambda given: shown(given["a"], given["a"].ndim + 1, given["a"].contiguous),
    "tiled": lambda given: form(given["A"].kind, max(given["A"].ndim, rank_of_shape("reps", given))),
    "made": made(lambda given: "float64"),
    "made_of_value": made(lambda given: made_arrays.number_kind(given["fill_value"])),
    "made_alike": made_alike,
    "made_matrix": made_matrix,
    "floats": lambda given: form("float64", 1),
    "diagonals": diagonals,
    "alike_or_flat": lambda given: form(given["a"].kind, 1) if "axis" in given and not is_named(given) else alike(given),
    "places_of_all": lambda given: form(PLACES, 1),
    "reduced": reduced,
    "truths": lambda given: form("bool_", given["a"].ndim),
    "truth": lambda given: Likely(True),
    "places_of_x": lambda given: form(PLACES, rank_of(given["x"])),
    "alike_b": solved,
    "inverse": lambda given: form(single_or_double(given["a"].kind), given["a"].ndim),
    "range": by_range,
    "polynomial": polynomial,
    "multiplied": lambda given: of_both(given["a"], given["b"], max(given["a"].ndim, given["b"].ndim)),
    "averaged": lambda given: floats(given, 1 if is_named(given) else first(given).ndim),
    "determinant": lambda given: floats(given, 2),
    "integral": lambda given: floats(given, 1),
    "slopes": lambda given: floats(given, 0) if given["f"].ndim == 1 else None,
    "part": part,
    "angles": angles,
    "places_as_rows": lambda given: form(PLACES, 2, False),
    "as_rows": lambda given: shown(given["a"], max(given["a"].ndim, 2), given["a"].contiguous),
}
