# Arrays with more, fewer or other elements; what lies beside one another.

cdef tuple widths_of(object width, Py_ssize_t rank):
    """((before, behind) of each axis): one number for all, or two."""
    pair = (width, width) if type(width) is int else width
    if type(pair) is not tuple or len(pair) != 2 or type(pair[0]) is not int or type(pair[1]) is not int or min(pair) < 0:
        left_to_numpy()
    return (pair,) * rank


cdef tuple inner_area(object a, tuple widths, Py_ssize_t first):
    """Where the elements of `a` lie, along the axes from `first` on."""
    return tuple([everything if axis < first else slice(before, before + a.shape[axis]) for axis, (before, _) in enumerate(widths)])


def pad(array, pad_width, mode="constant"):
    """With zeros, or with what lies at the edges."""
    cdef Py_ssize_t rank = array.ndim, axis, length
    if mode not in ("constant", "edge") or rank == 0 or mode == "edge" and array.size == 0:
        left_to_numpy()
    widths = widths_of(pad_width, rank)
    padded = empty([before + array.shape[axis] + behind for axis, (before, behind) in enumerate(widths)], array.dtype, order="F" if array.flags.fnc else "C")
    padded[inner_area(array, widths, 0)] = array
    for axis in range(rank):
        before, behind = widths[axis]
        area, length = padded[inner_area(array, widths, axis + 1)], padded.shape[axis]
        first, last = (0, 0) if mode == "constant" else (area[along(rank, axis, slice(before, before + 1))], area[along(rank, axis, slice(length - behind - 1, length - behind))])
        area[along(rank, axis, slice(None, before))] = first
        area[along(rank, axis, slice(length - behind, None))] = last
    return padded


cdef tuple with_axis(object a, object axis):
    """(the array, in one axis where none is said; the axis from the front)"""
    if axis is None:
        return a if a.ndim == 1 else a.ravel(), 0
    return a, axis_of(axis, a.ndim)


def insert(arr, Py_ssize_t obj, values, axis=None):
    """At one place."""
    cdef Py_ssize_t rank, length, more
    order = "F" if arr.flags.fnc else "C"
    arr, axis = with_axis(arr, axis)
    rank, length = arr.ndim, arr.shape[axis]
    if not -length <= obj <= length:
        left_to_numpy()
    obj += length if obj < 0 else 0
    values = array(values, copy=None, ndmin=rank, dtype=arr.dtype)
    values = values if axis == 0 else values.transpose([*range(1, axis + 1), 0, *range(axis + 1, rank)])
    more = values.shape[axis]
    made = empty([arr.shape[place] + (more if place == axis else 0) for place in range(rank)], arr.dtype, order)
    made[along(rank, axis, slice(None, obj))] = arr[along(rank, axis, slice(None, obj))]
    made[along(rank, axis, slice(obj, obj + more))] = values
    made[along(rank, axis, slice(obj + more, None))] = arr[along(rank, axis, slice(obj, None))]
    return made


def delete(arr, Py_ssize_t obj, axis=None):
    """Of one place."""
    cdef Py_ssize_t rank, length
    order = "F" if arr.flags.fnc else "C"
    arr, axis = with_axis(arr, axis)
    rank, length = arr.ndim, arr.shape[axis]
    if not -length <= obj < length:
        left_to_numpy()
    obj += length if obj < 0 else 0
    made = empty([arr.shape[place] - (1 if place == axis else 0) for place in range(rank)], arr.dtype, order)
    made[along(rank, axis, slice(None, obj))] = arr[along(rank, axis, slice(None, obj))]
    made[along(rank, axis, slice(obj, None))] = arr[along(rank, axis, slice(obj + 1, None))]
    return made


def take_along_axis(arr, indices, Py_ssize_t axis=-1):
    cdef Py_ssize_t rank = arr.ndim, place
    axis = axis_of(axis, rank)
    if indices.ndim != rank or indices.dtype.kind not in "iu":
        left_to_numpy()
    chosen = []
    for place in range(rank):
        chosen.append(indices if place == axis else arange(arr.shape[place]).reshape([-1 if other == place else 1 for other in range(rank)]))
    return arr[tuple(chosen)]


def array_split(ary, Py_ssize_t indices_or_sections, Py_ssize_t axis=0):
    cdef Py_ssize_t length, each, more, place, start = 0, end
    cdef list parts = []
    if indices_or_sections <= 0:
        left_to_numpy()
    axis = axis_of(axis, ary.ndim)
    length = ary.shape[axis]
    each, more = length // indices_or_sections, length % indices_or_sections
    ary = ary.swapaxes(axis, 0)
    for place in range(indices_or_sections):
        end = start + each + (place < more)
        parts.append(ary[start:end].swapaxes(axis, 0))
        start = end
    return parts


def partition(a, kth, axis=-1):
    made = a.flatten() if axis is None else a.copy(order="K")
    made.partition(kth, axis=-1 if axis is None else axis)
    return made


def broadcast_to(array, shape):
    cdef Py_ssize_t one
    shape = (shape,) if type(shape) is int else shape
    for one in shape:
        if one < 0:
            left_to_numpy()
    if len(shape) == 0 or array.ndim == 0:
        left_to_numpy()
    walk = core.nditer((array,), flags=["multi_index", "refs_ok", "zerosize_ok"], op_flags=["readonly"], itershape=shape, order="C")
    made = walk.itviews[0]
    walk.close()
    return made


def ediff1d(ary):
    ary = ary.ravel()
    return ary[1:] - ary[:-1]


def unwrap(p, Py_ssize_t axis=-1):
    """Of float64, by half turns."""
    cdef double period = 6.283185307179586
    if p.dtype.type is not float64 or p.ndim == 0:
        left_to_numpy()
    axis = axis_of(axis, p.ndim)
    steps = differences(p, axis)
    turned = core.remainder(steps - -(period / 2), period) + -(period / 2)
    copyto(turned, period / 2, where=(turned == -(period / 2)) & (steps > 0))
    change = turned - steps
    copyto(change, 0, where=abs(steps) < period / 2)
    made, behind = array(p, copy=True), along(p.ndim, axis, slice(1, None))
    made[behind] = p[behind] + change.cumsum(axis)
    return made


def vander(x, N=None):
    if x.ndim != 1:
        left_to_numpy()
    N = len(x) if N is None else N
    if N < 0:
        left_to_numpy()
    made = empty((len(x), N), core.promote_types(x.dtype, int64))
    turned = made[:, ::-1]
    if N > 0:
        turned[:, 0] = 1
    if N > 1:
        turned[:, 1:] = x[:, None]
        multiply.accumulate(turned[:, 1:], out=turned[:, 1:], axis=1)
    return made


def logspace(start, stop, num=50, endpoint=True):
    return core.power(10.0, linspace(start, stop, num, endpoint))


def indices(dimensions):
    """Of each place, what it is along each axis."""
    cdef Py_ssize_t rank, place
    dimensions = tuple(dimensions)
    rank = len(dimensions)
    for place in dimensions:
        if place < 0:
            left_to_numpy()
    made = empty((rank, *dimensions), int64)
    for place in range(rank):
        made[place] = arange(dimensions[place]).reshape([dimensions[place] if other == place else 1 for other in range(rank)])
    return made


def tensordot(a, b, Py_ssize_t axes=2):
    """Over the last axes of one and the first ones of the other."""
    cdef Py_ssize_t summed = 1, rows = 1, columns = 1, place
    if not 0 <= axes <= min(a.ndim, b.ndim) or a.shape[a.ndim - axes:] != b.shape[:axes]:
        left_to_numpy()
    left, right = a.shape[:a.ndim - axes], b.shape[axes:]
    for place in b.shape[:axes]:
        summed *= place
    for place in left:
        rows *= place
    for place in right:
        columns *= place
    found = core.dot(a.transpose(list(range(a.ndim))).reshape((rows, summed)), b.transpose(list(range(b.ndim))).reshape((summed, columns)))
    return found.reshape([*left, *right])


def fftshift(x, backwards=False):
    """Of one axis."""
    cdef Py_ssize_t half
    if x.ndim != 1:
        left_to_numpy()
    half = len(x) // 2
    return roll(x, -half if backwards else half, 0)


def ifftshift(x):
    return fftshift(x, True)


def sinc(x):
    if x.dtype.type is not float64:
        left_to_numpy()
    x = 3.141592653589793 * x
    y = core.where(x, x, 2.220446049250313e-16)
    return core.sin(y) / y
