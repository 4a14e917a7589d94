"""What attributes of arrays and of complex numbers say: shapes and kinds, which the guards have looked at.

    np.zeros(n, dtype=x.dtype)      a constant, under the guard that x is of this very dtype
    if x.dtype.kind == "f":         so is what NumPy's own dtypes say of themselves, which nobody can change
"""

from framejit.capture import complex_numbers, complex_scalars, made_arrays, values as v
from framejit.loops import ufuncs
from framejit.tables.types import ELEMENTS


def shape(machine, array):
    return v.Tup([v.Num("int", dim) for dim in array.dims])


def dimensions(machine, array):
    return v.Const(array.ndim)


def size(machine, array):
    return v.Num("int", elements(machine, array))


def elements(machine, array):
    count = machine.int(1)
    for dim in array.dims:
        count = machine.emit("imul", count, dim)
    return count


def item_size(machine, array):
    return v.Const(ELEMENTS[array.kind].size)


def bytes_in_all(machine, array):
    return v.Num("int", machine.emit("imul", elements(machine, array), machine.int(ELEMENTS[array.kind].size)))


def kind(machine, array):
    return v.Const(ufuncs.dtype_of(array.kind))


VALUES = {"shape": shape, "ndim": dimensions, "size": size, "itemsize": item_size, "nbytes": bytes_in_all, "dtype": kind}
SAID = ("kind", "char", "type", "itemsize", "num", "alignment")       # by a dtype, the same object each time
EQUALITIES = {"==": True, "!=": False}


def is_kind(value):
    """Whether this is one of NumPy's own dtypes."""
    return value.__class__ is v.Const and id(value.value) in ufuncs.own_dtypes()


def read(machine, value, name):
    """What is known of an attribute of an array, a complex number or a dtype, or None."""
    if value.__class__ is v.Array and name in VALUES:
        return VALUES[name](machine, value)
    if name in complex_numbers.PARTS and value.__class__ in (v.Num, v.Obj):
        rules = complex_rules(complex_numbers.on_top(machine, value))
        return rules and rules.attribute(machine, machine.state.stack[-1], name)
    return v.Const(getattr(value.value, name)) if name in SAID and is_kind(value) else None


def complex_rules(value):
    """What knows the parts of a complex number, Python's or NumPy's; None: it isn't one."""
    return complex_scalars if complex_scalars.is_scalar(value) else complex_numbers if complex_numbers.is_pair(value) else None


def compare(machine, instruction):
    """Whether a dtype is, or isn't, what another one, a type or a text stands for; None: something else is compared."""
    wanted, taken = EQUALITIES.get(instruction.arg), machine.state.stack[-2:]
    if wanted is None or not any([is_kind(value) for value in taken]) or None in [made_arrays.kind_named(value) for value in taken]:
        return None
    return v.Num("bool", machine.const("i1", (taken[0].value == taken[1].value) is wanted))


__all__ = ["compare", "complex_rules", "read"]
