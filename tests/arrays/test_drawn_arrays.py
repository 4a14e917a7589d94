"""Arrays that random generators draw (ext/drawn_arrays.c): the same as NumPy's, and the generator in the same state; what it refuses; whose draws are somebody else's."""

import os
import random

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted
from tests.scalars.test_draws import GENERATORS, state_of

COUNT = 300 if os.environ.get("FRAMEJIT_NIGHTLY") else 12
SIZES = ("n", "size=n", "(n, 3)", "size=(2, n)", "()", "size=(n,)", "0", "None", "size=None", "(n, 0)", "-1", "size=k", "(k, n)", "2.5", "[n, 2]", "True", "(n, -2)", "size=()", "shape", "(2**40, 2**40)", "size=(1,) * 40")
FLOATS = ("0.0", "1", "-2.5", "a", "k", "n", "np.float64(3.5)", "np.float32(0.5)", "np.nan", "np.inf", "-0.0", "2**70", "True", "'x'", "x", "2**53 + 1")
ENDS = ("10", "n", "2**32", "2**32 - 1", "1", "0", "-5", "k", "2**31", "-2**63", "2**63", "2**40", "2.5", "np.int64(7)", "np.int32(7)", "True", "x", "2**62")


def call(r):
    """A method of rng with operands that are mostly good."""
    def size():
        return r.choice(SIZES[:8] if r.random() < 0.8 else SIZES)

    def number():
        return r.choice(FLOATS[:7] if r.random() < 0.8 else FLOATS)

    def end():
        return r.choice(ENDS[:5] if r.random() < 0.7 else ENDS)
    forms = {
        "random": lambda: r.choice((f"random({size()})", f"random({size()})", f"random({size()}, dtype=np.float32)", f"random({size()}, out=None)")),
        "standard_normal": lambda: f"standard_normal({size()})",
        "normal": lambda: r.choice((f"normal({number()}, {number()}, {size()})", f"normal(scale={number()}, size={r.choice(('n', '(n, 2)', '5'))})", f"normal(size=n, loc={number()})", f"normal({number()}, size=(n, k))")),
        "uniform": lambda: r.choice((f"uniform({number()}, {number()}, {size()})", f"uniform(high={number()}, size=n)", f"uniform(size=(k, n))", f"uniform(low={number()}, size=n, high={number()})")),
        "integers": lambda: r.choice((f"integers({end()}, size=n)", f"integers({end()}, {end()}, {size()})", f"integers({end()}, high={end()}, size=(n, 2))", f"integers({end()}, size=n, endpoint=True)",
                                      f"integers({end()}, size=n, dtype=np.int32)", f"integers(size=n, low={end()})")),
    }
    return "rng." + forms[r.choice(tuple(forms))]()


def body(r):
    lines = []
    for name in "bcde"[:r.randrange(1, 5)]:
        lines.append(f"{name} = {call(r)}")
        if r.random() < 0.3:
            lines.append(f"s = {r.choice(('rng.random()', 'rng.integers(10)', 'rng.normal()', 'rng.integers(0, 2**32)'))}")
        lines.append(f"found.append(({name}, s))")
    return lines


@pytest.mark.parametrize("seed", range(COUNT))
def test_random_programs(seed):
    r = random.Random(f"drawn {seed}")
    source = "import numpy as np\ndef f(rng, n, k, a, x, shape, found):\n    s = 0\n    for turn in range(3):\n" + "\n".join("        " + line for line in body(r)) + "\n    return found"
    plain, jitted = plain_and_jitted(source)
    for kind in (np.random.PCG64, r.choice(GENERATORS)):
        for n in (0, 1, 5, 700, 1500):
            ends = []
            for function in (plain, jitted, jitted):
                rng, found = np.random.Generator(kind(seed)), []
                ends.append((outcome(function, (rng, n, 3, 1.5, np.arange(3.0), (n, 2), found), {})[:2], repr(found), [type(one) for one in found], state_of(rng)))
            assert ends[0] == ends[1] == ends[2], (source, kind, n)


def test_is_native():
    def f(rng, n):
        for _ in range(n):
            r = rng.random(5).sum() + rng.normal(0.0, 2.0, (2, 3)).sum() + rng.integers(10, size=4).sum()
        return r

    jitted = framejit.jit(f)
    rng = np.random.default_rng(3)
    for _ in range(4):
        jitted(rng, 30)
    before = framejit.stats()
    assert jitted(np.random.default_rng(4), 30) == f(np.random.default_rng(4), 30)
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] == 30 and after["callouts"] == before["callouts"]


def test_many_numbers():
    """Normal numbers beyond all layers; halves of integers that are left from one array to the next."""
    plain, jitted = plain_and_jitted("def f(rng, n):\n    return [(rng.standard_normal(n), rng.integers(0, 1000, n), rng.random(3), rng.integers(5), rng.uniform(2.0, 3.0, n)) for _ in range(3)]")
    for n in (1, 3, 100_001):
        one, other = [np.random.default_rng(n) for _ in range(2)]
        for _ in range(2):
            for ours, theirs in zip(jitted(other, n), plain(one, n)):
                assert [np.asarray(part).tobytes() for part in ours] == [np.asarray(part).tobytes() for part in theirs]
            assert state_of(one) == state_of(other)


def beginning_with(word):
    """A generator whose first integer this is."""
    generator = np.random.default_rng(5)
    state = generator.bit_generator.state
    state["state"]["state"] = (word - state["state"]["inc"]) * pow(0x2360ED051FC65DA44385DF649FCCF645, -1, 1 << 128) % (1 << 128)
    generator.bit_generator.state = state
    return generator


@pytest.mark.parametrize("call", ("rng.standard_normal()", "rng.standard_normal(3)", "rng.normal()", "rng.normal(size=3)", "rng.normal(-0.0, 1.0)", "rng.normal(-0.0, 1.0, 3)", "rng.random()", "rng.random(3)"))
def test_negative_zero(call):
    """An integer of which only the sign is left."""
    plain, jitted = plain_and_jitted(f"def f(rng, n):\n    found = []\n    for _ in range(n):\n        found.append({call})\n    return found")
    jitted(np.random.default_rng(1), 200)
    for word in (0x100, 0, 0x1FF, 0x80):
        one, other = beginning_with(word), beginning_with(word)
        assert repr(jitted(one, 3)) == repr(plain(other, 3))
        assert state_of(one) == state_of(other)


class Own(np.random.PCG64):
    """Somebody's own bit generator, with NumPy's functions."""


def test_others_generators():
    plain, jitted = plain_and_jitted("def f(rng, n):\n    for _ in range(n):\n        r = rng.random(n), rng.standard_normal(n), rng.integers(n, size=n)\n    return r")
    for made in (lambda: np.random.Generator(Own(3)), lambda: type("Mine", (np.random.Generator,), {})(np.random.PCG64(3)), lambda: np.random.RandomState(3)):
        for _ in range(2):
            ends = []
            for function in (plain, jitted):
                rng = made()
                ends.append(outcome(function, (rng, 9), {})[:2])
            assert ends[0] == ends[1]
