"""Random programs of closures: functions that share cells with each other and with the loop that calls them, passed on, made anew."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
CELLS = ("p", "q")


class Closures(Generator):
    """Three functions with the free variables p and q, made by `make`; `f` has them as variables, and some of its own in cells."""

    def variable(self):
        return self.pick(*"abcd", *(CELLS if self.number is not None else ()))

    def expression(self, calls=True):
        kind = self.random.randrange(10)
        if kind < 3:
            return self.variable()
        if kind < 6 and calls:
            return self.call()
        text = super().expression(False)
        return text.replace("d", self.pick("d", "p", "q")) if self.number is not None and text in "abcd" else text

    def call(self):
        if self.number is None and self.random.random() < 0.4:
            inner = self.expression(False)
            return self.pick(f"h({inner})", f"applied(h, {inner}, k % 3)", f"applied(g2, {inner}, 2)", f"functions[k % 2]({inner}, b, 1)")
        return super().call()

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        if self.number is not None and self.random.random() < 0.5:
            lines.append(f"{indent}{self.pick(*CELLS)} = {self.expression()}")
        if self.number is None and self.random.random() < 0.2:
            lines.append(f"{indent}h = {self.pick('lambda x: x + step', 'lambda x, y=3: x - y', 'lambda x: x if k % 2 else step', 'g2', 'lambda x: step')}")
        return lines

    def helper(self, number):
        lines = super().helper(number)
        own = [f"    nonlocal {self.pick('p', 'q', 'p, q')}"] if any([line.strip().startswith(("p =", "q =")) for line in lines]) else []
        if own:
            own = ["    nonlocal p, q"]
        return ["    " + line for line in [lines[0], *own, *lines[1:]]]

    def program(self):
        functions = [line for number in range(3) for line in self.helper(number)]
        self.number = None
        body = [*self.statements("        "), *self.statements("        "), f"        items[k % 3] = {self.pick(*'abcd')}", "        count += 1"]
        body.append(f"        {self.pick('step = ' + self.pick(*'abcd'), 'pass', 'functions[k % 2] = ' + self.pick('g0', 'g1', 'g2'))}")
        if self.random.random() < 0.4:
            body = ["        try:", *["    " + line for line in body], "        except (ZeroDivisionError, IndexError):", "            count += 100"]
        lines = ["def make(p, q):", *functions, "    return g0, g1, g2, lambda: (p, q)", "", "def applied(h, x, y):", "    return h(x) if y else x", ""]
        head = ["def f(a, b, n):", "    g0, g1, g2, seen = make(a, b)", "    c = d = b", "    step, count, functions = a, 0, [g0, g1]", "    h = lambda x: x + step",
                "    items = [a, b, a]", "    for k in range(n):"]
        lines = [*lines, *head, *body, "    return [a, b, c, d, step, *items, *seen()], count"]
        return "\n".join(lines).replace("def g2(a, b, k)", "def g2(a, b=2, k=1)").replace("def g2(a, b, k=", "def g2(a, b=2, k=")


@pytest.mark.parametrize("kind", KINDS)
def test_who_shares_what(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, Closures(seed, kind).program(), ("applied", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
