"""All functions that are compiled in place: the rows of Python's, with those for NumPy's scalars behind them."""

from framejit.capture import bound_methods, byte_methods, complex_functions, deques, dictionaries, formats, heaps, instance_checks, iterator_functions, list_methods, list_parts, made_iterators, made_slices, math_functions, more_math, named_attributes, number_functions, operator_functions, table_methods, walks  # noqa: F401 (they fill the table)
from framejit.capture.function_table import FUNCTIONS

FUNCTIONS.extend()

__all__ = ["FUNCTIONS"]
