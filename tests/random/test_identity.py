"""Random programs that do little but pass numbers around: which names and items are one object is as in plain Python."""

import os
import random

import pytest

import framejit

NAMES = "abcd"
COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
KINDS = {
    "floats": (("k * 0.5", "k * 1.25", "{} + 0.5"), "0.75", ("1.5, 2.5, 10", "0.25, -1.5, 7", "9.5, 0.0, 1", "2.0, 2.0, 13", "0.5, 0.5, 0", "1, 2, 9")),
    "both": (("k * 0.5", "k + 300", "{} + 1"), "0.75", ("1.5, 2000, 10", "250, -1.5, 7", "9.5, 3000, 1", "2000, 2.0, 13", "0.5, 0.5, 0", "1, 2, 9")),
    "ints": (("k * 1000", "k + 3", "{} + 500"), "777", ("1500, 2500, 10", "250, -1500, 7", "9500, 0, 1", "2000, 2000, 13", "5, 5, 0", "1.0, 2, 9")),
}

LISTS = ("[a, b, {}]", "[a, b, {}]", "[a * 0.5, b * 1.5, a + b]", "[a * 3, b * 5, a + b]", "[a + 1000] * 3", "[0.5] * 3", "[x * 500 for x in range(3)]", "[[1000, 2000, 3000], [1.5, 2.5, 3.5]][1]")


def pack(*values):
    """The values, and which of them are the same objects."""
    names, items = values[:4], values[5]
    return (repr(values), [one is other for one in names for other in names], [one is other for one in names for other in items],
            [one is other for one in items for other in items])


class Generator:
    """Four names, all bound from the beginning, and a list of three items."""

    choices, share, least = 13, 1, 10 * COUNT

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

    def more(self, one, other, place):
        return ()

    def block(self, indent, depth):
        return [line for _ in range(self.random.randrange(1, 3)) for line in self.statement(indent + "    ", depth + 1)]

    def statement(self, indent, depth):
        choice, one, other = self.random.randrange(self.choices), self.random.choice(NAMES), self.random.choice(NAMES)
        place = f"items[{self.random.randrange(3)}]"
        simple = (*self.more(one, other, place), f"{one} = {other}", f"{one} = {other}", f"{one} = {other}", f"{one} = {self.random.choice(self.new).format(other)}",
                  f"{one} = {self.random.choice(self.new).format(other)}", f"{one} = {self.random.choice(('max', 'min'))}({other}, {self.random.choice(NAMES)})",
                  f"{one}, {other} = {other}, {one}", f"{place} = {one}", f"{one} = {place}", f"count += {one} is {other}")
        if choice < len(simple) or depth == 2:
            return [indent + simple[choice % len(simple)]]
        condition = self.random.choice((f"k % 3 == {self.random.randrange(3)}", f"{one} > {other}", f"k == {self.random.randrange(8)}", f"{one} is {other}"))
        lines = [f"{indent}if {condition}:", *self.block(indent, depth)]
        return lines + [f"{indent}else:", *self.block(indent, depth)] if self.random.random() < 0.4 else lines


class Loose(Generator):
    """Names that are bound on some ways only, tuples of items, and a handler that reads."""

    choices, share, least = 18, 2, COUNT          # of those other programs, half as many

    def program(self):
        lines = super().program().splitlines()
        lines[3] = "    items = " + self.random.choice(LISTS).format(self.item)
        loose = self.random.choice(("c", "d", "cd", "cd"))
        lines[1] = f"    {'d' if loose == 'c' else 'c'} = a" if len(loose) == 1 else "    pass"
        for name in loose:
            turn = self.random.choice((0, 0, 0, 0, 1, 3))
            lines.insert(5, f"        if k == {turn}: {name} = {self.random.choice(('items[0]', 'items[1]', 'a', 'b + 1'))}")
        if self.random.random() < 0.3:
            lines.insert(-1, f"        if k == {self.random.randrange(2, 9)}: items[9]")
            lines[4:-1] = ["    try:", *["    " + line for line in lines[4:-1]], "    except IndexError:", "        count += 100"]
        return "\n".join(lines)

    def more(self, one, other, place):
        there = f"items[{self.random.randrange(3)}]"
        return (f"{one} = {place}", f"{place} = {self.random.choice(self.new).format(other)}", f"{one}, {other} = {place}, {there}", f"{one} = ({place}, {other})[k % 2]",
                f"({one}, {self.random.choice(NAMES)}), {other} = ({place}, {there}), items.pop(); items.append({other})")


class Nested(Generator):
    """Tuples in tuples, some of whose items come from unknown functions, which get others."""

    choices, share, least = 21, 2, COUNT

    def program(self):
        lines = super().program().splitlines()
        lines.insert(3, "    t = ((a, b), 0)")
        return "\n".join([*lines[:-1], "    return pack(a, b, c, d, count, [*items, *t[0], t[1]])"])

    def more(self, one, other, place):
        third, fresh = self.random.choice(NAMES), self.random.choice(self.new)
        return (f"t = (({one}, {other}), call({third}))", f"t = (({one}, {place}), call(k))", f"({one}, {third}), {other} = (t[0], call({one}))",
                f"{one} = t[0][{self.random.randrange(2)}]", f"t = (t[0], call({other}))", f"count += call(({one}, {other}), {place}) is {one}",
                f"{one} = {fresh.format(other)}; t = (({one}, 7), call({other}))", f"t = (({one}, {fresh.format(third)}), [{other}, call(k), {place}][k % 3])")


class Chosen(Generator):
    """Conditional expressions, also in tuples, that wait on the value stack while the variables they come from are assigned."""

    choices, share, least = 22, 2, COUNT

    def more(self, one, other, place):
        third, fresh = self.random.choice(NAMES), self.random.choice(self.new)
        test = self.random.choice((f"k % {self.random.randrange(2, 5)}", f"{other} is {third}", "bool", f"{one} < {third}"))
        chosen = f"({one} if {test} else {self.random.choice((other, third, '1', place, fresh.format(other)))})"
        return (f"{other}, {one} = {chosen}, {third}", f"{other}, {one} = {chosen}, {third}", f"{other}, {one} = {chosen}, {fresh.format(third)}",
                f"({other}, {third}), {one} = ({chosen}, {place}), {fresh.format(third)}", f"{place}, {one} = {chosen}, {third}",
                f"{other} = [{chosen}, ({one} := {fresh.format(third)}), {third}][k % 3]", f"{other}, {one} = (max if k % 2 else min)({chosen}, {third}), {place}",
                f"{one}, {other} = call({chosen}, k), ({one} := {third})", f"{other}, {one}, {third} = {chosen}, {third}, {fresh.format(one)}")


def call(first, *others):
    """What isn't compiled into the loop."""
    return first[0] if type(first) is tuple else first


def outcome(function, values):
    """What it gives, or which name wasn't bound."""
    try:
        return function(*values)
    except NameError as error:
        return str(error), values


@pytest.mark.parametrize("generator", (Generator, Loose, Nested, Chosen))
@pytest.mark.parametrize("kind", KINDS)
def test_who_is_who(kind, generator):
    before = framejit.stats()["native_iterations"]
    for seed in range(COUNT // generator.share):
        source, namespace = generator(seed, kind).program(), {"pack": pack, "call": call}
        exec(compile(source, "<program>", "exec"), namespace)
        plain, fast = namespace["f"], framejit.jit(namespace["f"])
        for arguments in KINDS[kind][2]:
            values = eval(f"({arguments})")
            assert outcome(fast, values) == outcome(plain, values), f"seed {seed}, f({arguments})\n{source}"
    assert framejit.stats()["native_iterations"] - before > generator.least
