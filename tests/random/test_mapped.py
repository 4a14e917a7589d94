"""Builtins that consume map() and filter() with functions of the program's and of C's."""

import random
import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, ends_heard, outcome

CONSUMERS = ("sum", "sum", "list", "list", "tuple", "set", "sorted", "min", "max", "any", "all", "len", "''.join")
FUNCTIONS = ("double", "lambda x: x * x", "lambda x: x > c", "lambda x: x", "lambda x: (x, c)", "lambda x: 1 / x", "lambda x: str(x)", "lambda x, y=2: x + y", "lambda *xs: xs[0]", "shifted", "noted", "stops", "number",
             "int", "float", "str", "bool", "len", "abs", "str.strip", "str.upper", "str.isdigit", "None", "Thing", "7", "lambda x: x.number", "lambda: 1", "lambda x: x % 2", "print")
SOURCES = ("xs", "ys", "t", "words", "text", "range(n)", "mixed", "things", "d", "set(ys)", "[1, 2, 3]", "iter(xs)", "pairs", "(x for x in xs)", "words[1:]", "text.split()", "a")
PREFIX = """
def double(x):
    return x + x
def stops(x):
    if x == 2:
        raise StopIteration(x)
    return x
def number(x):
    return x.number if hasattr(x, 'number') else 0
class Thing:
    def __init__(self, number=0):
        self.number = number
    def __hash__(self):
        return self.number
    def __repr__(self):
        return f'thing {self.number}'
def f(n, xs, ys, t, text, mixed, d, words, pairs, a):
    things, out, said = [Thing(k) for k in range(n)], [], []
    def shifted(x):
        return x - c
    def noted(x):
        said.append(x)
        return x
    for c in (0, 1, 2):
"""


class Writer:
    def __init__(self, seed):
        self.random = random.Random(f"mapped {seed}")

    def asked(self):
        choose = self.random.choice
        kind = choose(("map", "map", "map", "filter", "filter"))
        second = f", {choose(SOURCES)}" if kind == "map" and self.random.random() < 0.1 else ""
        return f"{choose(CONSUMERS)}({kind}({choose(FUNCTIONS)}, {choose(SOURCES)}{second}))"

    def program(self):
        lines = [f"out.append({self.asked()})", f"found = {self.asked()}", "out.append(list(found) if hasattr(found, '__next__') else found)", "out.append(type(found))"]
        if self.random.random() < 0.5:
            lines = ["try:", *[f"    {line}" for line in lines], "except (TypeError, ValueError, ZeroDivisionError, AttributeError) as error:", "    out.append((type(error), str(error)))"]
        return PREFIX + "".join([f"        {line}\n" for line in lines]) + "    return out, said, things\n"


def arguments(n):
    import numpy as np
    return (n, [0.5 * k for k in range(n)], list(range(n)), tuple(range(10, 10 + n)), "let te rs"[:n], [1, 2.5, "x", 2**70, None, (1, 2)][:n], dict(zip("abcdefgh"[:n], range(n))),
            [f" {k}" for k in range(n)], [(k, k * k) for k in range(n)], np.arange(n) * 0.25)


@pytest.mark.parametrize("seed", range(120))
def test_programs(seed, capsys):
    source = Writer(seed).program()
    plain, jitted = plain_and_jitted(source)
    for n in (4, 0, 1, 5, 6, 4):
        for _ in range(2):
            expected = outcome(plain, arguments(n)), capsys.readouterr().out
            assert expected == (outcome(jitted, arguments(n)), capsys.readouterr().out), source


NATIVE = {
    "sum": "sum(map(double, xs))", "closure": "sum(map(lambda x: x * c, xs))", "list": "list(map(double, ys))", "tuple": "tuple(map(lambda x: x + 1, t))", "lengths": "max(map(len, words))",
    "filter": "sum(filter(None, xs))", "filtered": "list(filter(lambda x: x > c, xs))", "any": "any(map(lambda x: x > 100, xs))", "pairs": "sum(map(lambda p: p[0] * p[1], pairs))",
    "sorted": "sorted(map(abs, ys))",
}


@pytest.mark.parametrize("name", NATIVE)
def test_is_native(name):
    source = f"def double(x):\n    return x + x\ndef f(n, xs, ys, t, words, pairs, c):\n    return {NATIVE[name]}\n"
    plain, jitted = plain_and_jitted(source)
    grown = counted(jitted, plain, (6, [0.5, 1.5], [1, -2, 3], (1, 2), ["a", "bc"], [(1, 2.0), (2, 3.5)], 1), 12)
    assert grown["native_entries"] >= 50 and grown["exits"] == grown["callouts"] == 0


def test_who_keeps_what():
    source = "def f(xs, c):\n    return list(filter(lambda x: x[0] > c, xs)), list(map(lambda x: x, xs))\n"
    plain, jitted = plain_and_jitted(source)
    xs = [(k, object()) for k in range(5)]
    for c in (2, 9, 0, 3, 2, 9, 0):
        before = [sys.getrefcount(one) for one in xs]
        assert jitted(xs, c) == plain(xs, c)
        assert [sys.getrefcount(one) for one in xs] == before


def test_errors_come_from_the_function():
    source = "def g(x):\n    return 1 / x\n\ndef f(xs):\n    return sum(map(g, xs))\n"
    plain, jitted = plain_and_jitted(source)
    for xs in ([1, 2], [1.5, 2], [1, 0], [2, 1], [0], [1, 2], ["a"], [1, 0]):
        seen = []
        for function in (plain, jitted):
            try:
                seen.append(function(xs))
            except (ZeroDivisionError, TypeError) as error:
                trace, lines = error.__traceback__.tb_next, []
                while trace:
                    lines.append((trace.tb_lineno, trace.tb_frame.f_code.co_name))
                    trace = trace.tb_next
                seen.append((type(error), str(error), lines))
        assert seen[0] == seen[1]


@pytest.mark.parametrize("text", ("sum(map(f1, make('a')))", "any(filter(f1, make('a')))", "len(list(map(f1, make('a'))))", "sum(map(f1, tuple(make('a'))))", "[max(map(f1, make('a'))), said.append('behind')]"))
def test_what_is_gone_over_ends_with_it(text):
    source = f"def f1(x):\n    return x.name[1] == '7'\ndef f(make, said):\n    for k in range(2):\n        said.append({text})\n        said.append('end')\n    return said\n"
    ends_heard(source, 12)
