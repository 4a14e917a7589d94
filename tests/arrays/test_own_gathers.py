"""x[i], x[mask], stores and np.add.at where elements lie side by side, which ext/gathers.c does: random arrays of all kinds, indices out of range,
memory that is shared, what warns in the middle."""

import os
import random

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, outcome, plain_and_jitted
from tests.arrays.test_gathers import kept

COUNT = 600 if os.environ.get("FRAMEJIT_NIGHTLY") else 12
KINDS = ("float64", "float64", "float32", "int64", "int64", "int8", "uint16", "bool", "complex128", "float16")
GETS = ("x[i]", "x[m]", "x[i] + 1", "x[i][0:2]", "x[i].sum()", "(x[m] * 2, x[i])")
SETS = ("x[i] = y", "x[m] = 0", "x[m] = y[m]", "x[i] = k", "x[i] = x[i]", "x[m] = x[:2]", "x[i] += y", "x[m] *= 2", "x[i] = x", "i[i] = 0", "m[m] = False")
ATS = tuple([f"np.{name}.at(x, i, {value})" for name in ("add", "subtract", "minimum", "maximum", "multiply") for value in ("y", "k", "1", "0.5", "x", "big", "y[:1]")]) + ("np.add.at(i, i, 1)", "np.add.at(x, i, i)", "np.add.at(x, m, 1)")


def arguments(r, kind):
    """x, y of the indices' shape and x's rest, i, m, k, big."""
    n, count = r.choice((1, 2, 7, 50, 900)), r.choice((0, 1, 3, 40, 1000))
    rest = r.choice(((), (), (2,), (3, 2)))
    make = np.random.default_rng(r.randrange(10**6))
    x = (make.random((n, *rest)) * 9 - 3).astype(kind)
    i = make.integers(-n, n, count)
    if r.random() < 0.15 and count:
        i[r.randrange(count)] = r.choice((n, -n - 1, 2**62, -2**63))
    if r.random() < 0.15:
        i = i.astype(r.choice(("int32", "int8", "uint64")), casting="unsafe")
    if r.random() < 0.1:
        i = i.reshape(-1, 1)
    m = make.random(x.shape if r.random() < 0.5 else (n,)) > 0.5
    y = (make.random((count, *rest)) * 9 - 3).astype(kind)
    if r.random() < 0.15:
        y = y[::-1]
    if r.random() < 0.1:
        x = np.asfortranarray(x)
    if r.random() < 0.1 and x.dtype.kind == "f":
        x[0] = r.choice((np.inf, np.nan, -0.0))
    if r.random() < 0.1 and count:
        y = x.reshape(-1)[:1] if not rest else x
    if r.random() < 0.05:
        x.flags.writeable = False
    return [x, y, i, m, r.choice((2, 0.5, -1, True, np.float64(3.5), np.int64(-4), np.float32(0.25))), np.float64(1.7e308) if kind == "float64" else x.dtype.type(100) if kind != "bool" else True]


def compare(body, gives, seed):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, y, i, m, k, big):\n    r = None\n    for n in range(2):\n        {'r = ' if gives else ''}{body}\n    return r, x, i, m")
    for kind in KINDS:
        r = random.Random(f"{seed} {kind} {body}")
        for _ in range(3):
            state, given = r.choice(STATES), arguments(r, kind)
            wanted = outcome(plain, [kept(one) for one in given], state)
            for _ in range(2):
                assert outcome(jitted, [kept(one) for one in given], state) == wanted, (body, seed, kind, given, state)


@pytest.mark.parametrize("body", GETS + SETS + ATS)
def test_as_numpy_does(body):
    for seed in range(max(1, COUNT // 12)):
        compare(body, body in GETS, seed)


@pytest.mark.parametrize("body", ("r = x[i]", "r = x[m]", "x[i] = y", "x[m] = 0.5", "x[m] *= 2", "np.add.at(x, i, y)", "np.minimum.at(i, i, 1)"))
def test_is_native(body):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, y, i, m):\n    r = None\n    for n in range(50):\n        {body}\n    return r, x, i, m")
    def given():
        return [np.arange(5.0), np.ones(3), np.array([0, -1, 2]), np.array([True, False, True, True, False])]
    for _ in range(4):
        assert outcome(jitted, given(), {}) == outcome(plain, given(), {})
    before = framejit.stats()
    jitted(*given())
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 50 and after["exits"] == before["exits"] and after["callouts"] == before["callouts"]


@pytest.mark.parametrize("kind, big", [("float64", 1.7e308), ("float32", 3e38)])
@pytest.mark.parametrize("sizes", [(3, 900), (3000, 5)])
def test_what_overflows_in_the_middle_is_put_back(kind, big, sizes):
    """The array as it was, or the elements that were changed: then NumPy does it again, and warns once."""
    def f(x, i, y):
        np.add.at(x, i, y)
        return x

    jitted = framejit.jit(f)
    n, count = sizes
    i = np.random.default_rng(1).integers(0, n, count)
    for y in (np.ones(count, dtype=kind), np.full(count, big, dtype=kind)):
        for state in ({}, {"all": "raise"}, {"over": "ignore"}):
            wanted = outcome(f, [np.zeros(n, dtype=kind), i, y], state)
            for _ in range(4):
                assert outcome(jitted, [np.zeros(n, dtype=kind), i, y], state) == wanted


MISFITS = (("x[i] = y", np.arange(10.0), np.ones(6), np.array([[1, 2, 3], [4, 5, 6]])), ("x[i] = y", np.arange(10.0), np.ones(6), np.array([[1, 2, 3, 4, 5, 6]])), ("x[i] = y", np.ones((10, 1)), np.ones((6, 1)), np.array([[1, 2, 3], [4, 5, 6]])),
           ("r = x[i]", np.arange(20.0).reshape(4, 5)[:, None], None, np.array([1, 2, 3])), ("r = x[i]", np.arange(20.0).reshape(4, 1, 5).swapaxes(0, 1)[0][:, None], None, np.array([0, -1])),
           ("r = x[i]", np.lib.stride_tricks.as_strided(np.arange(40.0), (4, 1), (40, 8)), None, np.array([0, -1])), ("r = x & i, x | i, x ^ i, ~x", np.frombuffer(b"\2\1\0\3" * 9, "?"), None, np.frombuffer(b"\1\1\2\0" * 9, "?")))


@pytest.mark.parametrize("body, x, y, i", MISFITS)
def test_shapes_strides_and_bytes_that_are_unusual(body, x, y, i):
    plain, jitted = plain_and_jitted(f"def f(x, y, i):\n    r = None\n    for n in range(3):\n        {body}\n    return r, x")
    for _ in range(4):
        assert outcome(jitted, [x.copy() if "=" in body[:5] and body[0] == "x" else x, y, i], {}) == outcome(plain, [x.copy() if "=" in body[:5] and body[0] == "x" else x, y, i], {})


@pytest.mark.parametrize("kind", ("float64", "int8", "complex128", "float32"))
@pytest.mark.parametrize("share", (0.0, 0.002, 0.05, 0.5, 0.95, 1.0))
def test_masks_of_which_few_or_most_are_true(kind, share):
    def f(x, m, y):
        for _ in range(2):
            r = x[m]
            x[m] = 3
            t = x[m]
            x[m] = y[m]
        return r, t, x

    jitted = framejit.jit(f)
    for n in (1, 7, 8, 9, 63, 64, 300, 5003):
        r = np.random.default_rng(n)
        m = r.random(n) < share
        if n > 60:
            m[8:40] = n % 2 == 1
        x, y = (r.random(n) * 9).astype(kind), (r.random(n) * 9).astype(kind)
        for _ in range(3):
            assert outcome(jitted, [x.copy(), m, y], {}) == outcome(f, [x.copy(), m, y], {})


NARROW = ("int8", "uint8", "int16", "uint16", "int32", "uint32")


@pytest.mark.parametrize("kind", NARROW)
def test_places_of_less_than_64_bits(kind):
    """Tables of a picture's bytes: table[image], and stores; places that are out of range, before zero, none at all."""
    def f(table, image, n, y):
        for _ in range(2):
            r = table[image]
            table[image[:n]] = 0.5
            table[image[:n].ravel()] = y
            s = table[image] * 2
        return r, s, table

    jitted = framejit.jit(f)
    make = np.random.default_rng(len(kind))
    for n, side, least, most in ((3, 256, 0, 100), (0, 128, 0, 128), (2, 90, -90 if kind[0] == "i" else 0, 90), (2, 90, 0, 91), (1, 100, 99, 110), (4, 1, 0, 1)):
        for shape in ((4, 5), (7,), (300, 9)):
            image = make.integers(least, most, shape).astype(kind)
            given = lambda: [np.arange(side) * 1.5, image, n, np.arange(image[:n].size) + 0.25]
            wanted = outcome(f, given(), {})
            for _ in range(3):
                assert outcome(jitted, given(), {}) == wanted, (n, side, shape)
