"""Functions of NumPy scalars: builtins and the math module (NumPy's own: scalar_ufuncs.py).

Rows as in functions.py: (machine, argument values, instruction) -> result, or None for a call-out.  They stand behind
Python's rows for the same function, which come first and don't take NumPy's kinds.
"""

from types import BuiltinFunctionType, ModuleType

from framejit._machine import same_function
from framejit.capture import scalar_kinds, scalar_rules, values as v
from framejit.capture.scalar_extremes import extremum
from framejit.capture.scalar_ufuncs import mixed_numbers, numpy_rows, single
from framejit.own import REPLACED
from framejit.tables.originals import math
from framejit.tables.types import KINDS

BUILTIN_ROWS = {}


def registering(table):
    """A decorator that puts a row into the table, for the objects it is given."""

    def decorator(*objects):
        def register(row):
            for target in objects:
                if id(target) not in REPLACED:
                    table[id(target)] = (target, row)
            return row

        return register

    return decorator


builtin = registering(BUILTIN_ROWS)


def scalar(machine, arguments):
    """The only argument, a NumPy scalar; or None."""
    value = single(machine, arguments)
    return None if value is None or value.kind in scalar_kinds.WEAK else value


# ---- builtins

@builtin(abs)
def absolute(machine, arguments, instruction):
    value = scalar(machine, arguments)
    return None if value is None else scalar_rules.absolute(machine, value)


@builtin(int)
def to_int(machine, arguments, instruction):
    value = scalar(machine, arguments)
    return None if value is None else v.Num("int", scalar_kinds.stored(machine, value, "int64"))


@builtin(float)
def to_float(machine, arguments, instruction):
    value = scalar(machine, arguments)
    return None if value is None else v.Num("float", scalar_kinds.as_double(machine, value))


@builtin(round)
def rounded(machine, arguments, instruction):
    """One argument: an int.  bool_ has no __round__."""
    value = scalar(machine, arguments)
    if value is None or value.kind == "bool_":
        return None
    if KINDS[value.kind].floating:
        whole = machine.emit("froundeven", scalar_kinds.as_double(machine, value))
        value = v.Num("float", whole)
    return v.Num("int", scalar_kinds.stored(machine, value, "int64"))


@builtin(divmod)
def quotient_and_remainder(machine, arguments, instruction):
    found = mixed_numbers(machine, arguments)
    if found is None or len(found) != 2:
        return None
    parts = [scalar_rules.binary(machine, symbol, *found) for symbol in ("//", "%")]
    return None if None in parts else v.Tup(parts)


@builtin(pow)
def power(machine, arguments, instruction):
    found = mixed_numbers(machine, arguments)
    return scalar_rules.binary(machine, "**", *found) if found is not None and len(found) == 2 else None


builtin(min)(extremum("<"))
builtin(max)(extremum(">"))

# functions of math that take any number by way of __float__; Python's row does the rest
FLOAT_FUNCTIONS = (
    "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "expm1", "log1p",
    "erf", "erfc", "cbrt", "exp2", "remainder", "degrees", "radians", "log", "log2", "log10", "atan2", "fmod", "copysign", "pow", "fabs",
    "isnan", "isinf", "isfinite", "floor", "ceil", "trunc", "modf", "frexp", "ldexp", "ulp", "nextafter", "isclose", "gamma", "lgamma", "hypot",
    *(["fma"] if hasattr(math, "fma") else []),
)
# the same by way of __index__
INT_FUNCTIONS = ("gcd", "lcm", "isqrt", "factorial", "comb", "perm")


def by_float(python_row, only=None):
    """Python's row for the numbers that __float__ gives; `only`: the one kind that has the method it needs."""

    def row(machine, arguments, instruction):
        found = mixed_numbers(machine, arguments)
        if found is None or only is not None and any(value.kind != only for value in found):
            return None
        converted = [value if value.kind in scalar_kinds.WEAK else v.Num("float", scalar_kinds.as_double(machine, value))
                     for value in found]
        return python_row(machine, converted, instruction)

    return row


def by_index(python_row):
    """Python's row for the ints that __index__ gives."""

    def row(machine, arguments, instruction):
        found = mixed_numbers(machine, arguments)
        if found is None or not all(scalar_kinds.is_integer(value.kind) for value in found):
            return None
        return python_row(machine, [v.Num("int", scalar_kinds.stored(machine, value, "int64")) for value in found], instruction)

    return row


# ---- where functions.py looks

def behind(python_row, own_row):
    """Python's row first, the one of NumPy's scalars where it has no answer."""

    def row(machine, arguments, instruction):
        found = python_row(machine, arguments, instruction)
        return own_row(machine, arguments, instruction) if found is None else found

    return row


LATE = {}               # module of C that is the program's to import -> rows by the names of its functions


def late(function):
    """The row of a function of such a module, or None."""
    rows = LATE.get(function.__module__) if type(function.__module__) is str and type(function.__self__) is ModuleType else None
    return None if rows is None else rows.get(function.__name__)


class Rows(dict):
    """Rows by id of the function that they stand for."""

    def get(self, key, default=None):
        found = dict.get(self, key)
        return numpy_rows().get(key, default) if found is None else found

    def of(self, function):
        """The row of one of the program's functions, or None."""
        found = self.get(id(function))
        if found is None and type(function) is BuiltinFunctionType:
            known = getattr(math, function.__name__, None)      # the program may have imported math, or imported it anew, since
            found = self.get(id(known)) if same_function(known, function) else None
            return found[1] if found is not None else late(function)
        return found[1] if found is not None and found[0] is function else None

    def put_behind(self, target, converting):
        """Where Python's row of a function has no answer, the same row over converted arguments has."""
        python_row = self[id(target)][1]
        self[id(target)] = (target, behind(python_row, converting(python_row)))

    def extend(self):
        """Put the rows of NumPy's scalars behind Python's."""
        for name in FLOAT_FUNCTIONS:
            only = "float64" if name == "trunc" else None
            self.put_behind(getattr(math, name), lambda python_row: by_float(python_row, only))
        for name in INT_FUNCTIONS:
            self.put_behind(getattr(math, name), by_index)
        for key, (target, own_row) in BUILTIN_ROWS.items():
            python_row = self[key][1]
            self[key] = (target, behind(python_row, own_row))


__all__ = ["LATE", "Rows", "numpy_rows", "registering"]
