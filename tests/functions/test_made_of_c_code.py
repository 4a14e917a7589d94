"""Functions that NumPy has in Python, made of its C code (ext/functions): the same bits, kinds, layouts, bases; whatever NumPy warns of or raises, they raise."""

import warnings

import numpy as np
import pytest

from framejit import _functions
from tests.arrays.programs import seen

KINDS = ("float64", "float32", "float16", "int64", "int8", "uint16", "bool", "complex128", "complex64")
CALLS = ("roll(a, 1)", "roll(a, -3)", "roll(a, 2, 0)", "roll(a, 1, -1)", "roll(a, 1, 5)", "flip(a)", "flip(a, 0)", "flip(a, -1)", "fliplr(a)", "flipud(a)", "hstack((a, b))", "hstack([a])", "vstack((a, b))",
         "vstack([a, a, b])", "column_stack((a, b))", "stack((a, a))", "stack([a, b], 1)", "stack((a, a), axis=-1)", "append(a, b)", "append(a, 1.5)", "append(a, b, 0)", "outer(a, b)", "expand_dims(a, 0)",
         "expand_dims(a, -1)", "moveaxis(a, 0, -1)", "moveaxis(a, -1, 0)", "atleast_1d(a)", "atleast_2d(a)", "tile(a, 2)", "tile(a, (2, 1))", "tile(a, (1, 3))", "tile(a, (2, 2, 2))", "tile(a, 1)", "rot90(a)",
         "rot90(a, 2)", "rot90(a, 3)", "rot90(a, 4)", "split(a, 2)", "split(a, 3, -1)", "meshgrid(a, b)", "ones(3)", "ones((2, 3), np.int8)", "full(4, 2.5)", "full((2, 2), True)", "full(3, 1, np.float32)",
         "ones_like(a)", "ones_like(a, dtype=float)", "full_like(a, 2)", "full_like(a, 0.5, dtype=np.float32)", "eye(3)", "eye(3, 5)", "eye(4, 2, 1)", "eye(3, k=-1)", "eye(2, k=7)", "eye(3, dtype=np.int8)",
         "identity(4)", "identity(2, np.int64)", "linspace(0, 1, 7)", "linspace(0.5, 2.5)", "linspace(0, 1, 5, False)", "linspace(3, 3, 4)", "linspace(1, 0, 1)", "linspace(0, 1, 0)", "linspace(0, 1e-323, 4)",
         "linspace(-1, 2, 4, endpoint=True)", "tril(a)", "tril(a, 1)", "triu(a, -1)", "triu(a)", "tri(3)", "tri(3, 4, -1)", "diag(a)", "diag(a, 1)", "diag(a, -2)", "sort(a)", "sort(a, 0)", "sort(a, axis=None)",
         "sort(a, kind='stable')", "real(a)", "imag(a)", "argwhere(a)", "flatnonzero(a)", "diff(a)", "diff(a, 2)", "diff(a, axis=0)", "diff(a, 1, -1)", "ptp(a)", "ptp(a, 0)", "trapezoid(a)", "trapezoid(a, b)",
         "trapezoid(a, dx=0.5)", "trapezoid(a, axis=0)", "gradient(a)", "gradient(a, 0.5)", "gradient(a, 2)", "nansum(a)", "nansum(a, 0)", "nanmean(a)",
         "nanmean(a, axis=-1)", "nanmax(a)", "nanmin(a, 0)", "convolve(a, b)", "convolve(a, b, 'same')", "convolve(b[:2], a, 'valid')", "correlate(a, b)", "correlate(a, b, 'full')", "polyval(a, 0.5)",
         "polyval(b[:3], a)", "isclose(a, b)", "isclose(a, a * 1.000001)", "isclose(a, 1.0)", "isclose(a, b, equal_nan=True)", "isclose(a, b, 1e-3, 0.5)", "allclose(a, a)", "allclose(a, b, atol=1.0)", "array_equal(a, a)",
         "array_equal(a, b)", "nan_to_num(a)", "nan_to_num(a, nan=1.5)", "angle(a)", "digitize(a, b)", "digitize(a, np.sort(b))", "digitize(a, np.sort(b)[::-1], True)", "linalg.solve(m, a)", "linalg.solve(m, m)",
         "linalg.inv(m)", "linalg.inv(a)", "linalg.det(m)", "linalg.det(m * 0)", "linalg.inv(m * 0)", "linalg.cholesky(m @ m.T)", "linalg.cholesky(-m)", "linalg.norm(a)", "linalg.norm(a, axis=0)", "linalg.norm(a, 2)",
         "linalg.norm(m)", "linalg.norm(a, axis=-1)", "cross(a[:3], b[:3])", "cross(m[:3, :3], b[:3])", "cross(m[:, :3], m[:, :3])", "kron(a, b)", "kron(m[:2], m[:, :2])", "kron(a, m)",
         *[f"fft.{name}({given})" for name in ("fft", "ifft", "rfft", "irfft") for given in ("a", "a, 5", "a, n=8", "a, axis=0", "a, None, 0, 'ortho'", "m, norm='forward'", "m, norm='backward'", "m, 3, 0", "a, 1", "a, 0", "m, norm='other'", "a, axis=7", "a[:, None]", "a, n=None")])


def arrays(kind):
    r = np.random.default_rng(3)
    for length in (0, 1, 2, 3, 6, 12, 40):
        a, b = [(r.random(2 * length) * 9 - 3).astype(kind) for _ in range(2)]
        m = (r.random((4, 4)) * 3 + 4 * np.eye(4)).astype(kind)
        yield a[:length], b[:length], m
        yield a[::-2], b[:length][::-1], m.T
        if length % 6 == 0:
            yield a[:length].reshape(-1, 3), b[:length].reshape(-1, 3), m[::-1]
            yield a[:length].reshape(3, -1).T, b[:length].reshape(-1, 3), np.asfortranarray(m)
            yield a.reshape(2, -1, 3), b.reshape(2, -1, 3), m[:3]
    if kind[0] in "fc":
        yield np.array([1, np.nan, 2, np.inf, -np.inf, 0.0]).astype(kind), np.array([1, np.nan, 3, np.inf, np.inf, -0.0]).astype(kind), np.full((2, 2), np.nan).astype(kind)
        yield np.array([3e4, -3e4, 6e4]).astype(kind), np.array([1e38 if kind not in ("float16",) else 6e4] * 3).astype(kind), np.zeros((3, 3)).astype(kind)


def called(space, text, a, b, m):
    """What it gives, as seen, and whether that is or shares an argument's memory; None: it warns or raises."""
    try:
        with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
            warnings.simplefilter("error")
            found = eval(text, {"np": np, "a": a, "b": b, "m": m, **space})
    except (ArithmeticError, LookupError, TypeError, ValueError, Warning, np.linalg.LinAlgError, _functions.LeftToNumPy):
        return None
    parts = found if isinstance(found, (tuple, list)) else [found]
    return type(found), [(seen(part), part is a, isinstance(part, np.ndarray) and np.shares_memory(part, a)) for part in parts]


@pytest.mark.parametrize("text", CALLS)
def test_functions(text):
    ours, done, given_by_numpy = text.removeprefix("linalg.").removeprefix("fft."), 0, 0
    own = {name: getattr(_functions, name) for name in dir(_functions)}
    theirs = {name: getattr(np, name) for name in own if hasattr(np, name)} | {"linalg": np.linalg, "fft": np.fft, "trapezoid": np.trapezoid}
    for kind in KINDS:
        for given in arrays(kind):
            expected, found = called(theirs, text, *given), called(own, ours, *given)
            done, given_by_numpy = done + (found is not None), given_by_numpy + (expected is not None)
            assert found is None or found == expected, (kind, given)
    assert done or not given_by_numpy
