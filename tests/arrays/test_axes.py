"""Reductions along axes that are known at run time, of every kind of numbers, in other types, into arrays at hand."""

import random

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, outcome

FORMS = ("x.sum(axis=k)", "np.max(x, axis=k)", "x.mean((k, -1))", "np.sum(x, axis=k, dtype=np.float32)", "x.sum()", "x.mean()", "x.any()", "np.all(x, axis=k)", "x.prod(axis=-2)", "np.amin(x)",
         "x.argmax(axis=k)", "x.argmin(axis=0, keepdims=True)", "x.sum(keepdims=True)", "np.mean(x, axis=k, keepdims=True)", "np.sum(x, axis=0, out=out)", "x.max(0, out)",
         "np.mean(x, 1, out=out)", "x.sum(dtype='float64')", "np.sum(x, None, None, None, False)", "x.mean(axis=k, dtype=float)", "(x * 2).any(axis=(0, k))", "x[:, ::-1].min(axis=k)",
         "np.sum(x.T, axis=(k, 0))", "x.prod(dtype=complex)", "np.any(x, k, keepdims=True)", "x.sum(axis=k, out=None)")
KINDS = ("float64", "float32", "int32", "complex128", "complex64", "float16", "bool", "uint8", "int64")
AXES = (0, -1, 1, 2, -3, -4, 5, np.int8(1), np.uint64(2), True)
SHAPES = ((5, 4, 5), (1, 4, 5), (3, 300, 2), (0, 4, 5), (4, 5), (129,))


def values(rng, kind, shape):
    numbers = np.random.default_rng(rng.randrange(10**6))
    if kind == "bool":
        return numbers.random(shape) < 0.5
    plain = numbers.random(shape) * 20 - 5
    if kind[0] == "c":
        plain = plain + 1j * numbers.random(shape)
    array = (plain if kind[0] in "cf" else abs(plain)).astype(kind)
    if kind[0] in "cf" and array.size and rng.random() < 0.2:
        array.flat[rng.randrange(array.size)] = rng.choice([np.nan, np.inf, 0.0])
    return array


def made(source):
    spaces = [{}, {}]
    for space in spaces:
        exec(compile(source, "<program>", "exec"), space)
    return spaces[0]["f"], framejit.jit(spaces[1]["f"])


@pytest.mark.parametrize("form", FORMS)
def test_axes(form):
    rng = random.Random(form)
    plain, jitted = made(f"import numpy as np\ndef f(x, k, out):\n    for i in range(3):\n        r = {form}\n    return r is out, r")
    before = framejit.stats()["native_entries"]
    for _ in range(60):
        kind, shape, k, state = rng.choice(KINDS), rng.choice(SHAPES[:4] if rng.random() < 0.8 else SHAPES), rng.choice(AXES[:4] if rng.random() < 0.7 else AXES), rng.choice(STATES)
        target = (rng.choice([kind, kind, "float64"]), rng.choice([shape[1:], shape[1:], shape[:1] + shape[2:], (2, 2)]))
        array, results = values(rng, kind, shape), []
        for function in (plain, jitted, jitted):
            out = np.zeros(target[1], target[0])
            results.append((outcome(function, (array, k, out), state), out.tobytes()))
        assert results[1] == results[0] and results[2] == results[0], (form, kind, shape, k, state, target)
    assert framejit.stats()["native_entries"] > before


COMPLEX = ("z * z + c", "z / z.sum()", "z - z.mean()", "(z * c).sum()", "np.exp(z) * z.max()", "c * x + z.imag", "z == c", "np.where(x > 0, z * c, z)", "z * z.min() - c / z.prod()", "abs(z - c)", "z ** c", "c ** z",
           "c - (z + z.sum() * x)")


@pytest.mark.parametrize("form", COMPLEX)
def test_complex_scalars(form):
    rng = random.Random(form)
    for kind in ("complex64", "complex128"):
        for c in (0.5 - 1j, np.complex64(2 + 1j), np.complex128(0.1 + 3j), 1e300j, complex(float("nan"), 1), 2.0, np.float32(3), "c"):
            plain, jitted = made(f"import numpy as np\ndef f(z, x, c):\n    for i in range(4):\n        r = {form}\n    return r")
            for n in (0, 1, 7, 257):
                z, x, state = values(rng, kind, n), values(rng, rng.choice(["float32", "int64"]), n), rng.choice(STATES)
                expected = outcome(plain, (z, x, c), state)
                for _ in range(2):
                    assert outcome(jitted, (z, x, c), state) == expected, (form, kind, c, n, state)


NATIVE = """
import numpy as np

def turns(x, c, out, n):
    s = 0.0
    for k in range(n):
        s += x.sum(axis=k % 2)[0] + x.max(axis=(k % 2, 1 - k % 2)) + np.sum(x, axis=0, out=out)[1]
    return s

def kinds(x, c, out, n):
    s = 0.0
    for k in range(n):
        s += x.mean(dtype=np.float32) + x.sum(axis=0, dtype=np.float32)[1] + (x > 2).mean(axis=0)[1] + x.any() + x.argmax(axis=k % 2, keepdims=True)[0, 0]
    return s

def julia(x, c, out, n):
    z = x * 1j
    for k in range(n):
        z = (z * z + c) * 0.1 - z.mean() * c
    return z

def scaled(x, c, out, n):
    z = x * 1j
    for k in range(n):
        z = z / z.sum() + z.max(axis=0)
    return z
"""


@pytest.mark.parametrize("name", ("turns", "kinds", "julia", "scaled"))
def test_runs_natively(name):
    space = {}
    exec(NATIVE, space)
    jitted = framejit.jit(space[name])
    given = np.linspace(0.0, 3.0, 9).reshape(3, 3), 0.3 + 0.5j, np.zeros(3)
    for _ in range(6):
        jitted(*given, 50)
    before = framejit.stats()
    result = jitted(*given, 50)
    after = framejit.stats()
    assert np.asarray(result).tobytes() == np.asarray(space[name](*given, 50)).tobytes()
    assert after["exits"] == before["exits"]
    assert after["callouts"] - before["callouts"] <= (50 if name == "julia" else 0)      # z.mean() * c, two scalars
    assert after["native_iterations"] - before["native_iterations"] >= 49
