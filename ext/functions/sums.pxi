# Differences, sums, averages.

cdef object differences(object a, Py_ssize_t axis):
    difference = core.not_equal if a.dtype == bools else subtract
    return difference(a[along(a.ndim, axis, slice(1, None))], a[along(a.ndim, axis, slice(None, -1))])


def diff(a, Py_ssize_t n=1, Py_ssize_t axis=-1):
    if n < 1:
        left_to_numpy()
    axis = axis_of(axis, a.ndim)
    for _ in range(n):
        a = differences(a, axis)
    return a


def ptp(a, axis=None):
    return subtract(core.maximum.reduce(a, axis), core.minimum.reduce(a, axis))


def trapezoid(y, x=None, dx=1.0, Py_ssize_t axis=-1):
    cdef list shape = [1] * y.ndim
    axis = axis_of(axis, y.ndim)
    d = dx
    if x is not None and x.ndim != 1 and x.ndim != y.ndim:
        left_to_numpy()
    if x is not None:
        d = differences(x, (0 if x.ndim == 1 else axis))
        if x.ndim == 1:
            shape[axis] = d.shape[0]
            d = d.reshape(shape)
    return add.reduce(d * (y[along(y.ndim, axis, slice(1, None))] + y[along(y.ndim, axis, slice(None, -1))]) / 2.0, axis)


cdef object gradient_along(object f, object dx, Py_ssize_t axis, object kind):
    cdef Py_ssize_t rank = f.ndim
    if f.shape[axis] < 2:
        left_to_numpy()
    out = empty_like(f, dtype=kind)
    out[along(rank, axis, slice(1, -1))] = (f[along(rank, axis, slice(2, None))] - f[along(rank, axis, slice(None, -2))]) / (2.0 * dx)
    out[along(rank, axis, 0)] = (f[along(rank, axis, 1)] - f[along(rank, axis, 0)]) / dx
    out[along(rank, axis, -1)] = (f[along(rank, axis, -1)] - f[along(rank, axis, -2)]) / dx
    return out


def gradient(f, dx=1.0):
    """With one distance for all axes."""
    kind = f.dtype
    if kind.kind in "iu":
        f, kind = f.astype(float64), core.dtype("float64")
    elif kind.kind not in "fc":
        left_to_numpy()
    if f.ndim == 1:
        return gradient_along(f, dx, 0, kind)
    return tuple([gradient_along(f, dx, place, kind) for place in range(f.ndim)])


cdef object without_nans(object a, object number):
    """(a copy of it with a number in the place of each NaN, where they were; None: there are none in such arrays)"""
    if a.dtype.kind not in "fc":
        return a, None
    mask = core.isnan(a)
    a = array(a, subok=True, copy=True)
    copyto(a, number, where=mask)
    return a, mask


def nansum(a, axis=None):
    return add.reduce(without_nans(a, 0)[0], axis)


def nanmean(a, axis=None):
    found, mask = without_nans(a, 0)
    if mask is None:
        left_to_numpy()
    count, total = add.reduce(~mask, axis, int64), add.reduce(found, axis)
    if any_of(count == 0):
        left_to_numpy()
    if type(total) is core.ndarray:
        return divide(total, count, out=total, casting="unsafe")
    return total.dtype.type(total / count)


def median(a, axis=None):
    """What is asked for is what NumPy asks for: of equal elements, and of NaNs, the same ones come to these places."""
    cdef bint floating = a.dtype.type is float64 or a.dtype.type is float32
    cdef Py_ssize_t place = 0 if axis is None else axis_of(axis, a.ndim), size = a.size if axis is None else a.shape[place], half = size >> 1
    if a.size == 0 or not (floating or a.dtype.kind in "iu"):
        left_to_numpy()
    found = partition(a, ([half] if size & 1 else [half - 1, half]) + [-1] * floating, axis)
    middle = found[along(found.ndim, place, slice(half - 1 + (size & 1), half + 1))]
    total = add.reduce(middle, axis=place, dtype=None if floating else float64)     # of two infinities, which NumPy warns of, whatever is behind them
    last = found.take(-1, axis=place)
    if type(total) is not core.ndarray:
        return last if last != last else total.dtype.type(total / middle.shape[place])
    divide(total, middle.shape[place], out=total, casting="unsafe")
    if floating:
        copyto(total, last, where=core.isnan(last))
    return total


def average(a, weights):
    """Of all elements, with as many weights of the same kind."""
    if weights.shape != a.shape or a.dtype != weights.dtype or a.dtype.type is not float64 and a.dtype.type is not float32:
        left_to_numpy()
    total = add.reduce(weights, None)
    if total == 0:
        left_to_numpy()
    return add.reduce(multiply(a, weights), None) / total


cdef object largest(object choice, object a, object axis):
    found = choice.reduce(a, axis=axis)
    return left_to_numpy() if any_of(core.isnan(found)) else found


def nanmax(a, axis=None):
    return largest(core.fmax, a, axis)


def nanmin(a, axis=None):
    return largest(core.fmin, a, axis)


def convolve(a, v, mode="full"):
    if a.ndim != 1 or v.ndim != 1 or len(a) == 0 or len(v) == 0:
        left_to_numpy()
    if len(v) > len(a):
        a, v = v, a
    return core.correlate(a, v[::-1], mode)


def correlate(a, v, mode="valid"):
    return core.correlate2(a, v, mode)


def polyval(p, x):
    if p.ndim != 1:
        left_to_numpy()
    x = core.asanyarray(x)
    y = filled(empty_like(x), 0)
    for factor in p:
        y = y * x + factor
    return y


cdef tuple SILENT = ("add", "subtract", "multiply", "minimum", "maximum", "bitwise_and", "bitwise_or", "bitwise_xor")      # of integers: nothing to raise


def at(ufunc, a, indices, b):
    """ufunc.at: what may warn or raise goes on in a copy first, for NumPy does when all is done."""
    if a.dtype.kind in "iub" and type(b) is core.ndarray and b.dtype == a.dtype and ufunc.__name__ in SILENT:
        ufunc.at(a, indices, b)
        return
    if not a.flags.forc or a.size > 4096 + 64 * indices.size or a.nbytes > 1 << 22:
        left_to_numpy()         # elements may lie on one another; or a copy takes longer than what is to be done
    made = a.copy()
    ufunc.at(made, indices, b)
    a[indices] = made[indices]
