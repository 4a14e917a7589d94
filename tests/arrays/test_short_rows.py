"""Matrices with short rows, several of which are computed at once."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import some
from tests.arrays.test_backwards import alike
from tests.arrays.test_vectors import differing

SHAPES = ((200, 1), (127, 2), (129, 2), (128, 3), (85, 3), (86, 3), (32, 7), (33, 8), (29, 9), (300, 5), (13, 20), (5, 63), (9, 64), (9, 65), (7, 40, 3), (3, 1, 6), (2, 300, 2), (0, 5), (40, 0), (2, 3, 4, 5), (700, 5))
TEXTS = ("x * 2 + y", "x[:, :1] * x - y", "np.exp(x) * y", "np.exp(x[..., :1]) * x", "x[..., ::-1] / y", "np.sin(x[::-1]) + y[:1]", "(x * y[..., :1]).sum()", "(x[..., ::-1] + y).max(axis=0)", "np.maximum(x[1:, :-1], y[:-1, 1:]) * 2",
         "np.where(x[::-1] > y, x, y)", "abs(x) // abs(y)", "(x + y[..., 0, None]).mean(axis=-1)", "np.sqrt(x) + 1 / y")


@pytest.mark.parametrize("text, kinds", some(TEXTS, (("f8", "f8"), ("f4", "f8"), ("i4", "f4"), ("c16", "c16"), ("i1", "u2"))))
def test_expressions(text, kinds):
    if kinds[0] == "c16" and ("//" in text or "maximum" in text or "max(" in text):
        pytest.skip("not of complex numbers")
    given, before = [], framejit.stats()["native_entries"]
    for shape in SHAPES:
        numbers = np.random.default_rng(len(given))
        x, y = [(numbers.random(shape) * 8 - 1).astype(kind) for kind in kinds]
        wide = np.repeat(x, 2, axis=-1)
        given += [(x, y), (wide[..., ::2], y), (x, y[::-1]), (x[..., ::-1], y[..., ::-1])]
    for group in alike(given):
        differing(f"import numpy as np\ndef f(x, y):\n    return {text}", *group, states=({}, {"all": "raise"}))
    assert framejit.stats()["native_entries"] > before


@pytest.mark.parametrize("text", ("x[:, 1:] = y[:, :-1] * 2", "x[::-1] = x + y", "x *= y[:, :1]", "x[:, ::-1] -= np.exp(y)"))
def test_stores(text):
    for shape in ((200, 5), (127, 2), (1, 3), (33, 8), (20000, 3)):
        x, y = np.random.default_rng(1).random(shape), np.random.default_rng(2).random(shape)
        differing(f"import numpy as np\ndef f(x, y):\n    x = x.copy()\n    {text}\n    return x", (x, y), (x[:, ::-1], y), states=({},))
