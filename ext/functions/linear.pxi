# Linear algebra: the functions that NumPy's own call, which call LAPACK.

cdef object STRICT = None        # a state in which invalid operations raise and others are ignored, as numpy.linalg's


cdef object computed(object function, tuple operands, str signature):
    global STRICT
    if STRICT is None:
        STRICT = make_state(invalid="raise", over="ignore", divide="ignore", under="ignore")
    before = state.set(STRICT)
    try:
        return function(*operands, signature=signature)
    finally:
        state.reset(before)


cdef tuple kind_of(object a, object b):
    """(whether it is computed in complex numbers, the kind of the result)"""
    cdef bint double = False, is_complex = False
    for one in (a,) if b is None else (a, b):
        char = one.dtype.char
        if char not in "dfDF" and one.dtype.kind not in "iub":
            left_to_numpy()
        double |= char not in "fF"
        is_complex |= char in "DF"
    return is_complex, (complex128 if double else complex64) if is_complex else float64 if double else float32


cdef int is_square(object a) except -1:
    if a.ndim < 2 or a.shape[a.ndim - 1] != a.shape[a.ndim - 2]:
        left_to_numpy()
    return 0


def solve(a, b):
    is_square(a)
    is_complex, kind = kind_of(a, b)
    found = computed(linear.solve1 if b.ndim == 1 else linear.solve, (a, b), "DD->D" if is_complex else "dd->d")
    return found.astype(kind, copy=False)


def inv(a):
    is_square(a)
    is_complex, kind = kind_of(a, None)
    return computed(linear.inv, (a,), "D->D" if is_complex else "d->d").astype(kind, copy=False)


def det(a):
    is_square(a)
    is_complex, kind = kind_of(a, None)
    return linear.det(a, signature="D->D" if is_complex else "d->d").astype(kind, copy=False)


def cholesky(a):
    is_square(a)
    is_complex, kind = kind_of(a, None)
    return computed(linear.cholesky_lo, (a,), "D->D" if is_complex else "d->d").astype(kind, copy=False)


def norm(x, ord=None, axis=None):
    """The square root of the sum of squares, or of a vector the sum or the largest or least of absolute values."""
    if x.dtype.kind not in "fc":
        x = x.astype(float64)
    if axis is None and (ord is None or ord == 2 and x.ndim == 1):
        x = x.ravel(order="K")
        if x.dtype.kind == "c":
            return core.sqrt(x.real.dot(x.real) + x.imag.dot(x.imag))
        return core.sqrt(x.dot(x))
    if axis is None and x.ndim != 1:
        left_to_numpy()
    axis = 0 if axis is None else axis
    if ord is None or ord == 2:
        return core.sqrt(add.reduce((x.conj() * x).real, axis=axis))
    if ord == float("inf"):
        return core.maximum.reduce(abs(x), axis=axis, initial=0)
    if ord == -float("inf"):
        return core.minimum.reduce(abs(x), axis=axis)
    return add.reduce(abs(x), axis=axis) if ord == 1 else left_to_numpy()


def cross(a, b):
    if a.shape[a.ndim - 1] != 3 or b.shape[b.ndim - 1] != 3:
        left_to_numpy()
    kind = core.promote_types(a.dtype, b.dtype)
    made = empty((*core.broadcast(a[..., 0], b[..., 0]).shape, 3), kind)
    a, b = a.astype(kind), b.astype(kind)
    a0, a1, a2, b0, b1, b2 = a[..., 0], a[..., 1], a[..., 2], b[..., 0], b[..., 1], b[..., 2]
    c0, c1, c2 = made[..., 0], made[..., 1], made[..., 2]
    multiply(a1, b2, out=c0)
    product = array(multiply(a2, b1))
    c0 -= product
    multiply(a2, b0, out=c1)
    multiply(a0, b2, out=product)
    c1 -= product
    multiply(a0, b1, out=c2)
    multiply(a1, b0, out=product)
    c2 -= product
    return made.transpose(list(range(made.ndim)))


def kron(a, b):
    cdef Py_ssize_t rank = a.ndim, place
    if a.ndim != b.ndim:
        left_to_numpy()
    left, right = [], []
    for place in range(rank):
        left += [a.shape[place], 1]
        right += [1, b.shape[place]]
    made = multiply(a.reshape(left), b.reshape(right))
    return made.reshape([a.shape[place] * b.shape[place] for place in range(rank)])
