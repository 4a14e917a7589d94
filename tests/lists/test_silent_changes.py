"""Displays with stars, calls with names, and methods of containers that change them, as C does them where nothing of the program's hears of it."""

import random

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import Ending, counted, garbage_heard, outcome
from tests.lists.test_silent_calls import Odd, told

NAMES = "n, xs, ys, t, d, e, s, r, w, ll, b, fs, i, f, words"
HEADER = "import math, heapq\nfrom collections import deque\n"
MADE = (
    "{**d}", "{**d, 'z': i}", "{'a': 0, **d, **e}", "[*xs, 1]", "[0, *xs, *t, i]", "[*w]", "[*d]", "(*t, 1)", "(*xs, *t)", "{*xs}", "{*xs, 1, *t}", "{*w}", "{i, 2}", "{w}", "{i, f, 1}", "{xs[0], 1} if xs else 0", "{(i, 1), (1, 2)}", "{1, True, i}",
    "dict(a=1, b=i)", "dict(a=w)", "dict(x=xs)", "dict()", "dict(d, a=1)", "d | e", "e | d", "xs * 2", "t * 2", "xs * i", "t * 0", "t * -1", "xs * 1 is xs", "t * 1 is t", "sorted(xs, reverse=True)", "sorted(t, reverse=False)", "sorted(w, reverse=True)", "sorted(d, reverse=True)",
    "sorted(s, reverse=i > 0)", "sorted(xs, reverse=i)", "w[::-1]", "w[::2]", "w[1:9:2]", "w[-1::-2]", "w[:2:-1]", "w[::0]", "(i).to_bytes(8, 'big')", "i.to_bytes(2, 'little')", "i.to_bytes(2, byteorder='little')", "i.to_bytes(length=3, byteorder='big')", "i.to_bytes()", "i.to_bytes(1, 'odd')",
    "i.to_bytes(8, 'big', signed=True)", "int.from_bytes(b, 'big')", "int.from_bytes(b, 'little')", "int.from_bytes(b, byteorder='big')", "int.from_bytes(xs, 'big')", "int.from_bytes(b)", "dict.fromkeys(xs)", "dict.fromkeys(t, i)", "dict.fromkeys(w, xs)", "dict.fromkeys(words)", "bytes.fromhex('ab 01')", "bytes.fromhex(w)",
    "math.prod(xs)", "math.prod(t)", "math.prod(fs)", "math.fsum(fs)", "math.fsum(xs)", "math.dist(fs, fs)", "math.dist(t, xs)", "math.gcd(i, 6, 9)", "math.lcm(i, 4, 6)", "math.gcd()", "math.gcd(i, f, 3)", "math.gcd(12)",
)
CHANGES = (
    "xs.sort(reverse=True)", "xs.sort(reverse=False)", "xs.sort(reverse=i)", "words.sort(reverse=True)", "d.update(e)", "d.update(a=i)", "d.update(a=1, z=w)", "d.update(e, a=1)", "d.update()", "d.update([('k', i)])", "d.update(d)", "s.update(xs)", "s.update(t)", "s.update(w)", "s.update(s)", "s.update(d)", "s.update()", "s.update(xs, t)", "s.pop()",
    "r.pop()", "xs.extend(xs)", "xs.extend(t)", "xs.extend(range(i))", "xs.extend(w)", "xs.extend(s)", "xs.extend(d)", "xs.extend(d.items())", "ll.rotate(1)", "ll.rotate(i)", "ll.rotate()", "ll.rotate(f)", "ll.rotate(-1)", "heapq.heapify(xs)", "heapq.heapify(words)", "heapq.heapify(ll)", "heapq.heapify(fs)",
)


def source(expression):
    return HEADER + (f"def f({NAMES}):\n    made = []\n    for k in range(n):\n        try:\n            x = {expression}\n            made.append((k, type(x), x))\n"
                     "        except (TypeError, ValueError, IndexError, KeyError, OverflowError, AttributeError) as error:\n            made.append((type(error), str(error)))\n        if len(xs) > 40: del xs[5:]\n    return made\n")


def arguments(seed, odd=None):
    from collections import deque
    rng = random.Random(seed)
    ints, words = [rng.randrange(5) for _ in range(rng.randrange(6))], ["".join(rng.choices("abé", k=rng.randrange(4))) for _ in range(3)]
    xs = ints + [odd] * (odd is not None)
    d, s = {word: x for word, x in zip(words, xs)}, set(ints)
    e = {rng.choice(["a", 1, "b", (1, 2), 2.5]): rng.choice([xs, 3, "x"]) for _ in range(3)} if seed % 2 else {"a": 5, "b": xs}
    if odd is not None and seed % 3 == 0:
        d[rng.choice(["a", "b"])] = odd
        e["q"] = odd
    return 3, xs, [1, 2], tuple(ints), d, e, s, set(xs[:3]), words[0], deque(ints), bytes(ints), [rng.random() for _ in range(3)], rng.choice([-3, 0, 7, 300, 2**70, True]), rng.choice([0.5, -0.0]), words


def checked(expression, seeds):
    plain, jitted = plain_and_jitted(source(expression))
    for seed in seeds:
        for odd in (None, None, Odd("a"), Odd("bc", True), [1], "z"):
            try:
                one, other = arguments(seed, odd), arguments(seed, odd)
            except (ValueError, TypeError):
                continue                    # it can't be in a set
            assert told(jitted, one) == told(plain, other), (expression, seed)


@pytest.mark.parametrize("expression", MADE)
def test_made(expression):
    checked(expression, range(7))


@pytest.mark.parametrize("expression", CHANGES)
def test_changes(expression):
    checked(expression, range(7))


def test_identities():
    """What containers keep are the very objects."""
    body = ("made = []\n    for k in range(5):\n        m = k + big\n        a, b, c, e, g = {**d, 'm': m}, [*xs, m], {*names, w}, dict(x=m, y=xs), (*t, m)\n        made.append((a['b'] is d['b'], a['m'] is m, b[0] is xs[0], b[-1] is m, e['x'] is m, e['y'] is xs, g[0] is t[0], g[-1] is m))\n"
            "        h = d | a\n        d.update(q=m)\n        made.append((h['m'] is m, d['q'] is m, max(c) is w, a is not d, xs * 2 is not xs, t * 1 is t))\n        v = {m, 3}\n        v.discard(3)\n        made.append(v.pop() is m)\n    return made, d, h")
    plain, jitted = plain_and_jitted(f"def f(d, xs, names, t, w, big):\n    {body}\n")
    for _ in range(12):
        given = {"a": 1, "b": 10**20}, [10**21], ["aa" * 2, "b"], (10**22,), "zz" * 2, 10**12
        assert outcome(jitted, given) == outcome(plain, ({"a": 1, "b": 10**20}, *given[1:]))


def test_what_is_replaced_ends_where_it_does():
    """Values that say when they end are let go of by the interpreter."""
    plain, jitted = plain_and_jitted("def f(d, made, said, n):\n    for k in range(n):\n        d.update(a=made(k))\n        said.append(k)\n        d.update({'a': 1, 'b': made(-k)})\n        said.append('u')\n        d.update(a=k)\n        x = {**d, 'b': 2}\n        d = {**x, 'c': made(100 + k)}\n        d['c'] = 0\n    return d\n")

    def lived(function):
        said = []
        function({}, lambda k: Ending(k, said), said, 8)
        return said

    for _ in range(10):
        assert lived(jitted) == lived(plain)


def test_large_ones_are_not_looked_through():
    plain, jitted = plain_and_jitted("def f(d, s, n):\n    for k in range(n):\n        d.update(a=k)\n        d.update({k: k})\n        s.update([k, -k])\n    return len(d), len(s)\n")
    for _ in range(8):
        tables = [({k * 7: k for k in range(3000)}, set(range(5000))) for _ in range(2)]
        assert jitted(*tables[0], 20) == plain(*tables[1], 20) and tables[0] == tables[1]


def test_names_of_the_module_are_in_its_dictionary():
    text = "total = 0\nfound = []\ndef f(n):\n    global total\n    for k in range(n):\n        total += k\n        found.append(({**space}['total'], (space | {})['total']))\n        space.update(total=total + 1)\n        found.append(total)\n    return found\n"
    plain, jitted = plain_and_jitted(text)
    for function in (plain, jitted):
        function.__globals__["space"] = function.__globals__
    for _ in range(4):
        assert jitted(6) == plain(6)
        for function in (plain, jitted):
            del function.__globals__["found"][:]
            function.__globals__["total"] = 0


def test_collections_on_the_way():
    source = ("def f(make, said, d, xs, n):\n    for k in range(n):\n        make(k)\n        x = {**d, 'k': k}\n        said.append(k)\n        x = [*xs, k]\n        x = {*xs, k}\n        x = dict(a=k)\n        x = d | x\n        x = xs * 2\n        x = sorted(xs, reverse=True)\n    return x\n")
    garbage_heard(source, lambda: ({"a": 1, "b": 2}, [3, 1], 40))


def test_walks_hear_of_changes():
    plain, jitted = plain_and_jitted("def f(d, s, xs):\n    try:\n        for k in d: d.update(z=k)\n    except RuntimeError as error: xs.append(str(error))\n    try:\n        for k in s: s.update([k + 100])\n    except RuntimeError as error: xs.append(str(error))\n    for x in xs:\n        if len(xs) < 20: xs.extend((1, 2))\n    return xs\n")
    for _ in range(8):
        assert jitted({"a": 1, "b": 2}, {1, 2}, []) == plain({"a": 1, "b": 2}, {1, 2}, [])


def test_audit_and_errors_come_once():
    """What raises in the middle has changed nothing twice."""
    plain, jitted = plain_and_jitted("def f(xs, s, n):\n    found = []\n    for k in range(n):\n        try:\n            s.update([k, xs, 3])\n        except TypeError as error: found.append((str(error), sorted(s)))\n        try:\n            x = {k, xs}\n        except TypeError as error: found.append(str(error))\n        try:\n            xs.sort(reverse=True)\n        except TypeError as error: found.append((str(error), list(xs)))\n    return found\n")
    for _ in range(8):
        assert jitted([3, 1, "a", 2], set(), 5) == plain([3, 1, "a", 2], set(), 5)


NATIVE = ("{**d}", "{**d, 'z': 1}", "[*xs, 1]", "(*t, 1)", "{*xs}", "{i, 2}", "dict(a=1, b=i)", "d | e", "xs * 2", "t * 2", "sorted(xs, reverse=True)", "w[::-1]", "i.to_bytes(2, 'big')", "i.to_bytes(2, byteorder='big')", "int.from_bytes(b, 'big')", "math.prod(xs)",
          "math.gcd(i, 4, 6)", "math.fsum(fs)", "xs.sort(reverse=True)", "d.update(e)", "d.update(a=1)", "s.update(xs)", "ll.rotate(1)", "heapq.heapify(xs)", "s.add(3) or s.pop()", "dict.fromkeys(xs)")


@pytest.mark.parametrize("expression", NATIVE)
def test_native_without_callouts(expression):
    plain, jitted = plain_and_jitted(HEADER + f"def f({NAMES}):\n    count = 0\n    for k in range(n * 10):\n        x = {expression}\n        for q in range(40): count = count * 3 + q & 255\n    return count\n")
    from collections import deque
    given = 3, [3, 1, 2], [], (1, 2), {"a": 1, "b": 2}, {"b": 3, "c": 4}, {1, 2}, {1}, "abc", deque([1, 2]), b"ab", [0.5, 2.0], 300, 0.5, ["a"]
    grown = counted(jitted, plain, given)
    assert grown["iterations"] == 50 * 30 * 41 and grown["callouts"] == 0
