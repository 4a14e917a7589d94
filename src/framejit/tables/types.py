"""Machine types of graph values, and the numeric kinds of Python and NumPy that they stand for."""

from typing import NamedTuple


class MachineType(NamedTuple):
    name: str
    llvm: str
    bits: int
    floating: bool


MACHINE_TYPES = {
    row.name: row
    for row in (
        MachineType("i1", "i1", 1, False),
        MachineType("i8", "i8", 8, False),
        MachineType("i16", "i16", 16, False),
        MachineType("i32", "i32", 32, False),
        MachineType("i64", "i64", 64, False),
        MachineType("f32", "float", 32, True),
        MachineType("f64", "double", 64, True),
        MachineType("c128", "{double,double}", 128, True),      # a real and an imaginary part
        MachineType("ptr", "ptr", 64, False),
    )
}


class Kind(NamedTuple):
    """A kind of scalar: `int`, `float`, `complex`, `bool` are Python's; the others are NumPy's scalar types by name."""

    name: str
    machine: str        # type of the SSA value
    memory: str         # type in an array's buffer
    number: int         # NumPy's type number, -1 for Python's own
    signed: bool
    floating: bool
    word: str           # recipe word that builds the object


KINDS = {
    row.name: row
    for row in (
        Kind("int", "i64", "i64", -1, True, False, "INT"),
        Kind("float", "f64", "f64", -1, True, True, "FLOAT"),
        Kind("python_complex", "c128", "c128", -1, True, True, "COMPLEX"),
        Kind("numpy_complex", "c128", "c128", -1, True, True, "COMPLEX128"),      # those of two doubles
        Kind("bool", "i1", "i8", -1, False, False, "BOOL"),
        Kind("bool_", "i1", "i8", 0, False, False, "SCALAR"),
        Kind("int8", "i8", "i8", 1, True, False, "SCALAR"),
        Kind("uint8", "i8", "i8", 2, False, False, "SCALAR"),
        Kind("int16", "i16", "i16", 3, True, False, "SCALAR"),
        Kind("uint16", "i16", "i16", 4, False, False, "SCALAR"),
        Kind("int32", "i32", "i32", 5, True, False, "SCALAR"),
        Kind("uint32", "i32", "i32", 6, False, False, "SCALAR"),
        Kind("int64", "i64", "i64", 7, True, False, "SCALAR"),
        Kind("uint64", "i64", "i64", 8, False, False, "SCALAR"),
        Kind("float32", "f32", "f32", 11, True, True, "SCALAR"),
        Kind("float64", "f64", "f64", 12, True, True, "SCALAR"),
    )
}

BY_NUMBER = {row.number: row for row in KINDS.values() if row.number >= 0}


class Element(NamedTuple):
    """What arrays hold: the numbers of KINDS; complex ones and half precision, which generated code moves as wholes and NumPy's loops compute with."""

    name: str
    number: int         # NumPy's type number
    llvm: str           # type in memory and in the registers of a nest
    size: int           # bytes
    part: str | None    # of a complex number: the kind of its parts
    floating: bool


ELEMENTS = {row.name: Element(row.name, row.number, MACHINE_TYPES[row.memory].llvm, MACHINE_TYPES[row.memory].bits // 8, None, row.floating) for row in BY_NUMBER.values()} | {
    "float16": Element("float16", 23, "i16", 2, None, True),
    "complex64": Element("complex64", 14, "i64", 8, "float32", False),
    "complex128": Element("complex128", 15, "i128", 16, "float64", False),
}
ELEMENTS_BY_NUMBER = {row.number: row for row in ELEMENTS.values()}


class RawKind(NamedTuple):
    """Items of a list that only native code knows (ext/raw_lists.h): `number` and bytes of each."""

    number: int
    memory: str
    size: int
    append: str
    drop: str
    tag: int            # above a constant's pointer: no number's own bits


RAW_KINDS = {
    "int": RawKind(1, "i64", 8, "fj_raw_append", "fj_raw_drop", 0x8000),
    "float": RawKind(2, "i64", 8, "fj_raw_append", "fj_raw_drop", 0xFFF4),
    "bool": RawKind(3, "i8", 1, "fj_raw_append_bool", "fj_raw_drop_bool", 0),
}
RAW_POINTER_BITS = 48
RAW_FIRST = 8       # bytes in front of the first item: the number of items

PYTHON_KINDS = {"int": int, "float": float, "bool": bool}
PAIR, NUMPYS_PAIR = COMPLEX = ("python_complex", "numpy_complex")     # the kinds of complex numbers
NAMES = {NUMPYS_PAIR: "complex128"}        # of NumPy's types, where the kind has another one
