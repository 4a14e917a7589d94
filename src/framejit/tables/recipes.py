"""The words of an exit recipe: how the runtime builds the interpreter's objects from raw values.

A recipe is an array of 32-bit integers that the runtime in ext/leave.c interprets:

    unit, nlocals, (slot, EXPR) * nlocals, depth, EXPR * depth, nnames, (cell, EXPR) * nnames, nfacts, FACT * nfacts

`unit` is the code unit (two bytes each) where the interpreter goes on.  `slot` indexes localsplus; locals that
are not listed keep what their home slot holds.  The whole value stack is listed, bottom first.  `cell` indexes
the region's name cells: the named variable (module-level locals, globals) is assigned in its dictionary.
An EXPR is a word of the table below followed by its operands, in prefix form.  `s` is an index into the spill
area, `k` an index into the region's constants.

A FACT says what native code relies on: it is checked again behind every world point.
"""

from typing import NamedTuple


class Word(NamedTuple):
    code: int
    name: str
    operands: str   # s: spill index, k: constant index, n: a plain number, e: a nested expression, *: n expressions
    meaning: str


WORDS = (
    Word(0, "KEEP", "", "leave what the home slot holds (locals and stack slots)"),
    Word(1, "NULL", "", "an unbound local, or the NULL that a call expects on the stack"),
    Word(2, "CONST", "k", "a constant of the region, new reference"),
    Word(3, "INT", "s", "a Python int from a 64-bit value"),
    Word(4, "FLOAT", "s", "a Python float from a double's bits"),
    Word(30, "COMPLEX", "s", "a Python complex number from the bits of two doubles, in s and behind it"),
    Word(31, "COMPLEX128", "s", "the same of NumPy's"),
    Word(5, "BOOL", "s", "True or False from 0 or 1"),
    Word(6, "OBJECT", "s", "a borrowed pointer (may be NULL), new reference"),
    Word(7, "OWNED", "s", "a pointer whose reference native code hands over"),
    Word(8, "BOXED", "se", "the object whose pointer is in s if it is not NULL, else the expression"),
    Word(9, "SCALAR", "ns", "a NumPy scalar of type number n from the raw bits in s"),
    Word(10, "TUPLE", "*", "a tuple of n expressions"),
    Word(11, "RANGE", "eee", "range(start, stop, step)"),
    Word(12, "RANGE_ITER", "sss", "an iterator over a range: next value, stop, step (exhausted if the next value is past stop)"),
    Word(13, "LIST_ITER", "es", "an iterator over the list e whose next index is s"),
    Word(14, "HOME_RANGE_ITER", "sss", "the range iterator in this stack slot's home, brought to: next value, stop, step"),
    Word(15, "HOME_LIST_ITER", "s", "the list iterator in this stack slot's home, brought to index s"),
    Word(16, "MAYBE", "se", "unbound (NULL) if s is 0, else the expression"),
    Word(17, "HOME_LOCAL", "n", "what local n is built as by this very recipe (or holds, if not listed), new reference to the same object"),
    Word(18, "ITEM", "ee", "the result of e[e] (a view of an array)"),
    Word(19, "CALL", "k*", "the result of calling constant k with n expressions (builtin iterators)"),
    Word(20, "TUPLE_ITER", "es", "an iterator over the tuple e whose next index is s"),
    Word(29, "REVERSED", "es", "the backward iterator e brought to index s"),
    Word(21, "LIST", "*", "a new list of n expressions"),
    Word(22, "RETAIN", "e", "stack slots of call-outs and polls: the expression, whose object stays in the home slot when native code goes on"),
    Word(24, "CHOOSE", "s*", "expression number s of n"),
    Word(25, "RAW", "ns", "the list in s, whose items of kind n only native code knows, once it is filled; new reference (NULL stays NULL)"),
    Word(26, "RAW_ITEM", "nsse", "item number s of such a list, which is filled; below zero: the expression"),
    Word(27, "NAME_ITEM", "n", "what name cell n was given by this very recipe, new reference to the same object"),
    Word(28, "PART", "ne", "item number n of the tuple that e is (HOME_LOCAL, STACK_ITEM, NAME_ITEM or a PART), new reference to the same object"),
    Word(23, "STACK_ITEM", "n", "what stack entry n is built as by this very recipe, new reference to the same object"),
)

FACTS = (
    # (code, name, operands): all operands are spill indices but n
    (0, "ARRAY", "object, data, n, n dims, n strides: the array's header still says so; its dtype, flags and base are as they were"),
    (2, "HEADER", "object: an array whose header (data, shape, strides, flags, dtype) must be the same before and behind the world point"),
    (3, "RAW", "object, n: a list with raw items of kind n; it is filled, and raw again behind the world point unless somebody has it"),
    (1, "CELL", "n: name cell n still holds what native code read or wrote"),
)

RETURNS = {"RETURN": 0, "MISS": -1, "RAISE": -2, "LEFT": -3}

CODE = {word.name: word.code for word in WORDS}
FACT = {name: code for code, name, _ in FACTS}
