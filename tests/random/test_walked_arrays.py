"""Random generator expressions over arrays: NumPy's scalars by type and bits, warnings with their lines, tracebacks with the locals of every frame."""

import os
import random
import warnings

import numpy as np
import pytest

from tests.due import due
from tests.random.test_callees import compared, outcome, ran
from tests.random.test_generators import Expressions

COUNT = 300 if os.environ.get("FRAMEJIT_NIGHTLY") else 4
KINDS = ("float64", "float32", "int64", "int8", "uint16", "bool")


class Walks(Expressions):
    """`xs` and `ys` are arrays of one axis, `m` has two."""

    def source(self):
        return self.pick("xs", "xs", "ys", "xs", "range(n)", "zip(xs, ys)", "enumerate(xs)", "zip(xs, range(n))", "zip(t, ys)", "range(n % 4)", "held[k % 2]", "m", "enumerate(m)", "t", "xs[:k]")

    def term(self, names):
        first, second = self.pick(*names), self.pick(*names, "a", "b", "k")
        return self.pick("{0}", "{0} * {0}", "{0} * {1}", "{0} + a", "{0} * c - {1}", "g({0}, {1})", "{0} / ({1} + 7)", "abs({0})", "-{0}", "{0} > {1}", "{0} is {1}", "xs[k % 3] + {0}",
                         "float({0})", "int({0})", "m[k % 2, k % 3] * {0}").format(first, second)

    def body(self):
        source = self.source()
        if source.endswith("m") or source == "enumerate(m)":
            names = "i, row" if source == "enumerate(m)" else "row"
            return f"{self.pick('row.sum()', 'row[0] * row[k % 3]', 'row.max() - row[-1]', '(row * 2).sum()', 'row[1]', 'row[0] > row[1]', 'row.mean() + a', 'len(row)')} for {names} in {source}"
        names = ("x", "y") if source.startswith(("zip", "enum")) else ("x",)
        inner = f" for {', '.join(names)} in {source}"
        if self.random.random() < 0.2:
            inner, names = inner + f" for z in {self.pick('range(2)', 'ys', 't')}", (*names, "z")
        if self.random.random() < 0.4:
            inner += f" if {self.pick('{0} > {1}', 'not {0}', '{0} < a', 'k % 2', '{0} != {1}').format(self.pick(*names), self.pick(*names))}"
        return f"{self.term(names)}{inner}"

    def program(self):
        lines = ["def g(x, y):", f"    {self.pick('', 'if x > 3: return y', 'x = x + 1')}", f"    return {self.pick('x + y', 'x', 'x * y')}", "",
                 "def f(a, b, n, xs, ys, m):", "    c, count, found, t, held = a, 0, [], tuple(xs), [xs, ys]", "    for k in range(n):"]
        for _ in range(self.random.randrange(1, 4)):
            lines.append(f"        {self.pick('a', 'b', 'c', 'c')} = {self.expression()}")
            if self.random.random() < 0.4:
                lines += [f"        made = {self.collection()}", "        if made: c = made[k % len(made)]", f"        {self.pick('found.append(made)', 'count += c is b', 'count += len(made)')}"]
            if self.random.random() < 0.3:
                lines.append(f"        xs[k % len(xs)] = {self.pick('7', 'k', '1')}")
        if self.random.random() < 0.5:
            lines.append(f"        a = {self.pick('k', '3', '2.5')}")
        return "\n".join([*lines, "    return [a, b, c, *xs, *found], count"])


def noted(space, xs, ys, m):
    """The outcome, the elements afterwards, and what was warned of."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn"):
        warnings.simplefilter("always")
        found = outcome(space["f"], (3, 2, 8, xs, ys, m))
    return found, xs.tobytes(), [(str(each.message), each.lineno) for each in caught if each.filename == "<program>"]


def arrays(rng, kind, count):
    """Two of these many elements, and one of three columns."""
    draws = [rng.choice((rng.randrange(-9, 9), rng.randrange(120), 0, 1)) for _ in range(2 * count + 3 * (count // 3))]
    values = np.array([abs(one) for one in draws] if kind == "uint16" else draws).astype(kind)
    if rng.random() < 0.3 and kind.startswith("float"):
        values[rng.randrange(len(values))] = rng.choice((np.nan, np.inf, -0.0, 1e38))
    xs = values[:count] if rng.random() < 0.7 else values[:2 * count:2]
    return xs.copy() if xs.base is values and rng.random() < 0.5 else xs, values[count:2 * count], values[2 * count:].reshape(-1, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_walked_over(kind):
    before = ran()
    for seed in due(range(COUNT)):
        rng, calls = random.Random(seed), {}
        for number, count in enumerate((6, 9, 9, 3, 4)):
            given = arrays(rng, kind, count)
            calls[f"{given}, number {number}"] = lambda space, given=given: noted(space, *[one.copy(order="K") for one in given])
        compared(seed, Walks(seed).program(), ("f",), calls)
    assert ran() - before > COUNT
