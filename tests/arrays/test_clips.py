"""`a.clip(low, high)`, `a.conj()` and `a.round()` in the middle of expressions, ends that are None, and what leaves."""

import os

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome, plain_and_jitted

KINDS = ("float64", "float32", "float16", "int64", "int32", "int8", "uint8", "uint64", "bool", "complex128", "complex64", "datetime64[s]")
ENDS = ("0, 1", "-1, 5", "None, 2", "1, None", "None, None", "0.5, 3", "-0.0, 0.0", "x, x + 1", "x[::-1], None", "2, 1", "-300, 300", "np.float32(0.5), 2", "b'a', 1", "0, np.nan", "k, k + 3", "0, 2**70", "1j, 3", "True, 4")
CALLS = ("x.clip({})", "np.clip(x, {})", "(x * 2).clip({})", "x.clip({}).sum()", "x.clip({}) - x", "x[1:].clip({}, x[:-1])", "x.clip(min=k, max=9) * len(({},))", "x.clip({}, dtype=np.float64)", "x.clip()", "x.clip(1)")

TEXTS = [*dict.fromkeys(call.format(ends) for call in CALLS for ends in ENDS)]
EACH = 5        # each kind has every fifth one, the next kind the next ones; at night all
LAYOUTS = (lambda x: x, lambda x: x[::2], lambda x: x[:0], lambda x: x.reshape(4, 5).T)


def values(kind):
    numbers = [0, 1, 2, 3, 5, 7, 1, 0, 100, 4] * 2
    found = np.array(numbers, kind).astype(kind)
    if kind.startswith(("float", "complex")):
        found[::4] = [-0.0, np.nan, -np.inf, 1.5, -2]
    if kind in ("int64", "int32", "int8"):
        found[::5] = -3
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_clips(kind):
    given = np.random.default_rng(KINDS.index(kind)).permutation(values(kind))
    native = framejit.stats()["native_entries"]
    for call in TEXTS if os.environ.get("FRAMEJIT_NIGHTLY") else TEXTS[KINDS.index(kind) % EACH::EACH]:
        plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x, k):\n    t = x + x\n    return {call}, t")
        for part in LAYOUTS:
            wanted = outcome(plain, (part(given.copy()), 1), {})
            for _ in range(2):
                assert outcome(jitted, (part(given.copy()), 1), {}) == wanted, call
    assert framejit.stats()["native_entries"] > native or kind == "datetime64[s]"


ROUNDED = ("x.round() + 1", "(x * 0.3).round().sum()", "np.round(x / 2) - x", "np.around(x)", "x.round(0)", "x.round(1) * 2", "x.round(-1)", "np.round(x, 1)", "np.round(x, decimals=0)", "x.round(out=x)", "(x + 0.5).round() - x.clip(0, 1).round()", "np.round(3.5) + x", "x.round(None)")
CONJUGATES = ("(x * x.conj()).real", "x.conj() @ x", "x.conjugate() + 1", "(x + 1).conj().sum()", "x.T.conj()", "x.conj()", "np.conj(x) - x.conj()", "x.conj(out=x)", "x.conj().imag.max()")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("date")])
def test_conjugates_and_what_is_rounded(kind):
    for call in CONJUGATES + ROUNDED:
        plain, jitted = plain_and_jitted(f"import numpy as np\ndef f(x):\n    y = {call}\n    return y, y is x")
        for size in (0, 1, 9, 20):
            array = values(kind)[:size] * (1 + 2j) if kind.startswith("complex") else values(kind)[:size]
            wanted = outcome(plain, (array.copy(),), {})
            for _ in range(2):
                assert outcome(jitted, (array.copy(),), {}) == wanted, call


def test_what_clips_run_is_as_numpy_made_it(monkeypatch):
    def f(x):
        return x.clip(0.25, 0.5) * 2.0 + x

    fast, x = framejit.jit(f), np.linspace(0, 1, 50)
    for _ in range(20):
        assert (fast(x) == f(x)).all()
    entered = framejit.stats()["native_entries"]
    fast(x)
    assert framejit.stats()["native_entries"] > entered
    heard = []

    class Heard:
        def __getattr__(self, name):
            heard.append(name)
            return getattr(np._core.umath, name)

    monkeypatch.setattr(np._core._methods, "um", Heard())
    assert (fast(x) == f(x)).all() and heard == ["clip"] * 2
