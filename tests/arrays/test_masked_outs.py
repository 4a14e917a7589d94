"""Ufuncs with `where=` and `out=`: what the mask doesn't choose stays, and is neither computed nor warned of."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted

TEXTS = ("np.divide(x, y, out=t, where=y != 0)", "np.divide(x, 0, t, where=b)", "np.log(x, out=t, where=x > 0)", "np.sqrt(x, where=b, out=t)", "np.add(x, y, out=x, where=b)", "np.multiply(x, 2, out=t, where=b)",
         "np.reciprocal(x, out=t, where=b)", "np.power(x, y, out=t, where=b)", "np.floor_divide(x, y, out=t, where=y != 0)", "np.remainder(x, y, out=t, where=b)", "np.arctanh(x, out=t, where=b)", "np.exp(x * 100, out=t, where=b)",
         "np.maximum(x, y, out=t, where=b)", "np.less(x, y, out=c, where=b)", "np.logical_and(b, c, out=c, where=b)", "np.left_shift(x, y, out=t, where=b)", "np.divide(x, y, out=t, where=b).sum()", "np.add(m, x, out=m, where=b)",
         "np.add(x, y, out=t, where=m > 0)", "np.add(x, y, out=t, where=True)", "np.add(x, y, out=t, where=b[0])", "np.add(x, y, where=b)", "np.add(x, y, out=t, where=x)", "np.sin(x, out=t, where=~b)", "np.add(x[::-1], y, out=x, where=b)",
         "np.subtract(x, y, out=t[::-1], where=b)", "np.hypot(x, y, out=t, where=b)", "np.negative(x, out=x, where=x < 0)", "np.divide(x, y, out=t, where=b, dtype=float)", "np.invert(b, out=c, where=b)")
MASKS = ((), (True,), (False,), (True, False, True, True, False))


def given(kind):
    generator = np.random.default_rng(4)
    for length in (0, 1, 5, 40, 3000):
        with np.errstate(all="ignore"):
            x, y = [np.rint(generator.uniform(-3, 3, length)).astype(kind) for _ in range(2)]
        for b in (generator.random(length) < 0.5, np.zeros(length, bool), np.ones(length, bool)):
            yield x, y, np.full(length, 7, kind), np.zeros((2, length), kind), b, ~b
    yield np.ones(3, kind), np.zeros(3, kind), np.zeros(3, kind), np.zeros((2, 3), kind), np.zeros(2, bool), np.zeros(3, bool)


@pytest.mark.parametrize("text", TEXTS)
def test_results_behind_masks(text):
    source = f"import numpy as np\ndef f(x, y, t, m, b, c):\n    r = None\n    for n in range(3):\n        r = {text}\n    return r, x, t, m, b, c"
    if "where=b)" in text and "out" not in text and ", t," not in text:
        source = source.replace("return r, ", "return ")        # what isn't chosen is what the memory held
    for kind in ("float64", "float32", "int64", "uint8", "complex128", "float16"):
        plain_function, jitted = plain_and_jitted(source)
        for state in ({}, {"all": "raise"}):
            for row in given(kind):
                plain = outcome(plain_function, [one.copy() for one in row], state)
                for _ in range(2):
                    assert outcome(jitted, [one.copy() for one in row], state) == plain, (source, row, state)


def test_is_native():
    space = {}
    exec("import numpy as np\ndef f(x, y, t, n):\n    for k in range(n):\n        np.divide(x, y, out=t, where=y != 0)\n        np.log(t, out=t, where=t > 0)\n    return t", space)
    jitted, given = framejit.jit(space["f"]), (np.arange(9.0), np.arange(9.0) - 3, np.zeros(9))
    for _ in range(4):
        jitted(*given, 40)
    before = framejit.stats()
    jitted(*given, 40)
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("callouts", "exits", "native_iterations")] == [0, 0, 40]
