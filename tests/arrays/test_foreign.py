"""Ufuncs of another package in the middle of expressions: its numeric loops over tiles, as long as errors are ignored; anybody's, without a loop of numbers, as they are."""

import os
import subprocess
import sys

import numpy as np
import pytest

import framejit
from framejit.loops import ufuncs
from tests.arrays.programs import outcome, plain_and_jitted
from tests.arrays.test_vectors import differing

special = pytest.importorskip("scipy.special")

NAMES = sorted(name for name, found in vars(special).items() if type(found) is np.ufunc and found.nout == 1 and found.signature is None and found.nin <= 3 and ufuncs.named(found) == f"scipy.special.{name}")
NUMBERS = [0.0, -0.0, 0.5, 1.0, 2.0, 3.0, -1.0, -2.5, 0.25, 10.0, 171.5, 1e-300, 1e300, -700.0, np.inf, -np.inf, np.nan]


def native():
    return framejit.stats()["native_entries"] - framejit.stats()["exits"]


def test_there_are_some():
    assert {"erf", "ndtr", "gammaln", "expit", "logit", "xlogy", "j0", "beta"} <= {*NAMES}
    assert ufuncs.named(np.exp) == "exp" and ufuncs.named(special.erf) == "scipy.special.erf" and ufuncs.named(np.frompyfunc(abs, 1, 1)) is None and ufuncs.named(len) is None


@pytest.mark.parametrize("name", NAMES if os.environ.get("FRAMEJIT_NIGHTLY") else NAMES[::4])
def test_functions(name):
    count = getattr(special, name).nin
    operands = ", ".join("xyz"[:count])
    source = f"import numpy as np\nfrom scipy import special\ndef f({operands}):\n    return special.{name}({operands}) * 2 - x / 3"
    generator, before = np.random.default_rng(8), native()
    numbers = NUMBERS if count < 3 else NUMBERS[2:6]        # some of three take minutes for large ones
    with np.errstate(all="ignore"):
        given = [tuple(generator.permutation(np.concatenate([numbers, generator.uniform(-3, 3, 23), generator.uniform(0, 1, 20)])).astype(kind) for _ in range(count)) for kind in ("float64", "float32")]
    given += [tuple(one[::2] for one in given[0]), tuple(one[:0] for one in given[0])]
    plain_function, jitted = plain_and_jitted(source)
    for arguments in given:
        for state in ({}, {"all": "raise"}):
            plain = outcome(plain_function, arguments, state)
            for _ in range(2):
                assert outcome(jitted, arguments, state) == plain, (name, state)
    assert native() > before


FORMULAS = (
    "0.5 * (1.0 + special.erf(x / np.sqrt(2.0)))", "special.ndtr(x) * np.exp(-x) - special.ndtr(x - 1)", "(special.gammaln(x * x + 1) - x).sum()", "special.expit(x)", "special.erf(1 / x) + 1", "special.xlogy(x, x * x).mean(axis=0)",
    "special.erf(x.astype(np.float32)) + x", "special.erf(x[:, None] - x).max(axis=1, keepdims=True) * x", "special.erf(x * (1 + 2j)).real", "special.jv(2, x) + special.jv(x, 1.5)", "np.where(x > 0, special.log1p(x), special.expm1(x))",
    "special.erf(special.erf(special.erf(x)) / x) / x",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas(text):
    source = f"import numpy as np\nfrom scipy import special\ndef f(x):\n    t = x * 0.5 + x\n    r = {text}\n    return r, t"
    differing(source, *[(np.linspace(-3, 3, size),) for size in (0, 1, 7, 100, 1000)], (np.linspace(-3, 3, 31)[::-2],), (np.array([0.0, 1.0, -0.0]),))


LOOP = """
import numpy as np
from scipy import special
def f(x, n, change):
    s, heard = 0.0, []
    for i in range(n):
        if change is not None and i == 20:
            special.seterr(singular=change, domain=change, overflow=change)
        elif change is not None and i == 40:
            special.seterr(singular="ignore", domain="ignore", overflow="ignore")
        try:
            s += float((special.gammaln(x + i) * 2.0)[0])
        except special.SpecialFunctionError as error:
            heard.append((i, str(error)))
    return s, heard
"""


@pytest.mark.parametrize("change", ("warn", "raise"))
def test_errors_that_count_in_mid_loop(change):
    plain_function, jitted = plain_and_jitted(LOOP)
    x, usual = np.array([-30.0, 2.0, np.inf, -1.0]), special.geterr()
    for asked in (None, change):
        plain = outcome(plain_function, (x, 60, asked), {})
        for _ in range(3):
            before = framejit.stats()["native_iterations"]
            assert outcome(jitted, (x, 60, asked), {}) == plain
            assert framejit.stats()["native_iterations"] > before or asked
    assert special.geterr() == usual


def test_errors_that_count_around_a_call():
    source = "import numpy as np\nfrom scipy import special\ndef f(x):\n    return special.gammaln(x) * 2.0 + x"
    plain_function, jitted = plain_and_jitted(source)
    x = np.array([-1.0, 2.0, 0.0])
    for state in ({}, {"all": "warn"}, {"all": "raise"}, {"singular": "warn"}, {}):
        with special.errstate(**state):
            plain = outcome(plain_function, (x,), {})
            for _ in range(2):
                assert outcome(jitted, (x,), {}) == plain, state


def test_long_arrays_and_threads():
    source = "import numpy as np\nfrom scipy import special\ndef f(x):\n    return special.erf(x / 3) * 2 + special.ndtr(x)"
    plain_function, jitted = plain_and_jitted(source)
    x = np.linspace(-9, 9, 300_001)
    for _ in range(3):
        assert np.array_equal(jitted(x), plain_function(x))


OTHERS = ("np.frompyfunc(lambda v: v + 1, 1, 1)", "np.vectorize(lambda v: v * 2.0)", "special.softmax", "np.linalg.inv", "special.sici")


@pytest.mark.parametrize("made", OTHERS)
def test_others_are_called_as_they_are(made):
    source = f"import numpy as np\nfrom scipy import special\nother = {made}\ndef f(x, n):\n    r = None\n    for i in range(n):\n        r = x * 2 + np.asarray(other(x + np.eye(3)), dtype=float)[-1] - i\n    return r"
    plain_function, jitted = plain_and_jitted(source)
    x, before = np.arange(9.0).reshape(3, 3), framejit.stats()["native_iterations"]
    for call in range(40):          # what exits teach, and what is learned of call-outs, takes a few
        assert outcome(jitted, (x, 30), {}) == outcome(plain_function, (x, 30), {})
        if call >= 2 and framejit.stats()["native_iterations"] > before:
            break
    assert framejit.stats()["native_iterations"] > before


WARM = """
import numpy as np
from scipy.special import erf, seterr
import framejit
def f(x):
    return erf(x / 3) * 2 + 1
f = framejit.jit(f)
x = np.linspace(-1, 1, 20)
r = [f(x) for _ in range(4)][-1]
now = framejit.stats()
seterr(singular="raise")
print(float(r.sum()).hex(), now["native_entries"] > 0, now["cache_hits"] > 0, np.array_equal(f(x), r))
"""


def test_kept_code(tmp_path):
    """A process as short as this may be over before its worker has made thorough code: they run until a later one finds some."""
    environment = {**os.environ, "FRAMEJIT_CACHE": "1", "FRAMEJIT_CACHE_DIR": str(tmp_path), "FRAMEJIT_EAGER": "1", "PYTHONPATH": ":".join(path for path in sys.path if path)}
    found = []
    while len(found) < 20 and not (len(found) > 1 and found[-1][2] == "True"):
        found.append(subprocess.run([sys.executable, "-c", WARM], env=environment, capture_output=True, text=True, check=True).stdout.split())
    assert all(one[0] == found[0][0] and one[1] == one[3] == "True" for one in found)
    assert found[0][2] == "False" and found[-1][2] == "True"
