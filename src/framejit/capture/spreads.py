"""Variances along axes: x.var(axis=0), np.std(m, axis=-1, ddof=1, keepdims=True)

Two averages (ext/nest_spread.c): of the array, then of the squares of what its mean leaves.  Those of all elements are numbers
(capture/reductions.py).
"""

from framejit.capture import array_calls, chains, expressions, headers, made_arrays, reductions, values as v
from framejit.capture.subscripts import integer_index
from framejit.graph.nests import Nest, Operand, Step
from framejit.loops import ufuncs
from framejit.loops.nests import castable
from framejit.tables.array_calls import VARIANCE
from framejit.tables.elementwise import CAST
from framejit.tables.reductions import REDUCTIONS, most
from framejit.tables.types import KINDS

MOST_LESS = 2**31


def at_hand(machine, instruction):
    """(what is asked for, the kind, degrees of freedom, whether it is `std`) of a call at hand, or None."""
    found = expressions.called(machine, instruction)
    name = None if found is None else reductions.spread_name(*found[:2])
    if name is None:
        return None
    keywords, values = instruction.arg[1] or (), found[2]
    split = len(values) - len(keywords)
    given = array_calls.arguments_of(VARIANCE, values[:split], dict(zip(keywords, values[split:])))
    if given is None or "out" in given or values[0].__class__ is not v.Array or values[0].kind not in VARIANCE.kinds:
        return None
    kind, less, keepdims = kind_of(values[0], given), given.get("ddof", v.Const(0)), given.get("keepdims", v.Const(False))
    if kind is None or not is_constant(less, int) or not 0 <= less.value < MOST_LESS or not is_constant(keepdims, bool):
        return None
    axes = array_calls.axes_of(given["axis"], values[0].ndim) if "axis" in given else ((1 << values[0].ndim) - 1, [])
    asked = None if axes is None else array_calls.Asked(VARIANCE, values[:1], instruction.arg[0] + 2, *axes, keepdims.value, kind)
    return (asked, kind, less.value, name == "std") if asked is not None and asked.rank() > 0 else None


def is_constant(value, kind):
    return value.__class__ is v.Const and type(value.value) is kind


def kind_of(array, given):
    """The kind that it is computed in and that it has, or None."""
    if "dtype" not in given:
        return VARIANCE.kinds[array.kind]
    kind = made_arrays.kind_named(given["dtype"])
    possible = kind in VARIANCE.kinds and VARIANCE.kinds[kind] == kind and ufuncs.resolved("subtract", (array.kind, kind)) == ((kind, kind), kind)
    return kind if possible and castable(array.kind, kind) else None


def is_fused(array, kind):
    """Whether neither the order in which NumPy sums what it converts, nor half precision, matters."""
    return kind in KINDS and (array.kind == kind or most(REDUCTIONS["mean"], array.kind) > 0 and kind == VARIANCE.kinds[array.kind])


def is_part(machine, instruction):
    """Whether a call at hand is of one that can be part of an expression (chains.py)."""
    return part_at_hand(machine, instruction) is not None


def part_at_hand(machine, instruction):
    found = at_hand(machine, instruction)
    return found if found is not None and chains.can_wait(machine, found[0]) and is_fused(found[0].arrays[0], found[1]) else None


def called(machine, instruction):
    """Whether a call was taken."""
    found = part_at_hand(machine, instruction)
    if found is not None:
        chains.spread_waits(machine, found[0], *found[2:])
        return True
    found = None if machine.pending else at_hand(machine, instruction)
    if found is None:
        return False
    asked, kind, less, root = found
    array, fused = asked.arrays[0], is_fused(asked.arrays[0], kind)
    if machine.routine is not None and not fused:
        return False
    expressions.begun(machine, [array])
    machine.pending = False
    temporaries, slots = expressions.kept(machine, [array])
    expressions.expect_quiet(machine, temporaries)
    nests = [machine.graph.nest(nest) for nest in nests_of(array, kind)]
    attr = (*nests, most(REDUCTIONS["mean"], array.kind) if array.kind != kind else 0, not fused, described(asked, kind, True), described(asked, kind, asked.keepdims), less, root)
    node = machine.emit("nest_spread", array.node, *[integer_index(machine, axis) for axis in asked.given], attr=attr)
    expressions.soon_done(machine, machine.emit("number"), array_calls.of_array(array))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    expressions.others_wait(machine)
    array_calls.put(machine, asked.popped, headers.array_at(machine, node, kind, asked.rank(), True, True), node, slots)
    return True


def nests_of(array, kind):
    """The array as numbers of a kind, and the squares of what is left of it without its mean."""
    own, mean = Operand("array", array.kind, array.ndim), Operand("array", kind, array.ndim)
    converted = [Step(CAST, (0,), kind)] if array.kind != kind else []
    left = 2 if converted else 0
    apart = 2 + len(converted)
    return Nest([own], [Step(CAST, (0,), kind)]), Nest([own, mean], [*converted, Step("subtract", (left, 1), kind), Step("square", (apart,), kind)])


def described(asked, kind, keepdims):
    """Of one of the averages (tables/operations.py)."""
    array = asked.arrays[0]
    through = kind if array.kind != kind and keepdims else ""
    rank = array.ndim if keepdims else asked.rank()
    return "mean", asked.axes, len(asked.given), keepdims, kind, rank, through, ""


__all__ = ["called"]
