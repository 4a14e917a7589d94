"""Arrays that call-outs give: what is known of them before one was seen.

    u = np.zeros(n)         a call-out; behind it a guard that this is a float64 array of one axis, contiguous

What comes is expected by a row of tables/made_arrays.py and the arguments at hand, or by what an exit has seen at this place.
Something else leaves behind the call, and teaches.
"""

from framejit.capture import entry, expressions, values as v
from framejit.loops import ufuncs
from framejit.tables import made_arrays as tables
from framejit.tables.classes import array_method, numpy_holds, numpys, one_of
from framejit.tables.types import ELEMENTS, KINDS, NUMPYS_PAIR, PAIR

SITE = 63               # of the result, among those of the instruction
PYTHON = {float: "float64", int: "int64", bool: "bool_", complex: "complex128"}
NUMPYS = {"int": "int64", "float": "float64", "bool": "bool_", PAIR: "complex128", NUMPYS_PAIR: "complex128"}


# ---- what is expected

def of_call(machine, instruction):
    """The form (capture/hints.py) of what a call at hand is expected to give, or None."""
    found, keywords = expressions.called(machine, instruction), instruction.arg[1] or ()
    if found is None:
        return None
    callee, bound, values = found
    row = row_of(callee, bound)
    split = len(values) - len(keywords)
    return None if row is None or split < bound else form(row, values[:split], dict(zip(keywords, values[split:])))


def of_in_place(machine, instruction):
    """The same of an operator that changes an array: the array itself."""
    left = machine.state.stack[-2]
    if not instruction.arg[1] or left.__class__ is not v.Array or left.node is None:
        return None
    return entry.form_of(ufuncs.dtype_of(left.kind), left.ndim, left.contiguous, left.writable)


def row_of(callee, bound):
    if bound:
        return tables.METHODS.get(array_method(callee, tables.METHODS))
    return next((row for name, row in tables.FUNCTIONS.items() if numpy_holds(name) is callee), None)


def form(row, positional, keywords):
    given = bound_to(row, positional, keywords)
    rank = None if given is None else RANKS[row.rank](given)
    kind = None if rank is None else kind_of(row, given)
    if kind is None or not rank:
        return None
    array = given.get("a")
    dense = array is not None and is_contiguous(array)
    contiguous = {tables.OWN: True, tables.DENSE: dense, tables.SHOWN: dense, tables.FLAT: True, tables.TURNED: dense and rank == 1}[row.layout]
    writable = row.layout in (tables.OWN, tables.DENSE) or is_writable(array)
    return entry.form_of(ufuncs.dtype_of(kind), rank, contiguous, writable)


def bound_to(row, positional, keywords):
    """Parameters -> values, or None where one is given that the row doesn't name."""
    names = row.parameters[:row.parameters.index(None)] if None in row.parameters else row.parameters
    given = dict(zip(names, positional))
    more = positional[len(names):]
    if more and row.rank == tables.SHAPES:
        given["shape"] = v.Tup([given["shape"], *more])
    elif more or not {*keywords} <= {*row.parameters} - {*given}:
        return None
    given.update(keywords)
    return given if "a" not in row.parameters or expressions.is_whole(given.get("a")) else None


def rank_of_shape(given):
    """Of a number, or of a tuple whose length is known."""
    shape = given.get("shape")
    if shape.__class__ is v.Tup:
        return len(shape.items)
    if shape.__class__ is v.Const and type(shape.value) is tuple:
        return len(shape.value)
    if shape.__class__ is v.Obj and shape.type is tuple and type(shape.example) is tuple:
        return len(shape.example)
    return 1 if is_integer(shape) else None


def is_integer(value):
    if value.__class__ is v.Const:
        return type(value.value) is int
    return value.__class__ is v.Num and not KINDS[value.kind].floating


RANKS = {tables.SHAPE: rank_of_shape, tables.SHAPES: rank_of_shape, tables.LIKE: lambda given: given["a"].ndim, tables.ONE: lambda given: 1}


def kind_of(row, given):
    if "dtype" in given:
        return kind_named(given["dtype"])
    if row.kind == tables.LIKE:
        return given["a"].kind
    if row.kind == tables.VALUE:
        return number_kind(given.get("fill_value"))
    if row.kind == tables.RANGE:
        kinds = {number_kind(value) for value in given.values()}
        return "float64" if kinds == {"int64", "float64"} else kinds.pop() if len(kinds) == 1 else None
    return row.kind


def number_kind(value):
    if value.__class__ is v.Num:
        return NUMPYS.get(value.kind, value.kind)
    return PYTHON.get(type(value.value)) if value.__class__ is v.Const and one_of(type(value.value), PYTHON) else None


def kind_named(value):
    """What a constant stands for as a dtype, or None."""
    if value.__class__ is not v.Const:
        return None
    if type(value.value) is str:
        name = {"bool": "bool_", "float": "float64", "int": "int64"}.get(value.value, value.value)
        return name if name in ELEMENTS else None
    if one_of(value.value, PYTHON):
        return PYTHON[value.value]
    return ufuncs.own_dtypes().get(id(value.value)) or next((kind for kind in ELEMENTS if numpys(kind) is value.value), None)


def is_contiguous(value):
    if value.__class__ is v.Array:
        return value.contiguous
    return all([term.array.contiguous for term in expressions.ordered(value.term) if term.array is not None])


def is_writable(value):
    return value.writable if value.__class__ is v.Array else value.term.name is not None or value.term.array.writable


# ---- behind the call

def known(machine, instruction, expected):
    """The top of the stack, which a call-out has given, as the array that has been seen here or else is expected."""
    if machine.held is not None or machine.splits(instruction):
        return
    site, value = (instruction.unit, SITE), machine.state.stack[-1]
    seen = machine.hints.sites.get(site) or [expected]
    if len(seen) > 1 or type(seen[0]) is not tuple or seen[0][0] is not entry.array_type() or entry.array_kind(entry.ArrayLike(seen[0])) is None:
        return
    machine.landing = instruction.next
    machine.begin(machine.state.copy())
    leave = machine.exit("type", value.node, site)
    machine.state.stack[-1] = entry.unbox_array(machine, value.node, entry.ArrayLike(seen[0]), value.owner, leave)


__all__ = ["known", "of_call", "of_in_place"]
