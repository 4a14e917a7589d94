"""Random programs of functions that read, cut, compare and fill bytes and bytearrays: values, identity, tracebacks, what the buffers hold."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
ODD = ("2.5", "True", "None", "'a'", "2 ** 70", "-1", "256")
HEAD = """
class Mine(bytearray):
    def __getitem__(self, index): asked.append(index); return bytearray.__getitem__(self, index)
asked, views = [], []
text = b'abc\\xff\\x00xyz' * 2
buffer = bytearray()
mine = Mine(b'abc')
"""


class Bytes(Generator):
    """Beside their arguments all functions know a text of bytes and a buffer, which they change, too."""

    def byte(self):
        return self.pick(*ODD) if self.random.random() < 0.06 else self.pick("k % 250", "k % 7 + 97", "97", "255", "{} & 255".format(self.pick("k", "len(buffer)")), "text[k % 9]", "buffer[-1]")

    def index(self):
        return self.pick(*ODD) if self.random.random() < 0.03 else self.pick("k % 5", "0", "-1", "k % 23", "-k % 7", "True", "4 - k")

    def part(self):
        kind, of = self.random.randrange(8), self.pick("text", "text", "buffer", "mine" if self.random.random() < 0.1 else "text")
        if kind < 3:
            return f"{of}[{self.pick('', self.index())}:{self.pick('', self.index())}]"
        if kind == 3:
            return f"{of}[{self.pick('', self.index())}:{self.pick('', self.index())}:{self.pick('2', '-1', '-3', '3')}]"
        return self.pick(of, f"{of} + {self.pick('text', 'buffer')}", f"{of} * {self.pick('2', 'k', '1')}", "b'xyz'", f"bytes([{self.byte()}, {self.byte()}])", f"bytearray({self.pick('k', 'text', 'buffer')})", f"bytes({self.pick('k', 'text', 'buffer')})",
                         f"{of}.{self.pick('upper()', 'strip()', 'strip(text[:2])', 'lower()')}", "b'-'.join([text, buffer])", "b'%d' % k")

    def expression(self, calls=True):
        kind, number = self.random.randrange(20), self.pick(*"abcd")
        if kind == 0:
            return f"{self.pick('text', 'buffer', 'text', 'mine')}[{self.index()}]"
        if kind == 1:
            return f"len({self.part()})"
        if kind == 2:
            return f"({number} if {self.part()} {self.pick('==', '<', '!=', '>=', '==')} {self.part()} else {self.expression(False)})"
        if kind == 3:
            return f"({number} if {self.pick(self.byte(), self.part())} in {self.pick('text', 'buffer', self.part())} else 2)"
        if kind == 4:
            return f"{self.pick('text', 'buffer')}.{self.pick('find', 'count', 'rfind', 'startswith')}({self.part()})"
        return super().expression(calls)

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(0, 3)):
            name, target = self.pick(*"abcd"), self.pick(*"abcd")
            lines += [indent + line for line in self.pick(
                (f"buffer[{self.index()}] = {self.byte()}",), (f"buffer[{self.index()}] = {self.byte()}",), (f"buffer[{self.index()}:{self.index()}] = {self.part()}", "del buffer[400:]"),
                (f"buffer.append({self.byte()})",), (f"buffer.extend({self.pick(self.part(), f'[{self.byte()}, {self.byte()}]')})", "del buffer[400:]"), (f"{target} = buffer.pop({self.pick('', self.index())})",),
                (f"part = {self.part()}", f"if part: {target} = part[{self.index()}]", f"if part is {self.pick('text', 'text[:]', 'text[2:3]', self.part())}: {target} = {name}", f"part += {self.part()}", f"if len(part) > 300: part = b''"),
                (f"for x in {self.part()}:", f"    {self.pick(f'{target} = x', f'if x == {self.byte()}: break', f'{target} = {name} if x > 97 else {target}', 'if len(buffer) < 30: buffer.append(x)')}"),
                (f"for i, x in enumerate({self.pick('text', 'buffer')}):", f"    {self.pick(f'{target} = x + i', f'if x == i: {target} = {name}', 'if len(buffer) > 9: buffer.pop()')}"),
                (f"for i in range(len(buffer)):", f"    {self.pick(f'buffer[i] = (buffer[i - 1] * 3 + i) & 255', f'{target} = buffer[i]', f'if buffer[i] == {self.byte()}: {target} = {name}')}"),
                (f"if k == 2: views.{self.pick('append(memoryview(buffer))', 'clear()')}",) if self.random.random() < 0.3 else ("del buffer[40:]",))]
        return lines

    def program(self):
        text = HEAD + super().program()
        text = text.replace("    count = 0\n", "    count = 0\n    views.clear(); buffer.clear(); asked.clear(); buffer.extend(b'0123abc')\n", 1)
        text = text.replace("(ZeroDivisionError, IndexError)", f"(ZeroDivisionError, IndexError{self.pick('', ', ValueError', ', ValueError, TypeError, BufferError')})")
        return text.replace("return [a, b, c, d, *items], count", "return [a, b, c, d, *items, bytes(buffer), len(asked)], count")


@pytest.mark.parametrize("kind", KINDS)
def test_bytes(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, Bytes(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
