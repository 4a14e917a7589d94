"""Entering a region: which facts are guarded, and how the values at hand are unboxed.

One row per exact type of the value seen when the region is compiled.  A guard that fails here means MISS: nothing
has happened yet.  The same rows unbox values that are read later (list elements, results of calls); there a
failing guard leaves by the exit that is handed in.
"""

from framejit.capture import headers, values as v
from framejit.tables.classes import numpys, one_of, row_of
from framejit.tables.types import ELEMENTS_BY_NUMBER, KINDS, NUMPYS_PAIR, PAIR

MISSING = type("Missing", (), {"__repr__": lambda self: "MISSING"})()
SAMPLES = 64             # items of a container at hand that are looked at
ONE_DIGIT = 2**30 - 1       # longobject.h: digits have 30 bits
SCALAR_OFFSET = 16      # of the value behind the object header in a NumPy scalar
CONTIGUOUS, ALIGNED, WRITEABLE = 1, 0x100, 0x400
WARNS = -(1 << 31)      # the flag of arrays of which NumPy warns when they are written, or asked whether they may be (ndarraytypes.h)


def guard_type(machine, node, type, leave):
    found = machine.emit("field", node, attr="object_type", type="ptr")
    machine.emit("guard", machine.emit("icmp_eq", found, machine.object(type)), exit=leave)


def unbox_int(machine, node, example, owner, leave):
    guard_type(machine, node, int, leave)
    narrow = type(example) is int and abs(example) <= ONE_DIGIT
    return v.Num("int", machine.emit("unbox_int", node, attr="narrow" if narrow else None, exit=leave), node, owner)


def unbox_float(machine, node, example, owner, leave):
    guard_type(machine, node, float, leave)
    return v.Num("float", machine.emit("field", node, attr="float_value", type="f64"), node, owner)


def unbox_pair(machine, node, example, owner, leave):
    guard_type(machine, node, complex, leave)
    return v.Num(PAIR, both_parts(machine, node), node, owner)


def unbox_numpys_pair(machine, node, type, owner, leave):
    guard_type(machine, node, type, leave)
    return v.Num(NUMPYS_PAIR, both_parts(machine, node), node, owner)


def both_parts(machine, node):
    """What a complex object, NumPy's as well, has behind its head."""
    return machine.emit("complex_of", *[machine.emit("field", node, attr=name, type="f64") for name in ("complex_real", "complex_imag")])


def unbox_bool(machine, node, example, owner, leave):
    guard_type(machine, node, bool, leave)
    return v.Num("bool", machine.emit("icmp_eq", node, machine.object(True)))


def unbox_none(machine, node, example, owner, leave):
    machine.emit("guard", machine.emit("icmp_eq", node, machine.object(None)), exit=leave)
    return v.Const(None)


def unbox_list(machine, node, example, owner, leave):
    guard_type(machine, node, list, leave)
    return v.Obj(list, node, owner, example)


def unbox_tuple(machine, node, example, owner, leave):
    guard_type(machine, node, tuple, leave)
    return v.Obj(tuple, node, owner, example)


def unbox_scalar(machine, node, type, owner, leave):
    """A NumPy scalar: its value lies behind the header."""
    kind = scalar_kinds()[type]
    guard_type(machine, node, type, leave)
    address = machine.emit("address", node, machine.int(SCALAR_OFFSET))
    value = machine.emit("load", address, attr=KINDS[kind].memory, type=KINDS[kind].memory)
    if kind == "bool_":
        value = machine.emit("icmp_ne", value, machine.const("i8", 0))
        return v.Num(kind, value)
    return v.Num(kind, value, node, owner)


def unbox_array(machine, node, example, owner, leave):
    """An ndarray as it is now: exact type, dtype object, rank, contiguity."""
    kind = array_kind(example)
    if kind is None:
        return v.Obj(None, node, owner, example)
    guard_type(machine, node, array_type(), leave)
    descr = machine.emit("field", node, attr="array_descr", type="ptr")
    machine.emit("guard", machine.emit("icmp_eq", descr, machine.object(example.dtype)), exit=leave)
    rank = machine.emit("field", node, attr="array_nd", type="i32")
    machine.emit("guard", machine.emit("icmp_eq", rank, machine.const("i32", example.ndim)), exit=leave)
    contiguous = bool(example.flags.c_contiguous)
    writable = is_writable(example)
    wanted = ALIGNED | (CONTIGUOUS if contiguous else 0) | (WRITEABLE if writable else 0)
    flags = machine.emit("field", node, attr="array_flags", type="i32")
    masked = machine.emit("iand", flags, machine.const("i32", wanted | (WARNS if writable else 0)))
    machine.emit("guard", machine.emit("icmp_eq", masked, machine.const("i32", wanted)), exit=leave)
    return headers.array_at(machine, node, kind, example.ndim, contiguous, writable, owner)


def is_writable(array):
    """Whether nobody minds that it is written."""
    return array.flags.num & (WRITEABLE | WARNS) == WRITEABLE


class Empty(list):
    """In the place of a list that was made empty at `site`: what the items are like that have been appended so far."""

    def __init__(self, site):
        super().__init__()
        self.site = site

    def takes(self, example):
        if example is not None and len(self) < SAMPLES:
            self.append(example)


class ArrayLike:
    """An array as an exit remembers it, in an example's place: its type, dtype, rank and flags (ndarrayobject.h)."""

    class Flags:
        def __init__(self, bits):
            self.num, self.c_contiguous, self.aligned = bits, bool(bits & CONTIGUOUS), bool(bits & ALIGNED)

    def __init__(self, form):
        _, self.dtype, self.ndim, bits = form
        self.flags = self.Flags(bits)


def form_of(dtype, ndim, contiguous, writable):
    """What an exit would remember of such an array."""
    return array_type(), dtype, ndim, ALIGNED | (CONTIGUOUS if contiguous else 0) | (WRITEABLE if writable else 0)


def type_of(example):
    """Its type; that of arrays, or lists, for what stands in the place of one."""
    return array_type() if type(example) is ArrayLike else list if type(example) is Empty else type(example)


def like(form):
    """What an exit remembers of an array, in an example's place."""
    return ArrayLike(form) if form[0] is array_type() else packed().PackedLike(form)


def letter_of(example):
    """The letter of an array.array's numbers; None for other objects."""
    return packed().letter_of(example)


def packed():
    from framejit.capture import packed
    return packed


class Likely:
    """In the place of an instance at hand: what its attributes are likely to be.  `kind`: its class."""

    __slots__ = ("kind", "names")

    def __init__(self, kind, names):
        self.kind = kind
        self.names = names


def array_kind(array):
    """The element kind that generated code can handle, or None: NumPy's `long long` is a type of its own, not int64."""
    dtype = array.dtype
    if not (dtype.isnative and array.flags.aligned and array.ndim > 0 and dtype.metadata is None):
        return None
    row = ELEMENTS_BY_NUMBER.get(dtype.num)
    return None if row is None else row.name


def is_complex_type(likely):
    """Whether expressions take part of such objects as scalars."""
    return likely is complex or type(likely) is type and any([numpys(kind) is likely for kind in ("complex64", "complex128")])


def unbox_complex(machine, node, type, example, owner, leave):
    """A complex number stays an object; expressions read its parts."""
    guard_type(machine, node, type, leave)
    return v.Obj(type, node, owner, None if example is MISSING else example)


def is_form(likely, example):
    """Whether a site has shown arrays that can be compiled, or the example at hand is one."""
    if type(likely) is tuple:
        return likely[0] is not array_type() or array_kind(ArrayLike(likely)) is not None
    return likely is array_type() and type(example) is likely and array_kind(example) is not None


def array_type():
    """numpy.ndarray once the program has imported NumPy, else a type that nothing has."""
    return numpys("ndarray") or _Nothing


class _Nothing:
    pass


def unbox_any(machine, node, example, owner, leave):
    return v.Obj(None, node, owner, example)


UNBOX = {int: unbox_int, float: unbox_float, complex: unbox_pair, bool: unbox_bool, type(None): unbox_none, list: unbox_list, tuple: unbox_tuple}
_SCALARS = {}
_TYPES = []


def scalar_kinds():
    """NumPy's scalar types -> names of kinds, once the program has imported NumPy."""
    if not _SCALARS and numpys("float64") is not None:
        for row in KINDS.values():
            if row.number >= 0:
                _SCALARS[numpys(row.name)] = row.name
    return _SCALARS


def scalar_types():
    """NumPy's scalar types of which native code computes with the values, once the program has imported NumPy."""
    if not _TYPES and scalar_kinds():
        _TYPES.extend((*scalar_kinds(), numpys("complex128")))
    return _TYPES


def is_large(example):
    """Whether it is an int beyond 64 bits."""
    return type(example) is int and not -2**63 <= example < 2**63


def unbox(machine, node, type, example, owner, leave):
    """A pointer as a value of this exact type; `leave` is the exit of a wrong type.  Where the int at hand is beyond 64 bits, the next will be, too."""
    if type is int and is_large(example):
        return v.Obj(None, node, owner, example)
    row = row_of(UNBOX, type)
    if row is not None:
        return row(machine, node, example, owner, leave)
    if type is numpys("complex128"):
        return unbox_numpys_pair(machine, node, type, owner, leave)
    if one_of(type, scalar_kinds()):
        return unbox_scalar(machine, node, type, owner, leave)
    if type is array_type() and example is not None:
        return unbox_array(machine, node, example, owner, leave)
    if letter_of(example) is not None:
        return packed().unboxed(machine, node, type, example, owner, leave)
    return v.Obj(None, node, owner, example)
