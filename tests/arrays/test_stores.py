"""Results that go into arrays which their operands share memory with, by the ways of large arrays: piece after piece, in one walk
or two."""

import os
import random
import types

import numpy as np
import pytest

import framejit
from framejit.graph.memory import function
from tests.arrays.programs import canonical

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
EXPRESSIONS = ("{0} + 0.25 * ({1} - 2.0 * {2})", "{0} * 0.5 - {1}", "{0} + {1} + {2}", "-{0}", "np.where({0} > 0.5, {1}, {2})", "{0} / {1}", "{0} * {0} + 1.0", "abs({0}) - {1} * {2}",
               "np.sqrt(abs({0})) + {1}", "{0} - {0}", "np.exp(-abs({0})) + {1}")


@pytest.fixture
def large():
    bounds = function("fj_nest_bounds", None, ("i64", "i64"))
    bounds(0, 0)
    yield
    bounds(-1, -1)


def shifted(pick, rank):
    """A part of the array two smaller along each axis, in one of many places."""
    return "u[" + ", ".join([pick(["1:-1", "1:-1", "2:", ":-2"]) for _ in range(rank)]) + "]"


def program(random):
    pick, rank = random.choice, random.choice([1, 1, 2, 2, 3])
    lines = ["import numpy as np", "def f(u, w):"]
    for _ in range(random.choice([1, 2])):
        target = shifted(pick, rank)
        operands = [pick([shifted(pick, rank), shifted(pick, rank), target, "w", "1.5", "u[" + ", ".join(["-2::-1" if axis == 0 else "1:-1" for axis in range(rank)]) + "][:-1]"]) for _ in range(3)]
        operands[0] = pick([target, "w", shifted(pick, rank)])
        lines.append(f"    {target} {pick(['=', '=', '+=', '*='])} {pick(EXPRESSIONS).format(*operands)}")
    return "\n".join([*lines, "    return u"]), rank


def arguments(random, rank):
    """An array, and one of the shape of its parts; sometimes with something that raises a flag in the middle."""
    shape = tuple([random.choice({1: [3, 10, 1000, 2100, 5000], 2: [3, 7, 40, 90], 3: [3, 5, 12]}[rank]) for _ in range(rank)])
    dtype = random.choice(["float64", "float64", "float32", "int64", "int16"])
    values = np.random.default_rng(random.randrange(10**6)).random(shape) * 3 if dtype[0] == "f" else np.arange(np.prod(shape)).reshape(shape) % 23
    u = values.astype(dtype)
    if random.random() < 0.3 and dtype[0] == "f":
        u.flat[random.randrange(u.size)] = random.choice([np.inf, np.nan, 1e38, 0.0])
    if random.random() < 0.3:
        wide = np.zeros(tuple([2 * side for side in shape]), dtype)
        part = wide[tuple([slice(None, None, 2) if random.random() < 0.5 else slice(0, side) for side in shape])]
        part[...] = u
        u = part
    if random.random() < 0.1:
        u = np.asfortranarray(u)
    return u, (values[tuple([slice(1, -1)] * rank)] * 0.5).astype(dtype)


def outcome(function, given):
    """What comes back, what the array holds, and what was warned of while it held what."""
    import warnings
    u, w = given
    seen = []
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, category, filename, lineno, *rest: seen.append((str(message), lineno, canonical(u)))
        try:
            result = canonical(function(u, w))
        except Exception as error:
            result = type(error), str(error)
    return result, canonical(u), seen


def compare(seed, **options):
    rng = random.Random(seed)
    source, rank = program(rng)
    plain, other = {}, {}
    exec(source, plain)
    exec(source, other)
    jitted = framejit.jit(other["f"], **options)
    for _ in range(4):
        given = arguments(rng, rank)
        copies = [(np.copy(given[0], order="K") if given[0].base is None else laid_out(given[0]), given[1].copy()) for _ in range(3)]
        with np.errstate(**rng.choice([{}, {}, {"all": "ignore"}, {"invalid": "raise"}])):
            expected = outcome(plain["f"], copies[0])
            for copy in copies[1:]:
                assert outcome(jitted, copy) == expected, f"seed {seed}\n{source}\n{given[0].dtype} {given[0].shape} {given[0].strides}"


def laid_out(array):
    """A copy with the same strides."""
    base = array.base.copy()
    return np.lib.stride_tricks.as_strided(base, array.shape, array.strides)


def test_random_stores(large):
    before = framejit.stats()["native_entries"]
    for seed in range(COUNT):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT


def heat(u, n):
    for _ in range(n):
        u[1:-1] = u[1:-1] + 0.25 * (u[2:] - 2.0 * u[1:-1] + u[:-2])
    return u


def test_large_arrays():
    """The same by themselves, where there is something of that size; a warning finds the array as it was."""
    u = np.random.default_rng(5).random(1_200_000)
    expected, result = heat(u.copy(), 3), framejit.jit(heat)(u.copy(), 3)
    assert expected.tobytes() == result.tobytes()
    u[-5] = np.inf
    u[-3] = -np.inf
    plain, accelerated = u.copy(), u.copy()
    with np.errstate(invalid="raise"):
        for function_, array in ((heat, plain), (framejit.jit(heat), accelerated)):
            with pytest.raises(FloatingPointError):
                function_(array, 5)
    assert plain.tobytes() == accelerated.tobytes()


def alone(u, w, n):
    """Single operations on large arrays beside others: NumPy's, as call-outs."""
    for _ in range(n):
        c = (u * w + 0.5 * u - w) / (u * u + 1.0)
        u += c
        w[...] = c
    return u, w


def several(u, w, n):
    for _ in range(n):
        c = (u * w + 0.5 * u - w) / (u * u + 1.0)
        u += c
        w[1:] = c[:-1]
        w *= 0.5
        u[1:-1] -= 0.125
    return u, w


def test_single_operations_stay_in_the_loop():
    u, w = np.linspace(0.0, 1.0, 40_000), np.linspace(1.0, 0.5, 40_000)
    jitted, expected = framejit.jit(alone), [one.tobytes() for one in alone(u.copy(), w.copy(), 30)]
    for _ in range(12):
        assert [one.tobytes() for one in jitted(u.copy(), w.copy(), 30)] == expected
    before = framejit.stats()
    assert [one.tobytes() for one in jitted(u.copy(), w.copy(), 30)] == expected
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] >= 29 and after["exits"] == before["exits"]
    small = u[:50].copy(), w[:50].copy()
    assert [one.tobytes() for one in jitted(small[0].copy(), small[1].copy(), 30)] == [one.tobytes() for one in alone(*small, 30)]


def test_single_operations_that_warn():
    u, w = np.full(40_000, 1e308), np.ones(40_000)
    jitted = framejit.jit(several)
    for _ in range(8):
        jitted(np.ones(40_000), w.copy(), 5)
    for value in (1e308, np.inf, np.nan):
        outcomes = []
        for function_ in (several, jitted, jitted):
            given = u.copy(), w.copy()
            given[0][-7] = value
            outcomes.append((outcome(lambda first, second: function_(first, second, 4)[0], given), canonical(given[1])))
        assert outcomes[0] == outcomes[1] == outcomes[2]


def singles(y, x, n):
    for k in range(n):
        y += x
        y *= 0.5
        y[1:-1] -= 0.25
        y[1:-1] += x[1:-1]
        y[2:] = x[:-2]
    return y


@pytest.mark.parametrize("kind", ("float64", "float32", "int64"))
def test_single_operations_are_numpys_from_some_size_on(kind):
    """Each in place, below and above where NumPy, who stores at once, is as fast: results and flags are the same, wherever it is left."""
    for count in (40, 2560, 2561, 3328, 3329, 5122, 5123, 6657, 17000):
        quick, arrays = framejit.jit(renamed(singles)), [np.arange(1, count + 1).astype(kind), np.arange(count, 0, -1).astype(kind)]
        for turns in (3, 30):
            found, expected = [array.copy() for array in arrays], [array.copy() for array in arrays]
            with np.errstate(all="ignore"):
                answers = [answer(function, *given, turns) for function, given in ((quick, found), (singles, expected))]
            assert answers[0] == answers[1] and found[0].tobytes() == expected[0].tobytes()


def answer(function, y, x, n):
    try:
        return canonical(function(y, x, n))
    except TypeError as error:          # integers don't become halves in place
        return str(error)


def renamed(function):
    """The same code, found anew."""
    return types.FunctionType(function.__code__.replace(co_name="again"), globals())
