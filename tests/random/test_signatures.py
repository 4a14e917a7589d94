"""Random functions with keyword-only defaults, *args and **kwargs, called with the items of tuples, too: values, identity, tracebacks with the locals of every frame."""

import os
import random

import pytest

import framejit
from tests.due import due
from tests.random.test_callees import KINDS, RAISING, outcome, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
SIGNATURES = (
    # parameters, the names that the body knows, the least and the most positional arguments, names that may be passed by keyword
    ("a, *r", ("a", "r[0]", "r[-1]"), 2, 4, ()),
    ("*r", ("r[0]", "r[1]"), 2, 3, ()),
    ("a, b=3, *r, c=1.5", ("a", "b", "c"), 1, 4, ("c",)),
    ("a, *, b=7, c", ("a", "b", "c"), 1, 1, ("b", "c")),
    ("a, b, *, c=300", ("a", "b", "c"), 2, 2, ("c",)),
    ("a, /, b=2.5, *, c=None", ("a", "b"), 1, 2, ("b", "c")),
    ("a, **kw", ("a", "kw.get('x', 7)", "len(kw)"), 1, 1, ("x", "y")),
    ("a, /, b=2.5, *r, c=1, **kw", ("a", "b", "c", "kw.get('a', 1.5)"), 1, 3, ("c", "a", "d")),
)
NAMES = ("'x'", "'y'", "'a'", "'d'")


class Generator:
    """Functions g0 to g2 that call later ones, and a loop in `f` that calls them all."""

    def __init__(self, seed, kind):
        self.random = random.Random(seed)
        self.expressions = KINDS[kind][0]
        self.signatures = [self.random.choice(SIGNATURES) for _ in range(3)]

    def pick(self, *choices):
        return self.random.choice(choices)

    def expression(self, names):
        text = self.pick(*RAISING) if self.random.random() < 0.05 else self.pick("{}", *self.expressions)
        return text.format(self.pick(*names), self.pick(*names)).replace("k %", "1 %" if "k" not in names else "k %")

    def call(self, number, names):
        _, _, least, most, keywords = self.signatures[number]
        count = self.random.randrange(least, most + 1)
        values = [self.expression(names) for _ in range(count)]
        form = self.random.randrange(4)
        if form == 0 and "t" in names and count == 2:
            return f"g{number}(*t)" if not any("c" == one for one in keywords) or "c=" in self.signatures[number][0] else f"g{number}({values[0]}, c=1)"
        named = [f"{name}={self.expression(names)}" for name in keywords if self.random.random() < 0.5 and not (name == "b" and count > 1)]
        if "c" in keywords and "c=" not in self.signatures[number][0] and not any(one.startswith("c=") for one in named):
            named.append(f"c={self.expression(names)}")
        if form == 1 and not named:
            return f"g{number}(*({', '.join(values)},))"
        return f"g{number}({', '.join([*values, *named])})"

    def function(self, number):
        parameters, names, *_ = self.signatures[number]
        lines = [f"def g{number}({parameters}):", f"    x = {self.expression(names)}"]
        names = (*names, "x")
        for _ in range(self.random.randrange(0, 3)):
            kind = self.random.randrange(5)
            if kind == 0:
                lines.append(f"    if {self.pick(*names)} {self.pick('>', 'is', '==')} {self.pick(*names)}: return {self.pick(*names)}")
            elif kind == 1 and number < 2:
                lines.append(f"    x = {self.call(self.random.randrange(number + 1, 3), names)}")
            elif kind == 2 and "r" in parameters:
                lines.append(f"    x = x + len(r) if x is {self.pick(*names)} else {self.pick(*names)}")
            elif kind == 3 and number < 2 and parameters == "*r" and self.signatures[number + 1][0] in ("a, *r", "*r"):
                lines.append(f"    x = g{number + 1}(*r)")
            elif kind == 4 and "kw" in parameters:
                lines.append(self.pick(f"    kw[{self.pick(*NAMES)}] = {self.pick(*names)}", f"    x = kw.pop({self.pick(*NAMES)}, 3)", f"    for name, y in kw.items(): x = {self.pick('y', 'x + y', 'x if y is a else y')}",
                                       f"    kw = {{{self.pick(*NAMES)}: {self.pick(*names)}, 'd': x}}", f"    if {self.pick(*NAMES)} in kw: x = kw[{self.pick(*NAMES)}]"))
            else:
                lines.append(f"    x = {self.expression(names)}")
        return [*lines, f"    return {self.pick(*names)}", ""]

    def program(self):
        lines = [line for number in range(3) for line in self.function(number)]
        names = ("a", "b", "c", "t[0]", "t[1]", "k", "t")
        numbers = names[:-1]
        lines += ["def f(a, b, n):", "    c, count, t = b, 0, (a, b)", "    for k in range(n):"]
        for _ in range(self.random.randrange(2, 5)):
            call = self.call(self.random.randrange(3), numbers)
            if self.random.random() < 0.2:
                pair = [number for number in range(3) if self.signatures[number][2] <= 2 <= self.signatures[number][3]]
                call = f"g{self.random.choice(pair)}(*t)" if pair else call
            lines.append(f"        {self.pick('a', 'b', 'c')} = {call}")
            lines.append(f"        {self.pick('count += a is b', 'count += a is t[0]', 't = (b, c)', 'count += 1')}")
        return "\n".join([*lines, "    return [a, b, c, *t], count"])


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_passed(kind):
    before = ran()
    for seed in due(range(COUNT // 2)):
        source = Generator(seed, kind).program()
        spaces = [{}, {}]
        for space in spaces:
            exec(compile(source, "<program>", "exec"), space)
        spaces[1]["f"] = framejit.jit(spaces[1]["f"])
        for arguments in KINDS[kind][1]:
            for _ in range(2):
                seen = [outcome(space["f"], eval(f"({arguments})")) for space in spaces]
                assert seen[1] == seen[0], f"seed {seed}, f({arguments})\n{source}"
    assert ran() - before > 4 * COUNT
