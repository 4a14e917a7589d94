"""Ufuncs whose result goes into an array at hand."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted

TEXTS = ("np.add(x, y, out=t)", "np.multiply(x, 2, t)", "np.exp(x, out=x)", "np.add(x * y, 1, out=t)", "np.sqrt(x, out=t)", "np.subtract(x[::-1], x, out=x)", "np.maximum(x, 0.5, out=t)", "np.add(x[1:], y[:-1], out=t[:-1])",
         "np.negative(x, out=x) is x", "np.divide(x, y, out=t).sum()", "np.add(x, y, out=t) * 2", "np.add(x, 1, out=m)", "np.greater(x, y, out=b)", "np.add(x, y, out=None)", "np.multiply(m, x, out=m)", "np.add(t[0], x, out=x)",
         "np.add(x, y, out=np.empty(len(x)))", "np.add(x, y, out=(t,))", "np.floor_divide(x, y, out=t)", "np.add(x, y, where=b, out=t)", "np.clip(x, 0, 1, out=t)", "np.power(x, 2, out=t)", "np.add(x, m, out=t)")


def given(kind):
    r = np.random.default_rng(4)
    for length in (0, 1, 5, 40, 3000):
        x, y = [(r.random(2 * length) * 9 - 3).astype(kind) for _ in range(2)]
        yield x[:length], y[:length], np.zeros(length, kind), np.zeros((2, length), kind), np.zeros(length, bool)
        yield x[::2], y[1::2], np.zeros(2 * length, kind)[::-2], np.zeros((2, length), kind), np.ones(length, bool)
    yield (np.ones(3).astype(kind), np.zeros(3).astype(kind), np.zeros(4, kind), np.zeros((3, 2), kind), np.zeros(2, bool))     # shapes that don't fit, division by zero
    frozen = np.zeros(3, kind)
    frozen.flags.writeable = False
    yield np.ones(3).astype(kind), np.ones(3).astype(kind), frozen, np.zeros((2, 3), kind), np.zeros(3, bool)


@pytest.mark.parametrize("text", TEXTS)
def test_results_in_arrays(text):
    source = f"import numpy as np\ndef f(x, y, t, m, b):\n    r = None\n    for n in range(3):\n        r = {text}\n    return r, x, t, m, b"
    for kind in ("float64", "float32", "int64", "int8", "complex128", "bool"):
        plain_function, jitted = plain_and_jitted(source)
        for state in ({}, {"all": "raise"}):
            for row in given(kind):
                rows = []
                for _ in range(3):
                    rows.append([one.copy() if one.flags.writeable and one.flags.c_contiguous else one[...] if not one.flags.writeable else np.repeat(one, 2)[::2] for one in row])
                plain = outcome(plain_function, rows[0], state)
                for other in rows[1:]:
                    assert outcome(jitted, other, state) == plain, (source, row, state)


def test_is_native():
    space = {}
    exec("import numpy as np\ndef f(x, y, t, n):\n    for k in range(n):\n        np.multiply(x, y, out=t)\n        np.add(t, 0.5, out=t)\n        np.sqrt(np.abs(t), out=x)\n    return t", space)
    jitted, given = framejit.jit(space["f"]), (np.arange(9.0), np.arange(9.0), np.zeros(9))
    for _ in range(3):
        jitted(*given, 40)
    before = framejit.stats()
    jitted(*given, 40)
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("callouts", "exits", "native_iterations")] == [0, 0, 40]
