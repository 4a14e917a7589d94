"""Functions that compute with arrays, called natively; and random ones."""

import os
import random

import numpy as np
import pytest

import framejit
from framejit.report.records import RECORDS
from tests.arrays.programs import DTYPES, STATES, Generator, outcome
from tests.due import due

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40

SIMULATION = """
import numpy as np

def lap(u):
    return u[2:] - 2.0 * u[1:-1] + u[:-2]

def step(u, dt):
    r = u * 1.0
    r[1:-1] += dt * lap(u)
    return r

def norm(v):
    return np.sqrt((v * v).sum())

def loop(n, u):
    s = 0.0
    for k in range(n):
        u = step(u, 0.01)
        s += norm(u - 1.0)
    return s, u
"""

CLASS = """
import numpy as np

class Wave:
    def __init__(self, n):
        self.u, self.v, self.k = np.linspace(0.0, 1.0, n), np.zeros(n), 0.1

    def step(self, dt):
        self.v[1:-1] += self.k * (self.u[2:] - 2.0 * self.u[1:-1] + self.u[:-2])
        self.u += dt * self.v
        self.v = self.v * 0.99

    def energy(self):
        return (self.u * self.u + self.v * self.v).sum()

def loop(n, wave):
    s = 0.0
    for k in range(n):
        wave.step(0.5)
        s += wave.energy()
    return s, wave.u, wave.v
"""


def program(source):
    space = {}
    exec(source, space)
    return space


def same(left, right):
    return all([np.array_equal(one, other) for one, other in zip(left, right)])


@pytest.mark.parametrize("source, argument", [(SIMULATION, lambda space: np.arange(20) * 0.5), (CLASS, lambda space: space["Wave"](30))])
def test_simulations_call_nothing_out(source, argument):
    plain, fast = program(source), program(source)
    loop = framejit.jit(fast["loop"])
    for _ in range(3):
        assert same(loop(300, argument(fast)), plain["loop"](300, argument(plain)))
    given, before = argument(fast), framejit.stats()
    assert same(loop(300, given), plain["loop"](300, argument(plain)))
    after = framejit.stats()
    assert [after[name] - before[name] for name in ("callouts", "exits", "native_iterations")] == [0, 0, 300]


def test_long_arrays_are_left_to_numpy():
    """Other threads run beside them: the functions are called out, once that was seen."""
    space, plain = program(SIMULATION), program(SIMULATION)
    loop = framejit.jit(space["loop"])
    for _ in range(3):
        assert same(loop(30, np.arange(40000) * 0.5), plain["loop"](30, np.arange(40000) * 0.5))
    before = framejit.stats()["exits"]
    assert same(loop(30, np.arange(40000) * 0.5), plain["loop"](30, np.arange(40000) * 0.5))
    assert framejit.stats()["exits"] == before


class Functions(Generator):
    """A loop that calls functions of random expressions, methods among them."""

    def program(self):
        names, pairs, lines = [], [], ["import numpy as np"]
        for name in ("first", "second", "third")[:self.pick(1, 2, 3)]:
            body = [self.statement("    ") for _ in range(self.pick(0, 0, 1, 2))]
            inner = self.pick(*names) if names and self.random.random() < 0.5 else None
            if inner:
                body.append(f"    t = {inner}({self.pick('a', 't', self.expression(1))}, b, c, x, y)")
            result = self.pick("t", self.expression(2), self.expression(3))
            pair = self.random.random() < 0.25
            lines += [f"def {name}(a, b, c, x, y):", "    t = u = w = a", *body, f"    return {result}" + f", {self.pick('a', 'u', 'x', self.expression(1))}" * pair]
            names.append(name)
            pairs.append(pair)
        lines += ["class Held:", "    def change(self, x, y):", "        a, b, c = self.a, self.b, self.c", "        t = a"]
        lines += [f"        self.{self.pick('a', 'b')}{self.pick('', self.pick(*self.parts))} {self.pick('=', '+=', '*=')} {self.expression(2)}" for _ in range(self.pick(0, 1, 2))]
        lines += ["        return t", "def f(a, b, c, x, y):", "    h = Held()", "    h.a, h.b, h.c = a, b, c", "    t = u = w = r = a", "    for k in range(12):"]
        for name, pair in zip(names, pairs):
            lines.append(f"        {self.pick('r', 'r', 't', 'u')}{', q' * pair} = {name}({self.pick('a', 'b', 'w', 'w', 't', self.expression(1))}, {self.pick('b', 'b', 'h.b', 't')}, c, x, y)")
        lines += [*["        u = h.change(x, y)"] * self.pick(0, 1), "    return t, u, w, r, h.a, h.b"]
        return "\n".join(lines)


def compare(seed):
    """Run one program plain and jitted on the same arguments."""
    generator = Functions(seed)
    source = generator.program()
    spaces = [{}, {}]
    for space in spaces:
        exec(compile(source, "<program>", "exec"), space)
    jitted = framejit.jit(spaces[1]["f"])
    dtypes = [generator.pick(*DTYPES) for _ in range(3)] if generator.random.random() < 0.3 else [generator.pick("float64", "float64", "float64", "float32", "int64", "complex128")] * 3
    for _ in range(4):
        state, place = generator.pick(*STATES), generator.random.getstate()
        arguments = generator.arguments(dtypes)
        plain = outcome(spaces[0]["f"], arguments, state)
        for _ in range(3):
            generator.random.setstate(place)        # the same arrays in the same layouts, made anew
            arguments = generator.arguments(dtypes)
            other = outcome(jitted, arguments, state)
            assert other == plain, f"seed {seed}\n{source}\n{[getattr(one, 'dtype', type(one)) for one in arguments]} {[getattr(one, 'shape', one) for one in arguments]} {state}"


def test_random_functions():
    start = random.Random(0).randrange(1000)
    for seed in due(range(start, start + COUNT)):
        compare(seed)
    assert not [record for record in RECORDS.breaks() if "FJ024" in str(record)], "the compiler failed"
