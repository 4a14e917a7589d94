# cython: language_level=3, binding=False, embedsignature=False, annotation_typing=False
"""Functions that NumPy has in Python, made of its C code: what np.roll, np.stack and the like give, without a frame of Python's.

Native code calls them where tables/whole_calls.py says so, with arrays of NumPy's own class and numbers of the kinds in its rows.  They give what NumPy
gives, memory layout included; where it would warn or raise they raise something, nobody hears of it, and the interpreter calls NumPy's function.
Nothing here calls Python code; arguments are never changed.
"""

import numpy._core._multiarray_umath as core
from numpy.linalg import _umath_linalg as linear

cdef object add = core.add, multiply = core.multiply, subtract = core.subtract, divide = core.divide, concatenate = core.concatenate
cdef object empty = core.empty, zeros = core.zeros, empty_like = core.empty_like, arange = core.arange, copyto = core.copyto, as_array = core.asarray, array = core.array
cdef object float64 = core.dtype("float64").type, int64 = core.dtype("int64").type, float32 = core.dtype("float32").type
cdef object complex128 = core.dtype("complex128").type, complex64 = core.dtype("complex64").type, bools = core.dtype("bool")
cdef object state = core._extobj_contextvar, make_state = core._make_extobj
cdef slice everything = slice(None)


class LeftToNumPy(Exception):
    """What NumPy warns of, raises, or does in a way that isn't done here."""


cdef object left_to_numpy():
    raise LeftToNumPy


cdef Py_ssize_t axis_of(Py_ssize_t axis, Py_ssize_t rank) except -1:
    if not -rank <= axis < rank:
        left_to_numpy()
    return axis + rank if axis < 0 else axis


cdef tuple along(Py_ssize_t rank, Py_ssize_t axis, object part):
    """What a[:, ..., part, ..., :] is made of."""
    cdef list parts = [everything] * rank
    parts[axis] = part
    return tuple(parts)


cdef bint any_of(object a):
    return bool(core.logical_or.reduce(a, None))


cdef bint all_of(object a):
    return bool(core.logical_and.reduce(a, None))


include "shapes.pxi"
include "made.pxi"
include "sums.pxi"
include "compared.pxi"
include "linear.pxi"
include "decompositions.pxi"
include "statistics.pxi"
include "rearranged.pxi"
include "transforms.pxi"
