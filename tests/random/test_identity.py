"""Random programs that do little but pass numbers around: which names and items are one object is as in plain Python."""

import os
import random

import pytest

import framejit

NAMES = "abcd"
COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
KINDS = {
    "floats": (("k * 0.5", "k * 1.25", "{} + 0.5"), "0.75", ("1.5, 2.5, 10", "0.25, -1.5, 7", "9.5, 0.0, 1", "2.0, 2.0, 13", "0.5, 0.5, 0", "1, 2, 9")),
    "ints": (("k * 1000", "k + 3", "{} + 500"), "777", ("1500, 2500, 10", "250, -1500, 7", "9500, 0, 1", "2000, 2000, 13", "5, 5, 0", "1.0, 2, 9")),
}


def pack(*values):
    """The values, and which of them are the same objects."""
    names, items = values[:4], values[5]
    return (repr(values), [one is other for one in names for other in names], [one is other for one in names for other in items],
            [one is other for one in items for other in items])


class Generator:
    def __init__(self, seed, kind):
        self.random = random.Random(seed)
        self.new, self.item, _ = KINDS[kind]

    def program(self):
        lines = ["def f(a, b, n):", "    c = d = a", "    count = 0", f"    items = [a, b, {self.item}]", "    for k in range(n):"]
        for _ in range(self.random.randrange(2, 6)):
            lines += self.statement("        ", 0)
        if self.random.random() < 0.5:
            lines.append("        count += 1")
        return "\n".join([*lines, "    return pack(a, b, c, d, count, items)"])

    def block(self, indent, depth):
        return [line for _ in range(self.random.randrange(1, 3)) for line in self.statement(indent + "    ", depth + 1)]

    def statement(self, indent, depth):
        choice, one, other = self.random.randrange(13), self.random.choice(NAMES), self.random.choice(NAMES)
        place = f"items[{self.random.randrange(3)}]"
        simple = (f"{one} = {other}", f"{one} = {other}", f"{one} = {other}", f"{one} = {self.random.choice(self.new).format(other)}",
                  f"{one} = {self.random.choice(self.new).format(other)}", f"{one} = {self.random.choice(('max', 'min'))}({other}, {self.random.choice(NAMES)})",
                  f"{one}, {other} = {other}, {one}", f"{place} = {one}", f"{one} = {place}", f"count += {one} is {other}")
        if choice < len(simple) or depth == 2:
            return [indent + simple[choice % len(simple)]]
        condition = self.random.choice((f"k % 3 == {self.random.randrange(3)}", f"{one} > {other}", f"k == {self.random.randrange(8)}", f"{one} is {other}"))
        lines = [f"{indent}if {condition}:", *self.block(indent, depth)]
        return lines + [f"{indent}else:", *self.block(indent, depth)] if self.random.random() < 0.4 else lines


@pytest.mark.parametrize("kind", KINDS)
def test_who_is_who(kind):
    before = framejit.stats()["native_iterations"]
    for seed in range(COUNT):
        source, namespace = Generator(seed, kind).program(), {"pack": pack}
        exec(compile(source, "<program>", "exec"), namespace)
        plain, fast = namespace["f"], framejit.jit(namespace["f"])
        for arguments in KINDS[kind][2]:
            values = eval(f"({arguments})")
            assert fast(*values) == plain(*values), f"seed {seed}, f({arguments})\n{source}"
    assert framejit.stats()["native_iterations"] - before > 10 * COUNT
