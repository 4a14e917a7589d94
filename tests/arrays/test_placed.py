"""np.fmin and np.fmax: which of two zeros, and what of a number and a signalling NaN, NumPy's loops say by where an element comes."""

import numpy as np
import pytest

from tests.arrays.test_vectors import differing

SIGNALLING = {"float64": (0x7FF0000000000001, "uint64"), "float32": (0x7F800001, "uint32")}
TEXTS = ("np.{0}(x, y)", "np.{0}(x, y) * 1", "np.{0}(x + 0 * y, y).copy()", "np.{0}.reduce(x)", "np.{0}(x, y, out=np.empty(x.shape, x.dtype))", "np.{0}(x, 0.0) + np.{0}(-0.0, y)")


def operands(kind):
    """Pairs of zeros of both signs, and of numbers and NaNs that signal: with steps, in rows, long."""
    zeros = np.where(np.random.default_rng(0).random((50, 60)) < 0.5, 0.0, -0.0).astype(kind)
    number, bits = SIGNALLING[kind]
    signalling = np.full(26000, number, bits).view(kind)
    x, y = np.full(24000, -0.0, kind), np.full(24000, 0.0, kind)
    yield from ((x[:12:2], y[:12:2]), (x[:7], y[:7]), (x, y), (x[1:], y[:-1]), (x[::-1], y), (zeros[:, 1:], zeros[:, :-1]), (zeros.T, zeros.T[::-1]), (zeros, zeros[:1]))
    for length in (9, 1000, 24000):
        yield np.full(length, -1.0, kind), signalling[:length]
        yield signalling[3:3 + 2 * min(length, 1000):2], np.full(min(length, 1000), 2.0, kind)


@pytest.mark.parametrize("kind", sorted(SIGNALLING))
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ("fmin", "fmax"))
def test_as_numpy_places_them(name, text, kind):
    differing(f"import numpy as np\ndef f(x, y):\n    for k in range(3):\n        r = {text.format(name)}\n    return r", *operands(kind), states=({}, {"all": "ignore"}))
