"""Functions and methods of C's that native code calls as they are, where nothing of the program's hears of it: a row says what their arguments
have to be (the functions of ext/silent_calls.c, in this order) and what they give; None: one of the items, or their sum."""

import time
from collections import deque
from types import BuiltinFunctionType, ModuleType
from typing import NamedTuple, Optional

FITS = ("walked", "of_flat", "of_truths", "one_flat", "one_table", "one_int", "anything", "shown", "sets", "looked_for", "each_flat", "of_several", "of_owner", "keys_of", "turned", "in_order",
        "tables", "values_by_name", "added", "one_set", "extended")
NUMBER = {name: number for number, name in enumerate(FITS)}
ITEMS = {"walked": (0,), "of_flat": (0,), "of_truths": (0,), "sets": (0, 1), "looked_for": (0,), "of_several": (0, 1), "keys_of": (1,), "turned": (0,), "in_order": (0,), "one_set": (0,), "added": (1,), "extended": (1,)}     # which arguments are gone over
OF_ANY = ("walked", "of_truths", "extended", "one_set")         # whose items may be anything, as far as is known
OF_UNKNOWN = ("anything", "values_by_name")                     # whose arguments may be of unknown types


class Silent(NamedTuple):
    function: object
    fits: str
    gives: Optional[type]
    most: int = 1           # arguments, and how many there must be
    least: int = 1
    names: tuple = ()       # of the last arguments
    changes: bool = False   # its first argument
    keeps: bool = False     # the objects that it is given


def rows_of(owner, names, *rest):
    return [Silent(getattr(owner, name), *rest) for name in names if hasattr(owner, name)]


def of_class(owner, name, *rest):
    """A method of the class itself, which is called with it."""
    return Silent(vars(owner)[name], *rest)


ROWS = (
    *[Silent(kind, "walked", kind) for kind in (list, tuple)], *[Silent(kind, "of_flat", kind) for kind in (set, frozenset)], Silent(dict, "one_table", dict),
    Silent(sorted, "of_flat", list), *[Silent(function, "of_flat", None) for function in (min, max, sum)],
    Silent(any, "of_truths", bool), Silent(all, "of_truths", bool), Silent(hash, "one_flat", int), Silent(callable, "anything", bool),
    *[Silent(function, "one_int", str) for function in (hex, oct, bin)], *[Silent(function, "shown", str) for function in (repr, ascii, str)],
    *rows_of(set, ("union", "intersection", "difference", "symmetric_difference"), "sets", set, 2, 2),
    *rows_of(set, ("issubset", "issuperset", "isdisjoint"), "sets", bool, 2, 2), Silent(set.copy, "of_flat", set), Silent(dict.copy, "one_table", dict),
    *rows_of(tuple, ("index", "count"), "looked_for", int, 2, 2),
    Silent(str.encode, "one_flat", bytes),
    *rows_of(time, ("perf_counter", "monotonic", "process_time", "time"), "anything", float, 0, 0),
    *rows_of(time, ("perf_counter_ns", "monotonic_ns", "time_ns"), "anything", int, 0, 0),
    Silent(int.to_bytes, "of_owner", bytes, 3), of_class(int, "from_bytes", "of_owner", int, 3, 2), of_class(dict, "fromkeys", "keys_of", dict, 3, 2),
    of_class(bytes, "fromhex", "of_owner", bytes, 2, 2),
    Silent(deque.rotate, "of_owner", type(None), 2, 1, changes=True), Silent(dict.update, "tables", type(None), 2, 2, changes=True), Silent(set.update, "added", type(None), 2, 2, changes=True),
    Silent(list.extend, "extended", type(None), 2, 2, changes=True), Silent(set.pop, "one_set", None, changes=True),
)
NAMED = (
    Silent(sorted, "turned", list, 2, 2, ("reverse",)), Silent(list.sort, "in_order", type(None), 2, 2, ("reverse",), True), *[Silent(int.to_bytes, "of_owner", bytes, 3, 2, names) for names in (("byteorder",), ("length", "byteorder"))],
    of_class(int, "from_bytes", "of_owner", int, 3, 3, ("byteorder",)),
)
KEEPING = {dict: (Silent(dict, "anything", dict, 3, keeps=True), 0), dict.update: (Silent(dict.update, "values_by_name", type(None), 3, 2, changes=True, keeps=True), 1)}       # values by any names, behind so many arguments
LATE = {
    ("math", "prod"): ("of_flat", None), ("math", "fsum"): ("of_flat", float), ("math", "dist"): ("of_several", float, 2, 2), ("math", "sumprod"): ("of_several", None, 2, 2), ("math", "gcd"): ("each_flat", int, 3), ("math", "lcm"): ("each_flat", int, 3),
    ("_heapq", "heapify"): ("in_order", type(None), 1, 1, (), True),
}       # functions of modules that are the program's to import
BY_ID = {id(row.function): row for row in ROWS}

COMPARISONS = {"<": 0, "<=": 1, "==": 2, "!=": 3, ">": 4, ">=": 5}
JOINS = {"&": 0, "|": 1, "-": 2, "^": 3}


def of_function(function, names=()):
    """The row of this very function with arguments of these names, or None."""
    if names:
        return next((row for row in NAMED if row.function is function and row.names == names), None) or keeping(function, names)
    row = BY_ID.get(id(function))
    return row if row is not None and row.function is function else late(function)


def keeping(function, names):
    """That of values by name."""
    row, before = next((row for kind, row in KEEPING.items() if kind is function), (None, 0))
    return None if row is None else row._replace(names=names, most=min(row.most, before + len(names)), least=before + len(names))


def late(function):
    if type(function) is not BuiltinFunctionType or type(function.__self__) is not ModuleType or type(function.__module__) is not str:
        return None
    row = LATE.get((function.__module__, function.__name__))
    return None if row is None else Silent(function, *row)


__all__ = ["COMPARISONS", "ITEMS", "JOINS", "NUMBER", "OF_ANY", "OF_UNKNOWN", "Silent", "of_function"]
