"""Random programs of functions that make lists of their own: literals, comprehensions, lists in lists, lists that are given, kept, filled and left in the middle."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 1000 if os.environ.get("FRAMEJIT_NIGHTLY") else 12
HEAD = """
class Loud:
    def __init__(self, number): self.number = number
    def __del__(self): noted.append(self.number)
    def __repr__(self): return 'Loud'
noted, held = [], [1, 2, 3]
def pair(x, y): return [x, y]
def filled(x, n):
    found = []
    for j in range(n): found.append(x)
    return found
def divided(l, d):
    found = []
    for e in l: found.append(e / d if type(e) is int else e)
    return found
def pairs(x, y): return [[x], [x, y], y]
def some(l, x): return [e for e in l if e is not x]
"""


class Lists(Generator):
    """All functions know a list and have one of their own, l."""

    def list(self, depth=0):
        item = lambda: self.pick("a", "b", "k", "x", "k * 0.5", "'w'", "None", "Loud(k)" if self.random.random() < 0.05 else "a", self.list(1) if depth == 0 and self.random.random() < 0.2 else "l[0]")
        return self.pick(f"[{item()}, {item()}]", f"[{item()}]", f"[{item()}, {item()}, {item()}]", "[]", f"pair({item()}, {item()})", f"filled({item()}, k % 4)", "pairs(a, k)", "some(l, x)", "some(held, 2)",
                         f"[e for e in l if e {self.pick('is', 'is not')} {self.pick('a', 'x', 'l[0]')}]", f"[{item()} for j in range(3)]", f"[*l, {item()}]", f"divided(l, {self.pick('2', 'k', 'k - 3')})", f"[{item()}] + [{item()}]", "[x, x, l]")

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(1, 4)):
            target = self.pick(*"abcd")
            lines += [indent + line for line in self.pick(
                (f"l = {self.list()}",), (f"l = {self.list()}", f"{target} = len(l)"), (f"l = {self.list()}", f"if l and type(l[0]) in (int, float): {target} = l[0]"), (f"x = {self.list()}", f"{target} = len(x)", "x = k"),
                (f"l.append({self.pick('a', 'k', 'l[:1]', 'x')})",), (f"held[k % 3] = {self.list()}",) if self.random.random() < 0.2 else ("l = l[-3:]",), (f"l = pair(x, x)", f"{target} = l[0] is l[1]"),
                ("noted.append(str(l)[:40])",) if self.random.random() < 0.3 else (f"{target} = len({self.list()})",))]
        return [*lines, f"{indent}if len(l) > 9: l = l[:2]"]

    def program(self):
        text = HEAD + super().program().replace("    c = d = a\n", "    c = d = a\n    l, x = [a, k], a\n")
        text = text.replace("    count = 0\n", "    count = k = 0\n    l, x = [a, b], a\n    noted.clear(); held[:] = [1, 2, 3]\n", 1)
        text = text.replace("(ZeroDivisionError, IndexError)", "(ZeroDivisionError, IndexError, TypeError, OverflowError)")
        return text.replace("return [a, b, c, d, *items], count", "return [a, b, c, d, *items[:9], *held[:9], *l[:9], *noted], count")


@pytest.mark.parametrize("kind", KINDS)
def test_new_lists(kind):
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, Lists(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 5 * COUNT
