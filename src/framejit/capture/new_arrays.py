"""Arrays that native code makes by itself: copies, and what `zeros` and `empty` give.

    r = u.copy()        part of an expression that has one step
    w = np.zeros((n, m)), np.empty_like(u)      a call of NumPy's own function in C

Expected is what made_arrays.py expects of the call-out; what would raise leaves.
"""

from framejit.capture import expressions, headers, made_arrays, scalar_kinds, values as v
from framejit.capture.listed import Listed, release
from framejit.capture.numbers import is_real, number as numbers_of
from framejit.capture.subscripts import integer_index
from framejit.loops import ufuncs
from framejit.loops.nests import MOST_RANK
from framejit.tables.classes import array_method, numpys
from framejit.tables.elementwise import CAST
from framejit.tables.made_arrays import FUNCTIONS
from framejit.tables.types import ELEMENTS, KINDS

EMPTY, ZEROS = 0, 1
INTO = {"float64": ("float64", "int64"), "int64": ("int64",), "bool_": ("bool_",)}        # kinds -> of what they are made without a warning
WEAK = {"int": "int64", "float": "float64", "bool": "bool_"}
FILLED = {"zeros": ZEROS, "zeros_like": ZEROS, "empty": EMPTY, "empty_like": EMPTY}


def called(machine, instruction):
    """Whether a call was taken."""
    return copied(machine, instruction) or filled(machine, instruction) or listed(machine, instruction)


def is_copy(machine, instruction):
    """Whether a call at hand copies a contiguous array, whose copy is contiguous whatever its order is said to be."""
    found = expressions.called(machine, instruction)
    if found is None or instruction.arg[1]:
        return False
    callee, bound, values = found
    copies = array_method(callee, ("copy",)) if bound else numpys("ndarray") is not None and ufuncs.is_own(callee, "copy")
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
    name = None if found is None or found[1] else next((name for name in FILLED if ufuncs.is_own(found[0], name)), None)
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
    put(machine, instruction, new(machine, dims, kind, FILLED[name]), kind, len(dims))
    return True


# ---- np.array([x, y]), np.array([[a, b], [c, d]])

def takes_numbers(callee, items):
    """Whether a function makes an array of such a list."""
    return (ufuncs.is_own(callee, "array") or ufuncs.is_own(callee, "asarray")) and all([item.__class__ in (v.Const, Listed) or is_real(item) for item in items])


def listed(machine, instruction):
    """Whether a call made an array of numbers that only it sees: NumPy's own choice of their kind, of floats and integers doubles."""
    found, keywords = expressions.called(machine, instruction), instruction.arg[1] or ()
    values = [] if found is None or found[1] else found[2]
    if not values or values[0].__class__ is not Listed or not takes_numbers(found[0], values[0].items) or len(values) > 2 or keywords not in ((), ("dtype",)):
        return False
    shape = shape_of(values[0])
    numbers = [] if shape is None else [as_number(machine, item) for item in leaves(values[0])]
    kind = None if None in numbers else kind_of_numbers(numbers) if len(values) == 1 else made_arrays.kind_named(values[1])
    if not numbers or kind not in KINDS or not all([WEAK.get(number.kind, number.kind) in INTO.get(kind, ()) for number in numbers]):
        return False
    release(machine, values[:1], instruction.arg[0] + 2)
    node = new(machine, [machine.int(side) for side in shape], kind, EMPTY)
    data = machine.emit("field", node, attr="array_data", type="ptr")
    for place, number in enumerate(numbers):
        stored = scalar_kinds.stored(machine, number, kind)
        stored = stored if KINDS[kind].machine != "i1" else machine.emit("zext", stored, attr="i8", type="i8")
        machine.emit("store", machine.emit("address", data, machine.int(place * ELEMENTS[kind].size)), stored, attr=KINDS[kind].memory)
    put(machine, instruction, node, kind, len(shape))
    return True


def leaves(value):
    return [leaf for item in value.items for leaf in leaves(item)] if value.__class__ is Listed else [value]


def shape_of(value):
    """The shape of lists in lists, or None: some are longer than others."""
    if value.__class__ is not Listed:
        return ()
    inner = {shape_of(item) for item in value.items}
    return None if len(inner) > 1 or None in inner else (len(value.items), *inner.pop())


def as_number(machine, value):
    return numbers_of(machine, value) if value.__class__ is v.Const else value


def kind_of_numbers(numbers):
    """What NumPy makes an array of such numbers of, or None."""
    kinds = {WEAK.get(number.kind, number.kind) for number in numbers}
    return "float64" if kinds == {"int64", "float64"} else kinds.pop() if len(kinds) == 1 else None


def new(machine, dims, kind, filling):
    """The node of a new array; leaves where there is none."""
    node = machine.emit("new_array", *dims, attr=(ELEMENTS[kind].number, len(dims), filling))
    machine.guard(machine.emit("icmp_ne", node, machine.const("ptr", None)), "array")
    return node


def put(machine, instruction, node, kind, rank):
    """A new array takes the place of the call that made it."""
    machine.popn(instruction.arg[0] + 2)
    machine.emit("home_take", node, attr=(len(machine.state.locals) + len(machine.state.stack), False), exit=machine.exit("home"))
    machine.push(headers.array_at(machine, node, kind, rank, True, True))


def sides(machine, given):
    """Nodes of the new array's sides, or None."""
    if "a" in given:
        array = given["a"]
        return array.dims if array.__class__ is v.Array and array.node is not None and array.contiguous else None
    shape = given["shape"]
    parts = shape.items if shape.__class__ is v.Tup else [v.Const(side) for side in shape.value] if shape.__class__ is v.Const and type(shape.value) is tuple else [shape]
    nodes = [None if part.__class__ is v.Const and type(part.value) is bool else integer_index(machine, part) for part in parts]
    return None if None in nodes or len(nodes) > MOST_RANK else nodes


__all__ = ["called", "is_copy", "takes_numbers"]
