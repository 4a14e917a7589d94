"""Running sums and products along axes (ext/running.c): bits, kinds, layouts, what overflows or is invalid in the middle."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted
from tests.arrays.test_gathers import kept

BODIES = ("np.cumsum(x)", "x.cumsum()", "np.cumsum(x, axis=0)", "x.cumsum(-1)", "np.cumprod(x, axis=-1)", "x.cumprod()", "np.cumsum(x, axis=None)", "np.cumsum(x, axis=1)", "np.cumsum(x, dtype=np.float32)", "np.cumsum(np.cumsum(x, axis=0), axis=-1)",
          "np.cumsum(x * 2)[1:] - x.sum()", "np.cumsum(x[1:], axis=0)", "np.cumsum(x.T, axis=0)", "np.cumsum(x, axis=True)", "np.cumsum(x, axis=2)")
KINDS = ("float64", "float32", "int64", "int8", "bool", "complex128", "float16", "uint64")
SHAPES = ((1,), (7,), (1000,), (0,), (3, 4), (1, 5), (5, 1), (40, 33), (2, 3, 4), (0, 3))


def arrays(kind):
    r = np.random.default_rng(4)
    for shape in SHAPES:
        x = (r.random(shape) * 9 - 4).astype(kind)
        yield x
        yield x[::-1]
        yield np.asfortranarray(x)
        if x.size and kind[0] == "f":
            special = x.copy()
            special.flat[x.size // 2] = np.inf
            special.flat[-1] = -np.inf
            yield special
            large = np.full(shape, np.finfo(kind).max)
            yield large
            yield np.full(shape, -0.0).astype(kind)
        if kind == "int64":
            yield np.full(shape, 2**62)


@pytest.mark.parametrize("body", BODIES)
def test_as_numpy_does(body):
    plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x):\n    for n in range(2):\n        r = {body}\n    return r, x")
    for kind in KINDS:
        for x in arrays(kind):
            for state in ({}, {"all": "ignore"}, {"over": "raise"}):
                wanted = outcome(plain, (kept(x),), state)
                assert outcome(jitted, (kept(x),), state) == wanted and outcome(jitted, (kept(x),), state) == wanted, (body, kind, x.shape, x.strides, state)


def test_is_native():
    def f(x, n):
        for _ in range(n):
            r = np.cumsum(np.cumsum(x, axis=0), axis=1)
        return r

    jitted = framejit.jit(f)
    for _ in range(4):
        jitted(np.ones((3, 4)), 30)
    before = framejit.stats()
    assert (jitted(np.ones((3, 4)), 30) == f(np.ones((3, 4)), 30)).all()
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 30 and after["callouts"] == before["callouts"]
