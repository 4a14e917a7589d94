"""Random programs of strings that grow, in functions and loops: who else has them, what they are made of, which object comes out."""

import os
import random

import pytest

from tests.due import due
from tests.random.test_callees import calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 50
KINDS = {"texts": ((), ("'ab', '', 40", "'', 'x', 25", "'é', 'abc', 30", "'a', 'ሴ', 7", "'long ' * 20, '\\U0001f600', 12"))}


class GrowingTexts:
    def __init__(self, seed, kind):
        self.random = random.Random(seed)
        self.calls = 3          # functions that may be called from here on

    def pick(self, *choices):
        return self.random.choice(choices)

    def name(self):
        return self.pick(*"abcd")

    def piece(self):
        return self.pick(*"abcd", "'x'", "''", "'yz'", "'é'", "f'{k}'", "a[:2]", "b[k % 3:]", "str(k)", "a.upper()", "chr(k % 300 + 60)", "c[0]" if self.random.random() < 0.2 else "d[:1]")

    def expression(self):
        number = self.random.randrange(10)
        if number < 4:
            return self.piece()
        if number < 6 and self.calls:
            return f"g{self.random.randrange(3 - self.calls, 3)}({self.piece()}, {self.piece()}, k{self.pick(' - 1', '')})" + self.pick("", "[:50]")
        if number == 6:
            return f"pair({self.piece()}, {self.piece()})[{self.pick('0', '1')}]"
        return f"{self.piece()} + {self.piece()}"

    def statements(self, indent, depth=0):
        lines = []
        for _ in range(self.random.randrange(2, 5)):
            target, other, kind = self.name(), self.name(), self.random.randrange(12)
            condition = self.pick(f"{target} is {other}", f"{target} == {other}", "k % 2", f"{target} < {other}", f"len({target}) > 5", f"{target} in {other}", f"{target} in seen")
            if kind == 0 and depth < 2:
                lines += [f"{indent}if {condition}:", *self.statements(indent + "    ", depth + 1)]
            elif kind == 1 and depth < 1:
                lines += [f"{indent}for {target} in {self.pick(other, repr('ab'), '(a, b)')}:", *self.statements(indent + "    ", depth + 2)]
                lines += [f"{indent}    if len({name}) > 200: {name} = {name}[:20]" for name in "abcd"]
            elif kind < 6:
                lines.append(f"{indent}{target} {self.pick('+=', '+=', f'= {target} +')} {self.expression()}")
            elif kind == 6:
                lines.append(f"{indent}{self.pick(f'held = {target}', f'seen[{target}] = k', f'a, b = {target}, {other}', f'{target} = {other}', f'{target} += {other}; {other} += {target}')}")
            elif kind == 7:
                lines.append(f"{indent}{target} = {other} if {condition} else {self.expression()}")
            else:
                lines.append(f"{indent}{target} = {self.expression()}")
        return lines

    def program(self):
        lines = ["def pair(s, t):", f"    {self.pick('s += t', 'u = s; s = s + t', 'pass', 't = t + s')}", f"    return {self.pick('s, t', 't, s', '(t, s)')}", "", "seen = {}", ""]
        for number in range(3):
            self.calls = 2 - number
            lines += [f"def g{number}(a, b, k):", f"    c = d = {self.pick('a', 'b', repr(''))}", "    held = ''", *self.statements("    "), f"    return {self.pick(*'abcd', 'held', 'a + b')}", ""]
        self.calls = 3
        lines += ["def f(a, b, n):", "    c = d = b", "    held, count, same = '', 0, 0", "    seen.clear()", "    for k in range(n):", "        try:"]
        lines += [*self.statements("            "), *self.statements("            ")]
        lines += [f"            same = same * 2 % 1009 + ({self.name()} is {self.name()}) + ({self.name()} is held)", "        except (IndexError, KeyError): count += 100", "        count += 1"]
        lines += [f"        if len({name}) > 200: {name} = {name}[:20]" for name in "abcd"]
        return "\n".join([*lines, "    return [a, b, c, d, held, same, *seen], count"])


@pytest.mark.parametrize("kind", KINDS)
def test_growing_texts(kind):
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, GrowingTexts(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
