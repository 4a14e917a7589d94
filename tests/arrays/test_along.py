"""Reductions of expressions along axes: the same bits as NumPy's, of every shape, kind and layout, in one thread and in several."""

import os
import random

import numpy as np
import pytest

import framejit
from framejit.graph.memory import function
from tests.arrays.programs import STATES, outcome

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
FORMS = ("({e}).sum(axis={k})", "np.mean({e}, axis={k})", "({e}).max({k})", "({e}).min(axis={k}, keepdims=True)", "({e}).prod(axis={k})", "np.sum({e}, axis={k}, keepdims=True)",
         "({e} > c).any(axis={k})", "({e} > c).sum({k})", "({e} < c).mean(axis={k})", "x.sum(axis={k})", "x.max({k})", "x.mean({k})", "(c - x.mean({k}, keepdims=True)).sum({k})")
EXPRESSIONS = ("x * c", "x - c", "x * x + c", "np.exp(x) - c", "x[::-1] + c", "x + c[:1]", "x.T * 1", "abs(x)", "np.where(x > c, x, c)", "x * 0", "-x * 0", "x[..., ::2]")
AXES = ("0", "-1", "1", "(0, 1)", "k", "(k, -1)", "(1, 2)", "2", "(0, 2)")
SMALL = (0, 1, 2, 3, 5, 8, 9, 17, 33, 129, 300, 60)
LARGE = (1, 7, 64, 130, 1025, 3000, 5001)


def shape_of(rng):
    rank, large = rng.choice((1, 2, 2, 2, 3, 3)), rng.random() < 0.4
    sides = LARGE[:7 if rank < 3 else 4] if large else SMALL
    while True:
        shape = tuple([rng.choice(sides) for _ in range(rank)])
        if np.prod(shape) < 2e6:
            return shape


def values(rng, kind, shape):
    numbers = np.random.default_rng(rng.randrange(1 << 30))
    array = numbers.random(shape) * 8 - 4
    if rng.random() < 0.15:
        array = np.round(array / 3) * 0.0 if rng.random() < 0.5 else np.round(array)
    if kind == "bool":
        return array > 0
    if kind[0] != "f":
        return abs(array * 20).astype(kind)
    if rng.random() < 0.25 and array.size:
        for _ in range(4):
            array.flat[numbers.integers(array.size)] = rng.choice((0.0, -0.0, np.nan, np.inf, -np.inf))
    return array.astype(kind)


@pytest.mark.parametrize("nanoseconds", (-1, 0))
def test_along_axes(nanoseconds):
    """`nanoseconds`: 0 has other threads called for whatever has three pieces."""
    rng, bound = random.Random(11 + nanoseconds), function("fj_pool_bound", None, ("i64",))
    before = framejit.stats()["native_entries"]
    bound(nanoseconds)
    try:
        for _ in range(COUNT):
            form = rng.choice(FORMS).format(e=rng.choice(EXPRESSIONS), k=rng.choice(AXES))
            source, spaces = f"import numpy as np\ndef f(x, c, k):\n    r = {form}\n    return r, r * 2", [{}, {}]
            for space in spaces:
                exec(source, space)
            plain, jitted = spaces[0]["f"], framejit.jit(spaces[1]["f"], threads=4)
            for _ in range(4):
                shape, kind = shape_of(rng), rng.choice(("float64", "float32", "int64", "int32", "bool", "uint8", "float64"))
                x, c, k, state = values(rng, kind, shape), values(rng, kind, shape), rng.choice((0, -1, 1, np.int32(0))), rng.choice(STATES)
                if rng.random() < 0.15:
                    x = np.asfortranarray(x)
                if rng.random() < 0.15 and len(shape) > 1:
                    c = c[:, :1]
                expected = outcome(plain, (x, c, k), state)
                for _ in range(2):
                    assert outcome(jitted, (x, c, k), state) == expected, (form, shape, kind, state, c.shape)
    finally:
        bound(-1)
    assert framejit.stats()["native_entries"] > before + COUNT
