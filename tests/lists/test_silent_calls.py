"""Functions of C's that are called as they are where nothing of the program's hears of it: of containers, and operators of them."""

import random
import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, garbage_heard, outcome

NAMES = "n, xs, ys, t, u, d, s, r, w, fs, pairs, grid, i, f"
EXPRESSIONS = (
    "list(d)", "list(d.keys())", "list(d.values())", "list(d.items())", "tuple(d)", "list(w)", "tuple(w)", "list(s)", "tuple(range(i))", "set(xs)", "set(t)", "set(w)", "frozenset(xs)", "dict(d)",
    "sorted(xs)", "sorted(s)", "sorted(d)", "sorted(w)", "sorted(d.items())", "sorted(pairs)", "min(s)", "max(d)", "max(d.values())", "sum(d.values())", "sum(s)", "min(pairs)", "max(w)",
    "any(xs)", "all(t)", "any(grid)", "all(d.values())", "hash(t)", "hash(w)", "hash(i)", "hash(f)", "callable(w)", "hex(i)", "oct(i)", "bin(i)", "repr(xs)", "repr(t)", "repr(d)", "repr(w)", "repr(f)", "str(xs)",
    "str(grid)", "ascii(w)", "s & r", "s | r", "s - r", "s ^ r", "xs == ys", "xs < ys", "t != u", "t <= u", "grid == [xs, ys]", "s == r", "s <= r", "xs > []", "pairs >= pairs",
    "s.union(xs)", "s.difference(t)", "s.issubset(r)", "s.isdisjoint(xs)", "s.copy()", "d.copy()", "t.index(1)", "t.count(1)", "w.encode()",
)


class Odd:
    """Heard of by whoever compares, hashes, shows it or asks for its truth."""

    said, silent = [], False

    def __init__(self, name, raises=False):
        self.name, self.raises = name, raises

    def hear(self, how):
        if not Odd.silent:
            self.said.append((how, self.name))
        if self.raises and not Odd.silent:
            raise ValueError(f"{how} {self.name}")

    def __repr__(self):
        self.hear("repr")
        return f"<{self.name}>"

    def __eq__(self, other):
        self.hear("eq")
        return other is self

    def __lt__(self, other):
        self.hear("lt")
        return True

    def __hash__(self):
        self.hear("hash")
        return len(self.name)

    def __bool__(self):
        self.hear("bool")
        return True


def arguments(seed, odd=None):
    """What NAMES are given: containers of plain objects, with `odd` somewhere in them."""
    rng = random.Random(seed)
    ints, words = [rng.randrange(5) for _ in range(rng.randrange(6))], ["".join(rng.choices("abé", k=rng.randrange(4))) for _ in range(3)]
    xs, ys = ints + [odd] * (odd is not None), [rng.choice([0, 1.5, True, 10**30]) for _ in range(rng.randrange(4))]
    t, u = tuple(ints), (1, *xs)[:rng.randrange(4)]
    d, s, r = {word: x for word, x in zip(words, xs)}, set(ints), set(xs[:3])
    pairs, grid = [(word, rng.random()) for word in words], [list(ints), list(ys)]
    return 3, xs, ys, t, u, d, s, r, words[0], [rng.random() for _ in range(3)], pairs, grid, rng.choice([-3, 0, 7, True]), rng.choice([0.5, -0.0, 1e300])


def source(expression):
    return (f"def f({NAMES}):\n    made = []\n    for k in range(n):\n        try:\n            x = {expression}\n"
            "            made.append((k, type(x), x))\n        except (TypeError, ValueError, IndexError) as error:\n            made.append(str(error))\n    return made\n")


def told(function, given):
    """What it gives or raises, what has become of the arguments, and what was heard meanwhile."""
    del Odd.said[:]

    def silently():
        try:
            return function(*given)
        finally:
            Odd.silent = True

    try:
        return outcome(silently, ()), repr(given), list(Odd.said)
    finally:
        Odd.silent = False


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_same_of_plain_objects_and_of_the_programs(expression):
    plain, jitted = plain_and_jitted(source(expression))
    for seed in range(8):
        for odd in (None, None, Odd("a"), Odd("bc", True), [1], "z"):
            try:
                one, other = arguments(seed, odd), arguments(seed, odd)
            except (ValueError, TypeError):
                continue                    # it can't be in a set
            assert told(jitted, one) == told(plain, other), (expression, seed)


@pytest.mark.parametrize("condition", [expression for expression in EXPRESSIONS if any([sign in expression for sign in (" == ", " < ", " != ", " <= ", " > ", " >= ", "any(", "all(", ".is")])])
def test_conditions(condition):
    plain, jitted = plain_and_jitted(f"def f({NAMES}):\n    count = 0\n    for k in range(n):\n        if {condition}: count += 1\n        while not {condition}:\n            count -= 3\n            break\n    return count\n")
    for seed in range(8):
        for odd in (None, Odd("a"), None, Odd("bc", True)):
            try:
                one, other = arguments(seed, odd), arguments(seed, odd)
            except (ValueError, TypeError):
                continue
            assert told(jitted, one) == told(plain, other), (condition, seed)


def test_identities_and_mutations():
    """What is given back is the very item, and what is made is anew each time."""
    body = "made = []\n    for k in range(5):\n        a, b, c, e = list(d), max(d.values()), min(names), s | s\n        made.append((b is big, c is names[0], a is not list(d)))\n        a.append(k)\n        e.add(k)\n    return made, d, s, a, e"
    plain, jitted = plain_and_jitted(f"def f(d, s, big, names):\n    {body}\n")
    big = 10**20
    for _ in range(12):
        given = {"a": 1, "b": big}, {7, 8}, big, ["aaa" * 3, "b"]
        assert jitted(*given) == plain(*given)


def test_dictionaries_that_native_code_has_values_of():
    """Names of a module that a loop has in registers are in the module's dictionary, whoever asks."""
    text = "total = 0\nfound = []\ndef f(n):\n    global total\n    for k in range(n):\n        total += k\n        found.append((max(v for v in [total]), sorted(x for x in space.values() if type(x) is int)))\n        found.append((len(list(space.values())), total in list(space.values()), repr(space['total'])))\n    return found\n"
    plain, jitted = plain_and_jitted(text)
    for function in (plain, jitted):
        function.__globals__["space"] = function.__globals__
    for _ in range(4):
        one, other = jitted(6), plain(6)
        assert [row[1:] for row in one] == [row[1:] for row in other]
        del one[:], other[:]
        jitted.__globals__["total"] = plain.__globals__["total"] = 0


TAKEN = {
    "ints": "for x in xs:\n        s.discard(x)\n        s.add(x + 1)\n        if x in s:\n            s.remove(x)",
    "texts": "for x in words:\n        s.add(x)\n        s.discard(x[:1])\n        if x + 'a' in s: s.remove(x + 'a')",
    "tuples": "for x in xs:\n        s.add((x, x % 3))\n        s.discard((x - 1, x % 3))\n        p = (x, 'a')\n        s.add(p)\n        s.discard(p)",
    "absent": "for x in xs:\n        try:\n            s.remove(x)\n        except KeyError as error:\n            s.add(repr(error))",
    "others": "for x in xs:\n        s.discard(x * 0.5)\n        s.discard(odd)\n        s.add(x)\n        s.discard(True)",
    "walked": "for x in list(s):\n        s.remove(x)\n        s.add(xs[0])",
    "like a number": "s.add(odd)\n    for x in xs:\n        s.discard(x)\n        s.discard(1)\n        s.discard('a')",
    "unhashable": "try:\n        for x in xs: s.discard([x] if x > 3 else x)\n    except TypeError as error:\n        return str(error)",
}


@pytest.mark.parametrize("name", TAKEN)
def test_sets_let_go(name):
    plain, jitted = plain_and_jitted(f"def f(s, xs, words, odd):\n    {TAKEN[name]}\n    return s\n")
    for seed in range(10):
        rng = random.Random(seed)
        given = [({rng.choice([1, 2, "a", (1, 2), 2.5]) for _ in range(rng.randrange(4))}, [rng.randrange(9) for _ in range(8)], ["a", "ba", "", "baa"] * 2, Odd("o")) for _ in range(1)]
        assert told(jitted, [set(given[0][0]), *given[0][1:]]) == told(plain, [set(given[0][0]), *given[0][1:]])


@pytest.mark.parametrize("made", ("d.copy()", "dict(d)", "list(d)", "set(d)", "sorted(d, key=len)"))
def test_dictionaries_with_holes(made):
    """A copy of one from which much was deleted compares its keys."""
    plain, jitted = plain_and_jitted(f"def f(d, n):\n    found = []\n    for k in range(n):\n        x = {made}\n        found.append(len(x))\n    return found, x\n")

    class Key:
        def __init__(self, name): self.name = name
        def __hash__(self): return 7
        def __len__(self): return len(self.name)

        def __eq__(self, other):
            Odd.said.append((self.name, sys._getframe(1).f_lineno, sorted(sys._getframe(1).f_locals)))
            return self is other

    for turn in range(6):
        def table():
            d = {k: k for k in range(40)} if turn % 2 else {}
            d.update({Key(f"{k}"): k for k in range(4)})
            for k in range(40): d.pop(k, None)
            return d

        del Odd.said[:]
        one, heard = plain(table(), 3)[0], Odd.said[:]
        del Odd.said[:]
        assert (jitted(table(), 3)[0], Odd.said) == (one, heard)


def test_nobody_is_asked_for_a_hash_before():
    class Asked:
        def __hash__(self):
            Odd.said.append("hash")
            return 1

    plain, jitted = plain_and_jitted("def f(xs):\n    return [len(set(xs)) + len(frozenset(xs)) for k in range(3)]\n")
    for _ in range(4):
        del Odd.said[:]
        plain([(1, Asked())])
        heard = len(Odd.said)
        jitted([(1, Asked())])
        assert len(Odd.said) == 2 * heard


def test_heard_once():
    """What is heard of is a call-out from then on."""
    plain, jitted = plain_and_jitted("def f(xs):\n    n = 0\n    for k in range(20):\n        n += len(sorted(xs)) + (xs == [k])\n    return n\n")
    grown = counted(jitted, plain, ([Odd("a"), Odd("b")],), 12)
    assert grown["exits"] == 0 and (grown["callouts"] >= 50 * 20 or not grown["native_entries"])


def test_operands_end():
    """Lists that only an operator has end with it."""
    source = "import sys\ndef f(big, xs):\n    found = []\n    for k in range(4):\n        if [big, k] == xs or (big,) < (k,): k += 1\n        s = {big} & {big, k}\n        s = None\n        found.append(sys.getrefcount(big))\n    return [one - found[0] for one in found]\n"
    plain, jitted = plain_and_jitted(source)
    for _ in range(12):
        assert jitted(10**30, [1]) == plain(10**30, [1]) == [0, 0, 0, 0]


def test_collections_on_the_way():
    """Garbage that says so when it ends does so once, whatever is being made meanwhile."""
    source = ("def f(make, said, d, n):\n    for k in range(n):\n        make(k)\n        x = list(d)\n        said.append(k)\n        x = sorted(d)\n        x = max(d.values())\n    return x\n")
    garbage_heard(source, lambda: ({"a": 1, "b": 2}, 60))


def test_letting_go_is_native():
    plain, jitted = plain_and_jitted("def f(n):\n    s = set()\n    for k in range(n):\n        s.add(k)\n        s.discard(k - 3)\n        s.discard((k, 'x'))\n        s.remove(k)\n    return len(s)\n")
    grown = counted(jitted, plain, (40,))
    assert grown["iterations"] == 50 * 40 and grown["callouts"] <= 50


NATIVE = ("list(d)", "list(d.items())", "sorted(s)", "s & r", "xs == ys", "repr(t)", "max(d.values())", "any(xs)", "dict(d)", "s.union(xs)", "t < u", "d.copy()", "hex(i)", "tuple(w)", "set(xs)", "s.issubset(r)")


@pytest.mark.parametrize("expression", NATIVE)
def test_native_without_callouts(expression):
    plain, jitted = plain_and_jitted(f"def f({NAMES}):\n    count = 0\n    for k in range(n * 10):\n        x = {expression}\n        for q in range(40): count = count * 3 + q & 255\n    return count, x\n")
    grown = counted(jitted, plain, arguments(3))
    assert grown["iterations"] == 50 * 30 * 41 and grown["callouts"] == 0
