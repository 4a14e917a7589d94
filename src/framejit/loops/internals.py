"""What NumPy's functions in Python read: whether it is as NumPy made it.

    rows_behind(np.roll, False)     ->   8: the first eight modules of tables/internals.py
    are_same(8)                     ->   whether all of their names hold what they held when they were looked at first, NumPy's own

A program that puts something of its own into one of NumPy's modules, as tests do, expects NumPy's functions to use it.
"""

import sys
from functools import partial
from types import FunctionType, ModuleType

from framejit._machine import internals_same, keep_internal
from framejit.own import BUILTINS
from framejit.tables.classes import from_numpy, numpys
from framejit.tables.internals import IN_PYTHON, METHODS, MODULES

OWNERS = {"numpy", *sys.stdlib_module_names}
module_of = type.__dict__["__module__"].__get__
_kept = {}              # row -> namespace


def rows_behind(callee, bound):
    """How many rows of the table a function of NumPy's, or a method of arrays, relies on; None: on what isn't known."""
    if bound:
        return MODULES.index(METHODS) + 1 if is_method(callee) else 0
    function = implementation(callee)
    if type(function) is not FunctionType:
        return 0
    name = dict.get(function.__globals__, "__name__")
    if type(name) is not str or name.partition(".")[0] != "numpy":
        return 0
    if name not in MODULES or vars(sys.modules.get(name, sys)) is not function.__globals__:
        return None
    return MODULES.index(name) + 1


def is_method(callee):
    table = numpys("ndarray").__dict__ if numpys("ndarray") else {}
    return any([table.get(name) is callee for name in IN_PYTHON])


def implementation(callee):
    """The function in Python behind one that arguments' classes may override."""
    kind = type(callee)
    return callee._implementation if from_numpy(kind) and kind.__name__ == "_ArrayFunctionDispatcher" else callee


def are_same(count):
    """Whether the names of the first so many rows are NumPy's own."""
    for row, name in enumerate(MODULES[:count]):
        module = sys.modules.get(name)
        if row not in _kept and type(module) is ModuleType:
            _kept[row] = vars(module)
            keep_internal(row, vars(module), names_in(module))
    return internals_same(count)


def names_in(module):
    """The names that its functions may read, with their values; None where one isn't what NumPy or Python has put there."""
    if module.__name__ == "builtins":
        return {name: value for name, value in BUILTINS.items() if name != "_"}       # which is a console's
    public = {*vars(module).get("__all__", ())} if module.__name__ == "numpy" else vars(module)       # programs may have given it names of theirs
    names = {name: value for name, value in vars(module).items() if name in public and not name.startswith("__")}
    return names if all([is_own(value) for value in names.values()]) else None


def is_own(value):
    """Whether this is NumPy's or of Python's library."""
    if type(value) is partial:
        return is_own(value.func)
    function = implementation(value)
    if type(function) is FunctionType:
        return owner(function.__globals__.get("__name__")) in OWNERS
    return owner(module_of(function if issubclass(type(function), type) else type(function))) in OWNERS


def owner(module):
    return module.partition(".")[0] if type(module) is str else None


__all__ = ["are_same", "rows_behind"]
