"""Random programs over lists and attributes of ints and floats by turns, bools and None among them: values, identity, tracebacks with the locals of every frame."""

import os

import pytest

from tests.due import due
from tests.random.test_callees import Generator, calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 30
KINDS = {"mixed": (("{} + 0.5", "{} * 7 - {}", "{} / 3", "{} - {}", "-{}", "abs({})", "{} // 7", "int({}) % 1000", "3", "0.25", "2000"), ("1500, 2.5, 40", "0.25, -1500, 7", "9500, 0, 30", "0.5, 0.5, 0", "2 ** 40, True, 25"))}
NUMBERS = ("1500", "2.5", "7", "-0.5", "True", "2000", "0.0", "3", "1.5", "2 ** 30", "-1")


class MixedGenerator(Generator):
    """Three functions that call each other, and read and write items of a list and attributes of objects."""

    def __init__(self, seed, kind):
        super().__init__(seed, "ints")
        self.expressions = KINDS[kind][0]
        self.many = self.pick(NUMBERS[:2], NUMBERS[:4], NUMBERS)

    def numbers(self, count):
        chosen = [self.pick(*self.many) for _ in range(count)]
        if self.random.random() < 0.25:
            chosen[self.random.randrange(count)] = "None"
        return ", ".join(chosen)

    def read(self):
        return self.pick("data[k % 5]", "data[1]", "things[k % 3].x", "things[k % 3].y", "things[0].x", "things[2].double()", "sum(x * 2 for x in data)", "sum(data)", "max({}, {})", "min({}, 3)", "round({})", "math.sqrt(abs({}))", "isinstance({}, int)", "isinstance({}, (float, bool))")

    def expression(self, calls=True):
        if self.random.random() < 0.4:
            return self.read().format(self.pick(*"abcd"), self.pick(*"abcd"))
        return super().expression(calls)

    def statements(self, indent, depth=0):
        lines = super().statements(indent, depth)
        name, kind = self.pick(*"abcd"), self.random.randrange(12)
        if kind == 0:
            lines.append(f"{indent}data[k % 5] = {self.expression(False)}")
        elif kind == 1:
            lines.append(f"{indent}things[k % 3].{self.pick('x', 'y')} = {self.expression(False)}")
        elif kind == 2:
            lines += [f"{indent}for {name} in data:", f"{indent}    if {self.pick('{0}', 'not {0}', '{0} is None', '{0} is not None and {0} > 1', '{0} == {1}').format(name, self.pick(*'abcd'))}: {self.pick('break', 'continue')}",
                      f"{indent}    {self.pick(*'cd')} = {self.expression(False)}"]
        elif kind == 3:
            lines.append(f"{indent}{name} = {self.read().format('a', 'b')} {self.pick('or', 'and')} {self.expression(False)}")
        elif kind == 4:
            lines.append(f"{indent}things[k % 3].{self.pick('x', 'y')} {self.pick('+=', '*=', '-=')} {self.pick('1', '0.5', *'abcd')}")
        return lines

    def program(self):
        head = ["import math", "class C:", *(["    __slots__ = ('x', 'y')"] if self.random.random() < 0.3 else []), "    def __init__(self, x, y):", "        self.x = x", "        self.y = y",
                "    def double(self): return self.x + self.x", f"data = [{self.numbers(5)}]", f"things = [C({self.numbers(2)}), C({self.numbers(2)}), C({self.numbers(2)})]"]
        source = super().program().replace("(ZeroDivisionError, IndexError)", "(ArithmeticError, IndexError, TypeError)")
        return "\n".join(head) + "\n" + source


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_by_turns(kind):
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, MixedGenerator(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_that_are_not_told_apart(kind, together):
    before = ran()
    for seed in due(range(COUNT, COUNT + COUNT // 2)):
        compared(seed, MixedGenerator(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
