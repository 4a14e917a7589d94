"""array.array: its numbers read, stored and gone through; what doesn't fit, what is of another letter, what grows in mid-loop."""

import array
import os
import random

import pytest

import framejit
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 80
LETTERS = "bBhHiIlLqQfd"
LARGE = {"b": 2**7, "B": 2**8, "h": 2**15, "H": 2**16, "i": 2**31, "I": 2**32, "l": 2**63, "L": 2**64, "q": 2**63, "Q": 2**64, "f": 2**24 + 1, "d": 2**53 + 1}


class Program:
    """A function of two arrays, a number n, a list l and a function g that changes what it is given."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def index(self):
        return self.pick("i", "i", "-i", "-1 - i", "0", "-1", "n", "i % len(a)", "i + 1", "True", "j", "2 ** 70", "len(a) - 1", "x")

    def number(self):
        array = self.pick("a", "a", "b", "c")
        return self.pick(f"{array}[{self.index()}]", f"{array}[{self.index()}]", f"{array}[i]", "s", "i", "x", f"len({array})", "0.5", "3", "True", "c[i % 2]", "f'{i}'" if self.random.random() < 0.05 else "1", f"{array}[0] * {array}[-1]",
                         str(self.pick(*LARGE.values()) - self.pick(0, 1, 1, 1)), "-" + str(self.pick(*LARGE.values())))

    def statement(self, indent, depth):
        kind = self.random.random()
        if depth and kind < 0.25:
            head = self.pick("for x in a:", "for i, x in enumerate(b):", "for x, j in zip(a, b):", "for i in range(len(a)):", "for j in range(3):", "for x in reversed(a):", "for i, x in enumerate(reversed(b)):", "for x in b[1:]:")
            return [indent + head, *self.body(indent + "    ", depth - 1)]
        if kind < 0.5:
            return [f"{indent}s {self.pick('+', '+', '-', '*')}= {self.number()}"]
        if kind < 0.75:
            return [f"{indent}{self.pick('a', 'a', 'b', 'c')}[{self.index()}] {self.pick('', '', '+', '-', '*')}= {self.number()}"]
        if kind < 0.8:
            return [f"{indent}if {self.number()} > {self.number()}: {self.pick('break', 'continue', 's += 1', 'a = b', 'g(a)')}" if indent != "    " else f"{indent}s = 1"]
        return [indent + self.pick("if len(a) < 60: a.append(1)", "g(a)", "g(b)", "a.pop()", "a, b = b, a", "l.append(a[0])", "l.append(a[0] is a[0])", "c = a", "s += sum(x for x in a)", "l += [x for x in b]", "a = b", "del a[0]", "l.append(a)", "a[:] = b[:]",
                                   "s = max(a[0], b[0], s)", "x = a[0]; l.append((x, x is a[0]))", "t = a[0], b[0]; l.append(t)", "s = 0", "s = 0.5", "assert s == s", "x, y = a", "s += any(x for x in b)")]

    def body(self, indent, depth):
        return [line for _ in range(self.pick(1, 2, 2, 3)) for line in self.statement(indent, depth)]

    def program(self):
        body = ["    for i in range(n):", *self.body("        ", 2)]
        if self.random.random() < 0.3:
            body = ["    try:", *["    " + line for line in body], "    except (OverflowError, TypeError, IndexError) as error:", "        l.append(str(error))"]
        return "\n".join(["def f(a, b, n, l, g):", "    s, i, j, x, c = 0, 0, 1, 0.25, a", *body, "    return s, x, i, a is c, len(l)"])

    def argument(self):
        letter = self.pick(*LETTERS)
        high = 100 if self.random.random() < 0.7 or letter in "fd" else LARGE[letter] - 1
        low = 0 if letter.isupper() else -min(high, 100)
        return array.array(letter, [self.pick(self.random.randint(low, high), self.random.randint(0, 9)) for _ in range(self.pick(3, 4, 5, 8, 8, 17, 1, 0))])


def changes(value):
    if len(value) < 100:
        value.append(value[0] if len(value) else 1)


def called(function, arguments):
    kept = [], *arguments
    try:
        result = function(*arguments, 6, kept[0], changes)
    except Exception as error:
        trace = error.__traceback__.tb_next
        result = type(error), str(error), trace and trace.tb_lineno
    return repr(result), repr(kept)


def compare(seed):
    program = Program(seed)
    source = program.program()
    spaces = [{}, {}]
    for space in spaces:
        exec(compile(source, "<program>", "exec"), space)
    jitted, place = framejit.jit(spaces[1]["f"]), None
    for turn in range(6):
        place = program.random.getstate() if turn % 3 == 0 else place
        outcomes = []
        for function in (spaces[0]["f"], jitted, jitted):
            program.random.setstate(place)
            outcomes.append(called(function, [program.argument(), program.argument()]))
        assert outcomes[1] == outcomes[2] == outcomes[0], f"seed {seed}\n{source}\n" + "\n".join(map(str, outcomes))


def test_random_programs():
    before = framejit.stats()["native_entries"]
    for seed in due(range(COUNT)):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT // 2


SOURCE = """
def total(a):
    s = 0
    for x in a:
        s += x
    for i in range(len(a)):
        s += a[i] * a[-1 - i]
    return s

def filled(a):
    for k in range(20):
        for i in range(len(a)):
            a[i] = (a[i] + i + k) % 7
    return a[3]

def together(a):
    s = 0
    for i, x in enumerate(a):
        s += i * x
    for x, y in zip(a, a):
        s += x * y
    return s
"""


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("name", ("total", "filled", "together"))
def test_runs_natively(name, letter):
    space = {}
    exec(SOURCE, space)
    jitted, values = framejit.jit(space[name]), [k % 11 for k in range(100)]
    expected = space[name](array.array(letter, values))
    for _ in range(3):
        assert repr(jitted(array.array(letter, values))) == repr(expected)
    before = framejit.stats()
    jitted(array.array(letter, values))
    after = framejit.stats()
    assert after["callouts"] == before["callouts"] and after["exits"] == before["exits"]
    assert after["native_iterations"] - before["native_iterations"] >= 100
