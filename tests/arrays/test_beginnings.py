"""`initial=` that is known at run time, `where=` of averages, `out=` beside `dtype=`."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import some
from tests.arrays.test_vectors import differing

SHAPES = ((0, 3), (1, 3), (3, 0), (5, 3), (8, 7), (127, 3), (129, 8), (3000, 3))
INITIAL = ("np.max(x, initial=s)", "x.min(axis=0, initial=s)", "x.sum(initial=s)", "np.prod(x, axis=-1, initial=s, keepdims=True)", "x.max(axis=1, initial=x[0, 0])", "x.sum(axis=0, initial=s, where=m)", "np.sum(x, initial=s * 2, dtype=np.float64)",
           "x.max(initial=len(x))", "np.min(x, initial=x.max())", "x.sum(axis=0, initial=bool(s))")
NUMBERS = (2, 0.5, -3, True, float("nan"), float("-inf"), 10**30, 1e300, np.float32(0.25), np.float64(7.5), np.int16(-4), np.uint8(200), np.bool_(True), np.float16(1.5), 1j, None)
WHERE = ("x.mean(where=m)", "np.mean(x, axis=0, where=m)", "x.mean(axis=-1, where=m, keepdims=True)", "x.mean(axis=k, where=m[:, :1])", "np.mean(x, where=m[0])", "x.mean(axis=1, where=x > 0)", "(x * 2).mean(axis=0, where=m)", "x.mean(where=m, dtype=np.float64)",
         "np.mean(x, axis=(0, 1), where=m)", "x.mean(where=True)", "x.mean(where=m[None])", "np.mean(x, axis=0, where=m.T)")
OUT = ("np.sum(x, axis=0, dtype='float64', out=o)", "x.sum(axis=0, dtype=np.float32, out=o)", "x.mean(axis=0, dtype=np.float64, out=o)", "np.prod(x, 0, np.float64, o)", "np.mean(x, axis=-1, dtype=np.float32, out=o)", "x.sum(axis=0, dtype='int32', out=o)",
       "x.sum(axis=0, dtype=float, out=x[0])", "np.mean(x, axis=0, dtype='float16', out=o)")


def arrays(kind):
    for shape in SHAPES:
        numbers = np.random.default_rng(shape[0])
        x = (numbers.random(shape) * 12 - 4 * (kind != "u1")).astype(kind)
        yield x, numbers.random(shape) < 0.6


@pytest.mark.parametrize("text, kind", some(INITIAL, ("f8", "f4", "i4", "u1", "f2", "?"), 5))
def test_initial(text, kind):
    for number in NUMBERS:
        differing(f"import numpy as np\ndef f(x, m, s):\n    return {text}", *[(x, m, number) for x, m in arrays(kind)], states=({},))


@pytest.mark.parametrize("text, kind", some(WHERE, ("f8", "f4", "i4", "f2", "?", "c16", "i8")))
def test_means_of_some(text, kind):
    given = [(one, mask, 0) for x, m in arrays(kind) for one, mask in ((x, m), (np.asfortranarray(x), m), (x[::-1], m[:, ::-1]), (x, m & False), (x, m | True))]
    differing(f"import numpy as np\ndef f(x, m, k):\n    return {text}", *given, states=({}, {"all": "raise"}))
    if kind == "f8":
        special = np.array([[np.inf, 1.0, np.nan], [-np.inf, 1e308, 1e308]])
        differing(f"import numpy as np\ndef f(x, m, k):\n    return {text}", *[(special, special > bound, 0) for bound in (-np.inf, 0.0, 2.0)], states=({}, {"all": "raise"}))


@pytest.mark.parametrize("text, kind", some(OUT, ("f8", "f4", "i4", "f2")))
def test_into_an_array(text, kind):
    for form in ("f8", "f4", "i4", "f2", "i8"):
        for along in (-1, 0):
            given = [(x, np.zeros(x.shape[along], form)) for x, _ in arrays(kind)]
            differing(f"import numpy as np\ndef f(x, o):\n    x = x.copy()\n    r = {text}\n    return r, r is o", *given, states=({},))


RUNS = """
import numpy as np

def initial(x, m, n):
    s = 0.0
    for k in range(n):
        s += np.max(x, initial=s * 0.5) + x.sum(initial=x[0, 0]) + x.max(axis=0, initial=k)[0]
    return s

def some(x, m, n):
    for k in range(n):
        r = x.mean(axis=0, where=m) + x.mean(where=m)
    return r

def into(x, m, n):
    o = np.zeros(x.shape[1])
    h = x * 2
    for k in range(n):
        h.sum(axis=0, dtype=np.float64, out=o)
    return o
"""


@pytest.mark.parametrize("name", ("initial", "some", "into"))
def test_runs_natively(name):
    space, other = {}, {}
    exec(RUNS, space)
    exec(RUNS, other)
    x = np.linspace(-1.0, 2.0, 20).reshape(5, 4)
    jitted, m = framejit.jit(space[name]), x > -0.5
    m[0] = True
    for _ in range(6):
        jitted(x, m, 50)
    before = framejit.stats()
    result = jitted(x, m, 50)
    after = framejit.stats()
    assert np.asarray(result).tobytes() == np.asarray(other[name](x, m, 50)).tobytes()
    assert after["exits"] == before["exits"] and after["callouts"] - before["callouts"] <= 1
    assert after["native_iterations"] - before["native_iterations"] >= 49
