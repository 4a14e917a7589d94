"""`argmax`, `argmin` and `dot` by the dtypes' own functions, in regions and in routines; axes in routines."""

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome
from tests.arrays.test_vectors import differing

KINDS = ("float64", "float32", "float16", "int8", "bool", "complex128")
ROUTINES = """
import numpy as np

def norm(v):
    return np.sqrt(np.dot(v, v))

def centred(m):
    return m - m.mean(axis=0)

def sums(m, k):
    return (m * 2.0).sum(axis=k)

def best(v):
    return np.argmax(v) + v.argmin()

def loop(n, v, m):
    s = 0.0
    for k in range(n):
        v = v * 0.99
        s += norm(v) + best(v)
        m = centred(m) * 1.1
        s += sums(m, k & 1).sum() + m.argmax()
    return s, v, m
"""


@pytest.mark.parametrize("text", ("x.argmax()", "np.argmin(x)", "x.argmax(axis=0)", "np.argmax(x[1:])", "x[::2].argmin()", "np.dot(x, x)", "x[1:].dot(x[:-1])", "np.dot(x, x[::-1])", "x.argmax(axis=k)",
                                  "(x + x).argmin() + x.argmax(keepdims=True)", "np.dot(x[:1], x[:1])", "np.dot(x, x[:3])", "x.real.argmax()"))
@pytest.mark.parametrize("kind", KINDS)
def test_functions_of_dtypes(text, kind):
    given = []
    for length in (0, 1, 3, 17, 100, 20000):
        numbers = (np.random.default_rng(length).random(length) * 50 - 10).astype(kind)
        given += [(numbers, 0), (numbers[::-1], -1), (numbers[:length // 4 * 4].reshape(-1, 4), 1), (numbers[:length // 4 * 4].reshape(-1, 4).T, 2)]
    if kind[0] in "fc":
        given += [(np.array(some).astype(kind), 0) for some in ([1, np.nan, 2], [np.inf, 1, -np.inf], [0.0, -0.0, 0.0], [-0.0, -0.0], [np.nan, np.nan])]
    given += [(np.array([1e300, -1e300, 1e300]), 0) for _ in range(kind == "float64")]
    differing(f"import numpy as np\ndef f(x, k):\n    return {text}", *given, states=({}, {"all": "raise"}))


@pytest.mark.parametrize("kind", ("float64", "int64"))
def test_routines(kind):
    """Of arrays that other layouts and lengths follow, which are left to NumPy."""
    spaces = [{}, {}]
    for space in spaces:
        exec(ROUTINES, space)
    jitted, random = framejit.jit(spaces[1]["loop"]), np.random.default_rng(3)
    for side in (1, 2, 9, 200):
        v, m = (random.random(side) * 9).astype(kind), (random.random((side, side)) * 9).astype(kind)
        for matrix in (m, m.T, m[::-1]):
            plain = outcome(spaces[0]["loop"], (40, v, matrix), {})
            assert [outcome(jitted, (40, v, matrix), {}) for _ in range(3)] == [plain] * 3


def test_native_from_the_start():
    space = {}
    exec(ROUTINES, space)
    jitted, given = framejit.jit(space["loop"]), (np.arange(20.0), np.arange(400.0).reshape(20, 20))
    jitted(40, *given)
    before = framejit.stats()
    jitted(40, *given)
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("callouts", "exits", "native_iterations")] == [0, 0, 40]


def test_what_dot_warns_of_has_its_line():
    source = "import numpy as np\ndef f(a):\n    s = 0.0\n    for k in range(3):\n        s = s + 1\n        s = np.dot(a, a)\n    return s"
    differing(source, (np.array([1e300, 1e300]),), (np.array([np.inf, 0.0]),), (np.array([[1e300, 1.0], [1.0, 1e300]]),), states=({}, {"all": "raise"}, {"over": "ignore"}))


def test_routines_leave_what_warns():
    source = "import numpy as np\ndef g(a):\n    return np.dot(a, a)\ndef h(a, k):\n    return (a * a).sum(axis=k)\ndef f(a, m):\n    s = 0.0\n    for k in range(30):\n        s += g(a) + h(m, 0).sum()\n        a = a * 1e20\n    return s"
    differing(source, (np.array([1.0, 2.0]), np.ones((2, 3))), (np.array([1e150, 1e10]), np.full((2, 2), 1e160)), (np.array([1.0, 2.0]), np.ones((0, 3))), states=({}, {"all": "raise"}, {"all": "ignore"}))


@pytest.mark.parametrize("text", ("a.argmax(axis=(0,))", "np.argmin(a, axis=(k,))", "a.cumsum(axis=(0,))", "a.argmax(axis=k)", "a.max(axis=(0,))"))
def test_some_take_one_axis(text):
    differing(f"import numpy as np\ndef f(a, k):\n    return {text}", *[(np.arange(12.0).reshape(4, 3), k) for k in (0, 1, -1, 5)])
