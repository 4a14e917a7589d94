"""Numbers that numpy.random's functions and RandomState draw one by one: the same as NumPy's, the generator in the same state, natively."""

import threading

import numpy as np
import pytest

import framejit
from tests.arrays.programs import company, plain_and_jitted

SOURCE = """
import numpy as np
draw = np.random.rand

def draws(n, seed):
    np.random.seed(seed)
    s = t = 0.0
    c = 0
    for k in range(n):
        s += np.random.rand() + np.random.normal(0.5, 2.0) - np.random.randn() + np.random.random()
        t += np.random.uniform(-1, k + 2) + np.random.normal(scale=k) + np.random.standard_normal() + np.random.uniform()
        c += np.random.randint(10) + np.random.randint(-5, 2**31) + np.random.randint(2, high=3) + np.random.randint(0, 2**32)
        t += np.random.exponential(0.5) + np.random.standard_exponential() + np.random.random_sample()
    return s, t, c

def others(n, seed):
    np.random.seed(seed)
    found = []
    for k in range(n):
        found.append((np.random.poisson(3.0), np.random.binomial(9, 0.3), np.random.gamma(2.0), np.random.beta(2.0, 3)))
        if k % 20 == 0:
            found.append(np.random.rand(3).sum() + np.random.normal(0.0, 1.0, 4).max() + np.random.randn(2, 2)[1, 0] + np.random.randint(0, 9, size=3).sum())
        found.append(np.random.normal())
    return found

def named(n, seed):
    np.random.seed(seed)
    normal, count = np.random.normal, 0
    for k in range(n):
        if normal(0.0, 1.0) > draw():
            count += 1
    return count

def called(n, seed):
    np.random.seed(seed)
    found = []
    for _ in range(n):
        found.append(walk(0.5))
    return found

def walk(width):
    x = 0.0
    for k in range(10):
        x += np.random.normal(0.0, width)
        if np.random.rand() < 0.1:
            return x
    return -x

def own(n, seed):
    np.random.seed(seed)
    rng = np.random.RandomState(seed)
    s = 0.0
    for k in range(n):
        s += rng.rand() * rng.randint(3) + rng.normal() - rng.uniform(1, 2)
    return s, rng.get_state()

def seeded_inside(n, seed):
    s = 0.0
    for k in range(n):
        if k % 100 == 0:
            np.random.seed(seed + k)
        if k % 130 == 129:
            np.random.set_state(np.random.get_state())
        s += np.random.normal() + np.random.rand()
    return s
"""
NAMES = ("draws", "others", "named", "called", "own", "seeded_inside")


def state():
    return repr(np.random.get_state()), np.random.rand(), np.random.normal(), np.random.normal(), np.random.randint(1000)


@pytest.mark.parametrize("name", NAMES)
def test_draws(name):
    plain, jitted = plain_and_jitted(SOURCE, name)
    before = framejit.stats()["native_iterations"]
    for seed in range(6):
        first = repr(plain(400, seed)), state()
        assert (repr(jitted(400, seed)), state()) == first
    alone = threading.active_count() == 1
    assert framejit.stats()["native_iterations"] > before or not alone


def test_is_native():
    plain, jitted = plain_and_jitted(SOURCE, "draws")
    for seed in range(6):
        jitted(200, seed)
    before = framejit.stats()
    assert jitted(300, 5) == plain(300, 5)
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 300 and after["exits"] == before["exits"]


def test_beside_threads():
    with company():
        for name in NAMES:
            plain, jitted = plain_and_jitted(SOURCE, name)
            for seed in range(3):
                assert (repr(plain(200, seed)), state()) == (repr(jitted(200, seed)), state())


@pytest.mark.parametrize("text", ("np.random.normal(0.0, -1.0)", "np.random.normal(0.0, -0.0)", "np.random.uniform(2, 1)", "np.random.uniform(0, 1e308 * 10)", "np.random.randint(0)", "np.random.randint(3, 3)",
                                  "np.random.randint(5, 2)", "np.random.uniform(-1e308, 1e308)", "np.random.randint(-2**62, 2**62)", "np.random.normal(float('nan'))", "np.random.randint(2.5)", "np.random.randint(True)",
                                  "np.random.normal(True, 2)", "np.random.rand(None)", "np.random.uniform(high=3)", "np.random.normal('a')", "np.random.randint(2**63)", "np.random.randint(np.int32(7))",
                                  "np.random.normal(np.float32(0.1), 2)", "np.random.uniform(1, 1)", "np.random.randint(4, None)", "np.random.randint(1)", "np.random.randint(0, 2**32)", "np.random.randint(0, 2**32 - 1)",
                                  "np.random.randint(-7, 2**33)", "np.random.exponential(-1.0)", "np.random.exponential(0.0)", "np.random.exponential(np.inf)", "np.random.randint(5, dtype=np.int8)", "np.random.randint(5, dtype=bool)",
                                  "np.random.randint(9, size=None)", "np.random.rand(0)", "np.random.rand(2.5)", "np.random.normal(size=())", "np.random.randint(low=3)", "np.random.standard_normal(None)", "np.random.poisson(-1.0)",
                                  "np.random.random(size=2)[1]", "np.random.randn(1, 2)[0, 1]", "np.random.normal([0.5, 1.5])[1]", "np.random.uniform(low=-1)", "np.random.binomial(3, 1.5)", "np.random.randint(3, 9, 2)[0]"))
def test_what_is_odd(text):
    source = f"import numpy as np\ndef f(seed):\n    np.random.seed(seed)\n    found = []\n    for k in range(6):\n        try:\n            r = {text}\n            found.append((type(r), repr(r)))\n        except Exception as error:\n            found.append((type(error), str(error)))\n    return found"
    plain, jitted = plain_and_jitted(source)
    for seed in range(4):
        assert (plain(seed), state()) == (jitted(seed), state())


class Own(np.random.RandomState):
    def normal(self, *given):
        return 0.25


def test_kinds_of_generators():
    """Classes of the program's own; other bit generators; one whose class the program replaces."""
    source = "def f(rng, n):\n    s = 0.0\n    for k in range(n):\n        s += rng.normal() + rng.rand() + rng.randint(5) + rng.exponential()\n    return s"
    plain, jitted = plain_and_jitted(source)
    makers = (np.random.RandomState, Own, lambda seed: np.random.RandomState(np.random.PCG64(seed)), np.random.RandomState, lambda seed: np.random.RandomState(np.random.SFC64(seed)))
    for seed in range(5):
        for make in makers:
            one, other = make(seed), make(seed)
            assert plain(one, 150) == jitted(other, 150) and repr(one.get_state(legacy=False)) == repr(other.get_state(legacy=False))


def test_functions_that_are_replaced():
    """A function of numpy.random is somebody else's in the middle of a loop, and then NumPy's again."""
    source = """
import numpy as np
def swap(k):
    if k % 60 == 20:
        np.random.rand = lambda: 2.0
    if k % 60 == 50:
        np.random.rand = np.random.mtrand._rand.rand
def f(n, seed):
    np.random.seed(seed)
    s = 0.0
    for k in range(n):
        s += np.random.rand() + np.random.normal()
        swap(k)
    return s
"""
    plain, jitted = plain_and_jitted(source)
    try:
        for seed in range(4):
            assert plain(180, seed) == jitted(180, seed)
    finally:
        np.random.rand = np.random.mtrand._rand.rand


def test_second_numbers_wait():
    """Of a pair of normal numbers one waits in the generator: for the interpreter, for native code, for a state that is asked for."""
    plain, jitted = plain_and_jitted("import numpy as np\ndef f(n):\n    s = []\n    for k in range(n):\n        s.append(np.random.normal())\n    return s")
    jitted(200), jitted(200)
    for function in (jitted, plain):
        np.random.seed(7)
        found = [function(3), np.random.normal(), np.random.get_state()[3:], function(2), np.random.get_state()[3:], np.random.randn(), function(5)]
        if function is jitted:
            first = found
    assert first == found


CHOICES = """
import numpy as np

def chosen(n, rng, a, k):
    found = []
    for j in range(n):
        found.append((rng.choice(7), rng.choice(j + 1), rng.choice(a), rng.choice(a[::2]), np.random.choice(k)))
        if j % 30 == 29:
            found.append((rng.choice(a, 3), rng.choice(9, size=2), np.random.choice(a, size=(2, 2)), rng.choice(a, p=np.full(len(a), 1 / len(a))), rng.choice(5, 3, replace=False), rng.choice([4, 5, 6])))
    return found
"""


@pytest.mark.parametrize("make", (np.random.RandomState, np.random.default_rng), ids=("older", "newer"))
@pytest.mark.parametrize("kind", ("float64", "int64", "bool", "float32", "uint8", "complex128", "float16"))
def test_choices(make, kind):
    plain, jitted = plain_and_jitted(CHOICES, "chosen")
    for seed in range(5):
        results = []
        for function in (plain, jitted):
            np.random.seed(seed)
            rng = make(seed)
            found = function(100, rng, np.arange(3 + seed).astype(kind), 5)
            results.append((repr(found), [[type(one) for one in turn] for turn in found], rng.random(), np.random.rand()))
        assert results[0] == results[1]


@pytest.mark.parametrize("text", ("rng.choice(0)", "rng.choice(-3)", "rng.choice(np.zeros(0))", "rng.choice(np.ones((2, 2)))", "rng.choice(2.5)", "rng.choice('ab')", "rng.choice(True)", "rng.choice(2**70)", "rng.choice(2**33)",
                                  "rng.choice(np.int64(4))", "rng.choice(a=5)", "rng.choice(5, None)", "rng.choice([])", "rng.choice(np.arange(3), size=None)", "rng.choice(np.arange(3) + k)", "rng.choice(np.float64(3.0))", "rng.choice(np.array(5))",
                                  "rng.choice(np.array(['a', 'b']))", "rng.choice(5, size=-1)", "rng.choice((1.5, 2.5))", "rng.choice(1)"))
def test_odd_choices(text):
    source = f"import numpy as np\ndef f(rng):\n    found = []\n    for k in range(6):\n        try:\n            r = {text}\n            found.append((type(r), repr(r)))\n        except Exception as error:\n            found.append((type(error), str(error)))\n    return found"
    plain, jitted = plain_and_jitted(source)
    for make in (np.random.RandomState, np.random.default_rng):
        for seed in range(4):
            one, other = make(seed), make(seed)
            assert plain(one) == jitted(other) and one.random() == other.random()
