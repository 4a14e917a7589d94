"""What is computed for a vector at a time: functions of NumPy's library, complex numbers, divisions by powers of two."""

import os
import platform
import subprocess
import sys

import numpy as np
import pytest

import framejit
from framejit.loops.vector_functions import NAMES, OWN, STEMS, found
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


BORDERS = [0.126, 0.85546875, 2.426263809204101, 105414350.0, 2.0 ** -26, 2.0 ** -27, 2.0 ** -1022, 0.0, *np.arange(1, 9) * np.pi / 4, 1e22, np.inf, np.nan]


def is_there(name, kind):
    """Whether the function is used, as it is beside glibc where NumPy has code for the same processors."""
    return found(name, kind) or not found("exp", "float64") or platform.libc_ver()[0] != "glibc"


@pytest.mark.parametrize("name, kind", sorted(key for key, operands in OWN.items() if operands == 1))
def test_own_functions(name, kind):
    """Any bits, angles of all sizes, what lies beside the places where the method changes; results and flags, whatever the vector's other elements are."""
    generator = np.random.default_rng(5)
    near = np.concatenate([BORDERS, np.nextafter(BORDERS, 0), np.nextafter(BORDERS, np.inf)])
    far = np.concatenate([generator.uniform(-1, 1, 4001) * 10.0 ** scale for scale in range(-9, 12)])
    with np.errstate(all="ignore"):
        mixed = generator.permutation(np.concatenate([near, -near, generator.uniform(-9, 9, 101)])).astype(kind)
        any_bits = np.frombuffer(generator.bytes(80_000), kind)
    program = f"import numpy as np\ndef f(x):\n    return np.{name}(x) * 2 - x"
    assert is_there(name, kind)
    differing(program, (far.astype(kind),), (mixed,), (any_bits,), (near[np.isfinite(near)].astype(kind),), states=STATES[:2])
    differing(program, *[(np.array([one, 0.5, one], kind),) for one in (*near, *-near)])


PAIRS = ((1.0, 1.0), (1e3, 1.0), (1.0, 1e3), (1e7, 0.01), (1e16, 1.0), (1e18, 3.0), (1e-300, 1.0), (1e300, 1e-300), (1e-30, 1e10), (1e-5, 1e-5))


@pytest.mark.parametrize("name, kind", sorted(key for key, operands in OWN.items() if operands == 2))
def test_own_functions_of_two(name, kind):
    """Numbers of several sizes, whole ones and halves, whose quotients are whole or nearly so; special ones, alone and among others."""
    generator, given = np.random.default_rng(6), []
    with np.errstate(all="ignore"):
        for left, right in PAIRS:
            a, b = generator.uniform(-left, left, 501).astype(kind), generator.uniform(-right, right, 501).astype(kind)
            whole = np.rint(generator.uniform(-9, 9, 501)).astype(kind)
            given += [(a, b), (whole * b, b), (np.nextafter(whole * b, a), b), (np.rint(a * 4) / 4, np.rint(b * 4) / 4), (a, b[:1])]
        special = np.array([*SPECIAL, 5e-324, 1.2e-38, 3e38, 1.7e308, 0.3, -7.5]).astype(kind)
        given += [(np.repeat(special, len(special)), np.tile(special, len(special))), (np.frombuffer(generator.bytes(1600), kind), np.frombuffer(generator.bytes(1600), kind))]
    program = f"import numpy as np\ndef f(x, y):\n    return np.{name}(x, y) * 2 - x"
    assert is_there(name, kind)
    differing(program, *given, states=STATES[:2])
    differing(program, *[(np.array([one, 0.5, one], kind), np.array([other, 3.0, 0.25], kind)) for one in special for other in special[::3]])
    for operator in ("%", "//") if name in ("remainder", "floor_divide") else ():
        differing(f"def f(x):\n    return (x {operator} 0.75) * 2 - x", *[(one,) for one, _ in given[::3]], states=STATES[:2])


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


@pytest.mark.parametrize("kind", ("complex128", "complex64"))
def test_single_complex_numbers(kind):
    """NumPy's loop rounds a product otherwise where it has no step; the arrays' axes decide."""
    shapes, generator, given = ((), (1,), (1, 1), (1, 1, 1), (2, 1), (1, 2)), np.random.default_rng(8), []
    for left in shapes:
        for right in shapes:
            given += [((generator.random(left) * 20 - 10 + 1j * generator.random(left)).astype(kind), (generator.random(right) - 0.5 + 3j * generator.random(right)).astype(kind)) for _ in range(12)]
    for text in ("a * b", "a * b + a", "(a * b).sum()"):
        differing(f"def f(a, b):\n    return {text}", *[(np.asarray(a), np.asarray(b)) for a, b in given], states=STATES[:1])


@pytest.mark.parametrize("kind", ("float64", "float32", "int64", "int8"))
@pytest.mark.parametrize("number", ("2.0", "-4", "0.5", "0.125", "3.0", "2.0 ** 100", "2.0 ** -140", "2.0 ** 1000", "2.0 ** -1022", "5e-324", "0.0", "1", "True"))
def test_divisions_by_constants(number, kind):
    with np.errstate(all="ignore"):
        numbers = np.array([*SPECIAL, *np.linspace(-3, 3, 29), 5e-324, 1.1754944e-38, 1.7e308]).astype(kind)
    differing(f"def f(x):\n    return x / ({number}) + 0 * x", (numbers,), (np.full(9, 3, kind),))


FLAGGED = (np.full(4096, 5, np.int64), np.full(4096, -1, np.int64), np.linspace(1, 2, 4096))
FLAGGED[0][7] = np.iinfo(np.int64).min


@pytest.mark.parametrize("text", ("np.hypot(a // b, x * 0.0 + np.inf)", "np.sin((a // b) * 1e3 * x)", "np.sin(np.abs(a // b) + x * 1e12)", "np.cos(x * 1e300) + (a // b)", "np.fmod(x * np.inf, a // b)"))
def test_flags_that_were_raised_before(text):
    """Those that the C library raises lie in the other unit; a function that is left to NumPy's loop keeps them."""
    differing(f"import numpy as np\ndef f(a, b, x):\n    return {text}", FLAGGED)


def test_another_c_library():
    """Without fused multiply-add it gives other bits: the sines aren't believed."""
    program = ("import numpy as np, framejit\nx = np.random.default_rng(1).uniform(-1.5, 1.5, 1 << 15)\nf = lambda x: np.cos(x) * 2.0 + np.sin(x)\n"
               "j = framejit.jit(f)\nfor _ in range(4):\n    assert f(x).tobytes() == j(x).tobytes()\nprint(framejit.stats()['native_entries'] > 0)")
    environment = {**os.environ, "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], env=environment, capture_output=True, text=True)
    assert done.stdout == "True\n", done.stderr


def test_without_the_processors_features():
    program = ("import numpy as np, framejit\nx = np.linspace(-2, 3, 1001)\nz = x + 1j * x[::-1]\nf = lambda x, z: (np.exp(x) / 2.0 + np.log1p(x * x), z * z + z)\n"
               "j = framejit.jit(f)\nfor _ in range(3):\n    assert [one.tobytes() for one in f(x, z)] == [one.tobytes() for one in j(x, z)]\nprint(framejit.stats()['native_entries'] > 0)")
    for features in ("AVX512_SKX", "X86_V4 AVX512_ICL AVX512_SPR", "X86_V3 X86_V4 AVX512_ICL AVX512_SPR", "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX"):
        environment = {**os.environ, "NPY_DISABLE_CPU_FEATURES": features}
        done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], env=environment, capture_output=True, text=True)
        assert done.stdout == "True\n" or "feature" in done.stderr and "NPY_DISABLE" in done.stderr, done.stderr
