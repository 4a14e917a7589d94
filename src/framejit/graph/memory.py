"""The memory and the functions that a graph's interpreter (run.py) works on: the real ones, through ctypes with the GIL held."""

import ctypes
import functools

from framejit.tables.operations import wrapped

C_TYPES = {
    "i1": ctypes.c_uint8, "i8": ctypes.c_int8, "i16": ctypes.c_int16, "i32": ctypes.c_int32, "i64": ctypes.c_int64,
    "f32": ctypes.c_float, "f64": ctypes.c_double, "ptr": ctypes.c_size_t, None: None,
}


def read(type, address):
    if type == "c128":
        return complex(read("f64", address), read("f64", address + 8))
    value = C_TYPES[type].from_address(address).value
    return bool(value & 1) if type == "i1" else value


def write(type, address, value):
    if type == "c128":
        write("f64", address, value.real)
        write("f64", address + 8, value.imag)
        return
    C_TYPES[type].from_address(address).value = value


@functools.cache
def library(name):
    if name == "runtime":
        from framejit import _machine
        return ctypes.PyDLL(_machine.__file__), _machine.symbols()
    return ctypes.PyDLL("libm.so.6"), {}


@functools.cache
def function(name, result, types):
    shared, known = library("runtime" if name.startswith("fj_") else "libm")
    address = known.get(name) or ctypes.cast(getattr(shared, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(C_TYPES[result], *[C_TYPES[type] for type in types])(address)


def call(name, result, types, values):
    value = function(name, result, types)(*values)
    return value if result is None else wrapped(result, value)
