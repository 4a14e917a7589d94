"""Random programs of functions that call each other and themselves: values, identity, tracebacks with the locals of every frame."""

import os
import random

import pytest

import framejit
from tests.due import due

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
KINDS = {
    "ints": (("{} + 300", "{} * 7 - {}", "{} // 3", "{} - {}", "{} % 1000", "1000", "3"), ("1500, 2500, 40", "250, -1500, 7", "9500, 0, 30", "5, 5, 0", "2 ** 40, 3, 25")),
    "floats": (("{} + 0.5", "{} * 1.25 - {}", "{} / 3.0", "{} - {}", "-{}", "0.75", "2.0"), ("1.5, 2.5, 40", "0.25, -1.5, 7", "9.5, 0.0, 30", "0.5, 0.5, 0", "1e300, 3.0, 25")),
}
RAISING = ("{} // ({} - 9500)", "[{}, {}][k % 3]", "{} / ({} - 0.5)", "(1 << ({} - 240)) + {}")


class Generator:
    """Three functions of two numbers and how deep they may go on; the loop that calls them is in `f`."""

    conditions = ("{} > {}", "{} is {}", "k % 2", "{} == {}", "k == 2", "not {} < {}")
    raising = RAISING

    def __init__(self, seed, kind):
        self.random = random.Random(seed)
        self.expressions = KINDS[kind][0]
        self.defaults = [self.pick("", "", "=4", "=1") for _ in range(3)]
        self.number = None      # of the function that is being written; None: f

    def pick(self, *choices):
        return self.random.choice(choices)

    def expression(self, calls=True):
        kind = self.random.randrange(10)
        if kind < 3:
            return self.pick(*"abcd")
        if kind < 6 and calls:
            return self.call()
        text = self.pick(*self.raising) if kind == 6 and self.random.random() < 0.2 else self.pick(*self.expressions)
        return text.format(self.pick(*"abcd"), self.pick(*"abcd"))

    def call(self):
        """A call of this or a later function: positional, by keyword, with a default."""
        number = self.random.randrange(self.number or 0, 3)
        depth = self.pick("3", "2", "k % 4") if self.number is None else "k - 1"
        first, second = self.expression(False), self.expression(False)
        forms = [f"g{number}({first}, {second}, {depth})", f"g{number}({first}, k={depth}, b={second})", f"g{number}(b={second}, a={first}, k={depth})"]
        if self.defaults[number] and self.number is None:
            forms.append(f"g{number}({first}, {second})")
        return self.pick(*forms)

    def statements(self, indent, depth=0):
        lines = []
        for _ in range(self.random.randrange(1, 4)):
            condition = self.pick(*self.conditions).format(self.pick(*"abcd"), self.pick(*"abcd"))
            target, kind = self.pick(*"abcd"), self.random.randrange(8)
            if kind == 0 and depth < 2:
                lines += [f"{indent}if {condition}:", *self.statements(indent + "    ", depth + 1)]
            elif kind == 1:
                lines.append(f"{indent}{target} = {self.pick(*'abcd')} if {condition} else {self.expression()}")
            elif kind == 2 and depth:
                lines.append(f"{indent}count += {self.pick(*'abcd')} is {self.pick(*'abcd')}" if self.number is None else f"{indent}return {self.expression()}")
            else:
                lines.append(f"{indent}{target} = {self.expression()}")
        return lines

    def helper(self, number):
        self.number = number
        lines = [f"def g{number}(a, b, k{self.defaults[number]}):", "    c = d = a", f"    if k <= 0: return {self.pick('a', 'b', 'a', 'a + b')}"]
        return [*lines, *self.statements("    "), f"    return {self.expression()}", ""]

    def program(self):
        lines = [line for number in range(3) for line in self.helper(number)]
        self.number = None
        body = [*self.statements("        "), *self.statements("        "), f"        items[k % 3] = {self.pick(*'abcd')}", "        count += 1"]
        if self.random.random() < 0.4:
            body = ["        try:", *["    " + line for line in body], "        except (ZeroDivisionError, IndexError):", "            count += 100"]
        head = ["def f(a, b, n):", "    c = d = b", "    count = 0", "    items = [a, b, a]", "    for k in range(n):"]
        return "\n".join([*lines, *head, *body, "    return [a, b, c, d, *items], count"])


def positions(code, lasti):
    return list(code.co_positions())[lasti // 2]


def shown(value):
    """Ints may have more digits than may be printed; functions show their names only, other objects their types."""
    if type(value) is list:
        return [shown(item) for item in value]
    text = hex(value) if type(value) is int else getattr(value, "__qualname__", None) or repr(value)
    return type(value).__name__ if " at 0x" in text else text


def outcome(function, values):
    """What it gives and which of that are one object; or the frames that the error went through, and which of their locals are one."""
    try:
        given = function(*values)
    except Exception as error:
        frames, known = [], []
        entry = error.__traceback__
        while entry is not None:
            if entry.tb_frame.f_code.co_filename != "<program>":
                entry = entry.tb_next
                continue
            code, names = entry.tb_frame.f_code, dict(sorted(entry.tb_frame.f_locals.items()))
            known += [value for name, value in names.items() if name != "items"]
            frames.append((code.co_name, entry.tb_lineno, positions(code, entry.tb_lasti), entry.tb_frame.f_lineno, {name: shown(value) for name, value in names.items() if name != "items"}))
            entry = entry.tb_next
        return repr(error), frames, [one is other for one in known for other in known]
    found, count = given
    return [shown(value) for value in found], count, [one is other for one in (*values, *found) for other in found]


def ran():
    """Native entries and iterations so far."""
    now = framejit.stats()
    return now["native_entries"] + now["native_iterations"]


def compared(seed, source, names, calls):
    """A program gives the same plain and with these functions of it compiled; `calls`: name of a call -> what makes it in a namespace."""
    spaces = [{}, {}]
    for space in spaces:
        exec(compile(source, "<program>", "exec"), space)
    for name in names:
        spaces[1][name] = framejit.jit(spaces[1][name])
    for text, call in calls.items():
        for _ in range(2):
            plain, compiled = [call(space) for space in spaces]
            assert compiled == plain, f"seed {seed}, f({text})\n{source}"


def calls_with(texts):
    """Calls of f with the arguments that these texts say."""
    return {text: lambda space, text=text: outcome(space["f"], eval(f"({text})")) for text in texts}


@pytest.mark.parametrize("kind", KINDS)
def test_who_calls_whom(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        compared(seed, Generator(seed, kind).program(), ("g0", "g1", "g2", "f"), calls_with(KINDS[kind][1]))
    assert ran() - before > 10 * COUNT
