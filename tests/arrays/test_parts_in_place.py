"""Expressions with a part of fewer axes that change a large array in place: native, at every turn."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import seen


def one_step(a, b, row, n):
    for _ in range(n):
        a += np.exp(row) * 2.0
    return a


def two_steps(a, b, row, n):
    for _ in range(n):
        a += np.exp(row) * b
    return a


def into_a_view(a, b, row, n):
    for _ in range(n):
        a[1:] -= np.sin(row) * b[1:]
    return a


@pytest.mark.parametrize("side", (40, 200, 600))
@pytest.mark.parametrize("function", (one_step, two_steps, into_a_view))
def test_parts_in_place(function, side):
    def given():
        return np.arange(side * side, dtype=float).reshape(side, side) / 7, np.ones((side, side)), np.linspace(0, 1, side), 6

    jitted = framejit.jit(function)
    for _ in range(6):
        assert seen(jitted(*given())) == seen(function(*given()))
    before = framejit.stats()
    jitted(*given())
    after = framejit.stats()
    assert after["exits"] == before["exits"] and after["native_iterations"] >= before["native_iterations"] + 6
