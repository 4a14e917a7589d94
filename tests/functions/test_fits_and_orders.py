"""Fits of polynomials, medians along axes, norms of other orders, transforms of several axes, arrays in depth: as test_made_of_c_code.py."""

import pytest

from tests.functions.test_more_of_c_code import compare

LINEAR = ("norm(a, 1)", "norm(a, np.inf)", "norm(a, -np.inf)", "norm(a, ord=1, axis=0)", "norm(m, np.inf, axis=1)", "norm(m, -np.inf, axis=-1)", "norm(m, 2, 0)", "norm(m, 1, -1)", "norm(m, 1)", "norm(a, 3)", "norm(a, 0)", "norm(a[:0], np.inf)", "norm(a, np.nan)")
OTHERS = ("median(a, 0)", "median(a, axis=-1)", "median(m, axis=0)", "median(m, 1)", "median(m[:3], 0)", "median(m[:, :2], axis=1)", "median(m, axis=(0, 1))", "median(np.where(m > 3, np.nan, m), 0)", "median(np.where(m > 5, np.inf, m), axis=1)", "median(a, 5)",
          "polyfit(a, b, 1)", "polyfit(a, b, 2)", "polyfit(a, b, deg=0)", "polyfit(a, a, 1)", "polyfit(a, b, 9)", "polyfit(a, b, -1)", "polyfit(m[0], m, 1)", "polyfit(m[0], m.T, 2)", "fft.fft2(m)", "fft.ifft2(m)", "fft.fft2(a)",
          "fft.fftn(m)", "fft.fftn(a)", "fft.ifftn(m[:3])", "fft.ifftn(a)", "dstack((a, b))", "dstack([m, m[::-1]])", "dstack((a,))")
LEFT = ("norm(m, 1)", "norm(a, 3)", "norm(a, 0)", "norm(a, np.nan)", "median(m, axis=(0, 1))", "median(a, 5)", "polyfit(a, b, 9)")        # to NumPy, whatever they are given


@pytest.mark.parametrize("text", (*LINEAR, *OTHERS))
def test_functions(text):
    compare(text, LINEAR, LEFT)
