"""Random generator expressions that builtins consume: values bit by bit, identity, tracebacks with the locals of every frame."""

import os
import random
import struct

import pytest

from tests.due import due
from tests.random.test_callees import compared, outcome, ran

COUNT = 1500 if os.environ.get("FRAMEJIT_NIGHTLY") else 10
ITEMS = {
    "ints": lambda rng: rng.choice((rng.randrange(-9, 9), rng.randrange(2 ** 20), rng.randrange(-2 ** 62, 2 ** 62) if rng.random() < 0.02 else 300)),
    "floats": lambda rng: rng.choice((rng.uniform(-9, 9), rng.uniform(-1, 1) * 10.0 ** rng.randrange(-20, 20), 0.0, -0.0, 0.5, float("inf") if rng.random() < 0.03 else 1.0)),
    "mixed": lambda rng: rng.choice((rng.uniform(-9, 9), rng.randrange(-9, 9), rng.random() < 0.5)),
}


class Expressions:
    """`f` with its loops; generator expressions in it read its locals, some of them in cells, and call `g`."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def source(self):
        return self.pick("xs", "xs", "ys", "range(n)", "range(3, n)", "t", "zip(xs, ys)", "enumerate(xs)", "zip(xs, range(n))", "(1, 2.5, 3)", "range(n % 4)", "held[k % 2]", "r", "xs[:k]", "ys[k % 3:-1]", "t[-k:]")

    def term(self, names):
        return self.pick("{0}", "{0} * {0}", "{0} * {1}", "{0} + a", "{0} * c - {1}", "g({0}, {1})", "{0} / ({1} + 7.25)", "{0} // ({1} - b)", "abs({0})", "-{0}", "1", "{0} is {1}", "{0} > {1}",
                         "xs[k % 3] + {0}", "float({0})").format(self.pick(*names), self.pick(*names, "a", "b", "k"))

    def collection(self):
        """What makes a list or a tuple of the values."""
        body = self.body()
        return self.pick(f"list({body})", f"tuple({body})", f"sorted(set({body}), key=repr)", f"sorted({body})", f"[{body}]", f"[{body}]")

    def expression(self):
        start = f"({self.body()}), {self.pick('a', 'b', '0.5', '3', 'c * 2')}"
        return f"sum({start})" if self.random.random() < 0.2 else f"{self.pick('sum', 'sum', 'sum', 'min', 'max', 'any', 'all')}({self.body()})"

    def body(self):
        source = self.source()
        names = ("x", "y") if source.startswith(("zip", "enum")) else ("x",)
        inner = f" for {', '.join(names)} in {source}"
        if self.random.random() < 0.15:
            inner, names = inner + f" for z in {self.pick('range(2)', 'ys', 't')}", (*names, "z")
        if self.random.random() < 0.4:
            inner += f" if {self.pick('{0} > {1}', '{0} % 2', 'not {0}', '{0} < a', 'k % 2', '{0} is not {1}').format(self.pick(*names), self.pick(*names))}"
        return f"{self.term(names)}{inner}"

    def program(self):
        lines = ["def g(x, y):", f"    {self.pick('', 'if x > 3: return y', 'x = x + 1')}", f"    return {self.pick('x + y', 'x', 'x * y', 'y / (x + 0.125)')}", "",
                 f"def f(a, b, n, xs, ys, r=range({self.pick('7', '2, 12, 3', '5, 1, -1', '0')})):", "    c, count, found, t, held = a, 0, [], tuple(xs), [xs, ys]", "    for k in range(n):"]
        for _ in range(self.random.randrange(1, 4)):
            lines.append(f"        {self.pick('a', 'b', 'c')} = {self.expression()}")
            if self.random.random() < 0.5:
                lines.append(f"        if {self.pick('a', 'b')} is {self.pick('xs[0]', 'c', 'ys[-1]')}: count += 1")
            if self.random.random() < 0.5:
                lines += [f"        made = {self.collection()}", f"        if made: {self.pick('a', 'c')} = made[k % len(made)]"]
                lines.append(f"        {self.pick('found.append(made)', 'count += a is b', 'found = [made, made]', 'count += len(made)')}")
            if self.random.random() < 0.3:
                lines.append(f"        xs[k % len(xs)] = {self.pick('a', 'b', 'k', '0.5')}")
        if self.random.random() < 0.4:
            lines.append(f"        b = {self.pick('k', 'c', '3', '2.5')}")
        return "\n".join([*lines, "    return [a, b, c, *xs, *found], count"])


def bits(value):
    return struct.pack("d", value) if type(value) is float else value


def compared_with_items(programs, kind, lengths, turns, count):
    """Programs of these kinds of items: `f` is called with two lists of each length, and so many turns to make."""
    before = ran()
    for seed in due(range(count)):
        rng, calls = random.Random(seed), {}
        for number, length in enumerate(lengths):
            xs, ys = ([ITEMS[kind](rng) for _ in range(length)] for _ in range(2))
            calls[f"{xs}, {ys}, number {number}"] = lambda space, xs=xs, ys=ys: outcome(space["f"], (1.5 if kind == "floats" else 3, 2, turns, xs[:], ys[:]))
        compared(seed, programs(seed).program(), ("f",), calls)
    assert ran() - before > count


@pytest.mark.parametrize("kind", ITEMS)
def test_what_is_consumed(kind):
    compared_with_items(Expressions, kind, (5, 12, 12, 3, 1), 12, COUNT)
