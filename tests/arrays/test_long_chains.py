"""Hundreds of operations one behind the other: cut into nests that are full, at the first attempt."""

import random

import numpy as np
import pytest

import framejit
from framejit.runtime import compiling
from framejit.runtime.codes import CALL
from framejit.runtime.controller import controller
from tests.arrays.programs import canonical

OPERANDS = ("a", "b", "c", "m", "i", "2.5", "3")
ARRAYS = {"a": np.linspace(0.5, 1.0, 35).reshape(5, 7), "b": np.linspace(-1.0, 1.5, 7), "c": np.linspace(0.1, 2.0, 35, dtype=np.float32).reshape(5, 7)[:, ::-1],
          "m": np.arange(35.0).reshape(5, 7)[::-1] % 3, "i": np.arange(7)}


def function(lines):
    space = {"np": np}
    exec("def run(a, b, c, m, i):\n    " + "\n    ".join(lines), space)
    return space["run"]


def operation(pick, left, operands=OPERANDS):
    right = pick.choice(operands)
    return pick.choice([f"{left} + {right}", f"{left} - {right}", f"{left} * 0.5", f"{right} - {left}", f"np.maximum({left}, {right})", f"abs({left})", f"{left} * 0.25 + {right}",
                        f"np.sin({left})", f"({left} > {right}) + {left}"])


def steps(pick, count, names):
    """Statements over some names, each of which is read by the next."""
    lines, last = ["r0 = a * 1.0"], "r0"
    for _ in range(count):
        name = f"r{pick.randrange(names)}"
        lines.append(f"{name} = {operation(pick, last)}")
        last = name
    return [*lines, f"return {last}"]


def same(run, quick):
    with np.errstate(all="ignore"):
        for _ in range(2):
            assert canonical(quick(**ARRAYS)) == canonical(run(**ARRAYS))


@pytest.mark.parametrize("seed", range(12))
def test_statements(seed):
    pick = random.Random(seed)
    run = function(steps(pick, pick.choice((30, 70, 130)), pick.choice((1, 2, 5, 40))))
    same(run, framejit.jit(run))


@pytest.mark.parametrize("seed", range(4))
def test_one_expression(seed):
    pick, text = random.Random(seed), "a"
    for _ in range(170):
        text = f"({text} {pick.choice('+-')} {pick.choice(OPERANDS)})" if pick.random() < 0.7 else f"({text} * 0.5)"
    run = function([f"return {text}"])
    same(run, framejit.jit(run))


def test_many_operands():
    """More than a nest takes, each once."""
    rows = [np.arange(6.0) * k for k in range(80)]
    space = {}
    exec("def run(rows):\n    " + ", ".join([f"x{k}" for k in range(80)]) + " = rows\n    return " + " + ".join([f"x{k} * {k}.5" for k in range(80)]), space)
    assert framejit.jit(space["run"])(tuple(rows)).tobytes() == space["run"](tuple(rows)).tobytes()


@pytest.mark.parametrize("names", (1, 300))
def test_first_attempt(names):
    """Nothing is captured again, and nests are as full as they may be."""
    count = 300
    run = function(["r0 = a * b", *[f"r{k % names} = r{(k - 1) % names} {'+-*'[k % 3]} {'ab'[k % 2]}" for k in range(1, count)], f"return r{(count - 1) % names}"])
    state = controller().code_of(run.__code__)
    hints = compiling.hints_for(state, CALL)
    *_, graph = compiling.pipeline.capture(compiling.function_spec(state, run, tuple(ARRAYS.values())), hints)
    computed = [graph.nests[node.attr] for node in graph.nodes() if node.op in ("nest", "nest_several")]
    assert hints.restarts == 0 and sum([len(nest.steps) for nest in computed]) >= count
    assert len(computed) <= (8 if names == 1 else 40)
