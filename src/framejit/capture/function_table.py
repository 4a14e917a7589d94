"""The table of functions that are compiled in place, and what their rows share.

A row takes (machine, argument values, instruction) and gives the result, or None for a plain call-out.  Nothing may
have happened when it gives None or leaves.
"""

from framejit.capture import complex_numbers, complex_scalars, numbers
from framejit.capture.scalar_functions import Rows, registering
from framejit.tables.types import PAIR

FUNCTIONS = Rows()
PYTHON = ("int", "float", "bool")

function = registering(FUNCTIONS)


def python_numbers(machine, arguments):
    """All arguments as Python numbers, or None."""
    found = [numbers.number(machine, argument) for argument in arguments]
    return None if any(value is None or value.kind not in PYTHON for value in found) else found


def python_number(machine, arguments):
    """The only argument as a Python number, or None."""
    found = python_numbers(machine, arguments)
    return found[0] if found is not None and len(found) == 1 else None


def rules_of(machine, found):
    """What computes with these numbers: Python's rules for real or for complex ones, or those of NumPy's scalars."""
    if complex_scalars.concerns(found):
        return complex_scalars
    if any([value.kind == PAIR for value in found]):
        return complex_numbers
    return numbers if all([value.kind in PYTHON for value in found]) else machine.scalar_rules


def python_int(machine, value):
    found = numbers.number(machine, value)
    return found if found is not None and found.kind in ("int", "bool") else None


def counted(machine):
    """The interpreter counts calls of C functions, too."""
    if machine.routine is not None:
        machine.guard(machine.emit("icmp_sgt", machine.levels(), machine.int(0)), "recursion")


__all__ = ["counted", "FUNCTIONS", "PYTHON", "function", "python_numbers", "python_number", "python_int", "rules_of"]
