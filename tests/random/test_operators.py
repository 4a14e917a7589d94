"""Random programs of objects with properties, operators, values and functions of their class, and of the class before it by super()."""

import os
import re

import pytest

from tests.random.test_classes import KINDS, Generator, compare_objects

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 30
LEAVES = {"v": "@property\n    def v(self)", "__add__": "def __add__(self, a)", "__radd__": "def __radd__(self, a)", "__call__": "def __call__(self, a, b=3)",
          "__getitem__": "def __getitem__(self, a)", "__lt__": "def __lt__(self, a)", "__len__": "def __len__(self)", "s": "@staticmethod\n    def s(a, b)",
          "c": "@classmethod\n    def c(cls, a, b=5)", "__neg__": "def __neg__(self)"}
USES = ("{o}.v", "({o} + {n})", "({n} + {o})", "{o}({n})", "{o}({n}, b={n})", "{o}[{n}]", "({o} < {n})", "{o}.s({n}, {n})", "C.s({n}, {n})", "{o}.c({n})",
        "C.c({n}, {n})", "(-{o})", "{o}.K", "C.K", "{o}.w",
        "C({n}, {n}, {n}).p", "C({n}, q={n}, r={n}).m2({n}, {n})", "({o} @ {n}).q", "({o} @ {n} @ {n}).r", "{o}.n({n}).v", "D({n}, {n}).r")


class Operators(Generator):
    """Beside the methods, functions that operators and attributes call; those call none of them."""

    def expression(self, calls=True):
        if self.random.random() < 0.4 and (self.number is None or self.number < 2):
            owner = "self" if self.number is not None else self.pick("o", "o", "items[k % 3]")
            text = self.pick(*USES)
            while "{n}" in text:
                text = text.replace("{n}", self.name(), 1)
            return text.format(o=owner)
        return super().expression(calls)

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        stores = [place for place, line in enumerate(lines) if self.number is None and line.lstrip().startswith(("o.q", "items[k % 3].q"))]
        for place in stores[:1]:
            lines[place] = lines[place].replace(".q", ".w", 1)
        return lines

    def leaf(self, name, head):
        known = "self" if "self" in head else None
        self.number = 2
        lines = ["        c = d = " + ("a" if "a" in head.partition("(")[2] else "self.p")]
        lines += ["        a = c"] if "a" not in head.partition("(")[2] else []
        lines += ["        b = d"] if "b" not in head.partition("(")[2] else []
        body = [line.replace("k * 3", "a * 3") for line in [*self.statements("        "), f"        return {self.expression()}"]]
        if known is None:
            body = [line.replace("self.", "cls." if "cls" in head else "C.").replace(".p", ".K").replace(".q", ".K").replace(".r", ".K") for line in body]
            body = [re.sub(r"^(\s*)(cls|C)\.K (\+=|-=|=)", r"\1c \3", line) for line in body]
        return [*[f"    {line}" if place == 0 else line for place, line in enumerate((head + ":").split("\n"))], *lines, *body]

    def program(self):
        lines = super().program().split("\n")
        place = next(number for number, line in enumerate(lines) if line.startswith("    def __repr__"))
        extra = [f"    K = {self.pick('1000', '0.75', '3')}"]
        for name, head in LEAVES.items():
            extra += self.leaf(name, head)
        extra += ["    @property", "    def w(self):", "        return self.p", "    @w.setter", "    def w(self, a):", "        self.q = a"]
        extra += ["    def __matmul__(self, a):", f"        made = C(self.{self.pick(*'pqr')}, a, self.{self.pick(*'pqr')})", f"        made.{self.pick(*'pqr')} = a",
                  f"        return {self.pick('made', 'made', 'made if a is self.p else self')}",
                  "    def n(self, a):", "        return C(a, self.p, self.q).s2()", "    def s2(self):", "        return self"]
        child = ["class D(C):", *(["    __slots__ = ()"] if any("__slots__" in line for line in lines) else []), "    def __init__(self, a, b):", "        super().__init__(b, a, r=a)"]
        loop = next(number for number, line in enumerate(lines) if line.startswith("def items"))
        lines[loop:loop] = child
        body = next(number for number, line in enumerate(lines) if line.startswith("        for o in items:")) + 1
        if self.random.random() < 0.5:
            lines.insert(body, self.pick("            items[k % 3] = C(a, b, c)", "            o = o @ a", "            one = D(a, k); items[k % 3].p = one.q", "            one = o.n(c); kept[k % 3] = one is o"))
        return "\n".join([*lines[:place], *extra, *lines[place:]])


@pytest.mark.parametrize("kind", KINDS)
def test_what_operators_call(kind):
    compare_objects(Operators, kind, COUNT, list)
