"""Arrays that native code makes by itself: copies, and what `zeros` and `empty` give.

    r = u.copy()        part of an expression that has one step
    w = np.zeros((n, m)), np.empty_like(u)      a call of NumPy's own function in C

Expected is what made_arrays.py expects of the call-out; what would raise leaves.
"""

from framejit.capture import expressions, headers, made_arrays, values as v
from framejit.capture.subscripts import integer_index
from framejit.loops.nests import MOST_RANK
from framejit.tables.classes import numpy_holds, numpys
from framejit.tables.elementwise import CAST
from framejit.tables.made_arrays import FUNCTIONS
from framejit.tables.types import ELEMENTS

EMPTY, ZEROS = 0, 1
FILLED = {"zeros": ZEROS, "zeros_like": ZEROS, "empty": EMPTY, "empty_like": EMPTY}


def called(machine, instruction):
    """Whether a call was taken."""
    return copied(machine, instruction) or filled(machine, instruction)


def is_copy(machine, instruction):
    """Whether a call at hand copies a contiguous array, whose copy is contiguous whatever its order is said to be."""
    found = expressions.called(machine, instruction)
    if found is None or instruction.arg[1]:
        return False
    callee, bound, values = found
    copies = numpys("ndarray") is not None and callee is (numpys("ndarray").__dict__["copy"] if bound else numpy_holds("copy"))
    return copies and len(values) == 1 and values[0].__class__ is v.Array and values[0].node is not None and values[0].contiguous


def copied(machine, instruction):
    if not is_copy(machine, instruction):
        return False
    value = machine.state.stack[-1] if instruction.arg[0] else expressions.called(machine, instruction)[2][0]
    expressions.begun(machine, [value])
    term = expressions.Term(value.kind, CAST, [expressions.Term(value.kind, array=value)])
    made = v.Fused(value.kind, value.ndim, term, *expressions.kept(machine, [value]))
    machine.popn(instruction.arg[0] + 2)
    machine.push(made)
    return True


def filled(machine, instruction):
    """Whether a call gave a new array of zeros, or of anything."""
    found, keywords = expressions.called(machine, instruction), instruction.arg[1] or ()
    name = None if found is None or found[1] else next((name for name in FILLED if numpy_holds(name) is found[0]), None)
    if name is None or machine.pending:
        return False
    values = found[2]
    split = len(values) - len(keywords)
    given = made_arrays.bound_to(FUNCTIONS[name], values[:split], dict(zip(keywords, values[split:])))
    kind, dims = (None, None) if given is None else (made_arrays.kind_of(FUNCTIONS[name], given), sides(machine, given))
    if kind is None or kind not in ELEMENTS or not dims or any([expressions.is_temporary(machine, value) for value in values]):
        return False
    for side in dims:
        machine.guard(machine.emit("icmp_sge", side, machine.int(0)), "array")
    node = machine.emit("new_array", *dims, attr=(ELEMENTS[kind].number, len(dims), FILLED[name]))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    machine.popn(instruction.arg[0] + 2)
    machine.emit("home_take", node, attr=(len(machine.state.locals) + len(machine.state.stack), False), exit=machine.exit("home"))
    machine.push(headers.array_at(machine, node, kind, len(dims), True, True))
    return True


def sides(machine, given):
    """Nodes of the new array's sides, or None."""
    if "a" in given:
        array = given["a"]
        return array.dims if array.__class__ is v.Array and array.node is not None and array.contiguous else None
    shape = given["shape"]
    parts = shape.items if shape.__class__ is v.Tup else [v.Const(side) for side in shape.value] if shape.__class__ is v.Const and type(shape.value) is tuple else [shape]
    nodes = [None if part.__class__ is v.Const and type(part.value) is bool else integer_index(machine, part) for part in parts]
    return None if None in nodes or len(nodes) > MOST_RANK else nodes


__all__ = ["called", "is_copy"]
