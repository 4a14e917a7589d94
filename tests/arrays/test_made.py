"""Arrays that calls make: known before one was seen, by what is handed to the call."""

import numpy as np
import pytest

import framejit
from framejit import stats
from framejit.tables.made_arrays import FUNCTIONS, METHODS
from tests.arrays.programs import seen


def four(n, k):
    u = np.zeros(n)
    v = np.linspace(0.0, 1.0, n)
    w = u.copy()
    m = np.ones_like(v)
    s = 0.0
    for i in range(k):
        u = u + 0.1 * (v - u)
        w = w * m + u
        s += w[0]
    return s, w


def shaped(n, k):
    a = np.arange(n * n).reshape(n, n).astype(np.float32)
    b = np.full((n, n), 2.5)
    c = np.empty(a.shape, dtype="int16").ravel()
    c[...] = 3
    for i in range(k):
        b = b + a.T * 0.5
        a = a * 0.25 + 1
        c = c * 2 + 1
    return a, b, c


@pytest.mark.parametrize("function, arguments", ((four, (50, 60)), (shaped, (7, 60))))
def test_first_call_is_native(function, arguments):
    expected, jitted = seen(function(*arguments)), framejit.jit(function)
    before = stats()
    assert seen(jitted(*arguments)) == expected
    after = stats()
    assert after["exits"] == before["exits"] and after["native_iterations"] - before["native_iterations"] >= 59


A = ("np.arange(12.0).reshape(3, 4)", "np.arange(5, dtype=np.int8)", "np.ones((2, 3, 2), np.complex64)[:, ::2]", "np.zeros((3, 3), bool).T", "np.arange(0.0)")
ARGUMENTS = {"zeros": ("n", "(n, 2)", "(n, n), np.int8", "n, dtype='float32'", "[n, n]", "()"), "full": ("n, 2", "(n, 2), 0.5", "n, True", "n, 1, float", "n, None"),
             "arange": ("n", "0.5, n", "1, n, 2", "n, dtype='uint8'", "n, 9, 0.5", "True"), "linspace": ("0, 1, n", "0, 1, n, False", "0.0, 1, dtype=np.float32", "0, 1, n, retstep=True", "0, 1j"),
             "full_like": ("a, 2", "a, 0.5, dtype=bool"), "reshape": ("a, -1", "a, (1, -1)", "a, (-1, 1), order='F'"), "roll": ("a, 1", "a, 1, axis=0"), "cumsum": ("a", "a, axis=0"),
             "astype": ("a, float", "a, np.int16", "a, 'complex128', copy=False", "a, a.dtype", "a, np.float32, order='F'"), "repeat": ("a, 2", "a, 2, axis=0")}
ARGUMENTS |= dict.fromkeys(("ones", "empty"), ARGUMENTS["zeros"])
PLAIN = ("a", "a, order='F'", "a, dtype=np.float32", "a, np.float32")


@pytest.mark.parametrize("table", ("function", "method"))
def test_expectations(table):
    """Whatever comes, it is what NumPy gives; what is expected comes but where a layout depends on more."""
    for name in FUNCTIONS if table == "function" else METHODS:
        for text in ARGUMENTS.get(name, PLAIN):
            for array in A:
                call = f"np.{name}({text})" if table == "function" else f"a.{name}({', '.join(text.split(', ')[1:])})"
                source = f"import numpy as np\ndef f(a, n):\n    r = a\n    for k in range(3):\n        b = {call}\n        t = b + b\n        r = r + 1\n    return r, b.shape, b.strides, b.dtype, b.base is a, b.flags.writeable, t.dtype\n"
                outcomes = []
                for wrapped in (lambda function: function, framejit.jit):
                    space = {}
                    exec(source, space)
                    function = wrapped(space["f"])
                    for _ in range(3):
                        try:
                            outcomes.append(seen(function(eval(array), 4)))
                        except Exception as error:
                            outcomes.append((type(error), str(error)))
                assert all([one == outcomes[0] for one in outcomes]), (call, array)


def changed(n, k):
    t = 0.0
    for i in range(k):
        u = np.zeros(n)
        v = (u + 1) * 2
        t += v.sum()
        if i == k - 3:
            np.zeros = give
    return t, v


def give(n):
    return np.full((n, 2), 3, np.int16)


def test_another_function_in_the_middle():
    original = np.zeros
    try:
        results = []
        for function in (changed, framejit.jit(changed), framejit.jit(changed)):
            np.zeros = original
            results.append(seen(function(5, 200)))
    finally:
        np.zeros = original
    assert results[0] == results[1] == results[2]


MAKES = """
import numpy as np

def step(u, dt):
    r = u.copy()
    r[1:-1] += dt * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    w = np.zeros_like(u)
    w[1:] = r[1:] - r[:-1]
    return r, w

def loop(n, u):
    s = 0.0
    for k in range(n):
        u, w = step(u, 0.01)
        h = np.zeros(k % 5 + 1, dtype=np.int64)
        h[k % (k % 5 + 1)] = k
        e = np.empty((2, len(h)))
        e[...] = k
        s += w.sum() + h.sum() + e[1, 0] + np.copy(w)[1]
    return s, u
"""


def test_zeros_and_copies_are_native():
    plain, fast = {}, {}
    exec(MAKES, plain)
    exec(MAKES, fast)
    loop, u = framejit.jit(fast["loop"]), np.arange(9) * 0.5
    expected = plain["loop"](200, u)
    for _ in range(3):
        before = framejit.stats()
        result = loop(200, u)
        assert result[0] == expected[0] and np.array_equal(result[1], expected[1])
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("callouts", "exits", "native_iterations")] == [0, 0, 200]


@pytest.mark.parametrize("size", [0, -1, 3, 10**18, True, 2.5, np.int16(4), np.uint64(3)])
def test_sizes_of_zeros(size):
    """Numbers that aren't sizes raise what NumPy raises."""
    def zeros(n):
        return np.zeros(n)

    results = []
    for function in (zeros, *[framejit.jit(zeros)] * 3):
        try:
            made = function(size)
            results.append((made.shape, made.dtype, made.flags.owndata, made.tobytes()))
        except (TypeError, ValueError, MemoryError) as error:
            results.append((type(error), str(error)))
    assert results == results[:1] * 4


@pytest.mark.parametrize("shape", [(5, 0), (0, 5), (1, 4), (3,), (2, 3, 4), (70000,)])
def test_copies_are_arrays_of_their_own(shape):
    copies = [lambda u: u.copy(), lambda u: np.copy(u)]
    array = np.random.default_rng(1).random(shape)
    for plain in copies:
        jitted = framejit.jit(plain)
        for _ in range(3):
            made, expected = jitted(array), plain(array)
            assert made is not array and made.base is None and made.flags.owndata and made.strides == expected.strides and made.tobytes() == expected.tobytes()
            assert not np.shares_memory(made, array)
