"""Random programs of objects whose methods read and store attributes: values, identity, tracebacks, what the objects hold afterwards."""

import os
import random

import pytest

import framejit
from tests.due import due
from tests.random.test_callees import compared, outcome

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
ATTRIBUTES = ("p", "q", "r")
KINDS = {
    "ints": (("{} + 300", "{} * 7 - {}", "{} // 3", "{} - {}", "{} % 1000", "1000", "3"), ("1500, 2500, 40", "250, -1500, 7", "5, 5, 0", "2 ** 40, 3, 25")),
    "floats": (("{} + 0.5", "{} * 0.25 - {}", "{} / 3.0", "{} - {}", "-{}", "0.75", "2.0"), ("1.5, 2.5, 40", "0.25, -1.5, 7", "0.5, 0.5, 0", "1e300, 3.0, 25")),
    "both": (("{} + 0.5", "{} * 7 - {}", "1000", "k * 3", "{} - {}", "2.0"), ("1.5, 2.5, 40", "250, -1500, 7", "0.5, 7, 3")),
}
RAISING = ("{} // ({} - 9500)", "{} / ({} - 0.5)", "(1 << ({} - 240)) + {}")


class Generator:
    """A class with three attributes and three methods, of which later ones may be called; a loop over a list of objects."""

    def __init__(self, seed, kind):
        self.random = random.Random(seed)
        self.kind = kind
        self.number = None

    def pick(self, *choices):
        return self.random.choice(choices)

    def name(self):
        """Something to be read: a local, an attribute of this object or another."""
        owner = "self" if self.number is not None else self.pick("o", "items[0]", "items[k % 2]")
        return self.pick(*"abcd", f"{owner}.{self.pick(*ATTRIBUTES)}", f"{owner}.{self.pick(*ATTRIBUTES)}")

    def expression(self, calls=True):
        kind = self.random.randrange(10)
        if kind < 3:
            return self.name()
        if kind < 5 and calls and (self.number is None or self.number < 2):
            owner = "self" if self.number is not None else self.pick("o", "o", "items[k % 3]")
            return f"{owner}.m{self.random.randrange((-1 if self.number is None else self.number) + 1, 3)}({self.name()}, {self.name()})"
        text = self.pick(*RAISING) if kind == 6 and self.random.random() < 0.15 else self.pick(*KINDS[self.kind][0])
        return text.format(self.name(), self.name())

    def statements(self, indent, depth=0):
        lines = []
        for _ in range(self.random.randrange(1, 4)):
            condition = self.pick("{} > {}", "{} is {}", "k % 2", "{} == {}").format(self.name(), self.name()).replace("k %", "k %" if self.number is None else "a %")
            owner = "self" if self.number is not None else self.pick("o", "items[k % 3]")
            target = self.pick(*"abcd", f"{owner}.{self.pick(*ATTRIBUTES)}", f"{owner}.{self.pick(*ATTRIBUTES)}")
            kind = self.random.randrange(9)
            if kind == 0 and depth < 2:
                lines += [f"{indent}if {condition}:", *self.statements(indent + "    ", depth + 1)]
            elif kind == 1:
                lines.append(f"{indent}{target} = {self.name()} if {condition} else {self.expression()}")
            elif kind == 2:
                lines.append(f"{indent}{target} {self.pick('+', '-')}= {self.expression()}")
            elif kind == 3 and depth and self.number is not None:
                lines.append(f"{indent}return {self.name()}")
            elif kind == 4 and self.number is None:
                lines.append(f"{indent}{self.pick('kept[k % 3] = ' + self.name(), 'count += ' + self.name() + ' is ' + self.name())}")
            else:
                lines.append(f"{indent}{target} = {self.expression()}")
        return lines

    def program(self):
        lines = ["class C:", *(["    __slots__ = ('p', 'q', 'r')"] if self.random.random() < 0.3 else []), "    def __init__(self, p, q, r):", "        self.p, self.q, self.r = p, q, r", "    def __repr__(self): return 'C'"]
        for self.number in range(3):
            body = [line.replace("k * 3", "a * 3") for line in [*self.statements("        "), f"        return {self.expression()}"]]
            lines += [f"    def m{self.number}(self, a, b):", "        c = d = a", *body]
        several = self.random.random() < 0.5
        if several:
            self.number = self.random.randrange(3)
            body = [line.replace("k * 3", "a * 3") for line in [*self.statements("        "), f"        return {self.expression()}"]]
            lines += [f"class D({self.pick('C', 'C')}):", *(["    __slots__ = ()"] if "    __slots__ = ('p', 'q', 'r')" in lines else []), f"    def m{self.number}(self, a, b):", "        c = d = a", *body]
        self.number = None
        body = [*self.statements("            "), *self.statements("            "), "            count += 1"]
        if self.random.random() < 0.4:
            body = ["            try:", *["    " + line for line in body], "            except (ZeroDivisionError, ValueError, OverflowError):", "                count += 100"]
        second = "D" if several else "C"
        lines += ["def items(a, b):", "    return [C(a, b, b), C(b, a, 1), C(0.5, a, b)]".replace("C(b, a", second + "(b, a") if self.random.random() < 0.3 else f"    return [C(a, b, b), {second}(b, a, b), C(b, b, a)]",
                  "def f(a, b, n, items):", "    c = d = b", "    count = 0", "    kept = [a, b, a]",
                  "    for k in range(n):", "        for o in items:", *body]
        return "\n".join([*lines, "    return [a, b, c, d, *kept, *[getattr(o, name) for o in items for name in 'pqr']], count"])


def compare_objects(generator, kind, count=COUNT, chosen=due):
    """Half as many programs of this generator, of which those are `chosen` that are due."""
    before = framejit.stats()["native_iterations"]
    for seed in chosen(range(count // 2)):
        compared(seed, generator(seed, kind).program(), ("f",), {
            text: lambda space, text=text: outcome(lambda a, b, n: space["f"](a, b, n, space["items"](a, b)), eval(f"({text})")) for text in KINDS[kind][1]})
    assert framejit.stats()["native_iterations"] - before > 10 * count


@pytest.mark.parametrize("kind", KINDS)
def test_what_objects_hold(kind):
    compare_objects(Generator, kind)
