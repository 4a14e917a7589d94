"""Random programs of functions that keep variables in cells: inner functions that read and change them, lambdas and generator expressions, closures that are given
back, passed on and kept by others, whatever leaves between."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 50


class OwnCells(Generator):
    """Each of the three functions has inner ones: `add` changes some of its variables, `seen` reads them."""

    inside = False      # whether an inner function is written

    def expression(self, calls=True):
        if self.number is None or self.inside or not calls or self.random.random() < 0.5:
            return super().expression(calls)
        inner = super().expression(False)
        return self.pick(f"add({inner})", f"add(y=2, x={inner})", "seen()", f"(lambda x: x + {self.pick(*'abcd')})({inner})", f"applied(add, {inner})",
                         f"(lambda x, y={self.pick(*'abcd')}: y if x else {self.pick(*'abcd')})({inner})", f"sum(x - {self.pick(*'abcd')} for x in ({inner}, a, b))",
                         f"sum([x * 3 - {self.pick(*'abcd')} for x in (a, k, {inner})])", f"max(x + {self.pick(*'abcd')} for x in [a, b])", f"add({inner}, k)",
                         f"made({inner})()", f"applied(made({inner}), k % 2)", f"any(x > {self.pick(*'abcd')} for x in (a, b))", f"sum(x for x in (a, {inner}) if x is not {self.pick(*'abcd')})")

    def inner(self):
        """The inner functions, which some of the variables are cells for."""
        self.inside = True
        changed = self.random.sample("abcd", self.random.randrange(0, 3))
        lines = ["    def add(x, y=1):", *[f"        nonlocal {name}" for name in changed], f"        {self.pick('x = x + y', 'pass', 'if y == 3: return x')}"]
        lines += [f"        {name} = {self.pick('x', 'x + 1', f'{name} + x', 'y', self.expression(False))}" for name in changed]
        lines += [f"        return {self.pick('x', self.pick(*'abcd'), self.pick(*'abcd') + ' + x', self.expression(False))}"]
        lines += [f"    seen = lambda: {self.pick(*'abcd', 'a + d', 'late')}" if self.random.random() < 0.7 else f"    def seen(): return {self.pick('add(a)', 'b', 'c - d', 'late')}"]
        self.inside = False
        return lines

    def helper(self, number):
        head, first, second, *rest, last, empty = super().helper(number)
        inner, late = self.inner(), "    late = " + self.pick(*"abcd")
        if self.random.random() < 0.2:
            late = "    if k % 2: " + late.strip()
        if self.random.random() < 0.2:
            rest.append(f"    kept[k % 3] = {self.pick('add', 'seen', 'lambda x=0: a')}")
        return [head, first, second, *inner, late, *rest, last, empty]

    def program(self):
        text = super().program()
        helpers = ["def applied(h, x):", "    return h(x) if x else h(1)", "", "def made(x):", "    y = x", "    def inner(z=2):", "        nonlocal y",
                   f"        y = {self.pick('y + z', 'x', 'z')}", f"        return {self.pick('y', 'x', 'y + x')}", "    return inner", "", "kept = [None] * 3", ""]
        text = text.replace("    count += 1\n", "    count += 1; h = kept[k % 3]; d = d if h is None or k % 2 else h(*[k][:h.__code__.co_argcount])\n")
        return "\n".join(helpers) + "\n" + text.replace("    count = 0\n", "    count = 0\n    kept[:] = [None] * 3\n", 1).replace("(ZeroDivisionError, IndexError)", "(ZeroDivisionError, IndexError, NameError)")


@pytest.mark.parametrize("kind", KINDS)
def test_cells_of_their_own(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, OwnCells(seed, kind).program(), ("applied", "made", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
