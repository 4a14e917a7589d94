"""What NumPy's functions in Python read and run: whether it is as NumPy made it.

    key_of(np.roll, False)                      ->   "numpy._core.numeric.roll", "" for functions of C, None for those that no row is of
    are_as_made(key)                            ->   whether all names that it reads, and those that what it calls reads, hold what NumPy has put there
    needed([key])                               ->   for a region: the rows of ext/internals.c, and the functions with their code

A program that puts something of its own into one of NumPy's modules, as tests do, expects NumPy's functions to use it.
"""

import builtins
import sys
from functools import partial
from types import CodeType, FunctionType, ModuleType

from framejit._machine import MISSING, internals_same, keep_internal, original_code
from framejit.loops.ufuncs import PREFIXES, is_dispatcher
from framejit.own import ORIGINALS
from framejit.tables import array_calls, elementwise, made_arrays, reductions, whole_calls
from framejit.tables.classes import HEAP, array_method, flags_of
from framejit.tables.internals import IN_PYTHON, LIBRARY, METHODS, TABLES, UNASKED

OWNERS = {"numpy", *sys.stdlib_module_names}
KNOWN = {*whole_calls.FUNCTIONS, *elementwise.FUNCTIONS, *array_calls.FUNCTIONS, *reductions.FUNCTIONS, *reductions.SPREADS, *made_arrays.FUNCTIONS}
MOST = 63               # rows; what would be in more of them is never the same, all in the last one
module_of = type.__dict__["__module__"].__get__
_rows = {}              # id -> (module, class or table, its row)
_behind = {}            # key -> (bits of rows, what the functions run)


# ---- which function it is

def key_of(callee, bound):
    """Where the function in Python lies that a function of NumPy's, or a method of arrays, is, or calls."""
    if bound:
        name = array_method(callee, IN_PYTHON)
        return f"{METHODS}.{IN_PYTHON[name]}" if name else ""
    function = implementation(callee)
    if type(function) is not FunctionType or owner(dict.get(function.__globals__, "__name__")) != "numpy":
        return ""
    name = function.__name__
    if PREFIXES.get(callee.__module__, "") + name not in KNOWN or found_in(function.__globals__["__name__"], name) is not function:
        return None
    return f"{function.__globals__['__name__']}.{name}"


def implementation(callee):
    """The function in Python behind one that arguments' classes may override."""
    return callee._implementation if is_dispatcher(callee) else callee


def found_in(module, name):
    """The function that a module has under this name."""
    space = sys.modules.get(module)
    return implementation(vars(space).get(name)) if type(space) is ModuleType else None


# ---- what it reads and runs

def are_as_made(key):
    """Whether it all is."""
    if key not in _behind:
        _behind[key] = behind(found_in(*parts(key)))
    bits, run = _behind[key]
    return run is not None and internals_same(bits) and all([is_same(*one) for one in run])


def needed(keys):
    """(bits of rows, callees as a region takes them) for functions that were as NumPy made them."""
    bits, callees = 0, {}
    for key in keys:
        more, run = _behind[key]
        bits |= more
        callees.update({id(one[0]): one for one in run})
    return bits, list(callees.values())


def parts(key):
    module, _, name = key.rpartition(".")
    return module, name


def behind(function):
    """(bits of rows, what is run: (function, code, defaults, None, names and values of keyword-only defaults)) of a function; nothing where some of it isn't NumPy's."""
    functions = called_by(function, {}) if is_function(function) else {}
    if not functions or not all([has_own_code(one) for one in functions.values()]):
        return 0, None
    spaces = {id(space): space for one in functions.values() for space in (builtins, *spaces_of(one))}
    run = [(one, original_code(one.__code__), one.__defaults__, None, named(one)) for one in functions.values()]
    return sum({1 << row(space) for space in spaces.values()}), run


def is_function(value):
    """Whether this is a function of one of NumPy's modules."""
    if type(value) is not FunctionType or owner(dict.get(value.__globals__, "__name__")) != "numpy":
        return False
    module = sys.modules.get(value.__globals__["__name__"])
    return type(module) is ModuleType and vars(module) is value.__globals__


def has_own_code(function):
    return function.__code__.co_filename == function.__globals__.get("__file__")


def is_same(function, code, defaults, _, keywords):
    now = named(function)
    return original_code(function.__code__) is code and function.__defaults__ is defaults and len(now) == len(keywords) and all([one is other for one, other in zip(now, keywords)])


def named(function):
    return tuple([part for pair in (function.__kwdefaults__ or {}).items() for part in pair])


def called_by(function, found):
    """A function, and those of NumPy's that it and they name, by id; what their classes have, and methods of arrays, are among them."""
    found[id(function)] = function
    names = names_in(function.__code__)
    values = [value for space in spaces_of(function) if type(space) is not dict for name, value in vars(space).items() if name in names or type(space) is not ModuleType]
    values += [found_in(METHODS, IN_PYTHON[name]) for name in names if name in IN_PYTHON]
    for value in [implementation(value) for value in values]:
        if id(value) not in found and is_function(value):
            called_by(value, found)
    return found


def spaces_of(function):
    """Where it reads: the modules that it names and its own, classes of NumPy's in Python, tables."""
    space = function.__globals__
    values = {name: space.get(name) for name in names_in(function.__code__)}
    modules = [value for value in values.values() if type(value) is ModuleType and (owner(value.__name__) == "numpy" or value.__name__ in LIBRARY)]
    classes = [value for value in values.values() if type(value) is type and flags_of(value) & HEAP and owner(module_of(value)) == "numpy"]
    return [sys.modules[space["__name__"]], *modules, *classes, *[value for name, value in values.items() if name in TABLES and type(value) is dict]]


def names_in(code):
    """The names that the code mentions, and code in it; names of methods may be texts."""
    texts = [one for one in code.co_consts if type(one) is str and one in IN_PYTHON]
    return {*code.co_names, *texts}.union(*[names_in(one) for one in code.co_consts if type(one) is CodeType])


# ---- rows

def row(space):
    """The row in ext/internals.c of a module's names, a class's, or of what a dictionary has."""
    if id(space) not in _rows:
        _rows[id(space)] = space, min(len(_rows), MOST)
        known = held_by(space) if len(_rows) <= MOST else None
        keep_internal(_rows[id(space)][1], space if type(space) is dict else vars(space) if type(space) is ModuleType else space, known, type(space) is not ModuleType)
    return _rows[id(space)][1]


def held_by(space):
    """What is read there, with the values, MISSING where it is a builtin's; None where something isn't what NumPy or Python has put there."""
    if space is builtins:
        return {name: value for name, value in ORIGINALS.items() if name not in UNASKED}
    if type(space) is not ModuleType:
        return dict(space if type(space) is dict else vars(space))
    public = {*vars(space).get("__all__", ())} if space.__name__ == "numpy" else vars(space)       # programs may have given it names of theirs
    names = {name: value for name, value in vars(space).items() if name in public and not name.startswith("__")}
    absent = {name: MISSING for name in ORIGINALS if name not in vars(space)}
    return absent | names if all([is_own(value) for value in names.values()]) else None


def is_own(value):
    """Whether this is NumPy's or of Python's library."""
    if type(value) is partial:
        return is_own(value.func)
    value = implementation(value)
    if type(value) is FunctionType:
        return owner(value.__globals__.get("__name__")) in OWNERS
    return owner(module_of(value if issubclass(type(value), type) else type(value))) in OWNERS


def owner(module):
    return module.partition(".")[0] if type(module) is str else None


__all__ = ["are_as_made", "key_of", "needed"]
