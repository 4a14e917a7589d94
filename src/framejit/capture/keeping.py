"""What a region may keep alive: objects that never lead back to a namespace of the program.

    math.sqrt, int, (1, "a"), numpy.sin     ->  kept
    a function of the program, its code, its class   ->  borrowed: a weak reference tells whether it still lives
    an object() of a global name             ->  neither: the name is read each time

One row per exact type says when a value is kept; other types never are.
"""

import builtins
import sys
from types import (
    BuiltinFunctionType, ClassMethodDescriptorType, EllipsisType, MethodDescriptorType, ModuleType, NotImplementedType, WrapperDescriptorType,
)

from framejit.tables.classes import from_numpy, lasting_type, mro_of, name_in, numpy_holds, numpys, one_of, row_of, weak_offset
from framejit.tables.foreign import name_of
from framejit.tables.generators import twister_type

LASTING = frozenset(sys.builtin_module_names) | {"math", "cmath"}


def always(value):
    return True


def items_kept(value):
    return all([keeps(item) for item in value])


def lasting_module(value):
    """The interpreter's own modules of C."""
    name = vars(value).get("__name__")
    file = vars(value).get("__file__")
    return type(name) is str and name in LASTING and sys.modules.get(name) is value and not (type(file) is str and file.endswith(".py"))


def lasting_owner(value):
    """Functions of C, and methods of types."""
    return value.__self__ is None or one_of(type(value.__self__), (ModuleType, type)) and keeps(value.__self__)


KEPT = {
    **dict.fromkeys((int, float, complex, bool, str, bytes, range, type(None), EllipsisType, NotImplementedType), always),
    tuple: items_kept,
    frozenset: items_kept,
    slice: lambda value: items_kept((value.start, value.stop, value.step)),
    type: lasting_type,
    ModuleType: lasting_module,
    BuiltinFunctionType: lasting_owner,
    MethodDescriptorType: lambda value: keeps(value.__objclass__) or value.__objclass__ is twister_type(),
    ClassMethodDescriptorType: lambda value: keeps(value.__objclass__),
    WrapperDescriptorType: lambda value: keeps(value.__objclass__),
    dict: lambda value: value is vars(builtins),
}


def in_numpy(value):
    """Functions of NumPy that its modules have under their own names."""
    module = sys.modules.get(getattr(value, "__module__", None) or "numpy")
    return type(module) is ModuleType and name_in(vars(module)).partition(".")[0] == "numpy" and vars(module).get(value.__name__) is value


def of_numpy(value):
    """The same for NumPy's functions, dtypes and scalars of numbers."""
    kind, ufunc, generic = type(value), numpys("ufunc"), numpys("generic")
    if ufunc is None or generic is None:
        return False
    if kind is ufunc or kind is type(numpy_holds("dot")):
        return in_numpy(value) or kind is ufunc and name_of(value) is not None
    if one_of(numpy_holds("dtype"), mro_of(kind)):
        return value.kind in "biufc" and value.metadata is None
    return issubclass(kind, generic) and from_numpy(kind) and value.dtype.kind in "biufc"


def keeps(value):
    """Whether a region may own the value."""
    row = row_of(KEPT, type(value))
    return row(value) if row is not None else of_numpy(value)


def keepable(value):
    """Whether a region may rely on the value: it owns it, or hears of its end."""
    return weak_offset(type(value)) != 0 or keeps(value)


__all__ = ["keeps", "keepable", "of_numpy"]
