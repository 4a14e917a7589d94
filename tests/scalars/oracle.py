"""The oracle of NumPy scalar arithmetic: a plain function beside the compiled copy of it, over values that matter.

`Case(source)` compiles one function of (which, x, y) whose branches are single expressions; `compare` calls both and
gives what differs: value bits, types, warnings with their lines, exceptions.
"""

import math
import warnings

import numpy as np

import framejit
from framejit._machine import counters

INTEGERS = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")
NUMPY_KINDS = ("bool", *INTEGERS, "float32", "float64")
PYTHON_KINDS = ("py_int", "py_float", "py_bool")
KINDS = (*NUMPY_KINDS, *PYTHON_KINDS)

DOUBLES = (0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, 2.5, 0.1, 1e300, -1e300, 1e-300, 5e-324, 2.0**-1022, 3e38, 4e38, 1e-40,
           math.inf, -math.inf, math.nan, 2.0**53 + 2, 2.0**63, -129.7, 255.9)
SINGLES = (0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, 2.5, 0.1, 3e38, -3e38, 1e-38, 1e-45, 2.0**-126, math.inf, -math.inf, math.nan,
           16777217.0, 300.5)
WHOLE = (0, 1, -1, 2, 3, -7, 8, 63, 64, 100, 127, -128, 255, 256, 40000, 2**24 + 1, 2**31, 2**53 + 1, 2**63 - 1, -2**63)


def values(kind):
    """The interesting values of a kind, as objects of it."""
    if kind == "py_int":
        return WHOLE
    if kind == "py_float":
        return DOUBLES
    if kind == "py_bool":
        return (False, True)
    if kind == "bool":
        return (np.False_, np.True_)
    type_ = getattr(np, kind)
    if kind == "float64":
        return [type_(value) for value in DOUBLES]
    if kind == "float32":
        return [type_(value) for value in SINGLES]
    limits = np.iinfo(type_)
    found = {0, 1, 2, 3, 5, limits.max, limits.max - 1, limits.max // 2, limits.bits - 1, limits.bits}
    if limits.min < 0:
        found |= {-1, -2, -7, limits.min, limits.min + 1}
    return [type_(value) for value in sorted(found)]


def same(first, second):
    """Same type and same bits; NaNs are equal."""
    if type(first) is not type(second):
        return False
    if isinstance(first, tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, (float, np.floating)):
        return bool(first != first and second != second) or (first == second and math.copysign(1, first) == math.copysign(1, second))
    return bool(first == second)


def outcome(function, *arguments):
    """(value, exception, warnings) of a call."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value, error = function(*arguments), None
        except Exception as problem:
            value, error = None, (type(problem), str(problem))
    return value, error, [(warning.category, str(warning.message), warning.lineno) for warning in caught]


def source_of(expressions, parameters="which, x, y"):
    lines = [f"def evaluate({parameters}):"]
    for number, expression in enumerate(expressions):
        lines += [f"    if which == {number}:", f"        return {expression}"]
    return "\n".join(lines) + "\n"


class Case:
    """A function made of single expressions, plain and compiled."""

    def __init__(self, expressions, parameters="which, x, y"):
        self.expressions = expressions
        space = {"np": np, "math": math}
        exec(compile(source_of(expressions, parameters), f"<{len(expressions)} expressions>", "exec"), space)
        self.plain = space["evaluate"]
        self.fast = framejit.jit(self.plain)
        self.calls = 0
        self.quiet_exits = []       # (expression, arguments) that left though nothing was to be reported

    def compare(self, which, *arguments):
        """A line that says what differs, or None."""
        wanted = outcome(self.plain, which, *arguments)
        before = counters()
        found = outcome(self.fast, which, *arguments)
        after = counters()
        self.calls += 1
        if after["exits"] + after["callouts"] > before["exits"] + before["callouts"] and wanted[1] is None and not wanted[2]:
            self.quiet_exits.append((self.expressions[which], arguments))
        if same(wanted[0], found[0]) and wanted[1:] == found[1:]:
            return None
        return f"{self.expressions[which]} of {arguments!r}: {wanted!r}, compiled {found!r}"

    def native_differences(self, *columns):
        """The same; all calls must have run natively, and none may have left that had nothing to report."""
        before = counters()["native_entries"]
        found = self.compare_all(*columns)
        entries = counters()["native_entries"] - before
        if entries != self.calls:
            found.append(f"only {entries} of {self.calls} calls ran natively")
        left = {expression for expression, _ in self.quiet_exits}
        return found + [f"{expression} left for nothing" for expression in sorted(left)]

    def compare_all(self, *columns):
        """Differences over every expression and every combination of values."""
        found = []
        for which in range(len(self.expressions)):
            for arguments in combinations(columns):
                line = self.compare(which, *arguments)
                if line is not None:
                    found.append(line)
        return found


def combinations(columns):
    if not columns:
        yield ()
        return
    for value in columns[0]:
        for rest in combinations(columns[1:]):
            yield (value, *rest)
