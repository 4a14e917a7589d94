"""Loops over itertools' product, combinations, combinations_with_replacement and permutations: the next choice comes without a call-out."""

import gc
import itertools
import random
import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, outcome

PREFIX = "from itertools import combinations, combinations_with_replacement, permutations, product\nimport itertools\n"
SOURCES = ("range(n)", "xs", "ys", "t", "text", "range(3, n + 2)", "'abc'", "(1, 2.5, None)", "mixed", "set(ys)")


class Writer:
    """A loop over choices, and what it makes of them."""

    def __init__(self, seed):
        self.random = random.Random(f"pools {seed}")

    def choices(self):
        """(an expression, how many items each has)"""
        kind = self.random.choice(("product", "product", "combinations", "permutations", "combinations_with_replacement", "repeated"))
        if kind == "repeated":
            count = self.random.choice((1, 2, 3))
            return f"product({self.random.choice(SOURCES)}, repeat={count})", count
        count = self.random.choice((1, 2, 2, 3))
        if kind == "product":
            return f"itertools.product({', '.join([self.random.choice(SOURCES) for _ in range(count)])})", count
        return f"{kind}({self.random.choice(SOURCES)}, {count})", count

    def program(self):
        text, count = self.choices()
        names = ["u", "v", "w"][:count]
        whole = self.random.random() < 0.4
        target = "p" if whole else ", ".join(names) + ("," if count == 1 else "")
        value = self.random.choice(("p", "p[0]", "p[-1], len(p)", "sorted(map(str, p))")) if whole else f"({', '.join(names)},)"
        event = self.random.choice(("", "", "", "            if len(out) == 9: break\n", "            if len(out) % 5 == 2: continue\n", "            if k == 2 and len(out) == 11: raise KeyError(k)\n",
                                    "            if len(out) == 6: xs.append(7.5)\n", "            if len(out) == 4: ys.clear()\n", "            if k == 1: out.append(next(walk, 'end'))\n"))
        body = f"        walk = {text}\n        for {target} in walk:\n{event}            out.append({value})\n"
        if "walk" not in event and self.random.random() < 0.6:
            body = f"        for {target} in {text}:\n{event}            out.append({value})\n"
        if self.random.random() < 0.3:
            called = "def g(n, k, xs, ys, t, text, mixed, out):\n" + "".join([line[4:] + "\n" for line in body.splitlines()])
            return PREFIX + called + "def f(n, *given):\n    out = []\n    for k in range(3):\n        g(n, k, *given, out)\n    return out\n"
        return PREFIX + f"def f(n, xs, ys, t, text, mixed):\n    out = []\n    for k in range(3):\n{body}    return out\n"


def arguments(n):
    return n, [0.5 * k for k in range(n)], list(range(n)), tuple(range(10, 10 + n)), "letters"[:n], [1, 2.5, "x", 2**70, None, (1, 2)][:n]


@pytest.mark.parametrize("seed", range(120))
def test_choices(seed):
    source = Writer(seed).program()
    plain, jitted = plain_and_jitted(source)
    for n in (4, 0, 1, 5, 6, 4):
        for _ in range(2):
            assert outcome(plain, arguments(n)) == outcome(jitted, arguments(n)), source


NATIVE = {
    "product": "s = 0\n    for i, j in product(range(n), range(n)):\n        s += i * j\n    return s",
    "lists": "s = 0.0\n    for x, y in product(xs, ys):\n        s += x * y\n    return s",
    "combinations": "s = 0\n    for a, b, c in combinations(range(n), 3):\n        s += a * b - c\n    return s",
    "items": "s = 0.0\n    for x, y in combinations(xs, 2):\n        s += abs(x - y)\n    return s",
    "permutations": "s = 0\n    for p in permutations(range(n), 3):\n        s += p[0] * p[1] - p[2]\n    return s",
    "replacement": "s = 0\n    for x, y in combinations_with_replacement(ys, 2):\n        s += x * y\n    return s",
    "repeat": "s = 0\n    for p in product((0, 1), repeat=4):\n        s += p[0] * p[3] + len(p)\n    return s",
}


@pytest.mark.parametrize("name", NATIVE)
def test_is_native(name):
    plain, jitted = plain_and_jitted(PREFIX + f"def f(n, xs, ys, t, text, mixed):\n    {NATIVE[name]}\n")
    given = arguments(6)
    grown = counted(jitted, plain, given, 10)
    assert grown["native_entries"] == 50 and grown["exits"] == 0
    assert grown["callouts"] <= 50         # what makes the object
    assert grown["iterations"] >= 50 * 14


def test_tuples_are_new_where_somebody_has_them():
    source = PREFIX + "def f(n, out):\n    for p in permutations(range(n), 2):\n        out.append(p)\n    return out\n"
    plain, jitted = plain_and_jitted(source)
    for _ in range(6):
        found = jitted(6, [])
        assert found == plain(6, []) and len({id(one) for one in found}) == 30
        assert {sys.getrefcount(one) for one in found} == {sys.getrefcount(one) for one in plain(6, [])}


def test_who_keeps_what():
    """References behind the loop, and of an object that is left in the middle."""
    source = PREFIX + "def f(items, stop):\n    walk = combinations(items, 2)\n    k = 0\n    for x, y in walk:\n        k += 1\n        if k == stop:\n            break\n    return walk, k\n"
    plain, jitted = plain_and_jitted(source)
    items = [object() for _ in range(5)]
    for stop in (0, 3, 0, 4, 0, 3):
        for function in (plain, jitted):
            walk, count = function(items, stop)
            rest = len(list(walk))
            assert count + rest == 10
            del walk
        before = [sys.getrefcount(one) for one in items]
        jitted(items, stop)
        assert [sys.getrefcount(one) for one in items] == before


class Ending:
    def __init__(self, name, said):
        self.name, self.said = name, said

    def __del__(self):
        self.said.append(self.name)


def test_items_live_as_long_as_the_object():
    source = PREFIX + "def f(make, said):\n    k = 0\n    for x, y in product(make('a'), make('b')):\n        said.append(k)\n        k += 1\n    said.append('end')\n    x = y = None\n    return said\n"
    plain, jitted = plain_and_jitted(source)

    def lived(function):
        said = []
        function(lambda name: [Ending(f"{name}{k}", said) for k in range(3)], said)
        return said

    for _ in range(6):
        assert lived(jitted) == lived(plain)


def test_collections_come_when_they_come():
    """Tuples that are kept are counted: the same number of collections, give or take those that the rest of the test brings."""
    source = PREFIX + "def f(n, out):\n    for p in permutations(range(n), 3):\n        out.append(p)\n    return len(out)\n"
    plain, jitted = plain_and_jitted(source)
    for _ in range(4):
        jitted(5, [])
    heard = []
    gc.callbacks.append(lambda phase, info: heard.append(phase))
    try:
        counts = []
        for function in (plain, jitted):
            gc.collect()
            heard.clear()
            assert function(16, []) == 3360
            counts.append(len(heard))
    finally:
        gc.callbacks.pop()
    assert abs(counts[0] - counts[1]) <= 2 and counts[0] > 0, counts


def test_subclasses_and_others():
    """What only looks like one of them."""

    class product(itertools.product):
        def __next__(self):
            return 1, 2

    source = "def f(walk):\n    s = 0\n    for x, y in walk:\n        s = s * 3 + x - y\n        if s < -10**9:\n            break\n    return s\n"
    plain, jitted = plain_and_jitted(source)
    makers = [lambda: itertools.product(range(4), range(5)), lambda: product(range(3), range(3)), lambda: zip(range(3), range(3)), lambda: itertools.permutations(range(4), 2),
              lambda: iter([(1, 2), (3, 4)]), lambda: itertools.combinations(range(4), 2), lambda: itertools.product()]
    for _ in range(3):
        for make in makers:
            assert outcome(plain, (make(),))[0] == outcome(jitted, (make(),))[0]
