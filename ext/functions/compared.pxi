# What is close, equal, in a range.

cdef object LARGEST = {"float64": 1.7976931348623157e308, "float32": 3.4028234663852886e38}


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    if not (core.isfinite(rtol) and core.isfinite(atol)):
        left_to_numpy()
    if isinstance(b, core.ndarray) or hasattr(b, "dtype"):
        b = core.asanyarray(b, dtype=core.result_type(b, 1.0))
    elif isinstance(b, int):
        b = float(b)
    before = state.set(make_state(invalid="ignore"))
    try:
        result = core.less_equal(abs(a - b), atol + rtol * abs(b)) & core.isfinite(b) | (a == b)
        if equal_nan:
            result |= core.isnan(a) & core.isnan(b)
    finally:
        state.reset(before)
    return result[()]


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return all_of(isclose(a, b, rtol, atol, equal_nan))


def array_equal(a1, a2):
    if a1.shape != a2.shape:
        return False
    return all_of(core.asanyarray(a1 == a2))


def nan_to_num(x, nan=0.0):
    if x.dtype.kind in "iub":
        return array(x, subok=True, copy=True)
    largest = LARGEST.get(x.dtype.name) or left_to_numpy()
    made = array(x, subok=True, copy=True)
    unknown, above, below = core.isnan(made), made == float("inf"), made == -float("inf")
    copyto(made, nan, where=unknown)
    copyto(made, largest, where=above)
    copyto(made, -largest, where=below)
    return made


def angle(z):
    return core.arctan2(z.imag, z.real) if z.dtype.kind == "c" else core.arctan2(0, z)


def digitize(x, bins, right=False):
    order = core._monotonicity(bins)
    side = "left" if right else "right"
    if order == 0 or core.asanyarray(x).dtype.kind == "c":
        left_to_numpy()
    if order == -1:
        return len(bins) - bins[::-1].searchsorted(x, side)
    return bins.searchsorted(x, side)
