"""What the compiler may have relied on in an object without a guard, as a plain value: equal ones may stand for each other.

    math.sqrt                    ->   ("C", "math", "sqrt")
    a function of the program    ->   ("function", digest of its code)
    one of its classes           ->   ("class", flags, sizes, those of its bases)

Everything else that native code relies on is looked at by the machine whenever the region is entered.  Unknown: an object of a
type that has no row here.
"""

import builtins
import sys
from types import (
    BuiltinFunctionType, CellType, ClassMethodDescriptorType, CodeType, EllipsisType, FunctionType, GetSetDescriptorType, MemberDescriptorType,
    MethodDescriptorType, MethodType, ModuleType, NotImplementedType, WrapperDescriptorType,
)

from framejit import _machine
from framejit.capture.keeping import of_numpy
from framejit.own import is_original
from framejit.tables.classes import flags_of, lasting_type, mro_of, name_in, name_of, numpy_holds, numpys, one_of, row_of

CHANGING = 1 << 19          # type flag: the version is valid
OF_TYPES = {name: type.__dict__[name].__get__ for name in ("__module__", "__qualname__", "__basicsize__", "__itemsize__", "__dictoffset__", "__weakrefoffset__", "__mro__")}
SIZES = ("__basicsize__", "__itemsize__", "__dictoffset__", "__weakrefoffset__")
OF_CODE = ("co_code", "co_names", "co_varnames", "co_freevars", "co_cellvars", "co_flags", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount",
           "co_stacksize", "co_exceptiontable", "co_linetable", "co_firstlineno", "co_name", "co_qualname")


class Unknown(Exception):
    """There is no way to tell another process of this object."""


def packed(said):
    """The same bytes for equal values."""
    return _machine.pack(said, False)


def plain(value):
    return name_of(type(value)), value


def items(value):
    return name_of(type(value)), [signature(item) for item in value]


def unordered(value):
    return "frozenset", sorted([packed(signature(item)) for item in value])


def of_code(code):
    """The digest of all that a code object says, but for the file that it is from."""
    said = [getattr(code, name) for name in OF_CODE] + [signature(constant) for constant in code.co_consts]
    return "code", _machine.digest(packed(said))


def of_function(function):
    """What it runs, and whether it finds its names where others do."""
    plainly = function.__builtins__ is vars(builtins) and _machine.names_are_text(function.__globals__)
    return "function", of_code(_machine.original_code(function.__code__))[1], plainly, name_in(function.__globals__)


def of_module(module):
    name = name_in(vars(module))
    if sys.modules.get(name) is not module:
        raise Unknown(f"module {name}")
    return "module", name


def of_c_function(function):
    """A module's own one, or a method of a type of C."""
    owner, name = function.__self__, function.__name__
    if type(owner) is ModuleType and is_original(owner, name):
        return "C", name_in(vars(owner)), name
    if type(owner) is type and lasting_type(owner):
        return "C", signature(owner), name
    raise Unknown(f"function {name}")


def of_descriptor(found):
    return "descriptor", signature(found.__objclass__), found.__name__


def of_names(names):
    return "names", name_in(names)


ROWS = {
    **dict.fromkeys((type(None), bool, int, float, complex, str, bytes, EllipsisType), plain),
    NotImplementedType: lambda value: ("NotImplemented",),
    tuple: items,
    frozenset: unordered,
    range: lambda value: ("range", value.start, value.stop, value.step),
    slice: lambda value: ("slice", signature(value.start), signature(value.stop), signature(value.step)),
    CodeType: of_code,
    FunctionType: of_function,
    BuiltinFunctionType: of_c_function,
    **dict.fromkeys((MethodDescriptorType, WrapperDescriptorType, ClassMethodDescriptorType, MemberDescriptorType, GetSetDescriptorType), of_descriptor),
    MethodType: lambda value: ("method", signature(value.__func__), signature(type(value.__self__))),
    ModuleType: of_module,
    CellType: lambda value: ("cell",),
    **dict.fromkeys((property, staticmethod, classmethod), lambda value: ("wrapper", name_of(type(value)))),
    dict: of_names,
}


def signature(value):
    """The plain value for an object; raises Unknown."""
    kind = type(value)
    row = row_of(ROWS, kind)
    if row is not None:
        return row(value)
    if issubclass(kind, type):
        return of_type(value, kind)
    if of_numpy(value):
        return of_numpys(value, kind)
    if any([lasting_type(base) and base is not object for base in OF_TYPES["__mro__"](kind)]):
        raise Unknown(f"an object of {name_of(kind)}")          # which may have parts that nobody can change
    return "instance", of_type(kind, type(kind))


def of_type(value, kind):
    """A type of C by its name, which nobody can change; a class by what it can't change."""
    if lasting_type(value):
        return "type", OF_TYPES["__module__"](value), OF_TYPES["__qualname__"](value), OF_TYPES["__basicsize__"](value)
    made_by = None if kind is type else of_type(kind, type(kind))
    return "class", made_by, flags_of(value) & ~CHANGING, [OF_TYPES[name](value) for name in SIZES], [of_type(base, type(base)) for base in OF_TYPES["__mro__"](value)[1:]]


def of_numpys(value, kind):
    """NumPy's functions that it has under their own names, its dtypes and scalars of numbers."""
    if issubclass(kind, numpys("generic")):
        return "numpy", name_of(kind), value.tobytes()
    return "numpy", name_of(kind), value.str if one_of(numpy_holds("dtype"), mro_of(kind)) else value.__name__


__all__ = ["Unknown", "of_code", "packed", "signature"]
