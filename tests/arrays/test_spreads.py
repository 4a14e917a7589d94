"""`var` and `std` along axes: NumPy's bits, warnings and layouts."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import some
from tests.arrays.test_backwards import alike
from tests.arrays.test_vectors import differing

SHAPES = ((1, 1), (3, 5), (1, 7), (7, 1), (8, 127), (129, 8), (128, 3), (40, 33), (0, 4), (4, 0), (2, 5000), (9000, 2), (2, 3, 4), (3, 1, 129), (5, 40, 2))
FORMS = ("x.var(axis=0)", "np.std(x, axis=-1)", "x.std(0, ddof=1)", "np.var(x, axis=1, keepdims=True)", "x.var(axis=k)", "x.std(axis=(0, k), keepdims=True)", "x.var(keepdims=True)", "(x - x.mean(axis=0)) / x.std(axis=0)",
         "x[1:].var(axis=0)", "np.std(x * 2, axis=-1)", "x.var(axis=0, dtype='float64')", "x.std(axis=-1, ddof=2)", "x.var(axis=(0, 1))", "x[0].var(axis=0)", "x[0].std(axis=-1, ddof=1)", "x.var(axis=9)", "x.std(axis=0, ddof=0.5)",
         "x.var(axis=0, where=x > 0)", "x.var(axis=0, ddof=-1)", "np.var(x, 0, np.float32)")
NATIVE = 12         # of these forms, the last
KINDS = ("f8", "f4", "f2", "i4", "i8", "u1", "?", "c16")


def layouts(kind):
    for shape in SHAPES:
        x = (np.random.default_rng(len(shape)).random(shape) * 40 - 10 * (kind != "u1")).astype(kind)
        yield from ((one, place) for one in (x, np.asfortranarray(x), x[::-1], x[..., ::-1], np.repeat(x, 2, axis=-1)[..., ::2], np.swapaxes(x, 0, -1)) for place in (0, -1))
    if kind in ("f8", "f4"):
        yield from ((np.array([[1, special, 2], [0.5, 3, -0.0]]).astype(kind), 0) for special in (np.inf, np.nan, -0.0, 1e30, 1e-30))
        yield from ((np.array([[large, -large], [large, 1.0]], dtype=kind), 1) for large in ((1e300, 1e200) if kind == "f8" else (1e20, 3e38)))


@pytest.mark.parametrize("form, kind", some(FORMS, KINDS))
def test_along_axes(form, kind):
    before = framejit.stats()["native_entries"]
    for states, groups in ((({},), alike(layouts(kind))), (({"all": "raise"},), [list(layouts(kind))[::11]])):
        for given in groups:
            differing(f"import numpy as np\ndef f(x, k):\n    return {form}", *given, states=states)
    assert framejit.stats()["native_entries"] > before or kind not in ("f8", "f4") or FORMS.index(form) > NATIVE


RUNS = """
import numpy as np

def columns(x, n):
    for k in range(n):
        r = x.var(axis=0) + np.std(x, axis=0, ddof=1)
    return r

def centred(x, n):
    for k in range(n):
        r = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
    return r

def single(x, n):
    for k in range(n):
        r = x.std(axis=k % 2, dtype=np.float64)
    return r

def scaled(x):
    return x / x.std(axis=0)

def routines(x, n):
    for k in range(n):
        r = scaled(x)
    return r

def halves(x, n):
    for k in range(n):
        r = x.var(axis=0)
    return r
"""


@pytest.mark.parametrize("name", ("columns", "centred", "single", "routines", "halves"))
@pytest.mark.parametrize("shape", ((5, 2), (100, 10)))
def test_runs_natively(name, shape):
    space, other = {}, {}
    exec(RUNS, space)
    exec(RUNS, other)
    jitted, x = framejit.jit(space[name]), np.linspace(-1.0, 2.0, shape[0] * shape[1]).reshape(shape).astype("f2" if name == "halves" else "f8")
    for _ in range(6):
        jitted(x, 50)
    before = framejit.stats()
    result = jitted(x, 50)
    after = framejit.stats()
    assert result.tobytes() == other[name](x, 50).tobytes()
    assert after["exits"] == before["exits"] and after["callouts"] == before["callouts"]
    assert after["native_iterations"] - before["native_iterations"] >= 49


def test_what_warns_is_left():
    """Fewer numbers than degrees of freedom; then again enough of them."""
    before = framejit.stats()["exits"]
    differing("def f(x):\n    return x.std(axis=0, ddof=2)", *[(np.ones((rows, 3)),) for rows in (5, 2, 1, 3, 0, 4)], states=({}, {"all": "raise"}))
    assert framejit.stats()["exits"] > before
