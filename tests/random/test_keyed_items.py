"""sorted, min and max by key functions, of ranges, dictionaries, their views, sets, lists and tuples."""

import os
import random
import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import compared, counted, ends_heard

PROGRAMS = int(os.environ.get("PROGRAMS", 20))
CONSUMERS = ("sorted", "max", "min")
KEYS = ("lambda x: x", "lambda x: -x", "lambda x: x % 3", "lambda x: x * 0.5", "lambda x: a[x]", "second", "lambda p: p[1]", "lambda p: (-p[1], p[0])", "lambda p: p", "lambda x: (x % 2, c)", "d.get", "table.get", "d.get", "table.get", "default.get", "sub.get", "len", "abs", "str.upper",
        "int", "str", "noted", "itemgetter(1)", "itemgetter(0)", "lambda x: 1 / x", "Thing", "lambda x: Thing(x)", "lambda x: 0", "lambda x: mixed[x]", "lambda x: x > c", "None", "lambda x, y=2: x * y", "lambda k: d[k]",
        "lambda k: table[k]", "lambda x: float('nan') if x == 1 else x", "lambda x: 2**62 * x", "lambda x: words[x]", "lambda x: -0.0 if x else 0.0", "lambda w: (len(w), w)")
SOURCES = ("xs", "ys", "t", "words", "range(n)", "range(c, n)", "range(n, 0, -2)", "span", "mixed", "d", "d.items()", "d.values()", "d.keys()", "table", "table.items()", "table.items()", "set(ys)", "frozenset(words)", "pairs", "pairs", "list(d)",
           "xs[c:]", "made", "grown", "(x for x in ys)", "text", "a", "{}", "[]", "range(0)", "default", "default.items()", "sub", "things", "iter(ys)", "zip(ys, xs)", "enumerate(words)")
PREFIX = """
from collections import OrderedDict, defaultdict
from operator import itemgetter
class Thing:
    def __init__(self, number):
        self.number = number
    def __lt__(self, other):
        said.append('less')
        return self.number < other.number
    def __gt__(self, other):
        said.append('greater')
        return self.number > other.number
    def __hash__(self):
        return 7
    def __repr__(self):
        return f'thing {self.number}'
class Sub(dict):
    def __iter__(self):
        return iter([2, 1, 0])
said = []
def second(x):
    return x[1]
def noted(x):
    said.append(x)
    return x
def f(n, xs, ys, t, text, mixed, d, table, words, pairs, a):
    said.clear()
    made, grown, out, span = [k * 0.5 for k in range(n)], [], [], range(1, n)
    default, sub, things = defaultdict(int, table), Sub(table), [Thing(k % 2) for k in range(n)]
    for c in (0, 1, 2):
        grown.append(c)
        table[n + c] = c * 3 % 4
"""


def asked(choose):
    consumer = choose(CONSUMERS)
    more = choose(("", "", "", ", reverse=True", ", reverse=False", ", reverse=c")) if consumer == "sorted" else choose(("", "", "", "", ", default=7"))
    return f"{consumer}({choose(SOURCES)}, key={choose(KEYS)}{more})"


def program(seed):
    choose = random.Random(f"keyed items {seed}").choice
    lines = [f"out.append({asked(choose)})", f"found = {asked(choose)}", "out.append((found, type(found)))"]
    if choose((True, True, False)):
        lines = ["try:", *[f"    {line}" for line in lines], "except (TypeError, ValueError, ZeroDivisionError, AttributeError, IndexError, KeyError, OverflowError) as error:", "    out.append((type(error), str(error)))"]
    return PREFIX + "".join([f"        {line}\n" for line in lines]) + "    return out, said, made, grown\n"


def arguments(n):
    import numpy as np
    return (n, [0.5 * (k * 5 % 7) for k in range(n)], [k * 3 % 5 for k in range(n)], tuple(range(10, 10 + n)), "letters"[:n], [1, 2.5, 2**70, True, "x", None][:n], dict(zip("hgfedcba"[:n], range(n))),
            {k * 5 % 7: k * 3 % 5 for k in range(n)}, [f"{k % 3}{chr(97 + k)}" for k in range(n)], [(k, k * 3 % 4) for k in range(n)], np.arange(n) * -0.25)


@pytest.mark.parametrize("seed", range(PROGRAMS))
def test_programs(seed):
    compared(program(seed), arguments)


NATIVE = {
    "range": "max(range(k, n), key=lambda i: ys[i])", "backwards": "min(range(n - 1, -1, -2), key=lambda i: xs[i])", "pivot": "max(range(k, n), key=lambda i: abs(rows[i][0]))", "dictionary": "max(d, key=lambda w: d[w])",
    "items": "min(d.items(), key=lambda p: p[1])[0]", "values": "max(d.values(), key=lambda x: -x)", "listed": "sorted(d, key=lambda w: -d[w])", "pairs": "sorted(d.items(), key=lambda p: p[1], reverse=True)[0]",
    "order": "sorted(range(n), key=lambda i: xs[i])", "set": "sorted(chosen, key=lambda x: -x)", "best": "max(rows, key=lambda row: row[0])", "items by two": "sorted(d.items(), key=lambda p: (-p[1], p[0]))",
    "shortest": "min(words, key=lambda w: (len(w), w))", "greatest of set": "max(chosen, key=lambda x: x % 3)", "lengths": "max(words, key=len)",
    "got": "max(d, key=d.get)", "gotten": "min(words, key=table.get)", "all got": "sorted(d, key=d.get)", "looked up": "sorted(words, key=table.get)", "texts": "sorted(d.items(), key=lambda p: p[0])", "mixed items": "max(d.items(), key=lambda p: (p[1], p[0]))",
}


@pytest.mark.parametrize("name", NATIVE)
def test_is_native(name):
    source = f"def f(n, xs, ys, d, rows, chosen, words, table):\n    for k in range(3):\n        found = {NATIVE[name]}\n    return found\n"
    plain, jitted = plain_and_jitted(source)
    given = 6, [0.5, 1.5, 0.25, 1e9, -1.0, 0.125], [1, -2, 3, 0, 5, 6], {"a": 3, "bc": 1, "d": 7}, [[2.0 - k, 0.5 * k] for k in range(6)], {5, 3, 9}, ["ab", "c", "d", "efg"], {"ab": 1.5, "c": 1.0, "d": 7.0, "efg": -1.0}
    grown = counted(jitted, plain, given, 12)
    assert grown["native_entries"] >= 50 and grown["exits"] == grown["callouts"] == 0


@pytest.mark.parametrize("text", ("sorted(xs, key=lambda x: x.number % 3)", "max(xs, key=lambda x: x.number % 3)", "min(d.items(), key=lambda p: p[1].number)[1]", "sorted(d.values(), key=lambda x: -x.number)",
                                  "sorted(d.items(), key=lambda p: (p[1].number % 2, -p[0]))[0]", "max(set(xs), key=lambda x: x.number)"))
def test_who_keeps_what(text):
    source = f"def f(xs, d):\n    return {text}\n"
    plain, jitted = plain_and_jitted(source)

    class One:
        def __init__(self, number):
            self.number = number

    xs = [One(k) for k in range(7)]
    d = dict(enumerate(xs))
    for _ in range(8):
        found, expected = jitted(xs, d), plain(xs, d)
        assert found is expected or [id(one) for one in found] == [id(one) for one in expected] or found == expected
        assert sys.getrefcount(found) <= sys.getrefcount(expected) + (type(found) is not One)
        assert found is not expected or type(found) is One
        del found, expected
        before = [sys.getrefcount(one) for one in xs]
        jitted(xs, d)
        assert [sys.getrefcount(one) for one in xs] == before


def test_sizes_of_lists():
    source = "def f(d, n):\n    return [sorted(d, key=lambda x: -x), sorted(d.items(), key=lambda p: p[1]), sorted(range(n), key=lambda x: -x), sorted(set(d), key=lambda x: x), sorted(list(d), key=lambda x: x)]\n"
    plain, jitted = plain_and_jitted(source)
    for n in (4, 4, 4, 0, 1, 5, 6, 7, 8, 9, 30, 100):
        given = {k: k * 7 % 11 for k in range(n)}, n
        assert [(sys.getsizeof(one), one) for one in jitted(*given)] == [(sys.getsizeof(one), one) for one in plain(*given)]


@pytest.mark.parametrize("kind", ("float", "int", "bool"))
def test_long_lists_are_in_order(kind):
    """Stable, backwards too, and as the interpreter's with what isn't ordered."""
    source = "def f(xs, keys, n):\n    return (sorted(range(n), key=lambda k: keys[k]), sorted(range(n), key=lambda k: keys[k], reverse=True), sorted(xs, key=lambda p: p[0]), sorted(xs, key=lambda p: p[0], reverse=True),\n        sorted(xs, key=lambda p: (p[0], -p[1])), sorted(xs, key=lambda p: (p[0], p[1] % 3), reverse=True))\n"
    plain, jitted = plain_and_jitted(source)
    chosen = random.Random(kind)
    make = {"float": lambda most: chosen.randrange(most) * 0.5 - 3.0, "int": lambda most: chosen.randrange(-most, most), "bool": lambda most: chosen.random() < 0.5}[kind]
    for n in (9, 9, 12, 13, 24, 25, 26, 48, 49, 100, 333, 1000):
        for most in (3, 10 * n):
            keys = [make(most) for _ in range(n)]
            if kind == "float" and n % 2:
                keys[n // 2] = chosen.choice((float("nan"), -0.0, float("inf"), float("-inf")))
            given = [(key, place) for place, key in enumerate(keys)], keys, n
            assert repr(jitted(*given)) == repr(plain(*given))


@pytest.mark.parametrize("text", ("max(make('a'), key=f1).name", "min(dict(enumerate(make('a'))).items(), key=lambda p: -p[0])[1].name", "[one.name for one in sorted(make('a'), key=f1)]", "len(sorted(dict(enumerate(make('a'))).values(), key=f1))",
                                  "[sorted(make('a'), key=f1)[0].name, said.append('behind')]"))
def test_what_is_gone_over_ends_with_it(text):
    source = f"def f1(x):\n    return x.name[1] == '1'\ndef f(make, said):\n    for k in range(2):\n        said.append({text})\n        said.append('end')\n    return said\n"
    ends_heard(source, 12)
