"""Loops over enumerate, zip, map, filter and itertools' iterators of anything: the next item comes without a call-out where nothing of the program's runs for it."""

import gc
import random
import re
import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import compared, counted, ends_heard, outcome

PREFIX = "import itertools, operator\nfrom itertools import accumulate, chain, count, cycle, islice, pairwise, repeat\ndef gen(n):\n    for k in range(n):\n        yield k * 0.5\n"
SOURCES = ("xs", "ys", "t", "text", "mixed", "range(n)", "range(3, n + 2)", "d", "d.items()", "d.values()", "d.keys()", "set(ys)", "iter(xs)", "reversed(ys)", "words", "'abc'", "it", "it",
           "objects", "gen(n)", "large", "(1, 2.5, None)", "[]", "range(n, 0, -1)", "[*ys]", "bytes(n)", "iter(d.items())")
FUNCTIONS = ("int", "float", "str", "len", "abs", "ord", "bool", "chr", "str.strip", "str.upper", "str.isdigit", "operator.neg", "(lambda x: (x, x))", "None", "repr", "hash")
FOLDS = ("operator.mul", "max", "min", "operator.add", "operator.sub", "(lambda a, b: b)", "operator.truediv", "None")
EVENTS = ("", "", "", "            if len(out) == 9: break\n", "            if len(out) % 5 == 2: out.append(0); continue\n", "            if k == 2 and len(out) > 11: raise KeyError(k)\n",
          "            if len(out) == 6: xs.append(7.5)\n", "            if len(out) == 4: ys.clear()\n", "            if len(out) == 5: d['new'] = 1\n", "            if k == 1: out.append(next(walk, 'end'))\n",
          "            if len(out) == 3: xs[-1] = 'replaced'\n", "            if len(out) == 7: out.append(next(it, None))\n", "            if len(out) == 5: d['a'] = 2.5\n",
          "            try: out.append(next(it))\n            except StopIteration: out.append('stop')\n", "            if len(out) % 3 == 1: out.append(next(walk))\n", "            out.append(next(walk, d))\n",
          "            twice = iter(ys)\n            while (y := next(twice, None)) is not None: out.append(y)\n", "            if len(out) == 3: it = enumerate(words)\n            out.append(next(it, 'none'))\n")


class Writer:
    """A loop over iterators of iterators, and what it makes of them."""

    def __init__(self, seed):
        self.random = random.Random(f"stepped {seed}")

    def walk(self, depth):
        choose = self.random.choice
        if depth == 0 or self.random.random() < 0.1:
            return choose(SOURCES)
        inner, other = self.walk(depth - 1), self.walk(depth - 1)
        return choose((f"enumerate({inner})", f"enumerate({inner}, {choose((1, 'n', 2**62, 2**63 - 3, 2**70))})", f"zip({inner}, {other})", f"zip({inner})", f"zip({inner}, {other}, {choose(SOURCES)})",
                       "zip(it, it)", f"zip(it, {inner})", f"map({choose(FUNCTIONS[:-3])}, {inner})", f"map({choose(FUNCTIONS)}, {choose(SOURCES)})", f"map({choose(FOLDS[:-1])}, {inner}, {other})",
                       f"filter({choose(FUNCTIONS)}, {inner})", f"filter({choose(FUNCTIONS)}, {choose(SOURCES)})", f"zip(count({choose(('', 'n', '2.5', '1, 3', '0.5, 2', '2**63 - 4', '-1, -1'))}), {inner})",
                       f"islice(count(n), {choose((3, 7))})", f"repeat({choose(('n', 'xs', 'None'))}, {choose((0, 3, 'n'))})", f"zip(repeat(n), {inner})", f"islice(cycle({inner}), {choose((5, 11))})",
                       f"zip(range(2 * n), cycle({inner}))", f"chain({inner}, {other})", f"chain({inner}, [], {choose(SOURCES)}, {other})", f"chain.from_iterable([{inner}, {other}])", f"chain({inner})",
                       f"chain.from_iterable(zip(xs, {inner}))", f"islice({inner}, {choose(('3', '1, None', '1, 6, 2', 'n', '0', '2, None, 3', 'None'))})", f"accumulate({inner})",
                       f"accumulate({inner}, {choose(FOLDS)})", f"accumulate({inner}, initial={choose((0, 2.5, None))})", f"pairwise({inner})", f"enumerate(reversed({choose(('xs', 'ys', 'objects'))}), {choose((0, 1))})",
                       f"enumerate({choose(('d.items()', 'd', 'd.values()', 'set(ys)', 'frozenset(t)'))})", f"zip(d.items(), {inner})", f"zip({choose(SOURCES)}, d.values())"))

    def program(self):
        text = self.walk(self.random.choice((1, 1, 2, 2, 3)))
        event = self.random.choice(EVENTS)
        target, value = self.random.choice((("p", "p"), ("p", "p"), ("p", "type(p), p"), ("x, y", "y, x"), ("x, *y", "x, y"), ("x, (y, z)", "x, y, z")))
        rest = "            if len(out) > 60: break\n"
        named = "walk" in event or self.random.random() < 0.3
        body = (f"        walk = {text}\n        for {target} in walk:\n" if named else f"        for {target} in {text}:\n") + f"{event}            out.append(({value},))\n{rest}"
        behind = "        out.append(next(it, 'none left'))\n"
        if self.random.random() < 0.3:
            called = "def g(n, k, xs, ys, t, text, mixed, d, words, objects, large, it, out):\n" + "".join([line[4:] + "\n" for line in (body + behind).splitlines()])
            return PREFIX + called + "def f(n, *given):\n    out = []\n    for k in range(3):\n        g(n, k, *given, iter(given[0]), out)\n    return out\n"
        return PREFIX + f"def f(n, xs, ys, t, text, mixed, d, words, objects, large):\n    out = []\n    for k in range(3):\n        it = iter(xs)\n{body}{behind}    return out\n"


class Thing:
    def __init__(self, number):
        self.number = number

    def __repr__(self):
        return f"thing {self.number}"

    def __lt__(self, other):
        return self.number < other.number


def arguments(n):
    return (n, [0.5 * k for k in range(n)], list(range(n)), tuple(range(10, 10 + n)), "letters"[:n], [1, 2.5, "x", 2**70, None, (1, 2)][:n], dict(zip("abcdefgh"[:n], range(n))),
            [f" {k}" for k in range(n)] + ["x"] * (n == 5), [Thing(k) for k in range(n)], [2**62 + k for k in range(n)])


@pytest.mark.parametrize("seed", range(150))
def test_programs(seed):
    compared(Writer(seed).program(), arguments)


NATIVE = {
    "count": "s = 0\n    for i in count(n):\n        if i > 40:\n            break\n        s += i * i\n    return s",
    "floats": "s = 0.0\n    for x in count(0.5, 0.25):\n        if x > 9.0:\n            break\n        s += x\n    return s",
    "repeat": "s = 0\n    for x in repeat(n, 30):\n        s += x\n    return s",
    "cycle": "s = 0.0\n    for i, x in zip(range(40), cycle(xs)):\n        s += i * x\n    return s",
    "chain": "s = 0.0\n    for x in chain(xs, [], ys, t, range(9)):\n        s += x * 2.0\n    return s",
    "flattened": "s = 0\n    for x in chain.from_iterable((ys, t, ys, t)):\n        s += x\n    return s",
    "islice": "s = 0.0\n    for x in islice(xs, 1, None, 2):\n        s += x\n    for x in islice(count(3), 20):\n        s += x\n    return s",
    "accumulate": "s = 0.0\n    for x in accumulate(xs):\n        s += x\n    for x in accumulate(ys, operator.mul, initial=2):\n        s += x\n    for x in accumulate(ys, max):\n        s += x\n    return s",
    "pairwise": "s = 0.0\n    for x, y in pairwise(xs):\n        s += (y - x) * y\n    for x, y in pairwise(range(20)):\n        s += x * y\n    return s",
    "items": "s = 0\n    for i, (k, x) in enumerate(d.items()):\n        s += i * x + len(k)\n    for (k, x), y in zip(d.items(), xs):\n        s += x * y\n    return s",
    "sets": "s = 0\n    for i, x in enumerate(set(ys)):\n        s += i * x\n    for x, y in zip(d.values(), t):\n        s += x - y\n    return s",
    "reversed": "s = 0\n    for i, x in enumerate(reversed(ys), 1):\n        s += i * x\n    for x, y in zip(reversed(ys), xs):\n        s += x * y\n    return s",
    "map": "s = 0\n    for x in map(int, words):\n        s += x\n    for x in map(len, words):\n        s += x\n    for c in map(str.strip, words):\n        s += len(c)\n    for x in map(operator.mul, xs, ys):\n        s += x\n    return s",
    "filter": "s = 0\n    for x in filter(None, ys):\n        s += x\n    for c in filter(str.isspace, words):\n        s += len(c)\n    return s",
    "next": "s, it, c = 0.0, iter(xs), count(2)\n    while True:\n        try:\n            x = next(it)\n        except StopIteration:\n            break\n        s += x * next(c)\n    return s",
    "next_else": "s, it, walk = 0.0, iter(t), iter(text)\n    while (x := next(it, None)) is not None:\n        s += x\n        if next(walk, 'z') == 't':\n            s += 0.5\n    return s",
    "objects": "s = 0\n    for i, p in enumerate(objects):\n        s += i * p.number\n    for p, x in zip(objects, xs):\n        s += p.number * x\n    return s",
    "grouped": "s = 0\n    it = iter(xs)\n    for x, y in zip(it, it):\n        s += x * y\n    for i, (x, y) in enumerate(pairwise(xs)):\n        s += i * x\n    return s",
}


@pytest.mark.parametrize("name", NATIVE)
def test_is_native(name):
    plain, jitted = plain_and_jitted(PREFIX + f"def f(n, xs, ys, t, text, mixed, d, words, objects, large):\n    {NATIVE[name]}\n")
    given = arguments(8)
    grown = counted(jitted, plain, given, 12)
    assert grown["native_entries"] >= 50 and grown["exits"] <= 50 * NATIVE[name].count("except")        # StopIteration is the interpreter's to raise
    assert grown["callouts"] <= 50 * len(re.findall(r"initial|\[\]", NATIVE[name]))        # keywords, literals
    assert grown["iterations"] >= 50 * 4


@pytest.mark.parametrize("text", ("next(given)", "next(given, None)"))
def test_generators_are_learned(text):
    """What runs the program's code is asked by call-outs, from the second time on."""
    source = PREFIX + f"def f(n):\n    given, s = gen(n), 0.0\n    for k in range(n):\n        s += {text} * k\n    return s\n"
    plain, jitted = plain_and_jitted(source)
    grown = counted(jitted, plain, (40,), 20)
    assert grown["exits"] == 0


LIVED = ("for x in chain(make('a'), make('b')):", "for x in islice(make('a'), 1, 3):", "for x in islice(make('a'), 0, 2):", "for i, x in enumerate(iter(make('a'))):", "for x, y in pairwise(make('a')):",
         "for x in cycle(make('a')):\n        if k > 7: break", "for x, y in zip(make('a'), reversed(make('b'))):", "for x in repeat(make('a')[0], 2):", "for x in chain.from_iterable([make('a'), make('b')]):",
         "for i, (key, x) in enumerate(dict(zip('abc', make('a'))).items()):", "for x in filter(None, [0, 1, *range(3)]):", "for (i, x), y in zip(enumerate(make('a')), make('b')):",
         "for x in chain(iter(make('a')), zip(make('b'))):", "for x in map(operator.itemgetter(0), [make('a'), make('b')]):", "for x in accumulate(make('a'), lambda a, b: b):",
         "for x in iter(make('a')):", "for x in chain(l := make('a'), l):\n        l = None", "for x in islice(l := make('a'), 9):\n        l.clear()", "for i, x in enumerate(reversed(l := make('a'))):\n        l[i] = None",
         "for i, x in enumerate(l := make('a')):\n        l[i] = x = None", "for i, (key, x) in enumerate((q := dict(enumerate(make('a')))).items()):\n        q[key] = x = None", "for x, y in zip(l := make('a'), make('b')):\n        l[k] = x = y = None",
         "for (key, x), y in zip((q := dict(enumerate(make('a')))).items(), 'abc'):\n        q[key] = x = None")


@pytest.mark.parametrize("head", LIVED)
def test_items_live_as_long_as_they_do(head):
    source = PREFIX + f"def f(make, said):\n    k = 0\n    {head}\n        said.append(k)\n        k += 1\n    said.append('end')\n    x = y = None\n    return said\n"
    ends_heard(source)


@pytest.mark.parametrize("text", ("enumerate(d.items())", "zip(d.items(), xs)", "chain(objects, objects)", "pairwise(objects)", "zip(objects, cycle(xs))", "islice(objects, 5)", "map(str, ys)"))
def test_who_keeps_what(text):
    """References behind the loop, and of an object that is left in the middle."""
    source = PREFIX + f"def f(objects, d, xs, ys, stop):\n    walk = {text}\n    k = 0\n    for x in walk:\n        k += 1\n        if k == stop:\n            break\n    x = None\n    return walk, k\n"
    plain, jitted = plain_and_jitted(source)
    objects = [Thing(k) for k in range(5)]
    given = objects, {k: one for k, one in enumerate(objects)}, [0.5] * 5, [1000 + k for k in range(5)]
    for stop in (0, 3, 0, 4, 0, 3):
        rests = []
        for function in (plain, jitted):
            walk, count = function(*given, stop)
            rests.append((count, repr(list(walk)[:9])))
            del walk
        assert rests[0] == rests[1]
        before = [sys.getrefcount(one) for one in objects]
        jitted(*given, stop)
        assert [sys.getrefcount(one) for one in objects] == before


def test_collections_come_when_they_come():
    """Tuples that are kept are counted: the same number of collections, give or take those that the rest of the test brings."""
    source = PREFIX + "def f(n, d, out):\n    for p in enumerate(pairwise(range(n))):\n        out.append(p)\n    for p in zip(range(n), cycle('ab')):\n        out.append(p)\n    return len(out)\n"
    plain, jitted = plain_and_jitted(source)
    for _ in range(4):
        jitted(5, {}, [])
    heard = []
    gc.callbacks.append(lambda phase, info: heard.append(phase))
    try:
        counts = []
        for function in (plain, jitted):
            gc.collect()
            heard.clear()
            assert function(3000, {}, []) == 5999
            counts.append(len(heard))
    finally:
        gc.callbacks.pop()
    assert abs(counts[0] - counts[1]) <= 2 and counts[0] > 0, counts


NUMBERS = ("islice(t, m)", "islice(t, 0, m, m)", "enumerate('', m)", "enumerate(t, m)", "repeat(7, m)", "repeat(m, 2)", "repeat(x, 2)", "islice(count(m), 3)", "islice(count(x), 3)", "islice(count(m, m), 3)",
           "islice(count(x, x), 3)", "chain((m, x), t)", "cycle((x, m))", "accumulate((x, m, x))", "zip((m, x), repeat(x))", "map(abs, (m, x))", "enumerate(d.items(), m)", "zip(range(m, m + 2), t)")


def same_ones(objects):
    """For each the place of the first that is the same object; of a tuple those of its items."""
    flat = [item for one in objects for item in (one if type(one) in (tuple, list) else (one,))]
    return [next(place for place, other in enumerate(flat) if other is one) for one in flat]


@pytest.mark.parametrize("text", NUMBERS)
@pytest.mark.parametrize("before", ("k = 0", "k, y = 0, None", "k, z = 0, [x]"))
def test_numbers_that_are_given_live_on(text, before):
    """A number that the machine makes for a call is its variable's as long as that has it, whether the iterator keeps it or not."""
    source = PREFIX + f"def f(n, t, d):\n    m, x = n + 1, n * 0.5\n    {before}\n    for y in {text}:\n        k += 1\n        if k == 2: break\n    else: y = 0\n    return m, x, y, [m, x] * 2\n"
    plain, jitted = plain_and_jitted(source)
    for n in (1000, 2000, 3000) * 6 + (2**61, 2**62, sys.maxsize - 3, sys.maxsize):
        given = n, (1.5, 2.5), {1: 2, 3: 4}
        assert outcome(plain, given) == outcome(jitted, given)
        if n > 2**60:
            continue
        expected, found = plain(*given), jitted(*given)
        assert same_ones(expected) == same_ones(found)
        assert [sys.getrefcount(one) for one in found[:2]] == [sys.getrefcount(one) for one in expected[:2]]


class Asked:
    def __init__(self, said, fails):
        self.said, self.fails = said, fails

    def __index__(self):
        self.said.append(sys._getframe(1).f_locals.get("k"))
        if self.fails:
            raise ValueError("asked")
        return 2


@pytest.mark.parametrize("text", ("islice(xs, i)", "islice(xs, 0, i)", "islice(xs, 0, None, i)", "repeat(7, i)", "enumerate(xs, i)", "islice(count(1), i)"))
def test_what_is_asked_for_a_number_is_asked_by_the_interpreter(text):
    source = PREFIX + f"def f(xs, said, make):\n    for k in range(4):\n        i = make(said)\n        try:\n            for p in {text}: said.append(p)\n        except (ValueError, TypeError) as error:\n            said.append(str(error))\n    return said\n"
    plain, jitted = plain_and_jitted(source)
    for fails in (False, True, False):
        for make in (lambda said: Asked(said, fails), lambda said: 2, lambda said: True, lambda said: 2.5, lambda said: Asked(said, fails)):
            for _ in range(4):
                assert plain([1, 2, 3], [], make) == jitted([1, 2, 3], [], make)


class Walked:
    """An iterable of the program's, which looks at who asks it."""

    def __init__(self, said, fails):
        self.said, self.fails = said, fails

    def __iter__(self):
        self.said.append(("iter", sys._getframe(1).f_locals.get("k")))
        if self.fails:
            raise ValueError("walked")
        return iter([1, 2])


@pytest.mark.parametrize("text", ("chain(xs, i)", "islice(i, 5)", "enumerate(i)", "zip(i, xs)", "map(abs, i)", "filter(None, i)", "pairwise(i)", "accumulate(i)", "cycle(i)", "chain.from_iterable([xs, i])", "iter(i)"))
def test_what_is_gone_over_is_asked_by_the_interpreter(text):
    source = PREFIX + f"def f(xs, items, said):\n    s = k = 0\n    for i in items:\n        k += 1\n        for j in range(5):\n            s += j * k\n        try:\n            for p in {text}:\n                s += 1\n                if s > 900: break\n        except (ValueError, TypeError) as error:\n            said.append(str(error))\n    return s\n"
    plain, jitted = plain_and_jitted(source)

    def told(function, kinds):
        said = []
        items = [[4, 5] if kind == 0 else (4, 5) if kind == 1 else Walked(said, kind == 3) for kind in kinds]
        return function([1, 2, 3], items, said), said

    for kinds in ((0, 0, 0), (0, 0, 0), (0, 0, 2), (0, 2, 0), (1, 0, 2, 1), (3, 0, 1), (0, 1, 3), (2, 3, 2), (0, 0), (1, 1, 0, 2)) * 3:
        assert told(plain, kinds) == told(jitted, kinds)
