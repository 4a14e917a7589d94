"""Full reductions of arrays and expressions: x.sum(), np.mean(x * y), (a > b).any()

The result is a NumPy scalar; the expression is never an array (ext/nest_reduce.c).  What says more (axis=, dtype=, ...) is
NumPy's (capture/array_calls.py).
"""

from framejit.capture import expressions, values as v
from framejit.capture.array_calls import arguments_of
from framejit.loops import ufuncs
from framejit.tables.array_calls import ARRAY_CALLS
from framejit.tables.classes import numpys
from framejit.tables.elementwise import CAST
from framejit.tables.reductions import FUNCTIONS, METHODS, REDUCTIONS, most
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
    if given is None or not all([value.__class__ is v.Const and value.value is False for value in given.values()]) or "axis" in given:
        return None
    row = REDUCTIONS[name]
    kind = row.kinds.get(values[0].kind)
    return (row, values[0]) if kind is not None and ufuncs.loop(row.ufunc, [kind] * 3) else None


def name_of(callee, bound):
    """The reduction that this object is: a method of ndarray's or a function of NumPy's."""
    if bound:
        table = numpys("ndarray").__dict__ if numpys("ndarray") else {}
        return next((name for name in METHODS if table.get(name) is callee), None)
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
    if term.name is None:
        term = expressions.Term(kind, CAST, [term])
    nest, nodes = expressions.nest_of(term)
    temporaries, slots = expressions.kept(machine, [value])
    expressions.expect_quiet(machine, temporaries)
    machine.pending = any([one.__class__ is v.Fused and one is not value for one in machine.state.stack])     # none then is a temporary: `begun`
    node = machine.emit("nest_reduce", *nodes, attr=(machine.graph.nest(nest), row.name, most(row, value.kind)), type=KINDS[kind].machine)
    status = machine.emit("number")
    expressions.soon_done(machine, status, term)
    machine.guard(machine.emit("icmp_slt", status, machine.int(2)), "array")
    expressions.others_wait(machine, status)
    for slot in slots:
        machine.emit("home_set", machine.const("ptr", None), attr=(slot, False), exit=machine.exit("home"))
    machine.popn(count + 2)
    machine.push(v.Num(kind, node))
    return True


__all__ = ["at_hand", "reduced"]
