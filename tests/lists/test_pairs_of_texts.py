"""zip and enumerate over tuples and strings, alone and beside lists, arrays and ranges: native, with the very items, and the iterators left where they would be."""

import itertools
import random

import numpy as np
import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, outcome

SOURCES = ("numbers", "points", "words", "latin", "wide", "letters", "xs", "range({}, n + {})", "a", "'abcdefg'", "(1, 2.5, 'x', None, True)", "(3, 1, 2)", "raw")
ENDS = ("", "", "            if len(out) % 7 == 5: break\n", "            if {first} == 3: continue\n", "            if len(xs) < 12: xs.append(0.5)\n",
        "            if k == 2 and len(out) == 9: raise KeyError({first})\n", "            kept = {first}\n            if k == 1: out.append(kept)\n")


class Writer:
    """A loop over zip and enumerate, and what it makes of the items."""

    def __init__(self, seed):
        self.random, self.names = random.Random(f"pairs of texts {seed}"), itertools.count()

    def pairs(self, depth):
        """(an expression, its target, the target's names)"""
        name = f"v{next(self.names)}"
        kind = self.random.random()
        if depth == 0 or kind < 0.1:
            return self.random.choice(SOURCES).format(self.random.randrange(3), self.random.randrange(3)), name, [name]
        if kind < 0.5:
            text, target, names = self.pairs(depth - 1)
            whole = target if "," not in target else f"({target})"
            return f"enumerate({text}{self.random.choice(('', ', 1', ', k'))})", f"{name}, {whole}", [name, *names]
        parts = [self.pairs(depth - 1) for _ in range(self.random.choice((2, 2, 3)))]
        return (f"zip({', '.join([text for text, _, _ in parts])})", ", ".join([target if "," not in target else f"({target})" for _, target, _ in parts]),
                [name for _, _, names in parts for name in names])

    def program(self):
        text, target, names = self.pairs(2)
        row = f"({', '.join(names)},)"
        form = self.random.random()
        if form < 0.2:
            body = f"        out.append([{row} for {target} in {text}])\n"
        elif form < 0.4:
            wanted = self.random.choice((f"sum({names[0]} == {names[-1]} for {target} in {text})", f"any({names[-1]} == 'w' for {target} in {text})",
                                         f"list({row} for {target} in {text})", f"sum(1 for {target} in {text} if {names[-1]})"))
            body = f"        out.append({wanted})\n"
        else:
            body = f"        for {target} in {text}:\n{self.random.choice(ENDS).format(first=names[0])}            out.append({row})\n"
        called = "def g(n, k, numbers, points, words, latin, wide, letters, xs, a, raw, out):\n" + "".join([line[4:] + "\n" for line in body.splitlines()])
        if self.random.random() < 0.3:          # a function of its own
            return f"{called}def f(n, *given):\n    out = []\n    for k in range(4):\n        g(n, k, *given, out)\n    return out\n"
        return f"def f(n, numbers, points, words, latin, wide, letters, xs, a, raw):\n    out = []\n    for k in range(4):\n{body}    return out\n"


def arguments(n, odd=False):
    words = tuple(["word", "w", "", "longer", "é"][k % 5] for k in range(n))
    numbers = tuple(k * 0.5 for k in range(n)) if not odd else (*range(n // 2), "s", 2**70, None)
    wide = "a€b\U0001f600c"[:n] if odd else "plain text"[:n]
    return (n, numbers, tuple((k, k * 0.25) for k in range(n)), words, "naïve café"[:n], wide, list("letters")[:n], [0.5 * k for k in range(n)], np.arange(n) * 0.25,
            bytes(range(n)))


@pytest.mark.parametrize("seed", range(120))
def test_pairs(seed):
    source = Writer(seed).program()
    plain, jitted = plain_and_jitted(source)
    for n, odd in ((9, False), (0, False), (1, False), (14, False), (11, True), (10, False), (13, True), (9, False)):
        for _ in range(2):
            assert outcome(plain, arguments(n, odd)) == outcome(jitted, arguments(n, odd)), source


NATIVE = {
    "tuples": ("s = 0.0\n    for x, y in zip(numbers, numbers):\n        s += (x - y) * x\n    return s", 8),
    "beside lists": ("s = 0.0\n    for i, (x, y) in enumerate(zip(numbers, xs)):\n        s += i * x * y\n    return s", 8),
    "strings": ("s = 0\n    for i, c in enumerate(latin, 1):\n        if c == 'a':\n            s += i\n    return s", 8),
    "two strings": ("s = 0\n    for x, y in zip(latin, wide):\n        s += x != y\n    return s", 8),
    "constants": ("s = 0\n    for i, c in zip((1, 2, 3, 4, 5, 6, 7, 8), 'abcdefgh'):\n        s += i * (c > 'b')\n    return s", 8),
    "distance": ("return sum((x - y) ** 2 for x, y in zip(numbers, xs))", 8),
    "nested": ("s = 0.0\n    for i, p in enumerate(points):\n        s += p[0] * i + p[1]\n    return s", 8),
}


@pytest.mark.parametrize("name", NATIVE)
def test_is_native(name):
    body, turns = NATIVE[name]
    source = f"def f(n, numbers, points, words, latin, wide, letters, xs, a, raw):\n    {body}\n"
    plain, jitted = plain_and_jitted(source)
    given = arguments(8)
    grown = counted(jitted, plain, given, 10)
    assert grown["native_entries"] == 50 and grown["callouts"] == 0
    assert grown["iterations"] >= 50 * (turns - 1)


def test_characters_are_the_very_ones():
    source = "def f(text, out):\n    for i, c in enumerate(text):\n        out.append(c)\n    return out\n"
    plain, jitted = plain_and_jitted(source)
    text = bytes(range(256)).decode("latin-1")
    for _ in range(4):
        assert all([one is other for one, other in zip(jitted(text, []), plain(text, []), strict=True)])


def test_a_wide_string_comes_later():
    source = "def f(text):\n    out = []\n    for i, c in enumerate(text):\n        out.append(c * i)\n    return out\n"
    plain, jitted = plain_and_jitted(source)
    for text in ("abc", "abc", "abc", "a€c", "\U0001f600", "", "é", "abc" * 50):
        assert jitted(text) == plain(text)


class Ending:
    """Says when it goes."""

    def __init__(self, name, said):
        self.name, self.said = name, said

    def __del__(self):
        self.said.append(self.name)


def test_items_of_tuples_live_as_long():
    """zip keeps the last items in a tuple of its own."""
    source = "def f(make, said):\n    t = make()\n    for i, x in enumerate(t):\n        said.append(i)\n        t = None\n    said.append('end')\n    x = None\n    return said\n"
    plain, jitted = plain_and_jitted(source)

    def lived(function):
        said = []
        function(lambda: tuple([Ending(k, said) for k in range(4)]), said)
        return said

    for _ in range(4):
        assert lived(jitted) == lived(plain)


OUTSIDE = {"zip": "for x, y in zip(numbers, xs):", "enumerate": "for x, y in enumerate(xs):", "string": "for y in latin:", "bytes": "for y in raw:", "nested": "for i, (x, y) in enumerate(zip(numbers, latin)):"}


@pytest.mark.parametrize("name", OUTSIDE)
def test_calls_out_and_ends_without_leaving(name):
    """Behind a call-out the frame has a real iterator, whose end nobody hears."""
    source = f"def f(n, numbers, points, words, latin, wide, letters, xs, a, raw):\n    s = 0\n    for k in range(3):\n        {OUTSIDE[name]}\n            s += len(format(y, "")) & 7\n    return s\n"
    plain, jitted = plain_and_jitted(source)
    given = arguments(8)
    grown = counted(jitted, plain, given, 10)
    assert grown["native_entries"] == 50 and grown["callouts"] > 0 and grown["exits"] == 0
