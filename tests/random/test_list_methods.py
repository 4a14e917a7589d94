"""Random programs of lists that are asked, sorted, grown and shrunk: numbers, strings and tuples, items with comparisons of their own, items that note their ends."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 1000 if os.environ.get("FRAMEJIT_NIGHTLY") else 12
HEAD = """
class Loud:
    def __init__(self, number): self.number = number
    def __del__(self): noted.append(self.number)
    def __eq__(self, other): noted.append('asked'); return self.number == other
    def __lt__(self, other): noted.append('less'); return True
    def __repr__(self): return 'Loud'
class Kin(list):
    def sort(self): noted.append('sorted')
noted = []
held, other, words, both, kin = [1, 2, 3], [0.5, 1.5], ['b', 'a'], [(1, 2), (3, 0.5)], Kin([1])
def first(l, x): return l.index(x) if x in l else -1
def ends(l): return sorted(l)[-1] if l else 0
def longer(l, m): l += m; return len(l)
"""
SOUGHT = ("a", "k", "k % 4", "0.5", "2", "True", "2**70", "None", "'a'", "(1, 2)", "float('nan')", "b")


class Asked(Generator):
    """All functions know a few lists and have one of their own, l."""

    def list(self):
        return self.pick("held", "held", "other", "words" if self.random.random() < 0.3 else "held", "both" if self.random.random() < 0.3 else "other", "items" if self.number is None else "l", "l",
                         "kin" if self.random.random() < 0.1 else "l")

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(1, 4)):
            target, one, x = self.pick(*"abcd"), self.list(), self.pick(*SOUGHT)
            lines += [indent + line for line in self.pick(
                (f"{target} = {x} in {one}",), (f"if {x} not in {one}: {target} = k",), (f"{target} = {one}.count({x})",), (f"{target} = first({one}, {x})",),
                (f"{target} = {one}.index({x})",) if self.random.random() < 0.1 else (f"if {x} in {one}: {target} = {one}.index({x})",), (f"if {x} in {one}: {one}.remove({x})",),
                (f"if {one}: x = {self.pick('sum', 'max', 'min')}({one}) if {one} is not words and {one} is not both else 0", f"if type(x) in (int, float): {target} = x"),
                (f"l = {self.pick('sorted', 'list', 'tuple')}({one})", f"{target} = len(l)", "l = list(l)"), (f"{one}.{self.pick('sort', 'reverse', 'sort')}()",), (f"{one}.extend({self.list()}[:3])",),
                (f"{one} += {self.pick(self.list() + '[:2]', '[a, k]', '(b, 1)', '[Loud(k)]' if self.random.random() < 0.1 else '[k]')}",), (f"{target} = longer({self.pick('held', 'other', 'l')}, {self.list()}[:2])",),
                (f"if {one}: del {one}[{self.pick('0', '-1', 'k % 2', '7' if self.random.random() < 0.1 else '0')}]",), (f"{one}.clear()",) if self.random.random() < 0.2 else ("l = l[:]",), (f"{target} = ends(held)",),
                (f"noted.append((max(held) is held[0], len({one})))",) if self.random.random() < 0.3 else (f"{target} = 'a' in ('b', 'c', 'a')",))]
        return lines

    def program(self):
        text = HEAD + super().program().replace("    c = d = a\n", "    global held, other, words, both, kin\n    c = d = a\n    l, x = held[:], a\n")
        text = text.replace("    count = 0\n", "    global held, other, words, both, kin\n    count = 0\n    l, x = held[:], a\n    noted.clear(); held[:], other[:], words[:], both[:] = [1, 2, 3], [0.5, 1.5], ['b', 'a'], [(1, 2), (3, 0.5)]\n", 1)
        text = text.replace("    for k in range(n):\n", "    for k in range(n):\n        if len(held) + len(other) + len(both) + len(words) + len(l) > 60 or not held: held[:], other[:], both[:], words[:], l = [1, 2, 3], [a, b], [(1, 2)], ['c'], [k]\n        if len(items) < 3 or len(items) > 30: items[:] = [a, b, a]\n")
        text = text.replace("(ZeroDivisionError, IndexError)", f"(ZeroDivisionError, IndexError{self.pick(', TypeError', ', TypeError, ValueError', ', TypeError, ValueError, AttributeError')})")
        return text.replace("return [a, b, c, d, *items], count", "return [a, b, c, d, *items[:9], *held[:9], *other[:9], *words[:9], *noted], count")


@pytest.mark.parametrize("kind", KINDS)
def test_list_methods(kind):
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, Asked(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 5 * COUNT
