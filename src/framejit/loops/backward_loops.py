"""Whether NumPy hands its loops operands that lie backwards as ext/nest_backwards.c has it: some functions give other bits for those.

    np.exp(x[::-1])             one axis: as it lies
    np.exp(m[:, ::-1])          short rows are copied first, and lie forwards then
"""

import functools

from framejit.loops import ufuncs
from framejit.tables.whole_calls import FUNCTION

SHAPES = {(3, 100): False, (2, 1000): False, (3, 5000): True, (1, 700): True, (4, 3, 150): False}      # of m[..., ::-1] -> whether it is handed so
FUNCTIONS = ("exp", "arcsinh", "expm1", "cbrt", "tan")


@functools.cache
def are_handed_as_they_lie():
    """Not where no function shows it."""
    make, found = ufuncs.of_core(FUNCTION, "arange"), [ufuncs.ufunc(name) for name in FUNCTIONS]
    if make is None or None in found:
        return False
    rows = {shape: make(functools.reduce(int.__mul__, shape)) * 0.7548776662466927 % 1.0 * 3.0 + 0.01 for shape in SHAPES}
    return any([differs(function, row) for function in found for row in rows.values()]) \
        and all([agrees(function, rows[shape], shape, handed) for function in found for shape, handed in SHAPES.items()])


def differs(function, row):
    return function(row[::-1]).tobytes() != function(row)[::-1].tobytes()


def agrees(function, row, shape, handed):
    """Whether a function gives for a matrix what it gives for its elements in a row, backwards or not."""
    expected = function(row[::-1] if handed else row[::-1].copy()).reshape(shape)
    found = function(row.reshape(shape)[..., ::-1])
    return found[(slice(None, None, -1),) * (len(shape) - 1)].tobytes() == expected.tobytes()


__all__ = ["are_handed_as_they_lie"]
