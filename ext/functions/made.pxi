# New arrays.

cdef object filled(object made, object number):
    copyto(made, number, casting="unsafe")
    return made


def ones(shape, dtype=None):
    return filled(empty(shape, dtype), 1)


def full(shape, fill_value, dtype=None):
    return filled(empty(shape, as_array(fill_value).dtype if dtype is None else dtype), fill_value)


def ones_like(a, dtype=None):
    return filled(empty_like(a, dtype=dtype), 1)


def full_like(a, fill_value, dtype=None):
    return filled(empty_like(a, dtype=dtype), fill_value)


def eye(N, M=None, Py_ssize_t k=0, dtype=float64):
    cdef Py_ssize_t columns = N if M is None else M
    made = zeros((N, columns), dtype=dtype)
    if -len(made) < k < columns:
        made[:columns - k].flat[(k if k >= 0 else -k * columns)::columns + 1] = 1
    return made


def identity(n, dtype=None):
    return eye(n, dtype=dtype)


def linspace(start, stop, Py_ssize_t num=50, endpoint=True):
    """Of two numbers; NumPy's steps one by one, for their roundings."""
    cdef Py_ssize_t parts = num - 1 if endpoint else num
    if num < 0 or not {type(start), type(stop)} <= {float, int, float64, int64}:
        left_to_numpy()
    start, stop = as_array(start), as_array(stop)
    delta = subtract(stop, start, dtype=float64)
    y = arange(0, num, dtype=float64).reshape((-1,))
    if parts > 0:
        step = delta / parts
        if step == 0:
            y /= parts
            y *= delta
        else:
            y *= step
    else:
        y = y * delta
    y += start
    if endpoint and num > 1:
        y[-1, ...] = stop
    return y


cdef object lower(object m, Py_ssize_t k):
    """Which elements of a matrix lie on or below a diagonal."""
    cdef Py_ssize_t rows = m.shape[m.ndim - 2], columns = m.shape[m.ndim - 1]
    return core.greater_equal.outer(arange(rows), arange(-k, columns - k))


def tril(m, Py_ssize_t k=0):
    if m.ndim < 2:
        left_to_numpy()
    return core.where(lower(m, k), m, zeros(1, m.dtype))


def triu(m, Py_ssize_t k=0):
    if m.ndim < 2:
        left_to_numpy()
    return core.where(lower(m, k - 1), zeros(1, m.dtype), m)


def tri(Py_ssize_t N, M=None, Py_ssize_t k=0):
    return core.greater_equal.outer(arange(N), arange(-k, (N if M is None else M) - k)).astype(float64, copy=False)


def diag(v, Py_ssize_t k=0):
    cdef Py_ssize_t side
    if v.ndim == 2:
        return v.diagonal(k)
    if v.ndim != 1:
        left_to_numpy()
    side = len(v) + abs(k)
    made = zeros((side, side), v.dtype)
    made[:side - k].flat[(k if k >= 0 else -k * side)::side + 1] = v
    return made


def sort(a, axis=-1, kind=None):
    made = a.flatten() if axis is None else a.copy(order="K")
    made.sort(axis=-1 if axis is None else axis, kind=kind)
    return made


def real(val):
    return val.real


def imag(val):
    return val.imag


def argwhere(a):
    return as_array(a.nonzero()).transpose()


def flatnonzero(a):
    return a.ravel().nonzero()[0]
