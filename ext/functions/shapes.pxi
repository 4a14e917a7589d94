# Arrays joined, turned, repeated.

def roll(a, Py_ssize_t shift, axis=None):
    cdef Py_ssize_t place, length
    if axis is None and a.ndim != 1:
        return roll(a.ravel(), shift, 0).reshape(a.shape)
    place = 0 if axis is None else axis_of(axis, a.ndim)
    length = a.shape[place]
    result = empty_like(a)
    shift = shift % length if length else 0
    if shift == 0:
        result[...] = a
    else:
        result[along(a.ndim, place, slice(shift, None))] = a[along(a.ndim, place, slice(None, -shift))]
        result[along(a.ndim, place, slice(None, shift))] = a[along(a.ndim, place, slice(-shift, None))]
    return result.reshape(a.shape) if axis is None else result


def flip(m, axis=None):
    if axis is None:
        return m[(slice(None, None, -1),) * m.ndim]
    return m[along(m.ndim, axis_of(axis, m.ndim), slice(None, None, -1))]


def fliplr(m):
    return m[:, ::-1]


def flipud(m):
    return m[::-1, ...]


def hstack(tup):
    return concatenate(tup, 0 if tup[0].ndim == 1 else 1)


def vstack(tup):
    return concatenate([one[None, :] if one.ndim == 1 else one for one in tup], 0)


def column_stack(tup):
    return concatenate([array(one, copy=None, subok=True, ndmin=2).T if one.ndim < 2 else one for one in tup], 1)


def dstack(tup):
    return concatenate([one[None, :, None] if one.ndim == 1 else one[:, :, None] if one.ndim == 2 else one for one in tup], 2)


def stack(arrays, Py_ssize_t axis=0):
    cdef Py_ssize_t rank = arrays[0].ndim + 1
    axis = axis_of(axis, rank)
    for one in arrays:
        if one.shape != arrays[0].shape:
            left_to_numpy()
    key = (everything,) * axis + (None,)
    return concatenate([one[key] for one in arrays], axis=axis)


def append(arr, values, axis=None):
    if axis is None:
        arr = arr if arr.ndim == 1 else arr.ravel()
        values, axis = core.asanyarray(values).ravel(), 0
    return concatenate((arr, values), axis=axis)


def outer(a, b):
    return multiply(a.ravel()[:, None], b.ravel()[None, :])


def expand_dims(a, Py_ssize_t axis):
    cdef list shape = list(a.shape)
    shape.insert(axis_of(axis, a.ndim + 1), 1)
    return a.reshape(shape)


def moveaxis(a, Py_ssize_t source, Py_ssize_t destination):
    cdef list order = list(range(a.ndim))
    source, destination = axis_of(source, a.ndim), axis_of(destination, a.ndim)
    order.remove(source)
    order.insert(destination, source)
    return a.transpose(order)


def atleast_1d(a):
    return a


def atleast_2d(a):
    return a[None, :] if a.ndim == 1 else a


def tile(a, reps):
    cdef tuple counts = reps if type(reps) is tuple else (reps,)
    cdef Py_ssize_t size
    if all([count == 1 for count in counts]):
        return array(a, copy=True, subok=True, ndmin=len(counts))
    made = array(a, copy=None, subok=True, ndmin=len(counts))
    counts = (1,) * (made.ndim - len(counts)) + counts
    shape = tuple([side * count for side, count in zip(made.shape, counts)])
    size = made.size
    if size > 0:
        for side, count in zip(made.shape, counts):
            if count != 1:
                made = made.reshape(-1, size).repeat(count, 0)
            size //= side
    return made.reshape(shape)


def rot90(m, Py_ssize_t k=1):
    if m.ndim != 2:
        left_to_numpy()
    k %= 4
    if k == 0:
        return m[:]
    if k == 2:
        return m[::-1, :][:, ::-1]
    return m[:, ::-1].transpose((1, 0)) if k == 1 else m.transpose((1, 0))[:, ::-1]


def split(a, Py_ssize_t sections, Py_ssize_t axis=0):
    """A list of views."""
    cdef Py_ssize_t length = a.shape[axis], each, place
    if sections <= 0 or length % sections:
        left_to_numpy()
    each, turned = length // sections, a.swapaxes(axis, 0)
    return [turned[place * each:(place + 1) * each].swapaxes(axis, 0) for place in range(sections)]


def meshgrid(x, y):
    if x.ndim != 1 or y.ndim != 1:
        left_to_numpy()
    shape = (len(y), len(x))
    wide, high = empty(shape, x.dtype), empty(shape, y.dtype)
    wide[...], high[...] = x[None, :], y[:, None]
    return wide, high
