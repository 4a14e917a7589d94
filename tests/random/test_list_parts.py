"""Random programs of slices, sums, insertions and removals of lists and tuples: bounds of all kinds, items that note their ends, lists that share items."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 1000 if os.environ.get("FRAMEJIT_NIGHTLY") else 30
HEAD = """
class Loud:
    def __init__(self, number): self.number = number
    def __del__(self): noted.append(self.number)
class Index:
    def __index__(self): noted.append('index'); held.append(7); return 1
class Kin(list):
    def insert(self, *given): noted.append(given); super().insert(0, 5)
noted = []
held, other, pair, both, kin = [1, 2, 3], [0.5, 1.5], (1, 2.5), [(1, 2), (3, 0.5)], Kin([1])
def middle(l, i): return l[i:-1]
def moved(l, i): l.insert(i, l.pop(0)); return l[-1]
def longer(l, m): return l + m[1:]
"""
BOUNDS = ("", "", "", "1", "2", "-1", "-3", "k % 4", "None", "100", "-100", "-(k % 3)", "len(held)")
STEPS = ("", "", "", ":2", ":-1", ":-2", ":3", ":None")
ODD = ("a", "b", "1:2:0", "::k % 3 - 1", "Index():", "0.5:")


class Parts(Generator):
    """All functions know a few lists and tuples, and have one of their own, l."""

    def slice(self, steps=STEPS):
        text = f"{self.pick(*BOUNDS)}:{self.pick(*BOUNDS)}{self.pick(*steps)}"
        return self.pick(*ODD) if self.random.random() < 0.02 and steps is STEPS else text

    def list(self):
        return self.pick("held", "held", "other", "both", "items" if self.number is None else "l")

    def sequence(self):
        return self.pick(self.list(), self.list(), "l", "l", "pair", "pair", "kin" if self.random.random() < 0.1 else "l")

    def part(self):
        return self.pick(f"{self.sequence()}[{self.slice()}]", f"{self.sequence()}[{self.slice(('',))}]", f"{self.list()}[{self.slice(('',))}] + {self.list()}", f"middle({self.sequence()}, k % 3)",
                         f"longer({self.list()}, {self.list()})", "pair[:]", "both[1:] + both", self.pick("[a, b, k]", f"{self.list()} + [{self.pick(*'abk')}]", "pair + (a, k)", "[Loud(k), a]") if self.random.random() < 0.15 else "l[:]")

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(1, 4)):
            target, one = self.pick(*"abcd"), self.pick(self.list(), self.list(), "l")
            lines += [indent + line for line in self.pick(
                (f"l = {self.part()}",), (f"l = {self.part()}", f"{target} = len(l)"), (f"l = {self.part()}", f"if l and type(l[0]) is not tuple and type(l[0]) is not Loud: {target} = l[0]"),
                (f"{one}[{self.slice(('',))}] = {self.part()}",), (f"{one}[{self.slice()}] = {self.part()}",), (f"{one}.insert({self.pick('0', '1', '-1', 'k % 5', 'k')}, {self.pick('a', 'k', 'b')})",),
                (f"if len({one}) > 3: x = {one}.pop({self.pick('', '0', '1', '-2', 'k % 3', '-(k % 3)', '7')})", f"if len({one}) > 3 and type(x) in (int, float): {target} = x"),
                (f"if len(both) > 1: {target}, y = both.pop({self.pick('', '0')}); both.insert({self.pick('0', '1')}, both[0])",), (f"{target} = moved(held, {self.pick('0', '1', 'k % 4')}) if held else k",),
                (f"noted.append(({one}[:] is {one}, pair[:] is pair, len({one})))",) if self.random.random() < 0.2 else (f"{target} = len({one}) + (pair[:] is pair)",), (f"for e in {one}[{self.slice()}]: {target} = e if type(e) in (int, float) else k",),
                (f"del {one}[5:]",))]
        return lines

    def program(self):
        text = HEAD + super().program().replace("    c = d = a\n", "    c = d = a\n    l, x = held[:], a\n")
        text = text.replace("    count = 0\n", "    count = 0\n    l, x = held[:], a\n    noted.clear(); held[:], other[:], both[:] = [1, 2, 3], [0.5, 1.5], [(1, 2), (3, 0.5)]\n", 1)
        text = text.replace("    for k in range(n):\n", "    for k in range(n):\n        if len(held) + len(other) + len(both) > 60: held[:], other[:], both[:] = [1, 2, 3], [a, b], [(1, 2)]\n        if len(items) < 3: items[:] = [a, b, a]\n")
        text = text.replace("(ZeroDivisionError, IndexError)", f"(ZeroDivisionError, IndexError{self.pick(', TypeError', ', TypeError, ValueError', ', TypeError, ValueError, AttributeError')})")
        return text.replace("return [a, b, c, d, *items], count", "return [a, b, c, d, *items[:9], *held[:9], *other[:9], *noted], count")


@pytest.mark.parametrize("kind", KINDS)
def test_list_parts(kind):
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, Parts(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 5 * COUNT
