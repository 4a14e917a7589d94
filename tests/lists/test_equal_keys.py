"""Displays of dictionaries whose keys turn out to be equal: the value that the second one takes the place of is still the variable's."""

import pytest

import framejit


def displayed(z, n):
    found = []
    for k in range(n):
        w = z * (k + 1)
        q = w + 1
        found.append(({k: w, 1: q}, w, q))
    return found


def keys(z, n):
    found = []
    for k in range(n):
        x, y = z * (k & 1), z * (k >> 1 & 1)
        a = x + 1
        d = {x: a, y: x}
        found.append((d, x, y, a, d.get(x) is x, next(iter(d)) is x, next(iter(d)) is y))
    return found


def pairs(z, n):
    found = []
    for k in range(n):
        w = z * (k & 3)
        t = w, w + 1
        found.append((t, w, {k & 1: t, 1: (w,)}, {1: w, 1: t}))
    return found


@pytest.mark.parametrize("function", [displayed, keys, pairs])
@pytest.mark.parametrize("z", [0.5, 3000, 1.5 - 2j])
def test_what_equal_keys_drop(function, z):
    compiled = framejit.jit(function)
    for _ in range(6):
        assert repr(compiled(z, 24)) == repr(function(z, 24))
