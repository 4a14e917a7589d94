"""Reductions and products by native code: the same bits and types as NumPy's, of every layout, kind and size."""

import random

import numpy as np
import pytest

import framejit
from framejit import stats
from tests.arrays.programs import seen

CALLS = ("sum", "prod", "mean", "max", "min", "any", "all", "argmax", "argmin")
FORMS = ("x.{}()", "np.{}(x)", "x.{}(axis=0)", "np.{}(x, axis=-1)", "x.{}(0)", "x.{}(axis=1, keepdims=True)", "x.{}(axis=(0, -1))", "(x + x).{}()", "x[1:, 1:].{}()", "x[::2, ::-1].{}(axis=1)")
KINDS = ("float64", "float32", "int64", "int32", "uint8", "int16", "uint64", "bool")
LAYOUTS = {"plain": lambda x: x, "transposed": lambda x: x.T, "reversed": lambda x: x[::-1], "strided": lambda x: x[:, ::2], "padded": lambda x: x[:, 1:-1], "empty": lambda x: x[:0],
           "long": lambda x: x.reshape(-1)[:x.size // 2 * 2].reshape(2, -1), "deep": lambda x: x[:x.shape[0] // 2 * 2].reshape(2, -1, x.shape[1])[:, :, 1:]}
SHAPES = ((1, 1), (3, 5), (40, 33), (9, 300), (120, 170), (33, 1031))


def outcome(function, *given):
    import warnings
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = seen(function(*given))
        except Exception as error:
            result = type(error), str(error)
    return result, [(one.category, str(one.message), one.lineno) for one in caught]


def made(source):
    spaces = [{}, {}]
    for space in spaces:
        exec(compile(source, "<program>", "exec"), space)
    return spaces[0]["f"], framejit.jit(spaces[1]["f"])


def values(rng, shape, kind):
    numbers = np.random.default_rng(rng.randrange(10**6))
    if kind[0] == "f":
        return (numbers.random(shape) * 4 - 2).astype(kind)
    return numbers.integers(0, 2, shape).astype(bool) if kind == "bool" else numbers.integers(0, 100, shape).astype(kind)


@pytest.mark.parametrize("name", CALLS)
def test_reductions(name):
    rng = random.Random(name)
    before = stats()["native_entries"]
    for form in FORMS:
        for kind in rng.sample(KINDS, 4):
            source = f"import numpy as np\ndef f(x):\n    for k in range(3):\n        r = {form.format(name)}\n    return r + 1, r"
            plain, jitted = made(source)
            for shape in SHAPES:
                layout = rng.choice(list(LAYOUTS))
                if layout == "strided" and shape == (1, 1):
                    continue
                x = LAYOUTS[layout](values(rng, shape, kind))
                if kind[0] == "f" and x.size and rng.random() < 0.2:
                    x.flat[rng.randrange(x.size)] = rng.choice([np.nan, np.inf, 0.0, -0.0])
                expected = outcome(plain, x)
                for _ in range(2):
                    assert outcome(jitted, x) == expected, (source, kind, shape, layout)
    assert stats()["native_entries"] > before


PRODUCTS = ("a @ b", "np.dot(a, b)", "a.dot(b)", "np.matmul(a, b)", "(a * 2) @ b[::1] + 1", "a[::-1] @ b", "a @ a.T", "a.T @ b")


def test_products():
    rng = random.Random(5)
    before = stats()["native_entries"]
    for form in PRODUCTS:
        for kind in ("float64", "float32", "int32", "bool"):
            plain, jitted = made(f"import numpy as np\ndef f(a, b):\n    for k in range(3):\n        r = {form}\n    return r, r + 1")
            for _ in range(16):
                m, n, p = [rng.choice([1, 1, 2, 3, 8, 40, 70, 0]) for _ in range(3)]
                first, second = rng.choice([((m, n), (n, p)), ((m, n), (n,)), ((n,), (n, p)), ((n,), (n,)), ((m, n), (n, m)), ((m, n), (n + 1, p))])
                a, b = values(rng, first, kind), values(rng, second, kind)
                if rng.random() < 0.3:
                    a = np.asfortranarray(a)
                if rng.random() < 0.3:
                    b = np.asfortranarray(b)
                if rng.random() < 0.2:
                    b = np.repeat(b, 2, axis=0)[::2]
                expected = outcome(plain, a, b)
                for _ in range(2):
                    assert outcome(jitted, a, b) == expected, (form, kind, a.shape, b.shape, a.strides, b.strides)
    assert stats()["native_entries"] > before


def test_products_that_warn():
    plain, jitted = made("import numpy as np\ndef f(a, b):\n    for k in range(3):\n        r = a @ b + 1\n    return r")
    a, b = np.full((3, 3), 1e300), np.full(3, 1e300)
    for given in ((a * 1e-300, b), (a, b), (a * np.inf, b * 0.0), (a, np.ones(3, "float32"))):
        for _ in range(3):
            assert outcome(jitted, *given) == outcome(plain, *given)


NATIVE = """
import numpy as np

def layer(a, b, n):
    m = a
    for k in range(n):
        a = np.tanh(m @ a + b) * 0.5
    return a

def centred(a, b, n):
    for k in range(n):
        a = a - a.mean(axis=0) * 0.5 + a.max(axis=1, keepdims=True)
    return a

def counted(a, b, n):
    s = 0
    for k in range(n):
        s += (a > b).sum() + (a > 0.5).mean() + a.argmax() + np.dot(b, b)
    return s
"""


@pytest.mark.parametrize("name", ("layer", "centred", "counted"))
def test_runs_natively(name):
    space = {}
    exec(NATIVE, space)
    jitted = framejit.jit(space[name])
    a, b = np.linspace(0.0, 1.0, 9).reshape(3, 3), np.linspace(0.0, 0.5, 3)
    for _ in range(6):
        jitted(a, b, 50)
    before = stats()
    result = jitted(a, b, 50)
    after = stats()
    assert seen(result) == seen(space[name](a, b, 50))
    assert after["callouts"] == before["callouts"] and after["exits"] == before["exits"]
    assert after["native_iterations"] - before["native_iterations"] >= 49
