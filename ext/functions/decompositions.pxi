# Decompositions: what LAPACK gives, as NumPy returns it.

from numpy.linalg import _linalg as named_results

cdef object EighResult = getattr(named_results, "EighResult", None), SVDResult = getattr(named_results, "SVDResult", None)
cdef object QRResult = getattr(named_results, "QRResult", None), SlogdetResult = getattr(named_results, "SlogdetResult", None)


cdef object named(object kind, tuple values):
    """A named tuple of these, made without the function in Python that its class has."""
    return tuple.__new__(kind, values) if kind is not None else left_to_numpy()


cdef object real_kind(object kind):
    return float32 if kind is float32 or kind is complex64 else float64


cdef object by_place(object UPLO, str lower, str upper):
    if UPLO != "L" and UPLO != "U":
        left_to_numpy()
    return getattr(linear, lower if UPLO == "L" else upper)


def eigh(a, UPLO="L"):
    is_square(a)
    is_complex, kind = kind_of(a, None)
    values, vectors = computed(by_place(UPLO, "eigh_lo", "eigh_up"), (a,), "D->dD" if is_complex else "d->dd")
    return named(EighResult, (values.astype(real_kind(kind), copy=False), vectors.astype(kind, copy=False)))


def eigvalsh(a, UPLO="L"):
    is_square(a)
    is_complex, kind = kind_of(a, None)
    values = computed(by_place(UPLO, "eigvalsh_lo", "eigvalsh_up"), (a,), "D->d" if is_complex else "d->d")
    return values.astype(real_kind(kind), copy=False)


def svd(a, full_matrices=True, compute_uv=True):
    if a.ndim < 2 or not hasattr(linear, "svd_f"):
        left_to_numpy()
    is_complex, kind = kind_of(a, None)
    if not compute_uv:
        return computed(linear.svd, (a,), "D->d" if is_complex else "d->d").astype(real_kind(kind), copy=False)
    u, s, vh = computed(linear.svd_f if full_matrices else linear.svd_s, (a,), "D->DdD" if is_complex else "d->ddd")
    return named(SVDResult, (u.astype(kind, copy=False), s.astype(real_kind(kind), copy=False), vh.astype(kind, copy=False)))


def qr(a, mode="reduced"):
    """Not of empty matrices."""
    cdef Py_ssize_t rows, columns, least
    if a.ndim < 2 or a.size == 0 or mode not in ("reduced", "complete", "r") or not hasattr(linear, "qr_r_raw"):
        left_to_numpy()
    rows, columns = a.shape[a.ndim - 2], a.shape[a.ndim - 1]
    least = min(rows, columns)
    is_complex, kind = kind_of(a, None)
    a = a.astype(complex128 if is_complex else float64, copy=True)
    factors = computed(linear.qr_r_raw, (a,), "D->D" if is_complex else "d->d")
    if mode == "r":
        return triu(a[..., :least, :]).astype(kind, copy=False)
    if mode == "complete" and rows > columns:
        least = rows
    q = computed(linear.qr_complete if least > columns else linear.qr_reduced, (a, factors), "DD->D" if is_complex else "dd->d")
    r = triu(a[..., :least, :])
    return named(QRResult, (q.astype(kind, copy=False), r.astype(kind, copy=False)))


cdef bint is_real(object rcond):
    return rcond is None or type(rcond) is float or type(rcond) is int


def lstsq(a, b, rcond=None):
    """Of a matrix, and a vector or a matrix, neither of them empty."""
    cdef Py_ssize_t rows, columns
    if a.ndim != 2 or not 1 <= b.ndim <= 2 or a.size == 0 or b.size == 0 or a.shape[0] != b.shape[0] or not is_real(rcond):
        left_to_numpy()
    if not (all_of(core.isfinite(a)) and all_of(core.isfinite(b))):
        left_to_numpy()         # LAPACK writes of NaNs to the standard error, each time that it is called
    rows, columns = a.shape[0], a.shape[1]
    is_complex, kind = kind_of(a, b)
    x, resids, rank, s = computed(linear.lstsq, (a, b[:, None] if b.ndim == 1 else b, 2.0 ** -52 * max(columns, rows) if rcond is None else rcond), "DDd->Ddid" if is_complex else "ddd->ddid")
    if b.ndim == 1:
        x = x.squeeze(axis=-1)
    if rank != columns or rows <= columns:
        resids = array([], real_kind(kind))
    return x.astype(kind, copy=True), resids.astype(real_kind(kind), copy=False), rank, s.astype(real_kind(kind), copy=False)


def pinv(a, rcond=None):
    """Of one matrix."""
    if a.ndim != 2 or a.size == 0 or not is_real(rcond):
        left_to_numpy()
    u, s, vt = svd(a.conjugate(), False)
    large = s > as_array(1e-15 if rcond is None else rcond)[..., None] * core.maximum.reduce(s, axis=-1, keepdims=True)
    s = divide(1, s, where=large, out=s)
    s[~large] = 0
    return core.matmul(vt.transpose(), multiply(s[..., None], u.transpose()))


def matrix_power(a, Py_ssize_t n):
    """With NumPy's order of products."""
    cdef object power = None, result = None
    is_square(a)
    if n < 2:
        left_to_numpy()
    if n <= 3:
        power = core.matmul(a, a)
        return power if n == 2 else core.matmul(power, a)
    while n > 0:
        power = a if power is None else core.matmul(power, power)
        if n & 1:
            result = power if result is None else core.matmul(result, power)
        n >>= 1
    return result


def slogdet(a):
    is_square(a)
    is_complex, kind = kind_of(a, None)
    sign, logarithm = linear.slogdet(a, signature="D->Dd" if is_complex else "d->dd")
    return named(SlogdetResult, (sign.astype(kind, copy=False), logarithm.astype(real_kind(kind), copy=False)))


def polyfit(x, y, Py_ssize_t deg):
    """In float64, of as many points as are needed."""
    if x.ndim != 1 or not 1 <= y.ndim <= 2 or len(x) == 0 or len(x) != len(y) or deg < 0:
        left_to_numpy()
    x, y = x + 0.0, y + 0.0
    if x.dtype.type is not float64 or y.dtype.type is not float64:
        left_to_numpy()
    powers = vander(x, deg + 1)
    scale = core.sqrt(add.reduce(powers * powers, axis=0))
    powers /= scale
    c, _, rank, _ = lstsq(powers, y, len(x) * 2.0 ** -52)
    if rank != deg + 1:
        left_to_numpy()
    return (c.transpose() / scale).transpose()
