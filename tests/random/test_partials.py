"""Random programs of functions that are called through partial objects, and of functions of the operator module."""

import os
import re

import pytest

from tests.due import due
from tests.random.test_callees import KINDS, Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
NAMES = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "<<": "lshift", ">": "gt", "<": "lt", "==": "eq", "is": "is_"}
SIMPLE = re.compile(r"^([\w.]+) (\+|-|\*|/|//|%|<<|>|<|==|is) ([\w.]+)$")


def as_call(text):
    found = SIMPLE.match(text)
    return f"operator.{NAMES[found[2]]}({found[1]}, {found[3]})" if found else text


class Partials(Generator):
    """p0, p1 and p2 are partial objects of g0, g1 and g2, which functions and the loop call, and whose arguments the loop changes."""

    def expression(self, calls=True):
        text = super().expression(calls)
        return as_call(text) if self.random.random() < 0.5 else text

    def call(self):
        if self.random.random() < 0.4:
            return super().call()
        number = self.random.randrange(self.number or 0, 3)
        depth = self.pick("3", "2", "k % 4") if self.number is None else "k - 1"
        first, second = self.expression(False), self.expression(False)
        forms = {0: [f"p0({second}, {depth})", f"p0(b={second}, k={depth})", f"p0({second}, k={depth})"],
                 1: [f"p1({first}, k={depth})", f"p1({first}, b={second}, k={depth})", f"p1(k={depth}, a={first})"],
                 2: [f"p2({first}, {second}, k={depth})", f"p2(k={depth}, a={first}, b={second})"]}
        forms[2] += [f"p2({first}, {second})", f"p2(a={first}, b={second})"] if self.number is None else []
        return self.pick(*forms[number])

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        if self.number is None and self.random.random() < 0.3:
            value = self.pick(*"abcd")
            changes = (f"p1.keywords['b'] = {value}", f"p0.__setstate__((g0, ({value},), {{}}, {{}}))", "p2.keywords['k'] = count % 3",
                       f"p1.__setstate__(({self.pick('g1', 'g2')}, (), {{'b': {value}}}, {{}}))", "p0, p2 = p0, p2")
            lines.append(f"{indent}if count % 7 == 6: {self.pick(*changes)}")
        return lines

    def program(self):
        first, second = self.pick("3", "0.75", "1000", "True"), self.pick("2", "0.5", "7000")
        made = ["import operator", "from functools import partial", f"p0 = partial(g0, {first})", f"p1 = partial(g1, b={second})", "p2 = partial(g2, k=2)"]
        text = super().program().replace("def f(", "\n".join([*made, "def f("]), 1)
        return text.replace("    count = 0\n", "    global p0, p2\n    count = 0\n" if "p0, p2 = " in text else "    count = 0\n", 1)


@pytest.mark.parametrize("kind", KINDS)
def test_partials(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, Partials(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
