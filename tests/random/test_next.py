"""next() of generator expressions: the first value, what is given for none, or StopIteration."""

import random
import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import compared, counted

SOURCES = (("x", "xs"), ("x", "ys"), ("x", "t"), ("x", "range(n)"), ("x", "range(n, -3, -1)"), ("x", "text"), ("x", "mixed"), ("x", "d"), ("x", "d.values()"), ("x", "xs[1:]"), ("x", "things"),
           ("i, x", "enumerate(xs)"), ("i, x", "enumerate(t)"), ("x, y", "zip(xs, ys)"), ("x, y", "zip(things, xs)"), ("k, x", "d.items()"), ("x, y", "pairs"), ("x", "iter(xs)"), ("x", "a"))
VALUES = ("x", "x", "x", "x * 2", "(x, n)", "i", "y", "k", "x.number", "str(x)", "[x]", "x if c else n", "len(out)", "1 / n")
CONDITIONS = ("", "", "x", "x > c", "x == c", "x != c and n", "y > 1", "x.number > c", "1 / x > c", "i > 1", "x in xs", "c < 1", "x is None", "xs.count(x) < 2")
GIVEN = ("", "", ", None", ", None", ", -1", ", 2.5", ", 'none'", ", xs", ", (c, n)", ", out and out[-1]", ", next(iter(ys), 7)")


class Thing:
    def __init__(self, number):
        self.number = number

    def __repr__(self):
        return f"thing {self.number}"

    def __gt__(self, other):
        return self.number > other

    def __eq__(self, other):
        return self.number == other


class Writer:
    def __init__(self, seed):
        self.random = random.Random(f"next {seed}")

    def asked(self):
        choose = self.random.choice
        target, source = choose(SOURCES)
        names = {*target.replace(",", "").split(), "c", "n"}
        value = choose([one for one in VALUES if not {"i", "y", "k"} & {one} - names])
        condition = choose([one for one in CONDITIONS if not {"i", "y"} & {one[:1]} - names])
        return f"next(({value} for {target} in {source}{condition and ' if ' + condition}){choose(GIVEN)})"

    def program(self):
        first, second = self.asked(), self.asked()
        inside = self.random.random() < 0.5
        lines = [f"out.append({first})" if inside else f"found = {first}", f"found = {second}", "out.append(found)", "if found is not None and found: out.append(type(found))"]
        if self.random.random() < 0.3:
            lines = ["try:", *[f"    {line}" for line in lines], "except (StopIteration, ZeroDivisionError) as error:", "    out.append(type(error))"]
        body = "".join([f"        {line}\n" for line in lines])
        return f"def f(n, xs, ys, t, text, mixed, d, things, pairs, a):\n    out = []\n    for c in (0, 2, 1, -1, 9):\n{body}    return out\n"


def arguments(n):
    import numpy as np
    return (n, [0.5 * k for k in range(n)], list(range(n)), tuple(range(10, 10 + n)), "letters"[:n], [1, 2.5, "x", 2**70, None, (1, 2)][:n], dict(zip("abcdefgh"[:n], range(n))),
            [Thing(k) for k in range(n)], [(k, k * k) for k in range(n)], np.arange(n) * 0.25)


@pytest.mark.parametrize("seed", range(100))
def test_programs(seed):
    compared(Writer(seed).program(), arguments)


NATIVE = {
    "place": "next((i for i, x in enumerate(xs) if x > 1.0), None)",
    "number": "next((x for x in xs if x > 1.0), -1.0)",
    "thing": "next((x for x in things if x.number > 2), None)",
    "nothing": "next((x for x in ys if x > 100), 'none')",
    "raises_not": "next(x for x in range(n) if x > 3)",
    "pair": "next((p for p in pairs if p[1] > 3), None)",
    "key": "next((k for k, x in d.items() if x > 2), None)",
}


@pytest.mark.parametrize("name", NATIVE)
def test_is_native(name):
    plain, jitted = plain_and_jitted(f"def f(n, xs, ys, t, text, mixed, d, things, pairs, a):\n    s = 0\n    for k in range(4):\n        found = {NATIVE[name]}\n        s += found is not None\n    return s, found\n")
    given = arguments(6)
    grown = counted(jitted, plain, given, 12)
    assert grown["native_entries"] >= 50 and grown["exits"] == grown["callouts"] == 0
    assert jitted(*given)[1] is plain(*given)[1] or name in ("place", "number", "raises_not")


def test_who_keeps_what():
    source = "def f(things, c):\n    found = next((x for x in things if x.number > c), None)\n    return found\n"
    plain, jitted = plain_and_jitted(source)
    things = [Thing(k) for k in range(5)]
    for c in (2, 9, 0, 3, 2, 9, 0):
        before = [sys.getrefcount(one) for one in things]
        assert jitted(things, c) is plain(things, c)
        assert [sys.getrefcount(one) for one in things] == before


def test_what_it_leads_to():
    """StopIteration comes from the line that asks, with nothing of the generator in its traceback."""
    source = "def f(xs, c):\n    return next(x for x in xs\n                if x > c)\n"
    plain, jitted = plain_and_jitted(source)
    for c in (1, 2, 9, 1, 9, 9):
        seen = []
        for function in (plain, jitted):
            try:
                seen.append(function([1, 2, 3], c))
            except StopIteration as error:
                trace, lines = error.__traceback__.tb_next, []
                while trace:
                    lines.append((trace.tb_lineno, trace.tb_frame.f_code.co_name))
                    trace = trace.tb_next
                seen.append((error.value, lines))
        assert seen[0] == seen[1]
