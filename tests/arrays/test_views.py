"""Views that are attributes: a.T, z.real, z.imag; and results in the order of operands whose axes are turned."""

import numpy as np
import pytest

import framejit
from framejit import stats
from tests.arrays.programs import seen


def parts(z, n):
    count, c = np.zeros(z.shape), z * 1.0
    for _ in range(n):
        z = z * z * 0.25 + c * 0.5
        m = z.real ** 2 + z.imag ** 2
        count = count + (m < 0.5)
        z.real[...] = m * 0.1
        z.imag[1:] *= 0.5
        p = z.T.imag[::-1]
        q = z.real
    return z, m, count, p, q, p.base is z, q.base is z, z.imag.sum(), z[1:].real


def turned(a, b, n):
    for _ in range(n):
        t = a.T * 0.5 + b.T
        u = np.sqrt(t * t + 1.0) - a.T
        b = b + u.T * 0.25
        v = (t - b).T
    return t, u, b, v, a.T


def chained(a, b, n):
    for _ in range(n):
        a = a + (a[1:].T @ b[1:]).T * 0.01
        b.T[...] = a * 0.5
        b.T[1:] += 0.25
    return a, b


ARRAYS = {"parts": [((np.linspace(-0.5, 0.5, 30) + 0.5j * np.linspace(0.5, -0.5, 30)).reshape(5, 6).astype(kind),) for kind in ("complex128", "complex64")],
          "turned": [(np.linspace(0.0, 1.0, 16).reshape(4, 4), np.linspace(1.0, 0.0, 16).reshape(4, 4))],
          "chained": [(np.linspace(0.0, 0.1, 16).reshape(4, 4), np.linspace(0.1, 0.0, 16).reshape(4, 4))]}


@pytest.mark.parametrize("plain", (parts, turned, chained))
def test_runs_natively(plain):
    for arrays in ARRAYS[plain.__name__]:
        jitted, expected = framejit.jit(plain), seen(plain(*[one.copy() for one in arrays], 40))
        for _ in range(5):
            assert seen(jitted(*[one.copy() for one in arrays], 40)) == expected
        before = stats()
        assert seen(jitted(*[one.copy() for one in arrays], 40)) == expected
        after = stats()
        assert after["native_iterations"] - before["native_iterations"] >= 39 and after["exits"] == before["exits"]


def combined(a, b):
    for _ in range(3):
        r = (a * 2 + b) / (abs(b) + 1)
    return r, np.exp(a - b), a + 1


LAYOUTS = (lambda x: x, lambda x: x.T, lambda x: np.asfortranarray(x), lambda x: x[::-1].T, lambda x: x[:, ::-1].T, lambda x: x.T[1:, ::2], lambda x: x[:1].T, lambda x: x[:, :1], lambda x: x[:0].T,
           lambda x: np.stack([x, x]).transpose(1, 0, 2)[0], lambda x: np.lib.stride_tricks.as_strided(x, x.shape, (x.itemsize, 3 * x.itemsize)))


@pytest.mark.parametrize("kind", ("float64", "int16", "complex64"))
def test_order_of_results(kind):
    jitted, axes = framejit.jit(combined), framejit.jit(lambda x, y: (x * y - x, (x - y) * 0.5))
    plain = axes.__wrapped__
    with np.errstate(all="ignore"):
        for first in LAYOUTS:
            for second in LAYOUTS:
                a = np.arange(144).reshape(12, 12).astype(kind)
                b = (np.arange(144).reshape(12, 12) * 3 % 7).astype(kind)
                one, two = first(a), second(b)
                if one.ndim == 2 and two.ndim == 2:
                    one, two = one[:min(one.shape[0], two.shape[0]), :min(one.shape[1], two.shape[1])], two[:min(one.shape[0], two.shape[0]), :min(one.shape[1], two.shape[1])]
                for _ in range(2):
                    assert seen(jitted(one, two)) == seen(combined(one, two))
        cube = np.arange(120.0).reshape(4, 5, 6).astype(kind)
        for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1), (2, 0, 1), (1, 2, 0)):
            for other in ((0, 1, 2), order):
                x, y = cube.transpose(order), np.ascontiguousarray(cube.transpose(order)).transpose(other) if other == (0, 1, 2) else (cube + 1).transpose(order)
                for _ in range(2):
                    assert seen(axes(x, y)) == seen(plain(x, y)), (order, other)
