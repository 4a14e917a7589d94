"""Slices of lists and tuples that builtins consume on the spot."""

import os
import random
import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import compared, counted, ends_heard

CONSUMERS = ("sum", "sum", "max", "min", "any", "all", "len", "sorted", "list", "tuple", "set")
SOURCES = ("xs", "xs", "ys", "t", "words", "mixed", "pairs", "text", "made", "made", "grown", "list(ys)", "[1, 2.5, c]", "range(n)", "a", "xs + ys", "numbers[c]", "things", "odd", "big")
BOUNDS = ("", "c", "c + 1", "-1", "-c", "n", "n - 2", "1", "2**70", "-2**70", "None", "True", "where", "c * 2", "0", "7", "len(ys)")
PROGRAMS = int(os.environ.get("PROGRAMS", 20))
PREFIX = """
class Thing:
    def __init__(self, number):
        self.number = number
    def __bool__(self):
        return self.number > 1
    def __lt__(self, other):
        said.append(self.number)
        return self.number < other.number
    def __radd__(self, other):
        return other + self.number
    def __repr__(self):
        return f'thing {self.number}'
class Place:
    def __index__(self):
        said.append('place')
        return 2
said = []
def f(n, xs, ys, t, text, mixed, words, pairs, a, odd, big):
    said.clear()
    made, grown, out, where = [k * 0.5 for k in range(n)], [], [], Place()
    things, numbers = [Thing(k) for k in range(n)], [xs, ys, t]
    for c in (0, 1, 2):
        grown.append(c)
"""


def asked(choose):
    source, consumer = choose(SOURCES), choose(CONSUMERS)
    more = choose(("", "", "", "", "", ", 1.5", ", key=lambda x: x", ", default=7"))
    return f"{consumer}({source}[{choose(BOUNDS)}:{choose(BOUNDS)}{choose(('', '', '', '', ':', ':2', ':-1'))}]{more})"


def program(seed):
    choose = random.Random(f"consumed slices {seed}").choice
    lines = [f"out.append({asked(choose)})", f"found = {asked(choose)}", "out.append((found, type(found)))", f"xs[c:c + 1] = [{asked(choose)}]", "made.append(0.25)"]
    lines = [f"if {asked(choose)}:" if choose((0, 0, 1)) else "if c > 0:", *[f"    {line}" for line in lines]]
    if choose((True, False)):
        lines = ["try:", *[f"    {line}" for line in lines], "except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:", "    out.append((type(error), str(error)))"]
    return PREFIX + "".join([f"        {line}\n" for line in lines]) + "    return out, said, things, made, grown\n"


def arguments(n):
    import numpy as np
    return (n, [0.5 * k for k in range(n)], list(range(n)), tuple(range(10, 10 + n)), "letters"[:n], [1, 2.5, "x", 2**70, None, (1, 2)][:n], [f" {k}" for k in range(n)],
            [(k, k * k) for k in range(n)], np.arange(n) * 0.25, [float("nan"), -0.0, 0.0, float("inf"), 1e300, float("-inf")][:n], [2**62, 2**62, -2**63, 3, 2**63, True][:n])


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_programs(seed):
    compared(program(seed), arguments)


NATIVE = {
    "sum": "sum(xs[c:c + 3])", "max": "max(xs[-3:])", "min": "min(t[:c + 2])", "any": "any(ys[c:])", "all": "all(ys[:c])", "length": "len(xs[c:n - c])", "raw": "sum(made[c:]) + len(made[:c])",
    "greatest": "max(made[c:])", "difference": "sum(xs[c:]) - sum(xs[:c])",
}


@pytest.mark.parametrize("name", NATIVE)
def test_is_native(name):
    source = f"def f(n, xs, ys, t):\n    s, made = 0, [k * 0.5 for k in range(n)]\n    for c in range(n - 1):\n        s += {NATIVE[name]}\n    return s\n"
    plain, jitted = plain_and_jitted(source)
    grown = counted(jitted, plain, (6, [0.5, 1.5, 2.25, 1e9, -1.0, 0.125], [1, -2, 3, 0, 5, 6], (1, 2, 3, 4, 5, 6)), 12)
    assert grown["native_entries"] >= 50 and grown["exits"] == grown["callouts"] == 0


def test_the_greatest_is_the_item_itself():
    source = "def f(xs, n):\n    out = []\n    for c in range(n):\n        out.append(max(xs[c:c + 3]))\n    return out\n"
    plain, jitted = plain_and_jitted(source)
    xs = [1000.5 + k % 3 for k in range(9)] + [1000.5 + k % 3 for k in range(9)]
    for _ in range(6):
        assert [id(one) for one in jitted(xs, 16)] == [id(one) for one in plain(xs, 16)]
        before = [sys.getrefcount(one) for one in xs]
        jitted(xs, 16)
        assert [sys.getrefcount(one) for one in xs] == before


@pytest.mark.parametrize("text", ("max(xs[c:])", "sum(xs[c:])", "min(xs[2:\n  c])"))
def test_errors_are_raised_where_they_are(text):
    source = f"def g(xs, c):\n    return {text}\n\ndef f(xs, n):\n    s = 0.0\n    for c in range(n):\n        s += g(xs, c)\n    return s\n"
    plain, jitted = plain_and_jitted(source)
    for xs, n in (([0.5, 1.5, 2.5], 2), ([0.5, 1.5, 2.5], 3), ([0.5, 1.5, 2.5], 4), ([0.5, "a", 2.5], 2), ([], 1), ([0.5, 1.5, 2.5], 5)) * 2:
        seen = []
        for function in (plain, jitted):
            try:
                seen.append(function(xs, n))
            except (ValueError, TypeError) as error:
                trace, places = error.__traceback__.tb_next, []
                while trace:
                    code = trace.tb_frame.f_code
                    places.append((code.co_name, list(code.co_positions())[trace.tb_lasti // 2]))
                    trace = trace.tb_next
                seen.append((type(error), str(error), places))
        assert seen[0] == seen[1]


@pytest.mark.parametrize("text", ("len(make('a')[1:])", "any(make('a')[:k])", "len(tuple(make('a'))[k:])", "[len(make('a')[:2]), said.append('behind')]", "all(make('a')[k:1])"))
def test_what_is_cut_ends_with_the_call(text):
    source = f"def f(make, said):\n    for k in range(3):\n        said.append({text})\n        said.append('end')\n    return said\n"
    ends_heard(source, 12)
