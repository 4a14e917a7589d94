"""Names that only feed reductions along axes, of which what is returned is computed: never arrays, the same bits, layouts, warnings, nothing kept by exits."""

import gc
import os
import subprocess
import sys
import warnings

import numpy as np
import pytest

import framejit
from tests.arrays import test_reduced_names as reduced_names
from tests.arrays.programs import STATES, counted, outcome, plain_and_jitted
from tests.arrays.test_reduced_names import function

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 120
NEVER = (
    "d = x - y; return (d * d).sum(axis=-1)",
    "d = x - y; return np.sqrt((d ** 2).sum(axis=-1))",
    "d = x[:, None] - y[None]; return np.sqrt((d * d).sum(axis=2))",
    "d = x - y; e = d * k; return np.sqrt(np.mean(e * d, axis=0)) / len(x)",
    "d = np.abs(x - y); return d.max(axis=0)",
    "d = x - y; return np.exp(-d.sum(axis=1)) * k",
    "d = x - y; return d.mean(axis=0) + x.size",
    "d = x - y; return (d * d).sum(axis=0) / x.shape[0] - y.shape[-1]",
    "hit = x > y; return hit.sum(axis=0) / len(x)",
    "hit = x > y; return hit.any(axis=1)",
    "d = x - y; return np.sum(d * x, axis=0) - x.sum(axis=0)",
    "d = x - y; return -np.log(np.sum(np.exp(d), axis=0)) > k",
    "d = x - y; return np.maximum((d * d).sum(axis=0), y.min(axis=0)).sum()",
)
KEPT = (                # behind the reduction names are arrays at once, which is their end where something leaves
    "d = x - y; s = (d * d).sum(axis=0); return s",
    "d = x - y; s = (d * d).sum(axis=0); return np.sqrt(s)",
    "d = x[:, None] - y[None]; s = (d ** 2).sum(axis=-1); w = np.exp(-s / 50); return w / w.sum()",
    "d = x - y; s = (d * d).sum(axis=1); w = 1 / (s + 1); n = w.sum(); return w * n",
    "d = x - y; s = (d * d).sum(axis=0); s = s * 0.5; return s",
    "d = x - y; s = (d * d).sum(axis=0); t = np.sqrt(s); u = t + s; return u * t",
    "d = x - y; s = (d * d).sum(axis=0).max(); return s * k",
    "d = x - y; s = np.sqrt((d * d).sum(axis=0)).sum(); return s",
)
ARRAYS = (
    "d = x - y; s = (d * d).sum(axis=0); t = s + d; return t",
    "d = x - y; s = (d * d).sum(axis=0); t = s[::-1]; return t",
    "d = x - y; s = (d * d).sum(axis=0); s += 1; return s",
    "d = x - y; s = (d * d).sum(axis=0); s[0] = 1; return s",
    "d = x - y; s = (d * d).sum(axis=0); t = s; return t, s",
    "d = x - y; s = t = (d * d).sum(axis=0); return t * s",
    "d = x - y; s = x; return s * (d * d).sum(axis=0)",
    "d = x - y; m = d.sum(axis=0); s = x; return s * m",
    "d = x - y; k = (d * d).sum(axis=0); return np.sqrt(k)",
    "k = k * 1.5; d = x - y; k = (d * x).sum(axis=0); return np.sqrt(k)",
    "s = k; s = s + 0.5; d = x - y; s = (d * x).sum(axis=0); return np.sqrt(s)",
    "d = x - y; return d.sum(axis=0), d",
    "d = x - y; return d - d.mean(axis=0)",
    "d = x - y; return d / d.sum(axis=1)[:, None]",
    "d = x - y; return d.sum(0)[0]",
    "d = x - y; return d.sum(axis=0).T",
    "d = x - y; return d.sum(axis=0)[::-1]",
    "d = x - y; return d.sum(axis=0).tolist()",
    "d = x - y; return d.argmax(axis=0)",
    "d = x - y; return d.sum(axis=0, keepdims=True)",
    "d = x - y; return d.sum(axis=k)",
    "d = x - y; return d.sum(axis=k - 1)",
    "d = x - y; return d.sum(axis=5)",
    "d = x - y; return d.sum(axis=0) * x.shape[7]",
    "d = x - y; return d.sum(axis=0) * x.shape[k - 1]",
    "return x * y / x.shape",
    "return x * k / x.shape[True] + x.shape[0:1]",
    "d = x - y; return d.std(axis=0)",
    "d = x - y; return [d.sum(axis=0)]",
    "d = x - y; x = d.sum(axis=0); return x",
    "d = x - y; d = d.sum(axis=0); return d",
    "d = x - y; return d.sum(axis=(0, 1))",
    "d = x - y; return d.sum(axis=0, dtype=np.float32)",
    "d = x - y; return d.sum(axis=0) @ d.sum(axis=0)",
    "d = x - y; return np.sqrt(d.sum(axis=0), out=d[0])",
)
SHAPES = ((3, 4), (1, 5), (5, 1), (0, 4), (4, 0), (40, 3), (3, 300), (70, 33), (2, 3, 5))
KINDS = ("float64", "float64", "float32", "int64", "uint8", "bool", "complex128", "float16")
LAYOUTS = (lambda a: a, lambda a: a, np.asfortranarray, lambda a: np.repeat(a, 2, axis=0)[::2], lambda a: a[::-1], lambda a: a[..., ::-1], lambda a: np.swapaxes(a.copy(), 0, -1).copy().swapaxes(0, -1))


def given(shape, kind, layout=LAYOUTS[0], low=-3):
    r = np.random.default_rng(sum(shape))
    return (*[layout((r.random(shape) * 9 + low).astype(kind)) for _ in range(2)], 1)


@pytest.mark.parametrize("body", NEVER + KEPT + ARRAYS)
def test_results(body):
    plain, jitted = plain_and_jitted(function(body))
    for number, shape in enumerate(SHAPES):
        for kind in KINDS[number % 2::2]:
            for layout in LAYOUTS[number % 3::3]:
                arguments = given(shape, kind, layout)
                state = STATES[number % len(STATES)]
                wanted = outcome(plain, arguments, state)
                for _ in range(3):
                    assert outcome(jitted, arguments, state) == wanted, (shape, kind, state)


@pytest.mark.parametrize("body", NEVER + KEPT)
def test_never_arrays(body):
    """The expression whose name it is isn't among what is computed into an array."""
    _, jitted = plain_and_jitted(function(body))
    arguments = given((40, 3), "float64", low=2)
    said = framejit.explain(jitted, *arguments).nests
    assert [line for line in said if "then " in line and "vanished" in line] and not [line for line in said if "several" in line], said
    entries, exits, _ = counted(jitted, arguments)
    assert entries >= 30 and exits == 0


@pytest.mark.parametrize("body", NEVER + KEPT)
def test_called_natively(body):
    source = function(body) + "def run(x, y, k, n):\n    s = 0.0\n    for step in range(n):\n        s = s + f(x, y, k)\n    return s\n"
    plain, jitted = plain_and_jitted(source, "run")
    for shape in SHAPES[:6]:
        for state in STATES:
            wanted = outcome(plain, (*given(shape, "float64"), 40), state)
            for _ in range(2):
                assert outcome(jitted, (*given(shape, "float64"), 40), state) == wanted, (shape, state)


@pytest.mark.parametrize("body", ("return np.sqrt((d * x).sum(axis=0))", "s = (d * x).sum(axis=0); t = s * 2; return np.sqrt(t)"))
def test_exits_keep_nothing(body):
    """What was reduced when something warns is let go of: the interpreter does it all again."""
    plain, jitted = plain_and_jitted(function("d = x - y; " + body))
    x, y, k = given((50, 400), "float64", low=2)
    y = y * 0.1
    for _ in range(30):
        jitted(x, y, k)
    y, before = y + 100, framejit.stats()["exits"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = plain(x, y, k)
        for turn in range(220):
            assert jitted(x, y, k).tobytes() == wanted.tobytes()
            if turn == 20:
                gc.collect()
                had = sys.getallocatedblocks()
        gc.collect()
        assert sys.getallocatedblocks() < had + 100
    assert framejit.stats()["exits"] > before + 100


NUMBERS = """
import warnings
import numpy as np, framejit
warnings.simplefilter("ignore")
@framejit.jit
def f(x, y, k):
    k = float(k)
    d = x - y
    k = (d * x).sum(axis=0)
    return np.sqrt(k)
x, y = np.full((3, 4), 5.0), np.full((3, 4), 1.0)
for _ in range(20):
    f(x, y, "1.2345678")
for turn in range(300):
    f(x, y + 100, f"{turn}.25")
print(framejit.stats()["exits"] > 0)
"""


def test_numbers_that_homes_keep():
    """The number that a name was is there when something leaves behind the array that it is: memory that was given back is written to."""
    environment = {**os.environ, "FRAMEJIT_CACHE": "0", "FRAMEJIT_PLAIN_FIRST": "0", "FRAMEJIT_EAGER": "1", "PYTHONMALLOC": "debug"}
    assert subprocess.run([sys.executable, "-c", NUMBERS], env=environment, capture_output=True, text=True).stdout == "True\n"


class Generator(reduced_names.Generator):
    """Bodies that return what is computed of reductions of names along axes."""

    OPERANDS = ("k", "0.5", "x[:1]", "y[:, :1]")
    REDUCTIONS = ("{}.sum(axis=0)", "np.mean({}, axis=-1)", "{}.max(axis=1)", "np.min({}, axis=0)", "np.any({}, axis=0)", "{}.all(axis=-1)", "{}.sum(-1)", "{}.sum()", "{}.sum(axis=k)", "{}.argmin(axis=0)", "{}.mean(axis=0, keepdims=True)")
    FORMS = ("{} + {}", "{} / {}", "{} * 0.5", "np.sqrt({})", "abs({})", "{} / len(x)", "{} / x.size", "{} > {}", "-{}", "np.exp(-{})", "{} ** 0.5", "(k - {})", "{}.sum()", "np.maximum({}, {})", "{}.max(axis=-1)")
    STORED = ("np.sqrt(s)", "s * 2", "s - k", "s.sum()", "s / s.sum()", "-s")
    RETURNED = ("s", "s / k", "s + x.sum(axis=0)", "np.sqrt(s)", "(s, x)", "s * s, s")

    def arguments(self):
        return given(self.pick(*SHAPES), self.pick(*KINDS), self.pick(*LAYOUTS))


def test_random_bodies():
    reduced_names.test_random_bodies(Generator, COUNT)


if __name__ == "__main__":
    for number in range(*map(int, sys.argv[1:3])):
        reduced_names.compare(number, Generator)
