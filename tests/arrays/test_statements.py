"""Neighbouring statements over arrays, which are computed in one walk: names, identities, what raises or warns between them, old arrays' ends, frames."""

import os
import random
import sys
import warnings
import weakref

import numpy as np
import pytest

import framejit
from tests.arrays.programs import STATES, outcome, plain_and_jitted, seen
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
NAMES = ("t", "u", "w", "a", "b")
# the line of an UnboundLocalError behind a store is 3.11's own business: once it has been called often enough it is the store's
DELETED = "del {}" if sys.version_info >= (3, 12) else "s = 2"
UNARY = ("-{}", "np.sin({})", "np.sqrt({})", "abs({})", "{}.real", "np.exp({})", "{}[::-1]", "np.negative({})", "{}[:]", "{}.T", "np.isnan({})", "np.square({})")
BINARY = ("{} + {}", "{} * {}", "{} - {}", "{} / {}", "np.maximum({}, {})", "{} > {}", "np.where({} > 0, {}, 1)", "{} ** 2 + {}", "np.arctan2({}, {})")
ENDS = ("s = {}.sum()", "w = {}.mean(axis=0)", "{} += 1", "c[...] = {}", "w = {} @ {}", "s = float({}[0, 0]) if {}.ndim == 2 else 0", "w = {}", "out.append({})", DELETED, "w = {} = {} * 2", "t, u = {}, {} * 2", "w = ({} + 1).max()", "k = 0.5 * x",
        "if x > 2: {} = {} + 1", "look()", "w = np.cumsum({}).reshape({}.shape)")
KINDS = ("float64", "float64", "float64", "float32", "int64", "complex128", "bool", "int8")
SHAPES = (((5,), (5,)), ((3, 4), (3, 4)), ((3, 4), (4,)), ((0,), (0,)), ((40, 1), (1, 3)), ((300,), (300,)), ((1,), (7,)), ((2, 3), (4,)), ((70, 33), (70, 33)))


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pick = lambda *choices: self.random.choice(choices)

    def operand(self):
        return self.pick(*NAMES, "c", "x") if self.random.random() < 0.85 else self.pick("2", "0.5", "1e300")

    def expression(self, depth):
        if depth == 0 or self.random.random() < 0.2:
            return self.operand()
        if self.random.random() < 0.25:
            text = self.expression(depth - 1)
            return self.pick(*UNARY).format(f"({text})")
        form = self.pick(*BINARY)
        return "(" + form.format(*[self.expression(depth - 1) for _ in range(form.count("{}"))]) + ")"

    def statement(self):
        if self.random.random() < 0.15:
            form = self.pick(*ENDS)
            return form.format(*[self.pick("t", "u", "a", "b") for _ in range(form.count("{}"))])
        return f"{self.pick(*NAMES)} = {self.expression(self.random.randint(1, 3))}"

    def program(self):
        """A function whose statements stand in a loop, behind it, or both."""
        body = [self.statement() for _ in range(self.random.randint(2, 6))]
        behind = [self.statement() for _ in range(self.random.randint(0, 4))]
        last = self.pick("return t, u, w, a, b, s, k", "return u * w", "return t", "return t + a, u", "return s", "return (t, u), w - t")
        lines = ["t, u, w, s, k = a + 0, b * 1, a - 0, 0, 1"] * (self.random.random() < 0.8) or ["s = k = 0", "t = u = w = a"]
        if self.random.random() < 0.7:
            lines += ["for step in range(n):", *["    " + line for line in body]]
        else:
            lines += body
        return "import numpy as np\ndef f(a, b, c, x, n, out, look):\n" + "".join([f"    {line}\n" for line in [*lines, *behind, last]])

    def arguments(self):
        first, second = self.pick(*SHAPES)
        kinds = [self.pick(*KINDS) for _ in range(3)]
        r = np.random.default_rng(self.random.randrange(1000))
        made = [(r.random(shape) * 8 - 2).astype(kind) for shape, kind in zip((first, second, first), kinds)]
        if self.random.random() < 0.15:
            made = [np.asfortranarray(one) for one in made]
        return [*made, self.pick(0.5, 3, -1.0), self.pick(1, 3, 4)]


def watched(function, arguments, state):
    """What a call gives, raises and warns of; where it raises, the locals of its frame; what else saw its locals."""
    looks, out = [], []

    def look():
        looks.append(described(sys._getframe(1).f_locals))

    def called(*given):
        try:
            return function(*given, out, look)
        except Exception as error:
            frame = error.__traceback__.tb_next.tb_frame
            looks.append(described(frame.f_locals))
            raise
    return outcome(called, arguments, state)[:2], looks, [seen(one) for one in out]


def described(names):
    return {name: seen(value) for name, value in names.items() if name not in ("look", "out")}


def compare(seed, kind=Generator, watched=watched):
    generator = kind(seed)
    source = generator.program()
    plain, jitted = plain_and_jitted(source)
    for _ in range(3):
        state, place = generator.pick(*STATES), generator.random.getstate()
        wanted = watched(plain, generator.arguments(), state)
        for _ in range(3):
            generator.random.setstate(place)
            found = watched(jitted, generator.arguments(), state)
            assert found == wanted, f"seed {seed}\n{source}\n{state}"


def test_random_statements():
    before = framejit.stats()["native_entries"]
    for seed in due(range(COUNT)):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT


def warm(function, *arguments):
    """The function, jitted, and what a native call of it gives."""
    jitted = framejit.jit(function)
    for _ in range(4):
        jitted(*arguments)
    before = framejit.stats()
    found = jitted(*arguments)
    after = framejit.stats()
    assert after["native_entries"] > before["native_entries"] and after["exits"] == before["exits"]
    return jitted, found


def steps(a, b, n):
    for _ in range(n):
        a = a + 0.5 * b
        b = b - 0.25 * a
    return a, b


def test_several_arrays_are_one_nest():
    jitted, found = warm(steps, np.arange(6.0), np.ones(6), 50)
    assert [seen(one) for one in found] == [seen(one) for one in steps(np.arange(6.0), np.ones(6), 50)]


@pytest.mark.parametrize("given", [(np.ones((3, 1)), np.ones((1, 4))), (np.ones(3), np.ones(3)), (np.ones((3, 4), order="F"), np.ones((3, 4), order="F")), (np.ones(5000), np.ones(5000))])
def test_shapes_change_from_call_to_call(given):
    jitted = framejit.jit(steps)
    for arguments in (given, (np.ones(7), np.ones(7)), given, (np.ones(7), np.ones(1)), given):
        for _ in range(3):
            assert [seen(one) for one in jitted(*arguments, 5)] == [seen(one) for one in steps(*arguments, 5)]


def two(a, b, out=None, look=None):
    t = a * b
    u = t + a
    return u


def test_error_in_the_second_statement():
    jitted = framejit.jit(two)
    for _ in range(4):
        jitted(np.ones(3), np.ones(3))

    class Adds(np.ndarray):
        pass

    for a, b in ((np.ones(3), np.ones(4)), (np.ones((2, 3)), np.ones((2, 1))), (np.ones(3), np.ones(3).view(Adds)), (np.ones(3), None)):
        wanted, found = [watched(function, [a, b], {}) for function in (two, jitted)]
        assert wanted == found


def test_names_are_seen_where_the_second_statement_warns():
    source = "import numpy as np\ndef f(a, b, n, out, look):\n    t = a\n    for k in range(n):\n        t = a - k\n        u = np.log(t) + t\n        a = u + b\n    return t, u, a\n"
    plain, jitted = plain_and_jitted(source)
    for state in ({}, {"all": "raise"}, {"invalid": "call"}):
        with np.errstate(call=lambda *text: None):
            wanted, *found = [watched(function, [np.array([9.0, 2.5]), np.array([1.0, 4.0]), 8], state) for function in (plain, jitted, jitted, jitted)]
        assert found == [wanted] * 3


def test_what_old_arrays_end():
    def run(function):
        heard = []

        def held():
            made = np.arange(4.0)
            weakref.finalize(made, heard.append, "end")
            return made
        for _ in range(6):
            function(held(), held(), heard)
            heard.append("called")
        return heard

    def f(a, b, heard):
        a = a + 1.0
        b = b * a
        heard.append("both")
        return a

    assert run(framejit.jit(f)) == run(f)


def test_views_of_old_arrays_stay():
    def f(a, n):
        parts = []
        for _ in range(n):
            parts.append(a[1:])
            a = a * 2.0
            b = a + 1.0
            parts.append(b)
        return parts, a

    jitted, found = warm(f, np.arange(5.0), 4)
    assert seen(found) == seen(f(np.arange(5.0), 4))


def test_two_names_are_one_array():
    def f(a, b):
        t = a + b
        u = t
        w = u * 2.0
        t = w - t
        return t, u, w, u is t

    def g(a, b):
        t = u = a + b
        w = u * t
        return t is u, w, t

    for function in (f, g):
        jitted, found = warm(function, np.ones(4), np.arange(4.0))
        assert seen(found) == seen(function(np.ones(4), np.arange(4.0)))


def test_large_arrays_are_computed_one_by_one():
    a, b = np.ones(5_000_000), np.full(5_000_000, 2.0)
    jitted = framejit.jit(steps)
    for _ in range(4):
        found = jitted(a, b, 2)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [seen(one) for one in found] == [seen(one) for one in steps(a, b, 2)]
