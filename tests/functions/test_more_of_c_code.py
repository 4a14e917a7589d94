"""More of the functions that NumPy has in Python, made of its C code: decompositions, statistics, arrays with other elements (ext/functions); as test_made_of_c_code.py."""

import numpy as np
import pytest

from framejit import _functions
from tests.functions.test_made_of_c_code import KINDS, arrays, called

LINEAR = ("eigh(m)", "eigh(m, 'U')", "eigh(m + m.T, UPLO='L')", "eigh(a)", "eigvalsh(m)", "eigvalsh(m @ m.T, 'U')", "svd(m)", "svd(a)", "svd(a, full_matrices=False)", "svd(m[:2], False)", "svd(m, compute_uv=False)", "qr(m)", "qr(a)",
          "qr(m[:2])", "qr(m[:, :2])", "qr(a, 'complete')", "qr(m[:, :3], mode='complete')", "qr(m, 'r')", "qr(m, 'raw')", "lstsq(m, m[0])", "lstsq(m, m)", "lstsq(m[:, :2], m[:, 0])", "lstsq(m[:2], m[:2, 0], None)",
          "lstsq(m[:, :2], m, rcond=None)", "lstsq(m * 0, m[0], -1)", "lstsq(m, a, 1e-3)", "pinv(m)", "pinv(m[:2])", "pinv(m * 0)", "pinv(a, 1e-3)", "pinv(m, rcond=0.5)", *[f"matrix_power(m, {n})" for n in range(-1, 9)],
          "matrix_power(a, 2)", "slogdet(m)", "slogdet(m * 0)", "slogdet(-m)", "slogdet(a)")
QUANTILES = [f"{name}" for q in (0, 1, 0.0, 1.0, 0.25, 0.3, 0.5, 0.9, 1.5, -1, 1e-320, float("nan")) for name in (f"quantile(a, {q!r})".replace("nan", "np.nan"), f"percentile(b, {q!r} * 100)".replace("nan", "np.nan"))]
STATISTICS = (*QUANTILES, "quantile(a, np.float64(0.3))", "percentile(a, np.int64(30))", "percentile(np.arange(11.0), 50)", "quantile(np.array([5e-324, 1e-323, 0.0, -0.0]), 0.4)", "quantile(np.array([-0.0, -0.0]), 1.0)",
              "quantile(np.array([1.0, 2.0, np.nan]), 0.1)", "quantile(np.array([np.inf, np.inf, np.nan]), 0.1)", "quantile(np.array([-1e308, 1e308]), 0.5)", "histogram(a)", "histogram(a, 3)", "histogram(a, bins=5)", "histogram(a, 4, (0, 2))",
              "histogram(a, 4, range=(-1.5, 2.5))", "histogram(a, 4, (2, 2))", "histogram(a, 4, (3, 2))", "histogram(a, 0)", "histogram(a, 3, (0, np.inf))", "histogram(np.arange(12.0), 4)", "histogram(a, 3, (0, 2 ** 60))", "histogram(a, np.sort(b))",
              "histogram(a, b)", "histogram(a, bins=np.linspace(0, 5, 4))", "histogram(a, np.array([1.0]))", "histogram(a, 10, (0.0, 1e-320))", "cov(a)", "cov(a, b)", "cov(m)", "cov(m, rowvar=False)", "cov(m, m)", "cov(m, None, True, True)",
              "cov(m, ddof=0)", "cov(m, ddof=4)", "cov(a, bias=True)", "cov(m[:1])", "corrcoef(a, b)", "corrcoef(m)", "corrcoef(m, None, False)", "corrcoef(a)", "nanvar(a)", "nanvar(a, 0)", "nanvar(a, axis=-1)", "nanstd(a)", "nanstd(a, axis=0)",
              "nanstd(np.where(a > 0, a, a / 0))", "unique(a)", "unique(a, True)", "unique(a, return_inverse=True)", "unique(a, return_counts=True)", "unique(a, True, True, True)", "unique(np.round(a), return_counts=True)", "unique(np.round(a + 20))")
PLACED = ("pad(a, 1)", "pad(a, (1, 2))", "pad(a, 0)", "pad(a, 2, 'edge')", "pad(a, (0, 3), mode='edge')", "pad(m, 1)", "pad(m, (2, 1), 'edge')", "pad(a, -1)", "pad(a, 1, 'reflect')", "insert(a, 0, 1.5)", "insert(a, 1, 2)", "insert(a, -1, b)", "insert(a, 40, 1)",
          "insert(m, 1, 0.5, 0)", "insert(m, 2, m[0], axis=1)", "insert(m, 1, m[:2], 0)", "insert(m, 3, m[:, 0], axis=-1)", "insert(a, 1, 300)", "insert(a, 0, -1)", "delete(a, 0)", "delete(a, -1)", "delete(a, 7)", "delete(m, 1, 0)",
          "delete(m, 2, axis=-1)", "delete(m, 4, 0)", "take_along_axis(m, np.argsort(m, 0), 0)", "take_along_axis(m, np.argsort(m, axis=1), axis=-1)", "take_along_axis(a, np.argsort(a, 0), 0)", "take_along_axis(m, np.array([[3, 0]]), 1)",
          "take_along_axis(m, a, 0)", "array_split(a, 3)", "array_split(a, 1)", "array_split(m, 3, axis=1)", "array_split(a, 0)", "partition(a, 1)", "partition(a, 0, 0)", "partition(m, 2, axis=None)", "partition(m, -1, axis=0)",
          "broadcast_to(a, (3, a.shape[-1]))", "broadcast_to(a, a.shape)", "broadcast_to(a[:1], (4,))", "broadcast_to(a[:1], 4)", "broadcast_to(m, (2, 4, 4))", "broadcast_to(m, (4,))", "broadcast_to(a, (0,))", "broadcast_to(m, (-1, 4))", "ediff1d(a)",
          "ediff1d(m)", "unwrap(a)", "unwrap(a * 5)", "unwrap(m * 3)", "unwrap(np.pi * np.round(a))", "vander(a)", "vander(a, 3)", "vander(a, N=0)", "vander(a, N=1)", "logspace(0, 1, 7)", "logspace(0.5, -2.5)", "logspace(0, 2, 5, False)", "logspace(0, 400, 3)",
          "indices((3, 4))", "indices((2,))", "indices((0, 3))", "indices((2, 1, 3))", "tensordot(m, m)", "tensordot(m, m, 1)", "tensordot(a, a, axes=0)", "tensordot(m, m[0], 1)", "tensordot(m, m[0], 2)", "tensordot(a, b, 1)", "fft.fftshift(a)",
          "fft.ifftshift(a)", "fft.fftshift(m)", "sinc(a)", "sinc(np.round(a))")
LEFT = (        # to NumPy, whatever they are given
        "qr(m, 'raw')", "matrix_power(m, 0)", "matrix_power(m, 1)", "matrix_power(m, -1)", "pad(a, 1, 'reflect')", "fft.fftshift(m)", "quantile(a, 0)", "quantile(a, 1)", "percentile(a, np.int64(30))", "histogram(a, 3, (0, 2 ** 60))",
        "quantile(np.array([5e-324, 1e-323, 0.0, -0.0]), 0.4)")



def compare(text, linear, left):
    """`linear`: texts whose functions are numpy.linalg's; `left`: those that are NumPy's, whatever they are given."""
    own = {name: getattr(_functions, name) for name in dir(_functions)}
    numpys = {name: getattr(np, name) for name in own if hasattr(np, name)} | {"fft": np.fft} | {name: getattr(np.linalg, name) for name in {one.partition("(")[0] for one in linear}}
    done = given_by_numpy = 0
    for kind in KINDS:
        for given in arrays(kind):
            expected, found = called(numpys, text, *given), called(own, text.replace("fft.", ""), *given)
            done, given_by_numpy = done + (found is not None), given_by_numpy + (expected is not None)
            assert found is None or found == expected, (kind, given)
    assert done or not given_by_numpy or text in left


@pytest.mark.parametrize("text", (*LINEAR, *STATISTICS, *PLACED))
def test_functions(text):
    compare(text, LINEAR, LEFT)
