"""a[i] = value for every kind of value and array, and NumPy integers as indices."""

import numpy as np
import pytest

import framejit
from tests.scalars.oracle import INTEGERS, KINDS, NUMPY_KINDS, outcome, values


def put(array, value):
    array[1] = value
    return array[1]


def fresh(function):
    """The same function with a code object of its own: variants of other tests don't count."""
    return type(function)(function.__code__.replace(), function.__globals__)


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", NUMPY_KINDS)
def test_stores(target, source):
    plain = fresh(put)
    fast = framejit.jit(plain)
    fast(np.zeros(3, target), type(values(source)[0])(0))
    entries = framejit.stats()["native_entries"]
    for setting in ({}, dict(all="raise")):
        for value in values(source):
            first, second = np.full(3, 1, target), np.full(3, 1, target)
            with np.errstate(**setting):
                wanted, found = outcome(plain, first, value), outcome(fast, second, value)
            assert repr(wanted) == repr(found), value
            assert first.tobytes() == second.tobytes(), value
    assert framejit.stats()["native_entries"] - entries >= 2 * len(values(source))


def take(array, index):
    return array[index]


@pytest.mark.parametrize("kind", [*INTEGERS, "bool", "py_bool"])
@pytest.mark.parametrize("container", [np.arange(6.0), [1, 2, 3, 4], np.arange(12).reshape(3, 4)], ids=["array", "list", "matrix"])
def test_indices(container, kind):
    plain = fresh(take)
    fast = framejit.jit(plain)
    for index in values(kind):
        wanted, found = outcome(plain, container, index), outcome(fast, container, index)
        assert repr(wanted) == repr(found), index


def histogram(indices, counts):
    for k in range(len(indices)):
        counts[indices[k]] += 1


@pytest.mark.parametrize("kind", INTEGERS)
def test_histogram_stays_native(kind):
    indices = np.random.default_rng(7).integers(0, 40, 3000).astype(kind)
    found, wanted = np.zeros(40, np.int64), np.zeros(40, np.int64)
    fast = framejit.jit(fresh(histogram))
    before = framejit.stats()
    fast(indices, found)
    histogram(indices, wanted)
    after = framejit.stats()
    assert (found == wanted).all()
    assert after["native_iterations"] - before["native_iterations"] == 3000
    assert after["exits"] == before["exits"] and after["callouts"] == before["callouts"]
