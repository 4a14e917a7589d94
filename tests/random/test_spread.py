"""Random programs of functions that take `*args` and walk over them, pass them on beside others, and give tuples of several types or None."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 50
HEAD = """
def many(first, *rest):
    s = first
    for x in rest:
        s = {}
    return s
def keeping(*rest):
    last = None
    for place, x in enumerate(rest):
        if x is last: return x
        last = x
    return {}
def passed(a, *rest):
    return many(a, *rest) if a else many(*rest, a)
def some(a, b):
    if a == b: return None
    if a is b: return a, {}
    return {}
def pairs(a, b, k):
    for x, y in ((a, k), (b, a), (k, b)):
        if x is y or x == 3: return x, y
    return {}
pair, triple = (3, 2.5), (1, 2, 3)
"""


class Spread(Generator):
    """All functions also know `many`, `keeping`, `passed`, `some` and `pairs`."""

    def one(self):
        return self.pick(*"abcd", super().expression(False))

    def expression(self, calls=True):
        if not calls or self.random.random() < 0.4:
            return super().expression(calls)
        one = self.one
        return self.pick(f"many({one()}, {one()}, {one()})", f"many({one()})", f"keeping({one()}, {one()})", f"passed({one()}, {one()})", f"passed({one()}, {one()}, k)",
                         f"many({one()}, *{self.pick('pair', 'triple', 'p', 'q')}, {one()})", f"keeping(*{self.pick('p', 'q')}, *{self.pick('pair', 'p')})",
                         f"passed(*{self.pick('p', 'q', 'triple')})", f"keeping(*q, k)", f"many(*p, {one()}, k)", "some(a, b) is None", f"pairs({one()}, {one()}, k)[{self.pick('0', '1', '-1')}]",
                         f"some(a, {one()})[0]" if self.random.random() < 0.2 else f"pairs(a, {one()}, k)[0]", "p[0]", "q[1]")

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(0, 3)):
            target, other = self.random.sample("abcd", 2)
            lines += [indent + line for line in self.pick(
                (f"p = {self.one()}, {self.one()}",), (f"q = {target}, {self.one()}, k",), (f"p = pairs({target}, {other}, k)",), (f"{target}, {other} = pairs({other}, {self.one()}, k)",),
                (f"r = some({target}, {other})", f"if r is not None: {target} = r[0]"), (f"for {target} in ({other}, {self.one()}, k): {other} = {self.one()}",),
                (f"for x in p: {target} = x if x is not {other} else {other}",), (f"r = some({target}, k)", f"{other} = {target} if r is None else r[1]"))]
        return lines

    def helper(self, number):
        head, first, second, *rest = super().helper(number)
        return [head, first, second, "    p, q = (a, b), (b, a, k)", *rest]

    def program(self):
        text = HEAD.format(self.pick("x - s", "s + x", "x if s is x else s", "s + x * 2"), self.pick("last", "rest", "len(rest)", "rest[-1]"), self.pick("b", "k_", "1.5", "a + b"),
                           self.pick("b, a", "a, 0.5", "(b, 1, a)", "b"), self.pick("a, b", "0.5, k", "(a, b)", "k, None")).replace("k_", "3")
        text += super().program()
        text = text.replace("    items = [a, b, a]\n", "    items = [a, b, a]\n    p, q = (a, b), (b, a, n)\n", 1).replace("(ZeroDivisionError, IndexError)", "(ZeroDivisionError, IndexError, TypeError)")
        return text.replace("return [a, b, c, d, *items], count", "return [a, b, c, d, *items, p, q], count")


@pytest.mark.parametrize("kind", KINDS)
def test_spread(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, Spread(seed, kind).program(), ("many", "pairs", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
