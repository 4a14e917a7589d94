"""Stores of a few sums and products into arrays of 2 MiB and more: nothing is stored before it is known that nobody hears of a flag."""

import numpy as np
import pytest

import framejit
from tests.scalars.oracle import outcome

SIZE = 270_000          # numbers: more than 2 MiB


def filtered(y, x, taps):
    for k in range(len(taps)):
        y += taps[k] * x[k:k + len(y)]
    return len(y)


def relaxed(u, v, c):
    for _ in range(3):
        u[1:] -= c * v[:-1]
    return len(u)


def shifted(u, v, c):
    """The target shares its memory with what is read."""
    for _ in range(3):
        u[1:] = u[:-1] * c + u[1:]
    return len(u)


def twice(u, v, c):
    for _ in range(3):
        u *= v - c
    return len(u)


CASES = [(filtered, lambda: (np.zeros(SIZE), np.linspace(-1, 1, SIZE + 5), np.array([0.5, -1.25, 3.0]))), (relaxed, lambda: (np.ones(SIZE), np.linspace(0, 2, SIZE), 0.75)),
         (shifted, lambda: (np.linspace(0, 2, SIZE), None, 0.75)), (twice, lambda: (np.linspace(0, 2, SIZE), np.linspace(-3, 2, SIZE), 1.5)), (relaxed, lambda: (np.ones((900, 300)), np.linspace(0, 2, SIZE).reshape(900, 300), 0.75)),
         (relaxed, lambda: (np.ones((300, 900)).T, np.linspace(0, 2, SIZE).reshape(900, 300), 0.75)), (twice, lambda: (np.ones(SIZE, np.float32), np.linspace(-3, 2, 2 * SIZE, dtype=np.float32)[::2], 1.5))]


@pytest.mark.parametrize("function, arguments", CASES, ids=[f"{function.__name__}{number}" for number, (function, _) in enumerate(CASES)])
@pytest.mark.parametrize("value", [None, 1e308, np.inf, np.nan, 5e-324])
def test_flags_before_anything_is_stored(function, arguments, value):
    compiled = framejit.jit(function)
    for state in ({}, {"all": "ignore"}, {"all": "raise"}, {"over": "raise", "invalid": "warn", "under": "raise"}):
        for _ in range(2):
            results = []
            for one in (function, compiled):
                given = arguments()
                with np.errstate(over="ignore"):
                    if value is not None:
                        (given[1] if given[1] is not None else given[0]).reshape(-1)[SIZE // 2] = value
                with np.errstate(**state):
                    results.append((repr(outcome(one, *given)), given[0].tobytes()))
            assert results[1] == results[0], state
