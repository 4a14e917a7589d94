"""Names that only feed numbers which are returned: never arrays, unless something leaves, raises or warns; then they are what they would be."""

import os
import random
import sys

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, counted, outcome, plain_and_jitted, seen
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 150
NEVER = (               # bodies whose names are never arrays
    "d = x - y; return (d * d).sum()",
    "d = x - y; return np.sqrt((d * d).mean())",
    "d = x - y; return np.sqrt(np.mean(d ** 2))",
    "r = x * k - y; return 0.5 * np.sum(r * r)",
    "d = np.abs(x - y); return d.max()",
    "d = x - y; e = d * d; return e.sum() / len(x)",
    "d = x - y; return float((d * d).sum()) / x.size",
    "hit = x > y; return hit.mean()",
    "hit = x > y; return int(hit.sum())",
    "d = x - y; return (d * d).sum() / x.sum()",
    "d = np.exp(-x * x); return -math.log(d.sum())",
    "d = x - y; w = np.maximum(d, 0); return np.sum(w * d) > k",
    "d = x - y; s = (d * d).sum(); return s / k",
    "d = x - y; s = np.mean(d * d); r = np.sqrt(s); k = r * k; return k + s",
)
ARRAYS = (              # what is read a second time, or asked for
    "e = np.exp(x); return e / e.sum()",
    "d = x - y; return d.sum() / d.max()",
    "d = x - y; s = (d * d).sum(); return s / len(d)",
    "d = x - y; x = (d * d).sum(); return x",
    "d = x - y; s = d.sum(); s = [s]; return s",
    "d = x - y; s = d.sum(); t = x - s; return t",
    "d = x - y; d = d.sum(); return d",
    "d = x - y; s = d.sum(); t = s; return t, s",
    "d = x - y; return d.sum(), d",
    "d = x - y; return (d * d).sum() + locals()['d'].sum()",
    "d = x - y; return d.std()",
    "d = x - y; e = x + y; return d.sum()",
    "d = x - y; return d.sum() / d.size",
    "d = x - y; return d.sum(axis=0)",
    "d = x - y; return [d.sum()]",
    "d = x - y; return max(d.sum(), 0)",
    "d = x - y; return str(d.sum())",
    "d = x - y; return d.sum() if d.any() else 0",
    "d = x - y; d = d * d; return d.sum()",
    "d = x - y; return (lambda: d.sum())()",
)
GIVEN = ((3, "float64"), (40, "float64"), (1, "float64"), (0, "float64"), (3000, "float64"), (40, "float32"), (40, "int64"), (40, "uint8"), (40, "complex128"), (40, "bool"), (40, "float16"), (300_000, "float64"))


def given(length, kind):
    r = np.random.default_rng(length)
    return (*[(r.random(length) * 9 - 3).astype(kind) for _ in range(2)], 2)


def function(body):
    return f"import math\nimport numpy as np\ndef f(x, y, k):\n    {body}\n"


@pytest.mark.parametrize("body", NEVER + ARRAYS)
def test_results(body):
    plain, jitted = plain_and_jitted(function(body))
    for row in GIVEN:
        arguments = given(*row)
        for state in STATES:
            wanted = outcome(plain, arguments, state)
            for _ in range(3):
                assert outcome(jitted, arguments, state) == wanted, (row, state)


@pytest.mark.parametrize("body", NEVER)
def test_never_arrays(body):
    _, jitted = plain_and_jitted(function(body))
    arguments = given(40, "float64")
    said = framejit.explain(jitted, *arguments).nests
    assert said and all(["then " in line for line in said]), said
    entries, exits, _ = counted(jitted, arguments)
    assert entries >= 30 and exits == 0


@pytest.mark.parametrize("body", NEVER)
def test_called_natively(body):
    """In functions that a loop calls they aren't arrays, either."""
    source = function(body) + "def run(x, y, k, n):\n    s = 0.0\n    for step in range(n):\n        s += f(x, y, k)\n    return s\n"
    plain, jitted = plain_and_jitted(source, "run")
    for row in GIVEN[:5]:
        for state in STATES:
            wanted = outcome(plain, (*given(*row), 40), state)
            for _ in range(2):
                assert outcome(jitted, (*given(*row), 40), state) == wanted, (row, state)
    said = framejit.explain(jitted, *given(40, "float64"), 40).nests
    assert said and all(["then " in line for line in said]), said


def test_names_of_frames_that_raise():
    """A traceback's frame has the names that the program had."""
    body = "d = x - y; e = d / x; return np.sqrt((e * e).sum()) / np.float64(k)"
    for zero in ("x", "k"):
        rows = []
        for one in plain_and_jitted(function(body)):
            x, y, k = given(20, "float64")
            for _ in range(20):
                one(x, y, k)
            x, k = (np.zeros(20), 2) if zero == "x" else (x, 0)
            with np.errstate(all="raise"), pytest.raises(FloatingPointError) as caught:
                one(x, y, k)
            frame = caught.tb.tb_next.tb_frame
            rows.append([(name, seen(value)) for name, value in frame.f_locals.items()] + [str(caught.value), caught.tb.tb_next.tb_lineno])
        assert rows[0] == rows[1], zero


def test_names_that_a_profiler_sees():
    """Behind native code there is nothing to see; under a profiler the frame has its names at the return."""
    for body in NEVER[:3]:
        rows = []
        for one in plain_and_jitted(function(body)):
            for _ in range(20):
                one(*given(20, "float64"))
            found = []
            sys.setprofile(lambda frame, event, _, found=found: found.append((event, [(name, seen(value)) for name, value in frame.f_locals.items()])) if frame.f_code.co_name == "f" else None)
            try:
                one(*given(20, "float64"))
            finally:
                sys.setprofile(None)
            rows.append(found)
        assert rows[0] == rows[1]


def test_behind_a_loop():
    """The frame may have been looked at before."""
    source = """
import sys
import numpy as np
def f(x, y, k, kept):
    for step in range(k):
        x = x * 0.5
        if step == 3 and kept is not None:
            kept.append(sys._getframe())
    d = x - y
    return (d * d).sum()
"""
    rows = []
    for one in plain_and_jitted(source):
        for _ in range(20):
            one(*given(20, "float64")[:2], 6, None)
        kept = []
        result = one(*given(20, "float64")[:2], 6, kept)
        rows.append((seen(result), [(name, seen(value)) for name, value in kept[0].f_locals.items() if name != "kept"]))
    assert rows[0] == rows[1]


class Generator:
    """Bodies that end in what is computed of reductions of names."""

    OPERANDS = ("k", "0.5")
    REDUCTIONS = ("{}.sum()", "np.mean({})", "{}.max()", "np.min({})", "np.any({})", "{}.all()", "{}.prod()", "np.sum({}, dtype=np.float64)", "{}.sum(axis=0)", "{}.argmax()", "np.std({})")
    FORMS = ("{} + {}", "{} / {}", "{} * 0.5", "np.sqrt({})", "float({})", "int({})", "abs({})", "{} / len(x)", "{} / x.size", "{} > {}", "-{}", "math.sqrt({})", "{} ** 0.5", "(k - {})", "round({}, 2)")
    STORED = ()
    RETURNED = ("s", "s / k", "s + x.sum()", "np.sqrt(s)", "(s, x)", "x * s", "s * s, s")

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = ["x", "y"]

    def pick(self, *choices):
        return self.random.choice(choices)

    def expression(self, depth):
        if depth == 0 or self.random.random() < 0.2:
            return self.pick(*self.names, *self.names, *self.OPERANDS)
        text = self.pick("{} + {}", "{} * {}", "{} - {}", "{} / {}", "np.maximum({}, {})", "np.abs({})", "-{}", "np.sqrt({})", "np.where({} > 0, {}, k)", "{} ** 2", "{} > {}")
        return "(" + text.format(*[self.expression(depth - 1) for _ in range(text.count("{}"))]) + ")"

    def reduced(self, depth):
        if depth == 0 or self.random.random() < 0.3:
            return self.pick(*self.REDUCTIONS).format("(" + self.expression(self.random.randint(0, 2)) + " + x)")
        form = self.pick(*self.FORMS)
        return "(" + form.format(*[self.reduced(depth - 1) for _ in range(form.count("{}"))]) + ")"

    def body(self):
        lines = []
        for name in self.random.sample(("a", "b", "c", "x"), self.random.randint(1, 3)):
            lines.append(f"{name} = {self.expression(2)}")
            self.names.append(name)
        if self.random.random() < 0.4:
            lines.append(f"s = {self.reduced(1)}")
            if self.STORED and self.random.random() < 0.5:
                lines.append(f"{self.pick('s', 't', 'x', 'a')} = {self.pick(*self.STORED)}")
            return "; ".join([*lines, f"return {self.pick(*self.RETURNED)}"])
        return "; ".join([*lines, f"return {self.reduced(self.random.randint(0, 3))}"])

    def arguments(self):
        length, kind = self.pick(*GIVEN[:-1])
        return given(length, kind)


def compare(seed, kind=Generator):
    generator = kind(seed)
    source = function(generator.body())
    if seed % 3 == 0:
        source = source.replace("def f(", "def g(") + "def f(x, y, k):\n    for step in range(30):\n        s = g(x, y, k)\n    return s\n"
    plain, jitted = plain_and_jitted(source)
    for _ in range(3):
        arguments, state = generator.arguments(), generator.pick(*STATES)
        wanted = outcome(plain, arguments, state)
        for _ in range(2):
            assert outcome(jitted, arguments, state) == wanted, (seed, source, state)


def test_random_bodies(kind=Generator, count=COUNT):
    before = framejit.stats()["native_entries"]
    for seed in due(range(count)):
        compare(seed, kind)
    assert framejit.stats()["native_entries"] - before > count


if __name__ == "__main__":
    for number in range(*map(int, sys.argv[1:3])):
        compare(number)
