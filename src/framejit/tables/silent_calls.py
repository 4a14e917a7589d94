"""Functions and methods of C's that native code calls as they are, where nothing of the program's hears of it: a row says what their arguments
have to be (the functions of ext/silent_calls.c, in this order) and what they give; None: one of the items, or their sum."""

import time
from typing import NamedTuple, Optional

FITS = ("walked", "of_flat", "of_truths", "one_flat", "one_table", "one_int", "anything", "shown", "sets", "looked_for")
NUMBER = {name: number for number, name in enumerate(FITS)}
ITEMS = ("walked", "of_flat", "of_truths", "sets", "looked_for")        # of which the first argument, and the second of sets, is gone over


class Silent(NamedTuple):
    function: object
    fits: str
    gives: Optional[type]
    most: int = 1           # arguments, and how many there must be
    least: int = 1


def rows_of(owner, names, *rest):
    return [Silent(getattr(owner, name), *rest) for name in names if hasattr(owner, name)]


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
)
BY_ID = {id(row.function): row for row in ROWS}

COMPARISONS = {"<": 0, "<=": 1, "==": 2, "!=": 3, ">": 4, ">=": 5}
JOINS = {"&": 0, "|": 1, "-": 2, "^": 3}


def of_function(function):
    """The row of this very function, or None."""
    row = BY_ID.get(id(function))
    return row if row is not None and row.function is function else None


__all__ = ["COMPARISONS", "ITEMS", "JOINS", "NUMBER", "Silent", "of_function"]
