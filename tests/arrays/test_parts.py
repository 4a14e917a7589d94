"""Expressions of which only a part is broadcast: np.exp(row) * matrix, computed in nests, with NumPy's bits, warnings and order."""

import random

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, outcome
from tests.arrays.test_vectors import differing

FORMS = ("np.exp(r) * m", "(np.sin(r) * m + np.log(r + 1)).sum()", "(np.exp(r) * m).sum(axis=0)", "np.exp(r) * np.cos(c) * m", "m - np.log(np.abs(r) + 1) / np.exp(c)", "(np.sqrt(r) > m).any(axis=k)",
         "np.exp(np.exp(r) * c) + m", "np.where(np.sin(r) > 0, m, np.cos(r) * c)", "m * np.tanh(r * 2.0) ** 2 + np.tanh(r * 2.0)", "(np.floor_divide(r, 3) + m).max()", "np.exp(r) + r * m * m.T[0]",
         "(np.hypot(r, 2.0) * m).mean(axis=(0, k))")
STORES = ("m[:] = np.exp(-r) * m", "m += np.sin(r) * c", "m[1:] = np.exp(m[0]) * m[:-1]", "m[:-1] = np.cos(m[-1]) + m[1:]", "m *= np.exp(r)", "m[:, 1:] = np.tanh(m[0, 1:]) * m[:, :-1] + 1")
SHAPES = ((3, 4), (1, 4), (4, 1), (0, 4), (4, 0), (300, 7), (7, 300), (2, 3, 5), (130, 257))


def values(numbers, kind, shape):
    array = numbers.random(shape) * 6 - 2
    if numbers.random() < 0.2 and array.size:
        array.flat[numbers.integers(array.size)] = numbers.choice([np.nan, np.inf, -5.0, 1e6, 0.0])
    return array.astype(kind) if kind[0] in "fc" else np.nan_to_num(array, posinf=2, neginf=2).astype(kind)


@pytest.mark.parametrize("form", FORMS + STORES)
def test_parts(form):
    numbers, rng = np.random.default_rng(len(form)), random.Random(form)
    body = f"    {form}\n    return m" if form in STORES else f"    return {form}"
    for kind in ("float64", "float32", "int16", "complex128"):
        spaces = [{}, {}]
        for space in spaces:
            exec(f"import numpy as np\ndef f(r, c, m, k):\n{body}", space)
        plain, jitted = spaces[0]["f"], framejit.jit(spaces[1]["f"])
        before = framejit.stats()["native_entries"]
        for shape in SHAPES:
            if np.prod(shape) > 10_000 and kind != "float64":
                continue
            state, m = rng.choice(STATES), values(numbers, kind, shape)
            r, c = values(numbers, kind, rng.choice([shape[-1:], shape[-1:], shape[-1:], (1,), shape])), values(numbers, kind, (*shape[:-1], 1))
            k, outcomes = rng.choice((0, 1, -1)), []
            for function in (plain, jitted, jitted):
                outcomes.append(outcome(function, (r.copy(), c.copy(), m.copy(), k), state))
            assert outcomes[0] == outcomes[1] == outcomes[2], (form, kind, shape, r.shape, state)
        assert framejit.stats()["native_entries"] >= before


def test_runs_natively():
    def scaled(m, r, n):
        s = 0.0
        for k in range(n):
            m[:] = np.exp(-r) * m + np.sin(r)
            s += (np.cos(r) * m).sum() + (m * np.tanh(r)).sum(axis=0)[0]
        return s + (np.exp(r) * m)[0]

    jitted, given = framejit.jit(scaled), (np.linspace(0.0, 1.0, 20).reshape(4, 5), np.linspace(0.5, 1.0, 5))
    for _ in range(6):
        jitted(given[0].copy(), given[1], 50)
    before = framejit.stats()
    result = jitted(given[0].copy(), given[1], 50)
    after = framejit.stats()
    assert result.tobytes() == scaled(given[0].copy(), given[1], 50).tobytes()
    assert after["callouts"] == before["callouts"] and after["exits"] == before["exits"]


ROUTINES = """
import numpy as np

def fused(m, r):
    return np.exp(m[:, :1]) * m + np.sin(r) * m

def summed(m, r):
    return (np.exp(m[:, :1]) * m).sum() + (np.log(r) * m).max()

def along(m, r):
    return (np.exp(m[:, :1]) * m).sum(axis=0) + (np.tanh(r) - m).mean(axis=-1, keepdims=True)

def stored(m, r):
    c = m * 1.0
    c[...] = np.exp(m[:, :1]) * m
    c[1:] += np.sqrt(np.exp(r)) * m[1:]
    return c
"""
LOOP = """
def loop(m, r, n):
    for k in range(n):
        t = {0}(m, r)
    return t
"""


@pytest.mark.parametrize("name", ("fused", "summed", "along", "stored"))
def test_in_routines(name):
    """What is computed of a column or a row is a nest of its own there, too; what takes long, warns or doesn't fit is left."""
    source = ROUTINES + LOOP.format(name)
    for shape in ((2, 5), (200, 5), (1, 5), (5, 1), (1, 1), (0, 5), (5, 0), (3, 300), (400, 90)):
        matrix = np.linspace(0.1, 2.0, shape[0] * shape[1]).reshape(shape)
        given = [(one, row, 20) for one in (matrix, np.repeat(matrix, 2, axis=1)[:, ::2]) for row in (matrix[:1], matrix[0] if shape[0] else matrix[:1], -matrix[:1], matrix * 1000, np.ones(3))]
        differing(source.replace("def loop", "def f"), *given, states=({}, {"all": "raise"}))
    spaces = [{}, {}]
    for space in spaces:
        exec(source, space)
    jitted, matrix = framejit.jit(spaces[0]["loop"]), np.linspace(0.1, 2.0, 15).reshape(3, 5)
    for _ in range(6):
        jitted(matrix, matrix[:1], 50)
    before = framejit.stats()
    result = jitted(matrix, matrix[:1], 50)
    after = framejit.stats()
    assert np.asarray(result).tobytes() == np.asarray(spaces[1]["loop"](matrix, matrix[:1], 50)).tobytes()
    assert [after[one] - before[one] for one in ("exits", "callouts", "native_iterations")] == [0, 0, 50]
