"""Types of the program's values, told apart without asking anybody.

A metaclass may compare, hash and look on; a proxy may say that it is of another class; a module that is loaded lazily
loads as soon as it is asked for an attribute.

    one_of(kind, (int, float))      by identity, where `in` would compare
    row_of({int: row}, kind)        the same for the rows of a table
    numpys("float64")               NumPy's own type of that name; None before the program has imported it
"""

import sys
from abc import ABCMeta
from types import ModuleType

from framejit.own import HEAP

IMMUTABLE, COLLECTED = 1 << 8, 1 << 14  # type flags; the latter: the collector knows of the instances
SEQUENCE, MAPPING, MATCHES_ITSELF = 1 << 5, 1 << 6, 1 << 22        # what `match` asks types for
NUMPYS = {}                             # types of NumPy's that have been asked for, by name
NAMES = {"bool_": "bool"}               # a type's own name, where NumPy's module has it under another one
SMALL_INTS = range(-5, 257)             # the ints that CPython keeps one object of
BUILT_IN = (int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, type, BaseException)
flags_of = type.__dict__["__flags__"].__get__
weak_offset = type.__dict__["__weakrefoffset__"].__get__
name_of = type.__dict__["__name__"].__get__
mro_of = type.__dict__["__mro__"].__get__


SAMPLE = 1024           # items that are looked at


def one_of(kind, kinds):
    return any([each is kind for each in kinds])


def row_of(rows, kind, default=None):
    """The row of this very type, or the default."""
    return next((row for each, row in rows.items() if each is kind), default)


def plain_class(kind):
    """Whether this is a class of the program whose instances are nothing but their attributes."""
    return (one_of(type(kind), (type, ABCMeta)) or is_enumeration(kind)) and flags_of(kind) & HEAP != 0 and not any([one_of(base, BUILT_IN) for base in mro_of(kind)])


def is_enumeration(kind):
    """Whether this is an enum.Enum, whose members are instances as others are."""
    module = sys.modules.get("enum")
    return type(module) is ModuleType and type(kind) is vars(module).get("EnumType")


def inherits_from_tuple(kind):
    """Whether this is a class of the program whose instances are tuples, and what attributes they may have beside that."""
    return built_in_base(kind) is tuple


def inherits_from_list(kind):
    """The same of lists."""
    return built_in_base(kind) is list


def built_in_base(kind):
    """The one type of Python's own that a class of the program inherits from, or None."""
    if not one_of(type(kind), (type, ABCMeta)) or not flags_of(kind) & HEAP:
        return None
    bases = [base for base in mro_of(kind) if one_of(base, BUILT_IN)]
    return bases[0] if len(bases) == 1 else None


def some_items(value):
    """A list of items, among them the first ones, of an instance of a class that inherits from list."""
    return list.__getitem__(value, slice(None, None, list.__len__(value) // SAMPLE + 1))


def known_class(kind):
    """Whether native code knows where instances of this class have their attributes."""
    return plain_class(kind) or one_of(built_in_base(kind), (tuple, list))


def from_numpy(kind):
    """Whether this is a type that NumPy defines in C: nobody can change such a one's name."""
    return type(kind) is type and not flags_of(kind) & HEAP and kind.__module__ == "numpy"


def lasting_type(value):
    """Types of C, whose names nobody can change."""
    return not flags_of(value) & HEAP or bool(flags_of(value) & IMMUTABLE)


def numpy_holds(name, default=None):
    """What the program's numpy module has under this name."""
    module = sys.modules.get("numpy")
    return vars(module).get(name, default) if type(module) is ModuleType else default


def numpys(name):
    """NumPy's own type of that name; None where the program has put something else there."""
    found = numpy_holds(name)
    if found is None or NUMPYS.get(name) is found:
        return found
    if not from_numpy(found) or name_of(found) != NAMES.get(name, name):
        return None
    NUMPYS[name] = found
    return found


def array_method(method, names):
    """The one of these names under which NumPy's arrays have this very method, or None."""
    table = numpys("ndarray").__dict__ if numpys("ndarray") else {}
    return next((name for name in names if table.get(name) is method), None)


def name_in(globals, default=""):
    """The name of a namespace's module, which may be anything."""
    name = dict.get(globals, "__name__", default)
    return name if type(name) is str else default


__all__ = ["BUILT_IN", "COLLECTED", "HEAP", "IMMUTABLE", "MAPPING", "MATCHES_ITSELF", "SEQUENCE", "SMALL_INTS", "array_method", "flags_of", "from_numpy", "inherits_from_list", "inherits_from_tuple", "is_enumeration", "known_class", "lasting_type", "mro_of", "name_in", "name_of", "numpy_holds", "numpys", "one_of", "plain_class", "row_of", "some_items", "weak_offset"]
