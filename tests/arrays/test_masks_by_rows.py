"""Masks that choose from parts of arrays, whose rows alone lie side by side (ext/gathers.c): all kinds and layouts, what overlaps, what doesn't fit."""

import os
import random

import numpy as np
import pytest
from numpy.lib.stride_tricks import as_strided

import framejit
from tests.arrays.programs import STATES, outcome, plain_and_jitted
from tests.due import due

COUNT = 400 if os.environ.get("FRAMEJIT_NIGHTLY") else 12
KINDS = ("float64", "float64", "float32", "int64", "int64", "int8", "uint16", "bool", "complex128", "float16")
PARTS = (lambda a: a[1:-1, 1:-1], lambda a: a[:, :5], lambda a: a[2:, 1:], lambda a: a[::2, 1:], lambda a: a[::-1], lambda a: a[:, ::2], lambda a: a[:, ::-1], lambda a: a.T, lambda a: a[:, :1], lambda a: a[:1, 1:], lambda a: a, lambda a: a[:0, 1:],
         lambda a: a[:, 3:3], lambda a: np.asfortranarray(a)[1:], lambda a: np.broadcast_to(a[:1, :4], (3, 4)), lambda a: as_strided(a, (4, 4), (a.strides[1], a.strides[1])), lambda a: as_strided(a, (3, 5), (2 * a.strides[1], a.strides[1])),
         lambda a: as_strided(a, (2, 3, 4), (8 * a.strides[1], 4 * a.strides[1], a.strides[1])), lambda a: as_strided(a, (2, 2, 3), (a.strides[0], 4 * a.strides[1], a.strides[1])), lambda a: as_strided(a, (2, 2, 3), (6 * a.strides[1], a.strides[0], a.strides[1])))
BODIES = ("r = x[m]", "x[m] = 0", "x[m] = y", "x[m] = x[m]", "x[m] = v", "x[m] += 1", "x[x == x] = y[:1]", "r = x[m] * 2", "x[m & m] = k", "a[1:-1, 1:-1][b] = 1", "a[:, :5][c | c] = k", "r = a[1:-1, 1:-1][b].sum()", "x[m] = y[::-1]", "m[m] = False", "x[m] = a.reshape(-1)[:len(y)]")


def arguments(r, kind):
    """a, a part of it and a mask of the part, values for what it chooses, one value; masks of two other parts; a number."""
    make = np.random.default_rng(r.randrange(10**6))
    a = (make.random((r.choice((3, 7, 9)), r.choice((8, 12, 40)))) * 9 - 3).astype(kind)
    x = r.choice(PARTS)(a)
    share = r.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    m = make.random(x.shape) < share
    if r.random() < 0.1:
        m = m[..., 1:] if r.random() < 0.5 else np.asfortranarray(m)
    count = int(m.sum()) + r.choice((0, 0, 0, 0, 0, 1))
    y = (make.random(count) * 9 - 3).astype(kind)
    if r.random() < 0.1 and x.flags.writeable:
        y = a.reshape(-1)[:count]
    if r.random() < 0.1 and kind == "bool" and x.size:
        m = x
    if r.random() < 0.05:
        x.flags.writeable = False
    b, c = make.random((len(a) - 2, a.shape[1] - 2)) < 0.3, make.random(a[:, :5].shape) < 0.5
    return a, x, m, y, a.dtype.type(3), b, c, r.choice((2, True, 0.5, -1))


def fresh(given):
    """The same arrays over memory of their own, that share it as before."""
    a, x, m, y, *rest = given
    new = a.copy()
    old = a.__array_interface__["data"][0]

    def over(one):
        place = one.__array_interface__["data"][0] - old
        if not 0 <= place < max(a.nbytes, 1) or one.size == 0:
            return one.copy()
        made = np.ndarray(one.shape, one.dtype, new, place, one.strides)
        made.flags.writeable = one.flags.writeable
        return made

    return [new, over(x), over(m) if np.shares_memory(m, a) else m.copy(), over(y) if np.shares_memory(y, a) else y.copy(), *rest]


@pytest.mark.parametrize("body", BODIES)
def test_as_numpy_does(body):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(a, x, m, y, v, b, c, k):\n    r = None\n    for n in range(2):\n        {body}\n    return r, x, a")
    for kind in KINDS:
        for seed in due(range(COUNT)):
            r = random.Random(f"{seed} {kind} {body}")
            state, given = r.choice(STATES), arguments(r, kind)
            wanted = outcome(plain, fresh(given), state)
            for _ in range(2):
                assert outcome(jitted, fresh(given), state) == wanted, (body, seed, kind, given, state)


def test_is_native():
    """NumPy isn't asked: no mask of this library's is among what it allocates for."""
    def f(board, mask):
        for _ in range(50):
            board[1:-1, 1:-1][mask] = 1
            r = board[1:-1, 1:-1][mask]
        return r

    jitted = framejit.jit(f)
    board, mask = np.zeros((20, 30)), np.arange(18 * 28).reshape(18, 28) % 3 == 0
    for _ in range(4):
        assert jitted(board, mask).tobytes() == f(board, mask).tobytes()
    before = framejit.stats()
    jitted(board, mask)
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 50 and after["exits"] == before["exits"] and after["callouts"] == before["callouts"]
