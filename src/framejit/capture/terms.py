"""Terms of expressions over whole arrays, and what takes part in them: arrays, numbers, complex objects, as what they are computed with."""

import struct

from framejit.capture import complex_numbers, scalar_kinds, values as v
from framejit.capture.entry import SCALAR_OFFSET
from framejit.loops.nests import MOST_OPERANDS, MOST_STEPS, castable
from framejit.tables.classes import numpys, one_of
from framejit.tables.elementwise import CAST, PAIR
from framejit.tables.types import ELEMENTS, KINDS, MACHINE_TYPES, NUMPYS_PAIR as NUMPYS_SINGLE, PAIR as SINGLE

HALF, LEAST_HALF, MOST_HALF = "float16", 2.0 ** -14, 65504.0       # the normal ones
NUMPYS_COMPLEX = ("complex64", "complex128")
NONE, EACH_ROW, EVERY = range(3)        # one element, one of each row, all
NUMPYS = {"int": "int", "float": "float", "bool": "bool_", SINGLE: "complex", NUMPYS_SINGLE: "complex128"}      # as what NumPy takes Python's numbers


class Term:
    """A value of an expression: a leaf (`array` or `scalar` is set) or a step over others.  `below`: what it is made of, by identity; `levels`: reductions
    that come one after the other in it, `reach`: what it has an element for (chains.py)."""

    __slots__ = ("name", "args", "kind", "array", "scalar", "ordered", "below", "levels", "reach")

    def __init__(self, kind, name=None, args=(), array=None, scalar=None, ordered=False):
        self.ordered = ordered      # of a view: whether its strides fall, since those of a contiguous array do
        self.kind = kind
        self.name = name
        self.args = args
        self.array = array
        self.scalar = scalar
        self.below = parts_of_all(args)
        self.levels = max([arg.levels for arg in args], default=0)
        self.reach = EVERY if array is not None else max([arg.reach for arg in args], default=NONE)


def takes_part(value):
    return is_whole(value) or value.__class__ is v.Num and not is_single(value) or value.__class__ is v.Const and one_of(type(value.value), (int, float, bool))


def is_complex(value):
    """Whether it is a constant like 1j, a complex number or an object that is one, which take part in arithmetic only."""
    if is_single(value):
        return True
    if value.__class__ is v.Obj:
        return complex_kind(value) is not None
    return value.__class__ is v.Const and type(value.value) is complex and abs(value.value.real + value.value.imag) < float("inf")


def is_single(value):
    return value.__class__ is v.Num and value.kind in (SINGLE, NUMPYS_SINGLE)


def complex_kind(value):
    """As what NumPy takes such an object, or None."""
    if value.type is complex:
        return "complex"
    return next((kind for kind in NUMPYS_COMPLEX if value.type is not None and numpys(kind) is value.type), None)


def is_whole(value):
    return value.__class__ is v.Fused or value.__class__ is v.Array and value.node is not None


def is_ordered(leaf):
    return leaf.ordered or leaf.array.contiguous


def is_in_order(value):
    """Whether an array's elements lie, or those of an expression's array will lie, one after the other in C's order."""
    if value.__class__ is v.Array:
        return value.contiguous
    return value.term.levels > 0 or all([is_ordered(term) for term in ordered(value.term) if term.array is not None])


def convertible(value, kind):
    if value.__class__ is v.Num and kind == HALF:
        return half(value) is not None
    return value.__class__ in (v.Num, v.Const, v.Obj) or value.kind == kind or castable(value.kind, kind)


def half(value):
    """The bits of a constant in half precision; None: it isn't one, or NumPy may warn of it."""
    number = value.node.attr if value.node.op == "const" and value.kind in NUMPYS and not is_single(value) else None
    if number is None or not (number == 0 or LEAST_HALF <= abs(number) <= MOST_HALF):
        return None
    return int.from_bytes(struct.pack("<e", number), "little")


def converted(machine, value, kind):
    """An operand as a term of this kind."""
    part = ELEMENTS[kind].part
    if value.__class__ is v.Num and kind == HALF:
        return Term(kind, scalar=machine.const("i16", half(value)))
    if value.__class__ is v.Const:
        return Term(kind, PAIR, [Term(part, scalar=machine.const(KINDS[part].machine, one)) for one in (value.value.real, value.value.imag)])
    if value.__class__ is v.Obj or is_single(value):
        return Term(kind, PAIR, [Term(part, scalar=scalar_kinds.stored(machine, number, part)) for number in parts_of(machine, value)])
    if value.__class__ is v.Num and part is not None:
        return Term(kind, CAST, [Term(part, scalar=scalar_kinds.stored(machine, value, part))])
    if value.__class__ is v.Num:
        return Term(kind, scalar=scalar_kinds.stored(machine, value, kind))
    term = value.term if value.__class__ is v.Fused else Term(value.kind, array=value)
    return term if value.kind == kind else Term(kind, CAST, [term])


def parts_of(machine, value):
    """The numbers that a complex number or an object consists of, as what NumPy takes them."""
    if value.__class__ is v.Num:
        return [v.Num("float" if value.kind == SINGLE else "float64", part) for part in complex_numbers.parts(machine, value)]
    named = complex_kind(value)
    kind = "float" if named == "complex" else ELEMENTS[named].part
    row = KINDS[kind]
    places = [machine.emit("address", value.node, machine.int(SCALAR_OFFSET + place * MACHINE_TYPES[row.memory].bits // 8)) for place in range(2)]
    return [v.Num(kind, machine.emit("load", place, attr=row.memory, type=row.machine)) for place in places]


def ordered(*terms):
    """The terms' parts, operands before what is made of them, each once."""
    return list(parts_of_all(terms).values())


def parts_of_all(terms):
    """The same, by their identity."""
    found = {}
    for term in terms:
        found |= term.below
        found[id(term)] = term
    return found


def fit(terms, more=0, results=0):
    """Whether they fit into one nest, with so many more operations, and results beside the last one."""
    parts = ordered(*terms)
    leaves = [term for term in parts if term.name is None]
    operands = {(id(leaf.scalar if leaf.array is None else leaf.array.node), leaf.kind) for leaf in leaves}
    either = {id(leaf.array.node) for leaf in leaves if leaf.array is not None and not is_ordered(leaf)}        # may be operands in two ways
    return len(parts) - len(leaves) + 4 + results + more <= MOST_STEPS and len(operands) + len(either) + results + more // 2 + 2 <= MOST_OPERANDS


__all__ = ["EACH_ROW", "EVERY", "HALF", "NONE", "NUMPYS", "Term", "complex_kind", "converted", "convertible", "is_complex", "is_in_order", "is_ordered", "is_whole", "fit", "ordered", "takes_part"]
