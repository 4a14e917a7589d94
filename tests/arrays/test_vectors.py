"""What is computed for a vector at a time: functions of NumPy's library, complex numbers, divisions by powers of two."""

import os
import subprocess
import sys

import numpy as np
import pytest

import framejit
from framejit.loops.vector_functions import NAMES, STEMS
from tests.arrays.programs import outcome, plain_and_jitted

SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e-310, -1e-310, 1e-42, 88.0, 89.0, 709.0, 710.0, -745.0, -800.0, 1e30, 1e300, -1e300, np.inf, -np.inf, np.nan]
LENGTHS = (0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 257, 1000)
STATES = ({}, {"all": "ignore"}, {"all": "raise"})


def differing(source, *arguments, states=STATES):
    """Asserts that a function does plain what it does compiled, and that it was compiled."""
    function, jitted = plain_and_jitted(source)
    for given in arguments:
        for state in states:
            plain = outcome(function, given, state)
            for _ in range(2):
                assert outcome(jitted, given, state) == plain, (source, given, state)


@pytest.mark.parametrize("kind", sorted(NAMES))
@pytest.mark.parametrize("name", sorted(STEMS))
def test_functions(name, kind):
    before = framejit.stats()["native_entries"]
    with np.errstate(all="ignore"):
        numbers = np.concatenate([np.linspace(-1, 1, 203), np.linspace(-30, 900, 407), np.array(SPECIAL)]).astype(kind)
        given = [(numbers[:length],) for length in LENGTHS] + [(np.array([one], dtype=kind),) for one in SPECIAL] + [(np.full(11, one, dtype=kind),) for one in SPECIAL]
    differing(f"import numpy as np\ndef f(x):\n    return np.{name}(x) * 2 - x", *given, (numbers[::2],), (numbers[::-1],), (numbers[:24].reshape(4, 6).T,))
    assert framejit.stats()["native_entries"] > before


@pytest.mark.parametrize("kind", ("complex128", "complex64"))
@pytest.mark.parametrize("text", ("a + b", "a - b", "a * b", "-a", "a * b + c - a * 2", "np.where(a == b, a * c, b)", "a * 1j + 2", "x + b * x", "(a * b).sum()", "np.abs(a) < 2.0", "a * b[:1]",
                                  "a[::-1] * b", "a[::2] + b[::2]", "np.where(x < 0.5, a, 1j)"))
def test_complex_numbers(text, kind):
    part = "float64" if kind == "complex128" else "float32"
    generator, given = np.random.default_rng(3), []
    for length in LENGTHS:
        rows = [(generator.normal(size=length) + 1j * generator.normal(size=length)).astype(kind) for _ in range(3)]
        given.append((*rows, generator.random(length).astype(part)))
    hard = np.array([complex(a, b) for a in (0.0, -0.0, 1e300, np.inf, np.nan, -1.5) for b in (0.0, -0.0, 1e300, -np.inf, np.nan)])
    with np.errstate(all="ignore"):
        given.append((hard.astype(kind), hard[::-1].copy().astype(kind), (hard * 0.5).astype(kind), np.ones(len(hard), part)))
    differing(f"import numpy as np\ndef f(a, b, c, x):\n    return {text}", *given)


@pytest.mark.parametrize("kind", ("float64", "float32", "int64", "int8"))
@pytest.mark.parametrize("number", ("2.0", "-4", "0.5", "0.125", "3.0", "2.0 ** 100", "2.0 ** -140", "2.0 ** 1000", "2.0 ** -1022", "5e-324", "0.0", "1", "True"))
def test_divisions_by_constants(number, kind):
    with np.errstate(all="ignore"):
        numbers = np.array([*SPECIAL, *np.linspace(-3, 3, 29), 5e-324, 1.1754944e-38, 1.7e308]).astype(kind)
    differing(f"def f(x):\n    return x / ({number}) + 0 * x", (numbers,), (np.full(9, 3, kind),))


def test_without_the_processors_features():
    program = ("import numpy as np, framejit\nx = np.linspace(-2, 3, 1001)\nz = x + 1j * x[::-1]\nf = lambda x, z: (np.exp(x) / 2.0 + np.log1p(x * x), z * z + z)\n"
               "j = framejit.jit(f)\nfor _ in range(3):\n    assert [one.tobytes() for one in f(x, z)] == [one.tobytes() for one in j(x, z)]\nprint(framejit.stats()['native_entries'] > 0)")
    for features in ("AVX512_SKX", "X86_V4 AVX512_ICL AVX512_SPR", "X86_V3 X86_V4 AVX512_ICL AVX512_SPR", "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX"):
        environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": features}
        done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], env=environment, capture_output=True, text=True)
        assert done.stdout == "True\n" or "feature" in done.stderr and "NPY_DISABLE" in done.stderr, done.stderr
