"""np.add.reduceat(x, i) (ext/segments.c): bits, kinds, empty segments and such of one element, places outside, what overflows in the middle."""

import os
import random

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, outcome, plain_and_jitted
from tests.arrays.test_gathers import kept

COUNT = 60 if os.environ.get("FRAMEJIT_NIGHTLY") else 3
KINDS = ("float64", "float64", "float32", "int64", "int8", "uint64", "bool", "complex128", "float16")
BODIES = ("np.add.reduceat(x, i)", "np.add.reduceat(x * 2, i)", "np.add.reduceat(x, i) + 1", "np.add.reduceat(x, i, axis=0)", "np.add.reduceat(x, i, 0, np.float64)", "np.maximum.reduceat(x, i)",
          "np.multiply.reduceat(x, i)", "np.add.reduceat(x[::2], i // 2)", "np.add.reduceat(i, i[:3])", "np.add.reduceat(x, i[::2])", "np.add.reduceat(x, i > 2)", "np.add.reduceat(x, [0, 2])", "np.add.reduceat(y, j)")


def arguments(r):
    """x of one axis, places in it, y of two axes, places along the first of them."""
    make, n, kind = np.random.default_rng(r.randrange(10**6)), r.choice((1, 2, 9, 50, 300, 20_000)), r.choice(KINDS)
    x = (make.standard_normal(n) * 9).astype(kind)
    i = make.integers(0, n, r.choice((0, 1, 2, 5, 40, 300)))
    if r.random() < 0.7:
        i.sort()
    if r.random() < 0.2 and len(i):
        i[r.randrange(len(i))] = r.choice((-1, n, -n, 2**62, -2**63))
    if r.random() < 0.3:
        i = i.astype(r.choice(("int32", "uint16", "int8", "uint64", "float64")), casting="unsafe")
    if r.random() < 0.1:
        i = i.reshape(1, -1)
    if kind[0] == "f" and r.random() < 0.4:
        x[r.randrange(n):] = r.choice((np.inf, np.nan, -0.0, np.finfo(kind).max, np.finfo(kind).tiny / 4))
        x[r.randrange(n)] = r.choice((-np.inf, -0.0, 1))
    y = (make.standard_normal((r.choice((1, 4, 20)), r.choice((1, 3, 8)))) * 9).astype(kind)
    return [x, i, y, make.integers(0, len(y), 3)]


@pytest.mark.parametrize("body", BODIES)
def test_as_numpy_does(body):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, i, y, j):\n    r = None\n    for n in range(2):\n        r = {body}\n    return r, x, i")
    r = random.Random(body)
    for _ in range(20 * COUNT):
        given, state = arguments(r), r.choice(STATES)
        wanted = outcome(plain, [kept(one) for one in given], state)
        for _ in range(2):
            assert outcome(jitted, [kept(one) for one in given], state) == wanted, (body, given, state)


@pytest.mark.parametrize("kind", ("float64", "float32", "int64"))
def test_segments_of_all_lengths(kind):
    """Among them such as are summed by halves, and by eights."""
    plain, jitted = plain_and_jitted("import numpy as np\ndef f(x, i):\n    for n in range(2):\n        r = np.add.reduceat(x, i)\n    return r")
    x = (np.random.default_rng(7).standard_normal(70_000) * 1e6).astype(kind)
    for start in (0, 1, 3):
        i = np.cumsum(np.arange(370)) + start
        for _ in range(2):
            assert jitted(x, i).tobytes() == plain(x, i).tobytes()
    assert jitted(x, np.array([0, 50_000])).tobytes() == plain(x, np.array([0, 50_000])).tobytes()


def test_is_native():
    def f(x, i, n):
        for _ in range(n):
            r = np.add.reduceat(x, i)
        return r

    jitted = framejit.jit(f)
    given = np.arange(100.0), np.array([0, 3, 50])
    for _ in range(4):
        jitted(*given, 30)
    before = framejit.stats()
    assert jitted(*given, 30).tolist() == f(*given, 30).tolist()
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 30 and after["callouts"] == before["callouts"]
