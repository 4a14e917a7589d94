# Fourier transforms along one axis: numpy.fft's functions, which call generalised ufuncs.

from sys import modules as loaded


cdef object transform(str name):
    """A function of numpy.fft's C code, which is loaded once the program has numpy.fft."""
    return getattr(loaded["numpy.fft._pocketfft_umath"], name)


cdef object factor_of(object norm, Py_ssize_t n, bint is_forward, object kind):
    """What the result is multiplied by, a number of this kind or 1."""
    if not (norm is None or norm == "backward" or norm == "ortho" or norm == "forward"):
        left_to_numpy()
    if norm == "ortho":
        return core.reciprocal(core.sqrt(n, dtype=kind))
    if (norm == "forward") == is_forward:
        return core.reciprocal(n, dtype=kind)
    return 1


cdef object transformed(object function, object a, object n_out, object axis, object factor, object kind):
    """Arrays that lie in the order of their axes: in which one else the result lies depends on NumPy's version."""
    cdef Py_ssize_t place = axis_of(axis, a.ndim)
    if a.ndim > 1 and not a.flags.c_contiguous:
        left_to_numpy()
    shape = a.shape
    made = empty((*shape[:place], n_out, *shape[place + 1:]), kind)
    if place == a.ndim - 1:
        return function(a, factor, out=made)
    return function(a, factor, axes=[(place,), (), (place,)], out=made)


cdef Py_ssize_t length_of(object a, object n, object axis, bint halved) except -1:
    """Points of the transform."""
    if n is None:
        n = a.shape[axis_of(axis, a.ndim)]
        n = 2 * (n - 1) if halved else n
    if type(n) is not int or n < 1:
        left_to_numpy()
    return n


cdef tuple kinds_of(object a):
    """Of real numbers and of complex ones."""
    cdef str char = a.dtype.char
    if char not in "dfDF" and a.dtype.kind not in "iub" or a.ndim == 0:
        left_to_numpy()
    return (float32, complex64) if char in "fF" else (float64, complex128)


def fft(a, n=None, axis=-1, norm=None):
    real, is_complex = kinds_of(a)
    points = length_of(a, n, axis, False)
    return transformed(transform("fft"), a, points, axis, factor_of(norm, points, True, real), is_complex)


def ifft(a, n=None, axis=-1, norm=None):
    real, is_complex = kinds_of(a)
    points = length_of(a, n, axis, False)
    return transformed(transform("ifft"), a, points, axis, factor_of(norm, points, False, real), is_complex)


def rfft(a, n=None, axis=-1, norm=None):
    real, is_complex = kinds_of(a)
    if a.dtype.kind == "c":
        left_to_numpy()
    points = length_of(a, n, axis, False)
    return transformed(transform("rfft_n_odd" if points % 2 else "rfft_n_even"), a, points // 2 + 1, axis, factor_of(norm, points, True, real), is_complex)


def irfft(a, n=None, axis=-1, norm=None):
    real, is_complex = kinds_of(a)
    points = length_of(a, n, axis, True)
    return transformed(transform("irfft"), a, points, axis, factor_of(norm, points, False, real), real)


cdef object over_axes(object function, object a, Py_ssize_t count):
    """Along so many of the last axes, the last one first."""
    cdef Py_ssize_t place
    for place in range(1, count + 1):
        a = function(a, axis=-place)
    return a if count else left_to_numpy()


def fft2(a):
    return over_axes(fft, a, 2)


def ifft2(a):
    return over_axes(ifft, a, 2)


def fftn(a):
    return over_axes(fft, a, a.ndim)


def ifftn(a):
    return over_axes(ifft, a, a.ndim)
