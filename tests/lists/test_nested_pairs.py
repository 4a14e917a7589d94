"""zip in enumerate, enumerate in zip, and so on: loops over them are native, and leave the iterators where they would be."""

import itertools
import random
import sys

import numpy as np
import pytest

import framejit
from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import outcome

SOURCES = {"range": "range({}, n + {})", "floats": "xs", "ints": "ys", "array": "a", "counts": "b", "bytes": "text", "down": "range(n, {}, -1)"}


class Writer:
    """A nesting of zip and enumerate, and a target that takes it apart."""

    def __init__(self, seed):
        self.random, self.names = random.Random(f"nested {seed}"), itertools.count()

    def leaf(self):
        name = f"v{next(self.names)}"
        text = self.random.choice(list(SOURCES.values())).format(self.random.randrange(3), self.random.randrange(3))
        return text, name, [name]

    def pairs(self, depth):
        if depth == 0 or self.random.random() < 0.25:
            return self.leaf()
        if self.random.random() < 0.5:
            text, target, names = self.pairs(depth - 1)
            name = f"i{next(self.names)}"
            start = self.random.choice(("", "", ", 1", ", start=k"))
            whole = f"({target})" if target.startswith("v") is False else target
            return f"enumerate({text}{start})", f"{name}, {whole}", [name, *names]
        parts = [self.pairs(depth - 1) for _ in range(self.random.choice((1, 2, 2, 3)))]
        target = ", ".join([one if one[0] in "vw" and "," not in one else f"({one})" for _, one, _ in parts])
        return f"zip({', '.join([text for text, _, _ in parts])})", target + ("," if len(parts) == 1 else ""), [name for _, _, names in parts for name in names]

    def program(self):
        text, target, names = self.pairs(3)
        total = " + ".join([f"{name} * {place + 1}" for place, name in enumerate(names)])
        ends = self.random.choice(("", "            if v0 == 5: break\n", "            if v0 % 3 == 1: continue\n", "            if len(xs) < 12: xs.append(0.5)\n", "            if v0 == 7: ys[3] = 2**70\n",
                                   "            if k == 2 and v0 == 3: raise KeyError(v0)\n", "            if k == 3 and v0 == 4: ys.clear()\n"))
        consumed = self.random.random() < 0.3
        body = f"        s += sum({total} for {target} in {text})\n" if consumed else f"        for {target} in {text}:\n{ends}            s += {total}\n"
        return f"import numpy as np\ndef f(n, xs, ys, a, b, text):\n    s = 0\n    for k in range(4):\n{body}    return s\n"


def arguments(n, odd=False):
    xs = [0.5 * k for k in range(n)]
    ys = [k - 3 for k in range(n)]
    if odd:
        xs[n // 2:n // 2 + 1] = [2**65, "x"][n % 2:n % 2 + 1]
    return n, xs, ys, np.arange(n) * 0.25, np.arange(n + 1), bytes(range(n))


@pytest.mark.parametrize("seed", range(60))
def test_nestings(seed):
    source = Writer(seed).program()
    plain, jitted = plain_and_jitted(source)
    for n, odd in ((9, False), (0, False), (1, False), (14, False), (11, False), (10, True), (13, True), (9, False)):
        for _ in range(2):
            assert outcome(plain, arguments(n, odd)) == outcome(jitted, arguments(n, odd)), source


FORMS = ("for i, (x, y) in enumerate(zip(a, b)):\n            s += i * x - y", "for i, (x, y) in enumerate(zip(xs, ys)):\n            s += i * x - y", "for x, (i, y) in zip(range(n), enumerate(a)):\n            s += i * x - y",
         "for i, (k2, (x, y)) in enumerate(zip(range(9, n + 9), zip(a, range(n)))):\n            s += i * x - y + k2", "for i, (j, (x, y)) in enumerate(enumerate(zip(a, b), 2)):\n            s += i * x - y + j")


@pytest.mark.parametrize("form", FORMS)
def test_is_native(form):
    plain, jitted = plain_and_jitted(f"def f(n, xs, ys, a, b, text):\n    s = 0\n    for k in range(20):\n        {form}\n    return s\n")
    for _ in range(6):
        jitted(*arguments(12))
    before = framejit.stats()
    assert jitted(*arguments(12)) == plain(*arguments(12))
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] >= 240 and after["callouts"] == before["callouts"] and after["exits"] == before["exits"]


def test_what_is_walked_over_lives_as_long():
    """Lists that only the iterators have; behind the loop nobody has them."""
    source = """
def f(n, seen):
    s = 0.0
    for k in range(n):
        for i, (x, y) in enumerate(zip([0.5, 1.5, float(k)], [k, 2, 3])):
            s += i * x + y
        for x, (i, y) in zip(seen[:3], enumerate(seen[1:])):
            s += x * y + i
    return s
"""
    plain, jitted = plain_and_jitted(source)
    seen = [k * 1.0625 for k in range(4)]
    before = [sys.getrefcount(one) for one in (seen, *seen)]
    for _ in range(6):
        assert plain(50, seen) == jitted(50, seen)
    assert [sys.getrefcount(one) for one in (seen, *seen)] == before


def test_left_in_the_middle():
    """Another kind of item, or one that calls back, in the middle of a nested walk: the interpreter goes on from there."""
    source = """
class Odd:
    def __radd__(self, other):
        return other + 7
def f(n, xs, ys):
    s, turns = 0, []
    for k in range(n):
        for i, (x, (j, y)) in enumerate(zip(xs, enumerate(ys, k))):
            s += i * j
            s = s + x
            s += y
            turns.append((i, j))
    return s, turns
odd = Odd()
"""
    plain, jitted = plain_and_jitted(source)
    for turn in range(8):
        xs = [1.0, 2.0, plain.__globals__["odd"] if turn % 3 == 2 else 3.0, 4.0]
        ys = [1, 2, 2**70 if turn % 4 == 3 else 3, 4]
        assert plain(30, xs, ys) == jitted(30, xs, ys)


def test_lists_that_only_iterators_keep():
    """Lists that functions have just given: while they are walked over others are made, in whose memory they would lie if nobody kept them."""
    source = """
def f(n, xs, ys):
    s = 0.0
    for k in range(n):
        for i, (x, y) in enumerate(zip(xs[k % 3:], ys[:k % 5 + 2])):
            other = ys[1:6]
            s += i * x + y * other[0]
        for x, (i, y) in zip(ys[k % 4:], enumerate(xs[1:5])):
            more, other = xs[:4], ys[2:6]
            s += x * y + i + more[0]
    return s
"""
    plain, jitted = plain_and_jitted(source)
    before = framejit.stats()["native_iterations"]
    for _ in range(8):
        xs, ys = [k * 0.5 for k in range(8)], [k * 1.5 for k in range(9)]
        assert plain(60, xs, ys) == jitted(60, xs, ys)
    assert framejit.stats()["native_iterations"] - before > 8 * 60


def test_lists_that_the_function_made():
    """What lists hold that a function makes is learned for each iterator by itself."""
    plain, jitted = plain_and_jitted("def f(n):\n    xs, ys, s = [], [], 0.0\n    for k in range(n):\n        xs.append(k * 0.5)\n        ys.append(k)\n    for k in range(30):\n        for x, y in zip(xs, ys):\n            s += x - y\n    return s")
    for _ in range(12):
        assert jitted(20) == plain(20)
    before = framejit.stats()
    assert jitted(20) == plain(20)
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] >= 600 and after["callouts"] == before["callouts"]
