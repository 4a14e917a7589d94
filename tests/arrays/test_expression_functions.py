"""Functions that are expressions over arrays are part of their callers' expressions: no array for what they give, and nobody can tell."""

import os
import random
import sys

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, counted, outcome, plain_and_jitted, seen

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 120
FUNCTIONS = """
import math
import numpy as np
ALPHA, COUNT = 0.25, 3
def between(z): return z[:-2, 1:-1] + z[1:-1, :-2] + z[1:-1, 2:] + z[2:, 1:-1] - 4 * z[1:-1, 1:-1]
def relu(z): return np.maximum(z, 0)
def sigmoid(z): return 1.0 / (1.0 + np.exp(-z))
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
def power(z, p=2): return z ** p
def apart(z, w):
    d = z - w
    return np.sqrt(power(d) + ALPHA)
def scaled(z): return z * ALPHA - COUNT
def bell(z, mu=0.0, *, s=1.0): return np.exp(-0.5 * ((z - mu) / s) ** 2) / (s * math.sqrt(2 * math.pi))
def centred(z): return z - z.mean(axis=1, keepdims=True)
def turned(z): return z.T * 2
def chosen(z, w): return np.where(z > w, z, -w)
def shared(z): return z.sum() / z.size + z
def mixed(z, /, w, *, k=2): return (z + w) / len(z) * k
def loops(z):
    for _ in range(2):
        z = z + 1
    return z
def inside(z): return z[1:-1]
def same(z): return z
def unused(z, w): return z + 1
def dead(z):
    t = 1 / z
    return z + 1
def unbound(z):
    if len(z) > 10 ** 6:
        t = z
    return z + t
def shows(z): return z + len(locals())
def stored(z): return np.add(z, 1, out=z)
def number(z): return z.sum()
def nested(z): return relu(sigmoid(z) - ALPHA) + scaled(z)
def named(z):
    a = z * 2
    b = a - 1
    a = a + b
    return a * b
def undone(z, w): return unfinished(z) + w
def unfinished(z): return [z][0] + 1
"""
WHOLE = (               # one walk, whatever they call
    "return between(x) - between(y) * k",
    "return relu(x * k - y) + 1",
    "return sigmoid(x) * (1 - sigmoid(y))",
    "return apart(x, y) / k",
    "return scaled(x) - y",
    "return bell(x) + bell(y, 1.0, s=2.0) + bell(z=x, mu=k)",
    "return turned(x) + 1",
    "return chosen(x, y) + chosen(w=x * y, z=y)",
    "return power(x, p=k) - power(y)",
    "return nested(x) + nested(y)",
    "return named(x) - named(y * k)",
    "return mixed(x, y) + mixed(y, w=x, k=k)",
    "return relu(x)",
    "d = x - y; e = power(d) + relu(x); return e * scaled(d)",
    "return np.sqrt(power(x - y))",
)
SUMS = ("return power(x - y).sum()", "return np.mean(relu(x) * y)", "d = apart(x, y); return float((d * d).sum())", "return scaled(x).max(axis=0)")
OTHERS = (              # more than expressions somewhere
    "return softmax(x) * y", "return softmax(x @ y.T)", "return centred(x) / y", "return shared(x) + y", "return loops(x) - y", "return inside(x) + 1", "return same(x) + y",
    "return same(x)", "return unused(x, 1 / y)", "return unused(x / 0, y)", "return dead(x) + 1", "return unbound(x) + 1", "return shows(x) * 2", "return stored(x) + y",
    "return number(x) + y", "return undone(x, y) * 2", "return relu(x @ y.T) + 1", "return power(x[:, ::-1] @ y.T) - k", "return relu(x[1:]) - relu(y)", "return between(x[0])",
    "return relu(k) + x", "return power(x, k, 3)", "return power(x, q=3)", "return mixed(z=x, w=y)", "x = relu(x); x = scaled(x) - x; return x", "return relu(x), scaled(y)",
    "x -= relu(y); return x", "x[1:-1] = relu(y)[1:-1]; return x", "t = [relu(x)]; return t[0] + scaled(y)", "return (lambda z: z * 2)(x) + relu(y)", "return relu(x) if relu(x).any() else y",
    "return np.add(relu(x), scaled(y), out=x)", "return relu(x + y)[1:] * power(x)[1:]", "return power(np.float64(3)) + relu(x)",
)
GIVEN = ((3, "float64"), (5, "float64"), (0, "float64"), (1, "float64"), (40, "float64"), (6, "float32"), (6, "int64"), (6, "uint8"), (6, "complex128"), (6, "bool"), (6, "float16"))


def given(side, kind):
    r = np.random.default_rng(side)
    return (*[(r.random((side, side)) * 9 - 3).astype(kind) for _ in range(2)], 2)


def source(body, more=""):
    return f"{FUNCTIONS}{more}def f(x, y, k):\n    {body}\n"


def compare_all(text, name, more=()):
    plain, jitted = plain_and_jitted(text, name)
    for row in GIVEN:
        for state in STATES:
            wanted = outcome(plain, (*given(*row), *more), state)
            for _ in range(3):
                assert outcome(jitted, (*given(*row), *more), state) == wanted, (row, state)
    return jitted


@pytest.mark.parametrize("body", WHOLE + SUMS + OTHERS)
def test_results(body):
    compare_all(source(body), "f")


@pytest.mark.parametrize("body", WHOLE + SUMS + OTHERS[::3])
def test_in_loops(body):
    """In a function that a loop calls, with the call in a loop of its own."""
    text = source(body.replace("return ", "r = ") if ";" not in body else body) if body.startswith("return ") else source(body)
    if body.startswith("return "):
        text = source("for step in range(3):\n        " + body.replace("return ", "r = ") + "\n    return r")
    compare_all(text + "def run(x, y, k, n):\n    for step in range(n):\n        s = f(x, y, k)\n    return s\n", "run", (5,))


@pytest.mark.parametrize("body", WHOLE + SUMS)
def test_one_walk(body):
    _, jitted = plain_and_jitted(source(body))
    arguments = given(40, "float64")
    said = framejit.explain(jitted, *arguments).nests
    assert len(said) == 1 and ("then " in said[0]) == (body in SUMS), said
    assert counted(jitted, arguments) == [30, 0, 0]        # nothing of the callee's is entered


CHANGES = (             # what a callee is, changed behind the third turn
    "f.__globals__['relu'] = power",
    "relu.__code__ = scaled.__code__",
    "power.__defaults__ = (3,)",
    "bell.__kwdefaults__ = {'s': 3.0}",
    "bell.__kwdefaults__['s'] = 3.0",
    "f.__globals__['ALPHA'] = 7.5",
    "f.__globals__['ALPHA'] = np.float32(7.5)",
    "f.__globals__['ALPHA'] = 'text'",
    "f.__globals__['ALPHA'] = [1.5] * 8",
    "del f.__globals__['ALPHA']",
    "f.__globals__['COUNT'] = 10 ** 30",
    "f.__globals__['relu'] = np.abs",
    "f.__globals__['relu'] = None",
    "np.maximum = np.minimum",
    "math.pi = 3",
    "f.__globals__['math'] = np",
)


@pytest.mark.parametrize("change", CHANGES)
def test_changed_between_turns(change):
    """What the callee is, or reads, changes in mid-loop, and back: it is seen at once."""
    body = "return relu(x) + power(y) * scaled(x) - bell(y)"
    text = source(body) + f"""
def change():
    {change}
def back():
    f.__globals__.update(relu=first, ALPHA=0.25, COUNT=3, math=mathematics)
    first.__code__, power.__defaults__, bell.__kwdefaults__, np.maximum, math.pi = kept
def run(x, y, k, n):
    found = []
    for step in range(n):
        if step == n // 3:
            change()
        if step == 2 * n // 3:
            back()
        found.append(f(x, y, k).tobytes())
    return found
first, mathematics, largest = relu, math, np.maximum
kept = relu.__code__, power.__defaults__, dict(bell.__kwdefaults__), np.maximum, math.pi
"""
    largest, pi = np.maximum, __import__("math").pi
    rows = []
    for one in plain_and_jitted(text, "run"):
        try:
            for n in (0, 30, 30, 30):
                rows.append(outcome(one, (*given(8, "float64"), n), {}))
                one.__globals__["back"]()
        finally:
            np.maximum, __import__("math").pi = largest, pi
    assert rows[:4] == rows[4:]


def test_one_that_writes_its_names():
    """A number that the caller's loop assigns is what it is at each call."""
    text = source("global ALPHA\n    for step in range(k):\n        ALPHA = step * 0.5\n        x = scaled(x) + y\n    return x, ALPHA")
    compare_all(text, "f")


def test_frames_of_errors():
    """Tracebacks have the callee's frame with its names."""
    rows = []
    for one in plain_and_jitted(source("return apart(x, y) * 2 + k")):
        for _ in range(10):
            one(*given(6, "float64"))
        with pytest.raises(ValueError) as caught:
            one(given(6, "float64")[0], given(5, "float64")[0], 2)
        frames, trace = [], caught.tb.tb_next
        while trace is not None:
            frames.append((trace.tb_frame.f_code.co_name, trace.tb_lineno, [(name, seen(value)) for name, value in trace.tb_frame.f_locals.items()]))
            trace = trace.tb_next
        rows.append((str(caught.value), frames))
    assert rows[0] == rows[1] and len(rows[0][1]) == 2


def test_caught_by_the_caller():
    text = source("""try:
        return apart(x, y) + k
    except ValueError as error:
        return str(error), len(x)""")
    plain, jitted = plain_and_jitted(text)
    for _ in range(20):
        jitted(*given(6, "float64"))
    for sides in ((6, 5), (6, 6), (5, 6), (1, 6)):
        arguments = given(sides[0], "float64")[0], given(sides[1], "float64")[0], 2
        for _ in range(3):
            assert outcome(jitted, arguments, {}) == outcome(plain, arguments, {})


def test_seen_by_profilers():
    rows = []
    for one in plain_and_jitted(source("return nested(x) + relu(y)")):
        for _ in range(20):
            one(*given(6, "float64"))
        found = []
        sys.setprofile(lambda frame, event, _, found=found: found.append((event, frame.f_code.co_name)) if "c_" not in event else None)
        try:
            one(*given(6, "float64"))
        finally:
            sys.setprofile(None)
        rows.append(found[:-1] if found[-1][1] != "f" else found)
    assert rows[0] == rows[1] and ("call", "sigmoid") in rows[0]


def test_depth():
    """Near the recursion limit the same call raises as in the interpreter."""
    text = source("return down(x, y, k)", "def down(x, y, n):\n    if n == 0:\n        return nested(x) + y\n    return down(x, y, n - 1)\n")
    rows = []
    for one in plain_and_jitted(text):
        for _ in range(30):
            one(*given(6, "float64")[:2], 3)
        found = []
        for depth in range(1, 400):
            try:
                one(*given(6, "float64")[:2], depth)
            except RecursionError as error:
                found.append((depth, str(error)))
        rows.append(found)
    assert rows[0] == rows[1]


def test_finalizers_of_arguments():
    """What only the call keeps ends where it did."""
    text = source("return relu(given(log, x)) + scaled(y)") + """
log = []
class Ends(np.ndarray):
    def __del__(self): log.append('ended')
def given(log, x):
    log.append('given')
    return x * 2
"""
    plain, jitted = plain_and_jitted(text)
    for _ in range(20):
        assert outcome(jitted, given(6, "float64"), {}) == outcome(plain, given(6, "float64"), {})


MODULE = """
import sys
import numpy as np
me, RATE = sys.modules[__name__], 0.5
def scaled(x): return x * me.RATE
def other(x): return x * RATE
def run(x, n):
    global RATE
    for k in range(n):
        RATE = k * 0.25
        x = scaled(x) + other(x) + 1
    return x
def sums(x, n, r=0.0):
    global RATE
    for k in range(n):
        RATE = k * 0.25
        r += one(k)
    return r
def one(k): return k * me.RATE
"""
USER = """
import kept_formulas
from kept_formulas import scaled
def run(x, n):
    for k in range(n):
        x = scaled(x) + kept_formulas.other(x) * 0.5
        if k == n // 2:
            kept_formulas.RATE = 0.125
    kept_formulas.RATE = 0.5
    return x
"""


@pytest.mark.parametrize("name", ("run", "sums", "user"))
def test_modules(name, tmp_path, monkeypatch):
    """Functions of other modules; one that reads a name of its own module as its attribute, while the caller assigns it."""
    (tmp_path / "kept_formulas.py").write_text(MODULE)
    (tmp_path / "kept_user.py").write_text(USER)
    monkeypatch.syspath_prepend(tmp_path)
    rows = []
    for jitted in (False, True):
        for one in ("kept_formulas", "kept_user"):
            sys.modules.pop(one, None)
        space = __import__("kept_user") if name == "user" else __import__("kept_formulas")
        function = vars(space)["run" if name == "user" else name]
        function = framejit.jit(function) if jitted else function
        rows.append([outcome(function, (np.arange(6.0), 20), {}) for _ in range(6)])
    for one in ("kept_formulas", "kept_user"):
        sys.modules.pop(one, None)
    assert rows[0] == rows[1]


class Generator:
    """Functions of two arrays and a number that call those before them, and bodies that call them."""

    FORMS = ("{} + {}", "{} * {}", "{} - {}", "{} / {}", "np.maximum({}, {})", "np.abs({})", "-{}", "np.sqrt({})", "np.where({} > 0, {}, 2)", "{} ** 2", "{} > {}", "{}.T", "({} + 0.5)[::-1]",
             "np.exp({} * 0.1)", "{} * ALPHA", "{} - COUNT", "{}[:, :]", "{} / len(z)", "{} - {}.mean(axis=1, keepdims=True)", "{}.real", "{}.sum() + {}", "{}.copy()", "[{}][0]", "np.cumsum({}, axis=0)")

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.functions = []

    def pick(self, *choices):
        return self.random.choice(choices)

    def expression(self, names, depth):
        if depth == 0 or self.random.random() < 0.2:
            return self.pick(*names, *names, "k", "0.5")
        form = self.pick(*self.FORMS[:self.pick(10, 16, 24)], *(["call"] * 3 if self.functions else ()))
        if form == "call":
            form = self.pick(*self.functions) + self.pick("({}, {}, k)", "({}, {})", "({}, w={})", "({}, k=2, w={})")
        return "(" + form.format(*[self.expression(names, depth - 1) for _ in range(form.count("{}"))]) + ")"

    def function(self, number):
        names, lines = ["z", "w"], []
        for name in self.random.sample(("a", "b", "z"), self.random.randint(0, 2)):
            lines.append(f"    {name} = {self.expression(names, 2)}\n")
            names.append(name)
        text = f"def g{number}(z, w, k=3):\n{''.join(lines)}    return {self.expression(names, 2)}\n"
        self.functions.append(f"g{number}")
        return text

    def program(self):
        functions = "".join([self.function(number) for number in range(self.random.randint(1, 4))])
        names, lines = ["x", "y"], []
        for name in self.random.sample(("a", "b", "x"), self.random.randint(0, 2)):
            lines.append(f"z = {name} = {self.expression(names, 2)}" if self.random.random() < 0.3 else f"{name} = {self.expression(names, 2)}")
            names.append(name)
        return source("; ".join(["z = x", *lines, f"return {self.expression(names, 3)}"]), functions)


def compare(seed):
    generator = Generator(seed)
    text = generator.program()
    plain, jitted = plain_and_jitted(text)
    for _ in range(3):
        row, state = generator.pick(*GIVEN), generator.pick(*STATES)
        wanted = outcome(plain, given(*row), state)
        for _ in range(2):
            assert outcome(jitted, given(*row), state) == wanted, (seed, text, row, state)


def test_random_functions():
    before = framejit.stats()["native_entries"]
    for seed in range(COUNT):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT


if __name__ == "__main__":
    for number in range(*map(int, sys.argv[1:3])):
        compare(number)
