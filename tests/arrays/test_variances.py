"""Variances, reductions with `initial` and `where`, half precision beside other kinds, parts that are broadcast along axes of length 1."""

import numpy as np
import pytest

import framejit
from tests.arrays.test_vectors import differing

LENGTHS = (0, 1, 2, 5, 100, 9000, 30000)


@pytest.mark.parametrize("text", ("x.var()", "np.std(x)", "x.std(ddof=1) + np.var(x, ddof=0)", "np.var(x * 2)", "x[1:].std()", "x.var(axis=0)", "x.std(ddof=2)", "x.var(keepdims=True)"))
@pytest.mark.parametrize("kind", ("float64", "float32", "int32", "int64", "float16", "bool", "complex128"))
def test_variances(text, kind):
    given = []
    for length in LENGTHS:
        numbers = (np.random.default_rng(length).random(length) * 50 - 10).astype(kind)
        rows = numbers[:length // 6 * 6].reshape(-1, 6)
        given += [(numbers,), (numbers[::2],), (numbers[::-1],), (rows,), (rows.T,)]
    given += [(np.array([1, np.inf, 2]).astype(kind),) for _ in range(kind[0] == "f")] + [(np.array([1e300, -1e300]).astype(kind),) for _ in range(kind == "float64")]
    differing(f"import numpy as np\ndef f(x):\n    return {text}", *given, states=({}, {"all": "raise"}))


@pytest.mark.parametrize("text", ("x.sum(where=m)", "np.max(x, initial=0)", "x.min(axis=0, initial=3, where=m)", "np.prod(x, axis=-1, where=m, initial=2)", "np.any(x, where=m)", "np.all(x > 0, axis=0, where=m)",
                                  "x.sum(initial=False)", "x.sum(where=True)", "x.sum(initial=None)", "np.max(x, axis=k, keepdims=True, initial=1.5)", "x.sum(axis=1, where=m[0])", "(x * 2).sum(where=x > 0)",
                                  "np.sum(x, axis=0, where=m, dtype=np.float32)", "x.max(where=m)", "np.max(x, initial=np.nan)", "i.max(initial=3.7)", "i.sum(initial=np.nan)", "i.min(axis=0, initial=10**30)",
                                  "x.sum(0, None, None, False, 5)", "np.any(x, 0, None, False, m)", "x.mean(where=m)", "x.sum(where=1)", "x.sum(where=i)"))
def test_what_a_reduction_begins_with_and_takes(text):
    given = []
    for length in (0, 1, 3, 500):
        numbers = np.random.default_rng(length)
        given.append((numbers.random((length, 3)) * 6 - 3, numbers.random((length, 3)) < 0.5, numbers.integers(-9, 9, (length, 3)), 0))
    differing(f"import numpy as np\ndef f(x, m, i, k):\n    return {text}", *given, states=({}, {"all": "raise"}))


@pytest.mark.parametrize("text", ("h + x", "h * d", "h * i", "h * u + b", "np.where(b, h, x)", "h + z", "np.sqrt(h) * d", "h * b", "(h * x).sum()", "h - h * s", "h / 2 + x * 4", "h.mean()", "np.mean(h[:1])"))
def test_half_precision_beside_others(text):
    given = []
    for length in (0, 1, 3, 16, 33, 100):
        numbers = np.random.default_rng(length)
        half = (numbers.random(length) * 6 - 3).astype("f2")
        half[3:6] = [np.inf, np.nan, 6e-8][:max(0, min(3, length - 3))]
        given.append((half, numbers.random(length).astype("f4"), numbers.random(length), numbers.integers(-99, 99, length).astype("i2"), numbers.integers(0, 99, length).astype("u1"),
                      numbers.random(length) < 0.5, numbers.random(length).astype("c8"), numbers.integers(-99, 99, length).astype("i1")))
    differing(f"import numpy as np\ndef f(h, x, d, i, u, b, z, s):\n    return {text}", *given)


@pytest.mark.parametrize("text", ("np.exp(m[:, :1]) * m", "m / m.sum(axis=1, keepdims=True)", "np.exp(m - m.max(axis=1, keepdims=True))", "np.exp(r) * np.sin(m) + c", "(np.cos(c) * m).sum(axis=0)",
                                  "np.log(m[::-1] + 9) * m", "np.tanh(m[:, ::-1] * 0.5) + m", "np.floor(-m[..., ::-1])", "np.sin(m[:, ::-1])", "np.exp(c) / np.exp(r) - np.cos(m)", "np.where(np.sin(c) > 0, m, np.exp(r))"))
def test_parts_along_axes_of_length_1(text):
    given = []
    for shape in ((3, 4), (1, 4), (4, 1), (0, 4), (4, 0), (300, 7), (2, 300)):
        numbers = np.random.default_rng(len(text))
        matrix = numbers.random(shape) * 4 - 2
        given += [(matrix, matrix[:, :1].copy(), matrix[:1].copy()), (np.asfortranarray(matrix), matrix[:, :1], matrix[:1])]
    differing(f"import numpy as np\ndef f(m, c, r):\n    return {text}", *given)


def test_runs_natively():
    def computed(x, m, h, n):
        s = 0.0
        for _ in range(n):
            s += x.var() + np.std(x, ddof=1) + x.sum(where=m) + np.max(x, initial=0.5) + (h * x).sum()
        return s

    jitted, given = framejit.jit(computed), (np.linspace(0.0, 1.0, 50), np.arange(50) % 3 == 0, np.linspace(0.0, 1.0, 50).astype("f2"))
    for _ in range(6):
        jitted(*given, 50)
    before = framejit.stats()
    result = jitted(*given, 50)
    after = framejit.stats()
    assert result == computed(*given, 50)
    assert after["callouts"] == before["callouts"] and after["exits"] == before["exits"] and after["native_entries"] > before["native_entries"]
