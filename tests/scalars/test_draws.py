"""Numbers that random generators draw one by one: the same as NumPy's, and the generator in the same state."""

import threading

import numpy as np
import pytest

import framejit
from tests.arrays.programs import company, plain_and_jitted

GENERATORS = (np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64, np.random.PCG64DXSM)
SOURCE = """
def draws(rng, n):
    s = t = 0.0
    c = 0
    for k in range(n):
        s += rng.random() + rng.normal(0.5, 2.0) - rng.standard_normal()
        t += rng.uniform(-1, k + 2) + rng.normal(scale=k)
        c += rng.integers(10) + rng.integers(-5, 2**31) + rng.integers(2, high=3) + rng.integers(0, 2**32)
    return s, t, c

def mixed(rng, n):
    found = []
    for k in range(n):
        found.append(rng.random())
        if k % 50 == 0:
            found.append(rng.normal(size=3).sum())
        found.append(rng.standard_normal())
    return found

def called(rng, n):
    found = []
    for k in range(n):
        found.append(walk(rng, 0.5))
    return found

def collected(rng, n):
    return [walk(rng, 0.5) for _ in range(n)], sum(rng.normal() for _ in range(n)), max([walk(rng, k) for k in range(1, n)])

def walk(rng, width):
    x = 0.0
    for k in range(10):
        x += rng.normal(0.0, width)
        if rng.random() < 0.1:
            return x
    return -x
"""
NAMES = ("draws", "mixed", "called", "collected")


def functions(name):
    return plain_and_jitted(SOURCE, name)


def state_of(rng):
    return repr(rng.bit_generator.state), repr(rng.random(5)), rng.normal(size=5).tobytes()


@pytest.mark.parametrize("kind", GENERATORS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_draws(name, kind):
    plain, jitted = functions(name)
    before = framejit.stats()["native_iterations"]
    for seed in range(4):
        one, other = [np.random.Generator(kind(seed)) for _ in range(2)]
        assert repr(plain(one, 800)) == repr(jitted(other, 800))
        assert state_of(one) == state_of(other)
    alone = threading.active_count() == 1           # else functions that draw aren't called natively
    assert framejit.stats()["native_iterations"] > before or name == "collected" or name == "called" and not alone


def test_beside_threads():
    """Where others may draw from the same generator, its methods do."""
    plain, jitted = functions("draws")
    with company():
        for name in NAMES:
            plain, jitted = functions(name)
            for seed in range(3):
                one, other = np.random.default_rng(seed), np.random.default_rng(seed)
                assert repr(plain(one, 300)) == repr(jitted(other, 300)) and state_of(one) == state_of(other)


@pytest.mark.parametrize("text", ("rng.normal(0.0, -1.0)", "rng.normal(0.0, -0.0)", "rng.uniform(2, 1)", "rng.uniform(0, 1e308 * 10)", "rng.integers(0)", "rng.integers(3, 3)", "rng.integers(5, 2)", "rng.uniform(-1e308, 1e308)",
                                  "rng.integers(-2**62, 2**62)", "rng.normal(float('nan'))", "rng.integers(2.5)", "rng.integers(True)", "rng.normal(True, 2)", "rng.integers(5, endpoint=True)", "rng.random(None)", "rng.uniform(high=3)",
                                  "rng.normal('a')", "rng.integers(2**63)", "rng.integers(np.int32(7))", "rng.normal(np.float32(0.1), 2)", "rng.uniform(1, 1)", "rng.integers(4, None)"))
def test_what_is_odd(text):
    source = f"import numpy as np\ndef f(rng):\n    found = []\n    for k in range(6):\n        try:\n            r = {text}\n            found.append((type(r), repr(r)))\n        except Exception as error:\n            found.append((type(error), str(error)))\n    return found"
    plain_function, jitted = plain_and_jitted(source)
    for seed in range(3):
        one, other = np.random.default_rng(seed), np.random.default_rng(seed)
        assert plain_function(one) == jitted(other) and state_of(one) == state_of(other)


class Own(np.random.Generator):
    def random(self, *given):
        return 0.25


def test_classes_of_the_programs_own():
    plain, jitted = functions("mixed")
    for kind in (Own, np.random.Generator, Own):
        one, other = kind(np.random.PCG64(3)), kind(np.random.PCG64(3))
        assert repr(plain(one, 200)) == repr(jitted(other, 200)) and state_of(one) == state_of(other)
