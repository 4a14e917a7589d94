"""Elements of arrays chosen by arrays: read, stored, changed in place; ufuncs' methods; draws; LAPACK; in functions that are called natively, too."""

import threading

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted
from tests.arrays.test_vectors import differing

KINDS = ("float64", "float32", "float16", "int64", "int8", "uint64", "bool", "complex128")
READ = ("x[i]", "x[m]", "x[i] + x[i]", "x[i, None]", "x[..., i]", "x[i][1:]", "x[m].sum()", "x[[0, 1]]", "x[i - 1]", "x[x > 1]", "x[i.astype(np.int8)]", "x[np.array([], dtype=np.int64)]", "x[1:][i[:1]]")
READ_2D = ("x[i, i]", "x[:, i]", "x[i, 1]", "x[i, 1:]", "x[m, 0]", "x[m]", "x[x > 0]", "x[i, :, None]", "x[0, i]", "x[i[:, None], i]", "x[::-1, i]", "x[i][:, i]", "x[i, k]", "x[k - 1:, i]", "x[None, i]")
STORED = ("x[i] = 2", "x[m] = k", "x[i] = x[i] * 2", "x[m] += 1", "x[i] += x[i]", "x[x > 1] = 0", "x[i] = i", "x[m] = x[m][::-1]", "x[i] = x", "x[m] = 300", "x[m] = 0.5", "x[i] = True", "x[i] = 1e300", "x[m] = np.int64(3)",
          "x[i] -= k", "x[i] = x[::-1][i]", "x[m] = np.array([1, 2, 3])", "x[i] = np.float32(0.5)", "x[m] *= x[m]", "x[i] = None", "x[m] = 1j")
STORED_2D = ("x[i, i] = 1", "x[:, i] = 2", "x[i, 0] = x[0, i]", "x[m, 1] += 1", "x[x > 1] = 0", "x[i] = x[0]", "x[1:, i] += 1", "x[i, :] = 0", "x[m] = x[m] * 2")
UFUNCS = ("np.add.reduce(x)", "np.multiply.reduce(x, axis=None)", "np.maximum.reduce(x, axis=-1)", "np.add.accumulate(x)", "np.maximum.accumulate(x, axis=0)", "np.add.reduceat(x, i)", "np.subtract.outer(x, x)",
          "np.logical_or.reduce(x)", "np.minimum.reduce(x[:0])", "np.add.reduce(x, dtype=np.float64)")
CHANGED = ("np.add.at(x, i, 1)", "np.add.at(x, i, x[i])", "np.maximum.at(x, i, k)", "np.subtract.at(x, m, 2)", "np.add.at(x, i, 1e308)", "np.multiply.at(x, i + 1, x)", "np.add.at(x, i, 0.5)")


def vectors(kind):
    r = np.random.default_rng(2)
    for length in (1, 2, 5, 40):
        x = (r.random(2 * length) * 9 - 3).astype(kind)
        i, m = r.integers(0, length, length), r.random(length) > 0.4
        yield x[:length], i, m, 1
        yield x[::-2], i[::-1], ~m, 2
        yield x[:length].copy(), i - length, m[::-1], 0
    yield (r.random(4) * 9).astype(kind), np.array([0, 4, 1]), np.array([True, False]), 1           # out of range, of another length
    frozen = np.ones(3).astype(kind)
    frozen.flags.writeable = False
    yield frozen, np.array([0, 1]), np.array([True, False, True]), 1


def matrices(kind):
    r = np.random.default_rng(2)
    for side in (2, 3, 7):
        x = (r.random((side, side)) * 9 - 3).astype(kind)
        i, m = r.integers(0, side, side), r.random(side) > 0.4
        yield x, i, m, 1
        yield x.T, i[::-1], ~m, 1
        yield np.asfortranarray(x)[::-1], i - side, m, 1
    yield (r.random((3, 3)) * 9).astype(kind), np.array([0, 3, 1]), np.array([True, False, True]), 1


def compared(body, given, states=({},)):
    source = f"import numpy as np\ndef f(x, i, m, k):\n    r = None\n    for n in range(3):\n        {body}\n    return r, x"
    for kind in KINDS:
        rows = list(given(kind))
        plain_function, jitted = plain_and_jitted(source)
        for state in states:
            for row in rows:
                plain = outcome(plain_function, tuple([kept(one) for one in row]), state)
                for _ in range(2):
                    assert outcome(jitted, tuple([kept(one) for one in row]), state) == plain, (source, row, state)


def kept(value):
    """A copy in the same layout: ufunc.at writes into what is read-only, too."""
    if not isinstance(value, np.ndarray):
        return value
    made = value.copy(order="K")
    made.flags.writeable = value.flags.writeable
    return made


@pytest.mark.parametrize("text", READ)
def test_read(text):
    with np.errstate(all="ignore"):
        compared(f"r = {text}", vectors)


@pytest.mark.parametrize("text", READ_2D)
def test_read_from_matrices(text):
    compared(f"r = {text}", matrices)


@pytest.mark.parametrize("text", STORED)
def test_stored(text):
    compared(text, vectors, ({}, {"all": "raise"}))


@pytest.mark.parametrize("text", STORED_2D)
def test_stored_into_matrices(text):
    compared(text, matrices)


@pytest.mark.parametrize("text", UFUNCS)
def test_methods_of_ufuncs(text):
    compared(f"r = {text}", vectors, ({}, {"all": "raise"}))


@pytest.mark.parametrize("text", CHANGED)
def test_methods_that_change_an_array(text):
    compared(text, vectors, ({}, {"all": "raise"}))


DRAWN = ("rng.random()", "rng.random(3)", "rng.normal()", "rng.normal(1.0, 2.0)", "rng.normal(size=(2, k))", "rng.integers(10)", "rng.integers(-3, 3, 4)", "rng.integers(0, 5, dtype=np.int8)", "rng.uniform(1, k)",
         "rng.exponential(2.0, 2)", "rng.poisson(3.0)", "rng.poisson(x)", "rng.standard_normal(k)", "rng.random(k, dtype=np.float32)", "rng.binomial(10, 0.5)", "rng.gamma(2.0)", "rng.normal(x, 0.1)",
         "rng.integers(k, endpoint=True)", "rng.random(-k)", "rng.normal(0.0, -1.0)", "rng.integers(0)", "rng.beta(1.0, 2.0, size=None)", "rng.geometric(0.3)", "rng.random((2, 2)).sum()")


@pytest.mark.parametrize("text", DRAWN)
def test_draws(text):
    """The same numbers, and the generator in the same state."""
    source = f"import numpy as np\ndef f(rng, x, k):\n    r = None\n    for n in range(4):\n        r = {text}\n    return r, rng.random()"
    plain_function, jitted = plain_and_jitted(source)
    before = framejit.stats()["native_entries"]
    for seed in range(4):
        given = [(np.random.default_rng(seed), np.arange(3.0), seed) for _ in range(3)]
        results = [outcome(function, one, {}) for function, one in zip((plain_function, jitted, jitted), given)]
        assert [one[0] for one in results[1:]] == [results[0][0]] * 2, text
    assert framejit.stats()["native_entries"] > before


LINEAR = ("np.linalg.solve(m, v)", "np.linalg.solve(m, m)", "np.linalg.inv(m)", "np.linalg.det(m)", "np.linalg.cholesky(m @ m.T)", "np.linalg.inv(m) @ v", "np.linalg.solve(m * 0, v)", "np.linalg.inv(m.T)",
          "np.linalg.norm(v)", "np.linalg.norm(m)", "np.linalg.norm(m, axis=1)", "np.linalg.solve(m, v[:1])", "np.linalg.inv(m[:1])", "np.linalg.cholesky(-m @ m.T)", "np.linalg.det(m[::-1])", "m @ v.astype(np.float32)",
          "np.matmul(m, m[None])", "np.dot(m, v)", "np.cross(v[:3], v[:3] * 2)", "np.kron(v, v)", "np.outer(v, v)", "np.trace(m)")


@pytest.mark.parametrize("text", LINEAR)
def test_linear_algebra(text):
    source = f"import numpy as np\ndef f(m, v):\n    r = None\n    for n in range(3):\n        r = {text}\n    return r"
    r = np.random.default_rng(1)
    for kind in ("float64", "float32", "complex128", "int64"):
        given = []
        for side in (1, 2, 3, 4, 17):
            m, v = (r.random((side, side)) * 9 + 5 * np.eye(side)).astype(kind), (r.random(side) * 9).astype(kind)
            given += [(m, v), (m.T, v[::-1]), (np.full_like(m, 2), v)]
        given += [(np.full((2, 2), np.nan).astype(kind), np.ones(2).astype(kind))] if kind[0] in "fc" else []
        with np.errstate(all="ignore"):
            differing(source, *given, states=({}, {"all": "raise"}, {"all": "ignore"}))


CALLED = """
import numpy as np
def inner(x, i, m):
    y = np.take(x, i)
    z = np.concatenate((y, x[m]))
    y[i] = 0.5
    y[m] += 1
    return np.roll(z, 1).cumsum() + 1, np.searchsorted(np.sort(z), 0.5), y
def f(n, x, i, m):
    s = 0.0
    for k in range(n):
        a, b, c = inner(x, i, m)
        s += a[1] + b + c[0]
        if k == n - 3:
            i = i + 1
    return s, a, b, c
"""


def given_to_called():
    return 40, np.arange(6.0), np.array([2, 0, 1, 4, 3, 3]), np.array([True, False, True, False, False, True])


def test_in_functions():
    plain_function, jitted = plain_and_jitted(CALLED)
    plain = outcome(plain_function, given_to_called(), {})
    for _ in range(4):
        assert outcome(jitted, given_to_called(), {}) == plain
    raising = (40, np.arange(6.0), np.array([2, 0, 1, 5, 3, 3]), np.array([True, False, True, False, False, True]))      # 5 + 1 is out of range
    plain = outcome(plain_function, raising, {})
    assert plain[0][0] is IndexError
    for _ in range(3):
        assert outcome(jitted, raising, {}) == plain
    before = framejit.stats()
    outcome(jitted, given_to_called(), {})
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("callouts", "exits", "native_iterations")] == [0, 0, 40] or threading.active_count() > 1


def test_in_functions_beside_threads():
    """Where the program has other threads, NumPy's functions are called by the interpreter in functions."""
    plain_function, jitted = plain_and_jitted(CALLED)
    plain = outcome(plain_function, given_to_called(), {})
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        for _ in range(4):
            assert outcome(jitted, given_to_called(), {}) == plain
    finally:
        ended.set()
        thread.join()
    for _ in range(3):
        assert outcome(jitted, given_to_called(), {}) == plain
