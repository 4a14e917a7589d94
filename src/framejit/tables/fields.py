"""Fields of the interpreter's objects that generated code reads in place: name, type, alias class.

Offsets are read off the running interpreter by `framejit._machine.layout()` under the same names.
Alias classes: `header` (object headers), `list` (a list's size and item pointer), `number` (the value in a
boxed number), `array` (an ndarray's header).  `packed`: of array.array (ext/packed.c).
"""

from typing import NamedTuple


class Field(NamedTuple):
    name: str
    type: str
    alias: str


FIELDS = {
    row.name: row
    for row in (
        Field("object_type", "ptr", "header"),
        Field("object_refcnt", "i64", "refcnt"),
        Field("float_value", "f64", "number"),
        Field("complex_real", "f64", "number"),
        Field("complex_imag", "f64", "number"),
        Field("function_closure", "ptr", "header"),
        Field("var_size", "i64", "list"),
        Field("list_items", "ptr", "list"),
        Field("packed_items", "ptr", "list"),
        Field("bytearray_start", "ptr", "list"),
        Field("packed_descriptor", "ptr", "header"),
        Field("packed_letter", "i8", "header"),
        Field("array_data", "ptr", "array"),
        Field("array_nd", "i32", "array"),
        Field("array_dims", "ptr", "array"),
        Field("array_strides", "ptr", "array"),
        Field("array_flags", "i32", "array"),
        Field("array_descr", "ptr", "array"),
        Field("descr_type_num", "i32", "array"),
        Field("descr_byteorder", "i8", "array"),
    )
}
