"""Random programs that sort lists and choose among their items by key functions: values, identity, tracebacks, what the functions note."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, calls_with, compared, ran
from tests.random.test_list_methods import Asked

COUNT = 1000 if os.environ.get("FRAMEJIT_NIGHTLY") else 10
FUNCTIONS = ("lambda x: x", "lambda x: -x", "lambda x: x % 3", "lambda x: x * 0.5", "lambda x: (x, 1)", "thirds", "lambda x: 0", "lambda x: 1000 // (x - 2)", "lambda x: Loud(x)", "abs", "str", "noting", "lambda x: x + base")


class Keyed(Asked):
    def list(self):
        return super().list() if self.random.random() < 0.05 else self.pick("held", "other", "held", "l")

    def key(self):
        return self.pick(*FUNCTIONS[:7], *FUNCTIONS[:4], *FUNCTIONS)

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        for _ in range(self.random.randrange(1, 3)):
            target, one, key = self.pick(*"abcd"), self.list(), self.key()
            lines += [indent + line for line in self.pick(
                (f"l = sorted({one}, key={key}{self.pick('', ', reverse=True', ', reverse=False', ', reverse=k')})", f"noted.append(len(l) > 1 and l[0] is {self.pick(one + '[0]', 'l[1]', target)})"),
                (f"if {one}: x = {self.pick('max', 'min')}({one}, key={key})", f"if type(x) in (int, float): {target} = x"),
                (f"x = {self.pick('max', 'min')}([{target}, k, {self.pick(*'abcd')}], key={key})", f"if x is {target}: {self.pick(*'abcd')} = x"))]
        return lines

    def program(self):
        head = "base = 3\ndef thirds(x): return x % 3\ndef noting(x):\n    noted.append(x)\n    return x\n"
        return head + super().program()


@pytest.mark.parametrize("kind", KINDS)
def test_keys(kind):
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, Keyed(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > COUNT
