# Quantiles, histograms, covariances, what is left without NaNs.

cdef double LEAST = 2.2250738585072014e-308        # of what isn't rounded to fewer places
cdef object WHOLE_FLOATS = 1 << 52                 # integers up to here are floats, and so are their differences

cdef object BY_HASH = getattr(core, "_unique_hash", None)


cdef bint is_rounded(double factor, double other):
    """Whether their product may be rounded to fewer places, which programs can ask NumPy to tell."""
    return factor != 0 and other != 0 and abs(factor * other) < LEAST


cdef object between(object a, double virtual):
    """What lies at a place, which need not be whole, of all elements in order: of float64."""
    cdef Py_ssize_t size = a.size, previous, next
    cdef double gap, part, low, high
    if virtual >= size - 1:
        previous = next = -1
    else:
        previous = <Py_ssize_t>virtual
        next = previous + 1
    found = a.flatten()
    found.partition(sorted({-1, 0, previous, next}))
    low, high, part = found[previous], found[next], virtual - previous
    gap = high - low
    if not (gap - gap == 0) or is_rounded(gap, part) or is_rounded(gap, 1 - part):
        left_to_numpy()
    last = found[-1]
    if last != last:
        return last
    return float64(high - gap * (1 - part) if part >= 0.5 else low + gap * part)


def quantile(a, q):
    """Of all elements, by NumPy's own method."""
    if a.dtype.type is not float64 or a.size == 0 or type(q) is not float and type(q) is not float64 or not 0 <= q <= 1:
        left_to_numpy()
    return between(a, (<Py_ssize_t>a.size - 1) * <double>q)


def percentile(a, q):
    if type(q) is not float and type(q) is not int and type(q) is not float64:
        left_to_numpy()
    return quantile(a, <double>q / 100.0)


cdef tuple edges_of(object a, object bins, object ends):
    """(edges of the bins, the first, the last)"""
    if ends is not None:
        first, last = ends
        if not {type(first), type(last)} <= {float, int} or first > last or not -WHOLE_FLOATS <= first <= last <= WHOLE_FLOATS:
            left_to_numpy()
    elif a.size == 0:
        first, last = 0, 1
    else:
        first, last = core.minimum.reduce(a), core.maximum.reduce(a)
    if not (core.isfinite(first) and core.isfinite(last)):
        left_to_numpy()
    if first == last:
        first, last = first - 0.5, last + 0.5
    edges = linspace(first, last, bins + 1)
    if any_of(edges[:-1] >= edges[1:]):
        left_to_numpy()
    return edges, first, last


def histogram(a, bins=10, range=None):
    """Of float64: bins that are equally wide, or between edges."""
    if a.dtype.type is not float64 or a.size > 65536:
        left_to_numpy()
    a = a.ravel()
    if type(bins) is core.ndarray:
        if range is not None or bins.ndim != 1 or bins.dtype.type is not float64 or len(bins) == 0 or any_of(bins[:-1] > bins[1:]):
            left_to_numpy()
        a = sort(a)
        places = concatenate((a.searchsorted(bins[:-1], "left"), a.searchsorted(bins[-1:], "right")))
        counts = zeros(bins.shape, int64)
        counts += places
        return counts[1:] - counts[:-1], bins
    if type(bins) is not int or bins < 1:
        left_to_numpy()
    edges, first, last = edges_of(a, bins, range)
    keep = a >= first
    keep &= a <= last
    if not all_of(keep):
        a = a[keep]
    indices = (subtract(a, first) / subtract(last, first, dtype=float64) * bins).astype(int64)
    indices[indices == bins] -= 1
    indices[a < edges[indices]] -= 1
    indices[(a >= edges[indices + 1]) & (indices != bins - 1)] += 1
    counts = zeros(bins, int64)
    counts += core.bincount(indices, minlength=bins)
    return counts, edges


def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    """Of float64; more rows from a second operand."""
    if m.dtype.type is not float64 or m.ndim > 2 or ddof is not None and type(ddof) is not int:
        left_to_numpy()
    x = array(m, ndmin=2)
    if not rowvar and m.ndim != 1:
        x = x.transpose()
    if x.size == 0:
        left_to_numpy()
    if y is not None:
        if y.dtype.type is not float64 or y.ndim > 2:
            left_to_numpy()
        y = array(y, copy=None, ndmin=2)
        x = concatenate((x, y if rowvar or y.shape[0] == 1 else y.transpose()), axis=0)
    count = x.shape[1] - ((0 if bias else 1) if ddof is None else ddof)
    if count <= 0:
        left_to_numpy()
    total = add.reduce(x, axis=1)
    x -= divide(total, x.shape[1], out=total)[:, None]
    c = core.dot(x, x.transpose())
    c *= divide(1, count)
    return c.squeeze()


def corrcoef(x, y=None, rowvar=True):
    c = cov(x, y, rowvar)
    if c.ndim == 0:
        return c / c
    d = core.sqrt(c.diagonal())
    c /= d[:, None]
    c /= d[None, :]
    return core.clip(c, -1, 1, out=c)


def nanvar(a, axis=None, ddof=0):
    """Where there is enough to divide by."""
    if a.dtype.type is not float64 and a.dtype.type is not float32:
        left_to_numpy()
    found, mask = without_nans(a, 0)
    count = add.reduce(~mask, axis, int64, keepdims=True)
    if any_of(count - ddof <= 0) or any_of(count <= 0):
        left_to_numpy()
    mean = add.reduce(found, axis, keepdims=True)
    subtract(found, divide(mean, count, out=mean, casting="unsafe"), out=found, casting="unsafe")
    copyto(found, 0, where=mask)
    total = add.reduce(multiply(found, found, out=found), axis)
    count = count.squeeze(axis) - ddof
    return divide(total, count, out=total, casting="unsafe") if type(total) is core.ndarray else total.dtype.type(total / count)


def nanstd(a, axis=None, ddof=0):
    variance = nanvar(a, axis, ddof)
    return core.sqrt(variance, out=variance) if type(variance) is core.ndarray else core.sqrt(variance)


def unique(ar, return_index=False, return_inverse=False, return_counts=False):
    """Of integers, or of floats none of which is NaN or 0."""
    cdef bint floating = ar.dtype.kind == "f"
    if ar.dtype.kind not in "iuf" or floating and (any_of(core.isnan(ar)) or not all_of(ar)) or return_inverse and ar.ndim != 1:
        left_to_numpy()
    ar = ar.flatten()
    if BY_HASH is not None and not (floating or return_index or return_inverse or return_counts):
        found = BY_HASH(ar, equal_nan=True)
        if found is not NotImplemented:
            found.sort()
            return found
    order = ar.argsort(kind="mergesort" if return_index else "quicksort") if return_index or return_inverse else None
    if order is None:
        ar.sort()
    else:
        ar = ar[order]
    mask = empty(ar.shape, bools)
    mask[:1] = True
    mask[1:] = ar[1:] != ar[:-1]
    parts = [ar[mask]]
    if return_index:
        parts.append(order[mask])
    if return_inverse:
        places = empty(mask.shape, int64)
        places[order] = add.accumulate(mask, dtype=int64) - 1
        parts.append(places.reshape(ar.shape))
    if return_counts:
        ends = concatenate((*mask.nonzero(), [mask.size]))
        parts.append(ends[1:] - ends[:-1])
    return parts[0] if len(parts) == 1 else tuple(parts)
