"""array.array: numbers of one C type, which are Python's ints and floats outside.

    data[i] += x            bounds as a list has them; the number is read and written in place

What is known of one is its letter (`typecode`), guarded beside its type; how long it is and where its items lie is read again
behind whatever may have changed it, as of a list.  What doesn't fit leaves: the interpreter raises.
"""

from framejit._machine import packed_code
from framejit.capture import numbers, scalar_kinds, values as v
from framejit.capture.subscripts import integer_index, wrapped_index
from framejit.tables.types import KINDS


class Packed:
    """The type of such an array: its letter, and NumPy's name of the same numbers."""

    __slots__ = ("letter", "kind")

    def __init__(self, letter, kind):
        self.letter, self.kind = letter, kind


PACKED = {letter: Packed(letter, kind) for letter, kind in {
    "b": "int8", "B": "uint8", "h": "int16", "H": "uint16", "i": "int32", "I": "uint32", "l": "int64", "L": "uint64", "q": "int64", "Q": "uint64",
    "f": "float32", "d": "float64"}.items()}


class PackedLike:
    """One as an exit remembers it, in an example's place."""

    def __init__(self, form):
        self.letter = form[1]


def letter_of(example):
    """The letter of an array.array at hand, or of one that was seen; None for anything else."""
    return example.letter if type(example) is PackedLike else packed_code(example)


def unboxed(machine, node, type, example, owner, leave):
    """A pointer as an array.array of the letter that the one at hand has."""
    letter = letter_of(example)
    if letter is None:
        return v.Obj(None, node, owner, example)
    found = machine.emit("field", node, attr="object_type", type="ptr")
    machine.emit("guard", machine.emit("icmp_eq", found, machine.object(type)), exit=leave)
    descriptor = machine.emit("field", node, attr="packed_descriptor", type="ptr")
    same = machine.emit("icmp_eq", machine.emit("field", descriptor, attr="packed_letter", type="i8"), machine.const("i8", ord(letter)))
    machine.emit("guard", same, exit=leave)
    return v.Obj(PACKED[letter], node, owner, example)


def place(machine, array, offset):
    items = machine.emit("field", array.node, attr="packed_items", type="ptr")
    return machine.emit("address", items, machine.emit("imul", offset, machine.int(size_of(array))))


def size_of(array):
    return {"i8": 1, "i16": 2, "i32": 4, "i64": 8, "f32": 4, "f64": 8}[KINDS[array.type.kind].memory]


def size(machine, array):
    return machine.emit("field", array.node, attr="var_size", type="i64")


def item(machine, array, offset):
    """Item number `offset` (in range): a new int or float."""
    kind = KINDS[array.type.kind]
    node = machine.emit("load", place(machine, array, offset), attr=kind.memory, type=kind.memory)
    if kind.floating:
        return v.Num("float", node if kind.memory == "f64" else machine.emit("fpext", node, attr="f64", type="f64"))
    if kind.memory != "i64":
        return v.Num("int", machine.emit("sext" if kind.signed else "zext", node, attr="i64", type="i64"))
    if not kind.signed:
        machine.guard(machine.emit("icmp_sge", node, machine.int(0)), "overflow")
    return v.Num("int", node)


def offset_of(machine, array, key):
    """The offset that a key says, checked; None where the key isn't an integer."""
    index = None if key.__class__ is v.Const and type(key.value) is bool else integer_index(machine, key)
    return None if index is None else wrapped_index(machine, index, size(machine, array))


def subscript(machine, array, key, instruction):
    offset = offset_of(machine, array, key)
    return None if offset is None else item(machine, array, offset)


def store(machine, array, key, value, instruction):
    value = numbers.number(machine, value)
    if value is None or value.kind not in TAKEN[KINDS[array.type.kind].floating]:
        return False
    offset = offset_of(machine, array, key)
    if offset is None:
        return False
    kind = KINDS[array.type.kind]
    node = converted(machine, value, array.type.kind)
    machine.emit("store", place(machine, array, offset), node, attr=kind.memory)
    return True


# What arrays of integers and of floats take without asking the program's classes.
TAKEN = {False: ("int", "bool"), True: ("int", "bool", "float", "float64")}


def converted(machine, value, kind):
    """The number as an item; leaves where it doesn't fit."""
    if not KINDS[kind].floating:
        return scalar_kinds.fitted(machine, value, kind)
    node = value.node if KINDS[value.kind].machine == "f64" else numbers.as_float(machine, value)
    return node if kind == "float64" else machine.emit("fptrunc", node, attr="f32", type="f32")


__all__ = ["PACKED", "Packed", "PackedLike", "item", "letter_of", "size", "store", "subscript", "unboxed"]
