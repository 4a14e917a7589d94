"""What NumPy refuses, or does in another way than its neighbours: functions of its C code called natively do as it does."""

import warnings

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted
from tests.arrays.test_vectors import differing

A, M, I = np.array([3.0, 1.0, 2.0]), np.arange(6.0).reshape(2, 3), np.array([0, 1])
NAMES = ("np.where(condition=x)", "np.concatenate(arrays=(x, x))", "np.bincount(x=i)", "np.inner(x, b=x)", "np.inner(a=x, b=x)", "np.vdot(x, b=x)", "x.swapaxes(axis1=0, axis2=0)", "x.transpose(axes=(0,))", "x.item(index=0)",
         "x.reshape(shape=(3, 1))", "np.matmul(x, b=x)", "np.add.reduce(a=x)", "np.add.reduce(array=x)", "np.add.accumulate(x, axis=0)", "np.add.outer(x, b=x)", "np.add.at(x, indices=i, b=x[i])", "np.gradient(x, dx=0.5)",
         "np.gradient(x, 0.5, axis=0)", "np.gradient(m, 0.5, 2.0)", "np.meshgrid(x, y=x)", "np.atleast_2d(a=x)", "np.linalg.cholesky(a=m)", "np.take(x)", "np.outer(x)", "np.reshape(x[:1])", "np.negative.at(x, i)",
         "np.take(x, indices=i)", "np.searchsorted(x, v=x)", "np.swapaxes(x, axis1=0, axis2=0)", "x.take(indices=i)", "np.round(x, decimals=1)", "x.cumsum(axis=0, dtype=float)", "np.ones(shape=3)", "np.full(3, fill_value=2)",
         "np.einsum('i->i')", "np.einsum('i->i', operands=x)", "np.repeat(x, repeats=2)", "np.stack((x, x), axis=1)", "np.eye(N=2)", "np.diff(x, axis=0)", "np.interp(x, x, x, left=0.0)", "np.split(x, 3, axis=0)",
         "np.trapezoid(m, x=m[None] * 1.5)", "np.eye(4, k=-2**62)", "np.eye(3, k=2**40)", "np.digitize(x + 1j, x[:1])", "np.count_nonzero(m, 0)")


@pytest.mark.parametrize("text", NAMES)
def test_names_of_parameters(text):
    source = f"import numpy as np\ndef f(x, m, i):\n    r = None\n    for n in range(3):\n        r = {text}\n    return r, x"
    plain_function, jitted = plain_and_jitted(source)
    plain = outcome(plain_function, (A.copy(), M, I), {})
    for _ in range(3):
        assert outcome(jitted, (A.copy(), M, I), {}) == plain, text


def several(kind):
    return [np.array([3, 1, 2], kind), np.array([0.1, 16777216, 0.5]).astype(kind)] if kind[0] == "f" else [np.array([3, 1, 2], kind)]


@pytest.mark.parametrize("text", ("np.isclose(x, 0.1)", "np.allclose(x, 0.1, 0.0, 0.0)", "np.isclose(x, 16777217, 0, 0)", "np.isclose(x, x[0])", "np.isclose(x, np.float64(0.1))", "np.isclose(x, True)", "np.linspace(x[0], x[-1], 4)",
                                  "np.linspace(x[0], 2.5, 4)", "np.linspace(0, np.float32(1), 3)", "np.full(3, x[0], dtype=int)", "np.full_like(x, float('nan'), dtype=np.int8)", "np.full(2, 1e300, np.float32)", "np.digitize(x, x[:1])",
                                  "np.polyval(x, x[0])", "np.trapezoid(x, dx=x[0])", "np.gradient(x, x[0])", "np.append(x, x[0])", "np.interp(x[0], x, x)", "np.searchsorted(x, x[0])"))
def test_numbers_of_kinds(text):
    source = f"import numpy as np\ndef f(x):\n    r = None\n    for n in range(3):\n        r = {text}\n    return r"
    for kind in ("float64", "float32", "float16", "int64", "int8"):
        differing(source, *[(one,) for one in several(kind)], states=({}, {"all": "raise"}, {"all": "ignore"}))


@pytest.mark.parametrize("text", ("np.floor_divide.at(x, i, y)", "np.power.at(x, i, y)", "np.remainder.at(x, i, y)", "np.add.at(x, i, y)", "np.left_shift.at(x, i, y)", "np.divide.at(x, i, y)", "np.negative.at(x, i)", "np.bitwise_or.at(x, i, y)"))
def test_changes_are_made_once(text):
    source = f"import numpy as np\ndef f(x, i, y):\n    done = []\n    for n in range(3):\n        try:\n            {text}\n        except (ValueError, TypeError, FloatingPointError) as error:\n            done.append(str(error))\n    return x, done"
    plain_function, jitted = plain_and_jitted(source)
    for state in ({}, {"all": "raise"}):
        for x, i, y in (([7, 3, 4], [0, 1], [2, 0]), ([2, 3, 4], [0, 1], [2, -1]), ([1, 1], [0, 0, 1], [1, 2, 3])):
            for kind in ("int64", "float64"):
                rows = [(np.array(x, kind), np.array(i), np.array(y, kind)) for _ in range(3)]
                plain = outcome(plain_function, rows[0], state)
                for row in rows[1:]:
                    assert outcome(jitted, row, state) == plain, (text, x, state)


def test_elements_that_lie_on_one_another():
    space = {}
    exec("import numpy as np\ndef f(x, i, y):\n    for n in range(3):\n        np.add.at(x, i, y)\n    return x", space)
    jitted = framejit.jit(space["f"])
    results = []
    for function in (space["f"], jitted, jitted):
        memory = np.arange(4.0)
        found = function(np.lib.stride_tricks.as_strided(memory, (3, 2), (8, 8)), np.array([0, 1, 1]), np.array([0.5, 0.25]))
        results.append((found.tobytes(), memory.tobytes()))
    assert results[1:] == [results[0]] * 2


HELD = ("sum(v * v for v in np.sort(x))", "max(v for v in x.tolist())", "[v + 1 for v in np.sort(x)]", "np.concatenate((x, x), axis=np.count_nonzero(x[:0]))", "np.array([1.0, *x])", "np.concatenate([x, *(x, x)])",
        "np.array([x[0], np.array([1.0, 2.0])[1]])", "np.array([[x[0], x[1]], [np.sort(x)[0], 2.0]])", "np.stack([np.array([1.0, x[0]]), np.array([2.0, x[1]])])", "np.array([sum(v for v in np.sort(x)), 1.0])",
        "np.vstack((x, np.concatenate((x[:1], x[1:]))))", "np.array([np.concatenate((x, x))[0], 1.0])", "np.array([1.0, 2.0, 3.0])", "np.array([[1, 2], [3, 4]])", "np.array([x[0], len(x)]) + np.array([k, 1.5])")


@pytest.mark.parametrize("text", HELD)
def test_lists_beside_what_else_is_never_made(text):
    differing(f"import numpy as np\ndef f(x, k):\n    r = None\n    for n in range(4):\n        r = {text}\n        k = k + 1\n    return r", (A, 1), (A[:2], 3), (A[::-1], 2**62), states=({},))


def test_draws_that_warn():
    source = "import numpy as np\ndef f(rng, a, b):\n    r = None\n    for n in range(3):\n        try:\n            r = rng.uniform(a, b)\n        except OverflowError as error:\n            r = str(error)\n    return r"
    plain_function, jitted = plain_and_jitted(source)
    results = []
    for function in (plain_function, jitted, jitted):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            results.append((repr(function(np.random.default_rng(1), np.array([-1e308]), np.array([1e308]))), [(str(one.message), one.lineno) for one in caught]))
    assert results[1:] == [results[0]] * 2
