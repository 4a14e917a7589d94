"""Random programs of starred displays, targets and calls, `with` blocks, conversions in f-strings, imports and deleted attributes, between numbers."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 1000 if os.environ.get("FRAMEJIT_NIGHTLY") else 30
HEAD = """
import contextlib
class Odd:
    def __init__(self, value): self.value = value
    def keys(self): noted.append('keys'); return ['p', 'z']
    def __getitem__(self, key): return self.value if key == 'p' else 1 // (self.value - 3)
    def __iter__(self): noted.append('iter'); return iter([self.value, 2])
    def __repr__(self): return 'Odd' if self.value != 4 else 5
    def __enter__(self): noted.append('enter'); return 1 // (self.value - 5)
    def __exit__(self, *error): noted.append(error[0] and error[0].__name__); return self.value == 6
    def __del__(self): noted.append(self.value)
class Held: pass
def many(a, b=2, *rest, c=0.5, **others): return a + len(rest) * c + len(others)
def last(*rest, p=1): held = rest[-1]; rest = None; noted.append(len(noted)); return held if type(held) is int else p
noted = []
pair, triple, names, held = (1, 2.5), [3, 4, 5], {'p': 3}, Held()
"""
ITEMS = ("pair", "triple", "(a, b)", "[c, k]", "range(k % 4)", "'ab'", "Odd(k % 7)", "{k: a}", "items", "()", "(Odd(k % 7), 3)", "7")
TABLES = ("names", "{'p': a, 'q': k}", "{}", "Odd(k % 7)", "{k: 1}", "dict(c=k)", "[('p', 1)]")


class Starred(Generator):
    """Beside their arguments all functions know a few sequences and mappings."""

    def spread(self):
        stars = [self.pick(f"*{self.pick(*ITEMS[:6])}", f"*{self.pick(*ITEMS)}", self.pick(*"abck")) for _ in range(self.random.randrange(1, 4))]
        words = [self.pick(f"**{self.pick(*TABLES[:3])}", f"**{self.pick(*TABLES)}", "c=k", "z=1") for _ in range(self.random.randrange(0, 3))]
        names = [word for word in words if word[:2] in ("c=", "z=")]
        return f"{self.pick('many', 'many', 'many', 'last')}({', '.join([*stars, *dict.fromkeys(names), *[word for word in words if word[:2] == '**']])})"

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(0, 3)):
            name, target, items, table = self.pick(*"abcd"), self.pick(*"abcd"), self.pick(*ITEMS[:6], *ITEMS[:4], self.pick(*ITEMS)), self.pick(*TABLES[:3], self.pick(*TABLES))
            lines += [indent + line for line in self.pick(
                (f"{target} = {self.spread()}",), (f"{target} = {self.spread()}",), (f"{target} = len((*{items}, {name}))",), (f"{target} = [*{items}, {name}][-1]",),
                (f"{target} = len({{*{items}, {name}}})",), (f"{target} = len({{**{table}, 'p': {name}}})",), (f"{target} = {{'x': {name}, 'y': k}}['x']",),
                (f"first, *more = {items}", f"{target} = len(more)"), (f"*more, {target} = {items}", "noted.append(more)"), (f"first, *more, {target} = {items}",),
                (f"{target} = len(f'{{{name}!r:>9}}{{{self.pick('pair', 'triple', 'Odd(k % 7)', 'held.x')}!s}}{{{name}!a}}')",),
                (f"import math, os.path as paths", f"{target} = math.floor(k * 1.5) + len(paths.sep)"), (f"from math import {self.pick('floor', 'ceil', 'nothing')} as near", f"{target} = near(k * 0.5)"),
                (f"held.x = {name}", f"{target} = held.x", "del held.x"), ("del held.x",) if self.random.random() < 0.2 else ("held.y = k",),
                (f"with {self.pick('Odd(k % 8)', 'contextlib.suppress(ZeroDivisionError)', 'contextlib.nullcontext(k)', 'Odd(8)')} as entered:",
                 f"    {target} = {self.pick('entered', name, f'{name} // (k - 4)', self.spread())}", f"    {self.pick('continue', 'break', 'pass', 'pass') if self.number is None else 'pass'}"))]
        return lines

    def program(self):
        text = HEAD + super().program()
        text = text.replace("    count = 0\n", "    count = 0\n    noted.clear(); vars(held).clear()\n", 1)
        text = text.replace("(ZeroDivisionError, IndexError)", f"(ZeroDivisionError, IndexError{self.pick('', ', TypeError', ', TypeError, ValueError, AttributeError')})")
        return text.replace("return [a, b, c, d, *items], count", "return [a, b, c, d, *items, *noted, *vars(held)], count")


@pytest.mark.parametrize("kind", KINDS)
def test_starred(kind):
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, Starred(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 5 * COUNT
