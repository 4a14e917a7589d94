"""Random programs of `match` statements, between numbers: nested patterns of all kinds, subjects of many types, classes whose attributes and patterns change."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 1000 if os.environ.get("FRAMEJIT_NIGHTLY") else 30
HEAD = """
from collections import deque, OrderedDict
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y=1): self.x, self.y = x, y
class Q(P): __match_args__ = ('y', 'x')
class S:
    __slots__ = ('x', 'z')
    __match_args__ = ('x',)
    def __init__(self, x): self.x = x
class A:
    __match_args__ = ('x', 'y')
    def __init__(self, x): self.x = x
    @property
    def y(self): noted.append('y'); return self.x if self.x != 3 else 1 // 0
    def __eq__(self, other): noted.append('eq'); return other == 2
    def __del__(self): noted.append('del')
class I(int): __match_args__ = ('real',)
class K: first, second = 'p', 2
def swap(k):
    if k % 5 == 4: P.__match_args__ = P.__match_args__[::-1]
    return k
noted = []
point, slots, pair, names = P(1, 2.5), S(2), (1, 2.5), {'p': 3, 'q': (1, 2)}
"""
SUBJECTS = ("point", "slots", "pair", "names", "(a, b)", "[c, k]", "(k, (a, b))", "P(a, k)", "P(pair, point)", "Q(k, b)", "S(c)", "A(k % 4)", "k", "a", "b", "I(k)", "'ab'", "None", "[]",
            "{'p': a, 'q': P(b, 1)}", "{k % 3: a}", "OrderedDict(p=k)", "deque([a, k])", "items", "k % 2 == 0", "(P(k, 1), S(a))", "[a, *items, b]", "range(3)")
VARYING = ("(pair, k, point, None, [a, b], names, slots, a)[k % 8]", "(P(a, 1), Q(2, b), S(k), A(2))[k % 4]", "[k, a, 'ab', True][k % 4]", "items[k % 3]")


class Matching(Generator):
    """Captured names are u, v and w, which hold something from the beginning."""

    def pattern(self, free, depth=0):
        """(text, the names that it may still capture)."""
        random = self.random
        kind = random.randrange(12 if depth < 2 else 6)
        if kind == 0 or kind < 3 and not free:
            return "_", free
        if kind < 3:
            return free[0], free[1:]
        if kind == 3:
            return self.pick("1", "2.5", "None", "True", "'ab'", "-1", "K.second", "1 | 2"), free
        if kind == 4:
            return self.pick("int()", "float()", "bool()", "str()", "P()", "tuple()", "list()", "dict()", "I()", "int() | float()", "object()"), free
        if kind == 5:
            return (f"{self.pick('int', 'float', 'str', 'list', 'I', 'S')}({free[0]})", free[1:]) if free else ("[]", free)
        if kind < 8:
            parts, star = [], random.random() < 0.3
            for _ in range(random.randrange(0, 4)):
                text, free = self.pattern(free, depth + 1)
                parts.append(text)
            if star:
                parts.insert(random.randrange(len(parts) + 1), f"*{free[0]}" if free and random.random() < 0.6 else "*_")
                free = free[1:] if parts[-1] != "*_" and any([part[:1] == "*" and part != "*_" for part in parts]) else free
            return f"[{', '.join(parts)}]", free
        if kind < 10:
            parts, keywords = [], random.randrange(0, 3)
            count = random.randrange(0, 3)
            for place in range(count):
                text, free = self.pattern(free, depth + 1)
                parts.append(text)
            for name in random.sample(["x", "y", "z"], keywords if count < 2 else 0):
                text, free = self.pattern(free, depth + 1)
                parts.append(f"{name}={text}")
            return f"{self.pick('P', 'P', 'Q', 'S', 'A')}({', '.join(parts)})", free
        parts = []
        for key in random.sample(["'p'", "'q'", "1", "2", "K.first"], random.randrange(0, 3)):
            text, free = self.pattern(free, depth + 1)
            parts.append(f"{key}: {text}")
        if free and random.random() < 0.3:
            parts, free = [*parts, f"**{free[0]}"], free[1:]
        return f"{{{', '.join(parts)}}}", free

    def match(self, indent):
        lines = [f"{indent}match {self.pick(self.pick(*SUBJECTS), self.pick(*VARYING))}:"]
        for number in range(self.random.randrange(1, 5)):
            text, free = self.pattern(["u", "v", "w"])
            if text in ("_", "u"):
                text = f"({text}, _)"
            guard = self.pick("", "", "", f" if {self.pick('a', 'k % 2', 'b > 1', 'swap(k)')}")
            target, used = self.pick(*"abcd"), [name for name in ("u", "v", "w") if name not in free]
            lines += [f"{indent}    case {text}{guard}:", f"{indent}        {target} = {number} + k % 3"]
            lines += [f"{indent}        if type({name}) in (int, float): {target} += {name}" for name in used]
            lines += [f"{indent}        noted.append(type({used[0]}).__name__)"] if used and self.random.random() < 0.2 else []
        if self.random.random() < 0.5:
            lines += [f"{indent}    case _:", f"{indent}        {self.pick(*'abcd')} = {self.pick('k', 'a', '1.5')}"]
        return lines

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(1, 3)):
            lines += self.match(indent)
        return lines

    def program(self):
        text = HEAD + super().program()
        text = text.replace("    count = 0\n", "    count = 0\n    u = v = w = 0\n    noted.clear(); P.__match_args__ = ('x', 'y')\n", 1)
        text = text.replace("(ZeroDivisionError, IndexError)", f"(ZeroDivisionError, IndexError{self.pick('', ', TypeError', ', TypeError, ValueError, AttributeError')})")
        return text.replace("return [a, b, c, d, *items], count", "return [a, b, c, d, *items, *noted, *[one for one in (u, v, w) if type(one) in (int, float)]], count")


@pytest.mark.parametrize("kind", KINDS)
def test_matching(kind):
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, Matching(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 5 * COUNT
