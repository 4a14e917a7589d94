"""Full reductions of arrays and expressions: x.sum(), np.mean(x * y), (a > b).any(), np.add.reduce(x), np.count_nonzero(x > y)

The result is a NumPy scalar; the expression is never an array (ext/nest_reduce.c).  What says more (axis=, dtype=, ...) is
NumPy's (capture/array_calls.py).
"""

from functools import cache
from typing import NamedTuple

from framejit.capture import deferred, expressions, values as v
from framejit.capture.array_calls import arguments_of, axes_of
from framejit.loops import ufuncs
from framejit.tables.array_calls import ARRAY_CALLS, VARIANCE
from framejit.tables.classes import array_method, numpys
from framejit.tables.elementwise import CAST
from framejit.tables.reductions import COUNT, FUNCTIONS, METHODS, NUMBERS, OF_TRUTHS, OF_UFUNCS, REDUCTIONS, Reduction, SPREAD, SPREADS, most
from framejit.tables.types import KINDS


class Found(NamedTuple):
    """A call at hand: its row of tables/reductions.py, the array or expression, in what kind it is reduced, whether only its elements' truth is asked for, the kind of the number."""

    row: Reduction
    value: v.Value
    within: str
    truths: bool
    kind: str


def at_hand(machine, instruction):
    """The call at hand, or None."""
    found = expressions.called(machine, instruction)
    name, values, usual = (None, (), {}) if found is None else named(*found)
    if name is None:
        return None
    keywords = instruction.arg[1] or ()
    split = len(values) - len(keywords)
    by_name = dict(zip(keywords, values[split:]))
    given = arguments_of(ARRAY_CALLS["any" if name == COUNT else name], values[:split], by_name if split > 1 else usual | by_name)
    if given is None or not {*given} <= {"keepdims", "axis"} or not is_false(given.get("keepdims", v.Const(False))) or not names_all(given, values[0]) or name == COUNT and given:
        return None
    row, kind = REDUCTIONS["sum" if name == COUNT else name], values[0].kind
    truths = name in OF_TRUTHS and kind in NUMBERS
    within = row.kinds.get("bool_" if truths else kind)
    return Found(row, values[0], within, truths, kind_of_counts() if name == COUNT else within) if within is not None and ufuncs.loop(row.ufunc, [within] * 3) else None


def named(callee, bound, values):
    """(the reduction that this object is, what it is called with, what is meant where the call doesn't say): of methods of ndarray's, functions of NumPy's, ufuncs' `reduce`."""
    if bound and callee is ufunc_method("reduce"):
        function = values[0].value if values[0].__class__ is v.Const else None
        known = type(function) is numpys("ufunc") and ufuncs.ufunc(function.__name__) is function and len(values) < 4
        return OF_UFUNCS.get(function.__name__) if known else None, values[1:], {"axis": v.Const(0)}
    if bound:
        return array_method(callee, METHODS), values, {}
    name = ufuncs.dispatched(callee)
    return COUNT if name == COUNT else FUNCTIONS.get(name), values, {}


@cache
def kind_of_counts():
    """Python's int, or NumPy's: its versions differ."""
    return "int" if type(ufuncs.function("c.count_nonzero")(())) is int else "int64"


def ufunc_method(name):
    return numpys("ufunc").__dict__[name] if numpys("ufunc") else None


def reduced(machine, instruction):
    """Whether a call was taken as a reduction."""
    found = at_hand(machine, instruction)
    if found is None:
        return False
    row, value, kind = found.row, found.value, found.within
    count, _ = instruction.arg
    expressions.begun(machine, [value])
    term = truths(machine, value, kind) if found.truths else expressions.converted(machine, value, kind)
    temporaries, slots = expressions.kept(machine, [value])
    expressions.expect_quiet(machine, temporaries)
    machine.pending = any([one.__class__ is v.Fused and one is not value for one in machine.state.stack])     # none then is a temporary: `begun`
    node, status = of_term(machine, row, term, most(row, value.kind))
    machine.guard(machine.emit("icmp_slt", status, machine.int(2)), "array")
    put(machine, count + 2, slots, v.Num(found.kind, node), status)
    deferred.reduced(machine, term)
    return True


def truths(machine, value, kind):
    """Whether elements aren't zero, as numbers of a kind."""
    zero = machine.const(KINDS[value.kind].machine, 0.0 if KINDS[value.kind].floating else 0)
    term = expressions.Term("bool_", "not_equal", [expressions.converted(machine, value, value.kind), expressions.Term(value.kind, scalar=zero)])
    return term if kind == "bool_" else expressions.Term(kind, CAST, [term])


def of_term(machine, row, term, limit):
    """The number that an expression is reduced to, and what the runtime says of it."""
    nest, nodes = expressions.nest_of(term if term.name else expressions.Term(term.kind, CAST, [term]))
    node = machine.emit("nest_reduce", *nodes, attr=(machine.graph.nest(nest), row.name, limit), type=KINDS[term.kind].machine)
    status = machine.emit("number")
    expressions.soon_done(machine, status, term)
    return node, status


def put(machine, popped, slots, result, status):
    """The result in the place of the call's stack entries."""
    expressions.others_wait(machine, status)
    for slot in slots:
        machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))
    machine.popn(popped)
    machine.push(result)


# ---- variances, as NumPy computes them: the mean of the squares of what the mean leaves

def spread_at_hand(machine, instruction):
    """(name, the array, the row of what is divided by) of a call of `var` or `std` for all elements of an array at hand, or None."""
    found = expressions.called(machine, instruction)
    name = None if found is None else spread_name(*found[:2])
    if name is None:
        return None
    keywords, values = instruction.arg[1] or (), found[2]
    split = len(values) - len(keywords)
    given = arguments_of(VARIANCE, values[:split], dict(zip(keywords, values[split:])))
    if given is None or not {*given} <= {"ddof", "axis", "keepdims"} or not is_false(given.get("keepdims", v.Const(False))) or not names_all(given, values[0]):
        return None
    less, value = given.get("ddof", v.Const(0)), values[0]
    row = SPREAD.get(less.value) if less.__class__ is v.Const and type(less.value) is int else None
    return (name, value, row) if row is not None and value.__class__ is v.Array and value.node is not None and value.kind in row.kinds and value.kind != "bool_" else None


def names_all(given, array):
    """Whether no axis stays, so that the result is a number."""
    axes = axes_of(given["axis"], array.ndim) if "axis" in given else None
    return "axis" not in given or axes is not None and axes[0] == (1 << array.ndim) - 1


def is_false(value):
    return value.__class__ is v.Const and value.value is False


def spread_name(callee, bound):
    if bound:
        return array_method(callee, SPREADS)
    name = ufuncs.dispatched(callee)
    return name if name in SPREADS else None


def spread(machine, instruction):
    """Whether a call of `var` or `std` was taken."""
    found = None if machine.pending else spread_at_hand(machine, instruction)
    if found is None:
        return False
    name, value, row = found
    kind, limit = row.kinds[value.kind], most(row, value.kind)
    expressions.begun(machine, [value])
    machine.pending = False
    term = expressions.converted(machine, value, kind)
    temporaries, slots = expressions.kept(machine, [value])
    expressions.expect_quiet(machine, temporaries)
    mean, status = of_term(machine, REDUCTIONS["mean"], term, limit)
    machine.guard(machine.emit("icmp_eq", status, machine.int(0)), "array")         # another thread may have changed the array
    apart = expressions.Term(kind, "subtract", [term, expressions.Term(kind, scalar=mean)])
    node, status = of_term(machine, row, expressions.Term(kind, "square", [apart]), limit)
    machine.guard(machine.emit("icmp_slt", status, machine.int(2)), "array")
    put(machine, instruction.arg[0] + 2, slots, v.Num(kind, machine.emit("fsqrt", node) if name == "std" else node), status)
    return True


__all__ = ["at_hand", "reduced", "spread", "spread_name"]
