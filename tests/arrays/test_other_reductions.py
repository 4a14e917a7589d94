"""Reductions under other names: ufuncs' `reduce`, count_nonzero, any and all of numbers, axes that are all there are, lengths of vectors."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, outcome, plain_and_jitted

KINDS = ("float64", "float32", "int64", "int32", "int16", "uint8", "uint64", "bool", "complex128", "float16")
FULL = (                # expressions of one vector that native code reduces as it computes them
    "np.add.reduce({})", "np.add.reduce({}, axis=0)", "np.add.reduce({}, 0)", "np.multiply.reduce({})", "np.maximum.reduce({})", "np.minimum.reduce({}, -1)", "np.logical_or.reduce({})",
    "np.logical_and.reduce({})", "np.add.reduce({}, axis=None)", "np.count_nonzero({})", "np.count_nonzero({} > y)", "{}.any()", "np.all({})", "np.any({}, axis=0)", "{}.all(axis=-1)", "{}.mean(axis=0)",
    "np.sum({}, axis=0)", "{}.max(axis=0)", "{}.min(-1)", "{}.prod(axis=(0,))", "np.mean({}, axis=-1)", "({} != 0).any(axis=0)", "{}.sum(axis=0, keepdims=False)",
)
MORE = (                # what is more, or raises
    "np.add.reduce({}, axis=1)", "np.add.reduce({}, dtype='float32')", "np.add.reduce({}, 0, None)", "np.add.reduce({}, keepdims=True)", "np.subtract.reduce({})", "np.hypot.reduce({})",
    "np.maximum.reduce({}, 0, np.float64)", "np.add.reduce({}, initial=3)", "np.count_nonzero({}, axis=0)", "np.count_nonzero({}, keepdims=True)", "np.count_nonzero({}, None)", "{}.any(axis=1)",
    "{}.mean(axis=(0, 0))", "np.count_nonzero(k)", "np.add.reduce(k)", "np.add.reduce()", "np.count_nonzero()", "np.add.reduce({}, axes=0)", "{}.any(keepdims=True)", "np.linalg.norm({}, 1)",
    "np.linalg.norm({}, axis=0)", "np.linalg.norm({}, ord=2)", "np.linalg.norm({}[::2])", "np.linalg.norm({}.reshape(1, -1))", "np.linalg.norm(k)", "np.linalg.norm({}[:0])",
)
NORMS = ("np.linalg.norm({})", "np.linalg.norm({} - y)", "np.linalg.norm({}) * np.linalg.norm(y)", "np.linalg.norm({}[1:])")
LENGTHS = (0, 1, 7, 8, 9, 127, 128, 129, 1000, 8193)


def given(length, kind, ndim=1):
    r = np.random.default_rng(length)
    x, y = [(r.random(length) * 7 - 3).astype(kind) for _ in range(2)]
    if length > 3:
        x[::3] = 0
    return (x.reshape(1, -1), y.reshape(1, -1), 2) if ndim == 2 else (x, y, 2)


def source(text):
    return f"import numpy as np\ndef f(x, y, k):\n    return {text}\n"


@pytest.mark.parametrize("form", FULL + MORE + NORMS)
@pytest.mark.parametrize("argument", ("x", "(x * y)", "x[::-1]"))
def test_results(form, argument):
    plain, jitted = plain_and_jitted(source(form.format(argument)))
    for kind in KINDS:
        for length in LENGTHS:
            for arguments in (given(length, kind), given(length, kind, 2)):
                for state in STATES[1:5:2]:
                    wanted = outcome(plain, arguments, state)
                    for _ in range(2):
                        assert outcome(jitted, arguments, state) == wanted, (kind, length, state)


@pytest.mark.parametrize("value", (np.nan, -np.nan, np.inf, -0.0, 5e-324, 1e-310, 1e300))
def test_odd_numbers(value):
    for form in ("{}.any()", "np.all({})", "np.count_nonzero({})", "np.linalg.norm({})", "np.add.reduce({})", "np.maximum.reduce({})"):
        plain, jitted = plain_and_jitted(source(form.format("x")))
        for place in (0, 3, 16):
            for kind in ("float64", "float32"):
                x = np.zeros(17, kind)
                with np.errstate(all="ignore"):
                    x[place] = value
                for state in STATES:
                    wanted = outcome(plain, (x, x, 2), state)
                    for _ in range(3):
                        assert outcome(jitted, (x, x, 2), state) == wanted, (form, place, kind, state)


@pytest.mark.parametrize("form", FULL + NORMS)
def test_native(form):
    text = f"import numpy as np\ndef f(x, y, n):\n    s = 0\n    for step in range(n):\n        s = {form.format('x')}\n    return s\n"
    _, jitted = plain_and_jitted(text)
    x, y, _ = given(20, "float64")
    for _ in range(20):
        jitted(x, y, 30)
    before = framejit.stats()
    for _ in range(10):
        jitted(x, y, 30)
    after = framejit.stats()
    assert after["native_iterations"] == before["native_iterations"] + 300
    assert after["exits"] == before["exits"] and after["callouts"] == before["callouts"]
    if form not in NORMS:
        said = framejit.explain(jitted, x, y, 3).nests
        assert said and all(["then " in line for line in said]), said


def test_replaced_functions():
    """What a program puts in the place of NumPy's names is seen at once, and back."""
    text = """import numpy as np
def f(x, y, k):
    found = []
    for step in range(k):
        if step == k // 3:
            np.count_nonzero, np.linalg.norm = len, max
        if step == 2 * k // 3:
            np.count_nonzero, np.linalg.norm = kept
        found.append((float(np.linalg.norm(x)), int(np.count_nonzero(y)), float(np.add.reduce(x))))
    return found
kept = np.count_nonzero, np.linalg.norm
"""
    kept = np.count_nonzero, np.linalg.norm
    try:
        rows = [[outcome(one, (*given(20, "float64")[:2], 30), {}) for _ in range(4)] for one in plain_and_jitted(text)]
    finally:
        np.count_nonzero, np.linalg.norm = kept
    assert rows[0] == rows[1]
