"""Medians and averages; what functions that give numbers or other forms of arrays are expected to give; sums of arrays that lie in no order."""

import numpy as np
import pytest

import framejit
from tests.arrays.test_vectors import differing
from tests.arrays.test_whole_calls import compare_kinds

TEXTS = ("np.median(x)", "np.median(x) + np.median(x[1:])", "np.median(x, axis=0)", "np.median(x * 2 - 1)", "np.average(x)", "np.average(x, axis=0)", "np.average(x, weights=x)", "np.average(x, weights=np.abs(x) + 1)",
         "np.average(x, axis=0, weights=x)", "np.average(x, 0, x, True)", "np.average(x, weights=x.ravel())", "np.average(x, weights=i)", "np.average(x - 1, keepdims=True)", "np.average(x, None, None)",
         "np.polyval(x[:3].ravel(), x)", "np.polyval(x[:2].ravel(), k)", "np.cross(x[:3], x[:3])", "np.kron(x[:2], x[:3])", "np.argwhere(x > 1)", "np.argwhere(x)[0]", "np.atleast_2d(x)", "np.angle(x)",
         "np.trapezoid(x)", "np.trapezoid(x, x) * 2", "np.gradient(x)", "np.nansum(x)", "np.nanmean(x) + 1", "np.linalg.norm(x) * 2", "np.linalg.det(x[:4].reshape(2, 2))", "np.real(x)", "np.imag(x)",
         "np.rot90(x.reshape(1, -1)).sum()", "x[::-1].T[::-1].sum()", "np.rot90(x.reshape(1, -1)[:, 1:]).max()")


@pytest.mark.parametrize("text", TEXTS)
def test_functions(text):
    compare_kinds(text)


@pytest.mark.parametrize("function", ("median", "average"))
def test_which_of_several(function):
    """Zeros of both signs, NaNs of several kinds, infinities: the one that NumPy takes."""
    source = f"import numpy as np\ndef f(x, i, k):\n    return np.{function}(x)"
    odd = np.array([0.0, -0.0, np.nan, -np.nan, np.inf, -np.inf, 5e-324, 1e308, -1e308, 1.0])
    odd[3] = np.frombuffer(b"\1\2\3\4\5\6\xf8\xff")[0]
    for kind in ("float64", "float32", "float16"):
        with np.errstate(all="ignore"):
            for seed in range(120):
                r = np.random.default_rng(seed)
                x = r.choice(odd[r.integers(0, 10, r.integers(1, 6))], r.integers(1, 40)).astype(kind)
                differing(source, (x, None, 0), states=({}, {"all": "ignore"}))


@pytest.mark.parametrize("kind", ("float64", "float32", "float16"))
def test_infinities_in_the_middle(kind):
    """NumPy adds them up, and warns, before it sees that there is a NaN."""
    x = np.array([-np.inf, -np.inf, np.inf, np.nan])
    for given in (x, x[:3].repeat(2), np.array([-np.inf, np.inf]), x[[3, 0, 2, 1]], np.append(x, np.nan), x[::-1]):
        differing("import numpy as np\ndef f(x):\n    for k in range(3):\n        r = np.median(x)\n    return r", (given.astype(kind),), states=({}, {"all": "ignore"}, {"invalid": "raise"}))


def test_native():
    text = """
import numpy as np
def f(x, y, m, n):
    s = 0.0
    for k in range(n):
        s += np.median(x) + np.average(y) + np.average(x, weights=y) + np.rot90(m).sum() + np.polyval(x[:3], y)[1] + np.linalg.norm(m) + np.trapezoid(x, y)
        x = x * 0.99
    return s
"""
    spaces = [{}, {}]
    for space in spaces:
        exec(text, space)
    r = np.random.default_rng(1)
    jitted, arguments = framejit.jit(spaces[1]["f"]), (r.random(11), r.random(11), r.random((3, 3)), 60)
    for _ in range(5):
        assert jitted(*arguments) == spaces[0]["f"](*arguments)
    before = framejit.stats()
    jitted(*arguments)
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("callouts", "exits", "native_iterations")] == [0, 0, 60]
