"""Full reductions of arrays and expressions: x.sum(), np.mean(x * y), (a > b).any()

The result is a NumPy scalar; the expression is never an array (ext/nest_reduce.c).  What says more (axis=, dtype=, ...) is
NumPy's (capture/array_calls.py).
"""

from framejit.capture import deferred, expressions, values as v
from framejit.capture.array_calls import arguments_of, axes_of
from framejit.loops import ufuncs
from framejit.tables.array_calls import ARRAY_CALLS, VARIANCE
from framejit.tables.classes import array_method
from framejit.tables.elementwise import CAST
from framejit.tables.reductions import FUNCTIONS, METHODS, REDUCTIONS, SPREAD, SPREADS, most
from framejit.tables.types import KINDS


def at_hand(machine, instruction):
    """(row of tables/reductions.py, the array or expression) of a call at hand, or None."""
    found = expressions.called(machine, instruction)
    name = None if found is None else name_of(*found[:2])
    if name is None:
        return None
    keywords, values = instruction.arg[1] or (), found[2]
    split = len(values) - len(keywords)
    given = arguments_of(ARRAY_CALLS[name], values[:split], dict(zip(keywords, values[split:])))
    if given is None or not all([value.__class__ is v.Const and value.value is False for value in given.values()]) or not {*given} <= {"keepdims"}:
        return None
    row = REDUCTIONS[name]
    kind = row.kinds.get(values[0].kind)
    return (row, values[0]) if kind is not None and ufuncs.loop(row.ufunc, [kind] * 3) else None


def name_of(callee, bound):
    """The reduction that this object is: a method of ndarray's or a function of NumPy's."""
    if bound:
        return array_method(callee, METHODS)
    return FUNCTIONS.get(ufuncs.dispatched(callee))


def reduced(machine, instruction):
    """Whether a call was taken as a reduction."""
    found = at_hand(machine, instruction)
    if found is None:
        return False
    row, value = found
    count, _ = instruction.arg
    expressions.begun(machine, [value])
    kind = row.kinds[value.kind]
    term = expressions.converted(machine, value, kind)
    temporaries, slots = expressions.kept(machine, [value])
    expressions.expect_quiet(machine, temporaries)
    machine.pending = any([one.__class__ is v.Fused and one is not value for one in machine.state.stack])     # none then is a temporary: `begun`
    node, status = of_term(machine, row, term, most(row, value.kind))
    machine.guard(machine.emit("icmp_slt", status, machine.int(2)), "array")
    put(machine, count + 2, slots, v.Num(kind, node), status)
    deferred.reduced(machine, term)
    return True


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
