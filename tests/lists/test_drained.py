"""Builtins that go over iterators of C's to their end: list(zip(a, b)), dict(zip(keys, values)), list(map(str, xs)), list(range(n))."""


import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, ends_heard, garbage_heard, outcome
from tests.lists.test_silent_calls import Odd, told
from tests.lists.test_silent_changes import NAMES, arguments, source

EXPRESSIONS = (
    "list(zip(xs, t))", "list(zip(xs, ys, w))", "tuple(zip(xs, t))", "list(zip(xs))", "list(zip())", "list(zip(xs, range(i)))", "list(zip(xs, t, strict=True))", "list(zip(xs, d))", "list(zip(xs, s))", "list(zip(xs, iter(t)))", "list(zip(*[iter(t)] * 2))",
    "list(enumerate(xs))", "list(enumerate(w, 1))", "tuple(enumerate(t))", "list(enumerate(d))", "list(enumerate(range(3)))", "dict(enumerate(words))", "dict(enumerate(xs))", "dict(zip(words, xs))", "dict(zip(t, xs))", "dict(zip(xs, t))", "dict(zip(w, range(9)))",
    "dict(zip(words, xs, ys))", "dict(zip(words))", "dict(zip(range(3), xs))", "dict(zip(d, xs))", "dict(zip(d.values(), xs))", "list(map(str, xs))", "list(map(str, t))", "list(map(str.upper, words))", "list(map(len, words))", "list(map(float, t))", "list(map(int, words))", "list(map(int, fs))", "list(map(bool, xs))",
    "list(map(abs, xs))", "list(map(str, d))", "list(map(max, xs, t))", "tuple(map(str, fs))", "list(map(lambda v: v, xs))", "list(range(i))", "list(range(9, -9, -3))", "tuple(range(i))", "sorted(range(i))", "set(range(i))", "sum(range(i))", "list(range(0, 9, i))", "max(range(i))", "list(reversed(xs))",
    "list(reversed(t))", "list(iter(xs))", "list(filter(None, xs))", "[*zip(xs, t)]", "[*enumerate(w)]", "[*range(i)]", "xs.extend(zip(t, t))", "xs.extend(range(i))", "[0, *map(str, t)]",
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_same(expression):
    plain, jitted = plain_and_jitted(source(expression).replace("for k in range(n)", "for k in range(n if type(i) is not int or i < 2**40 else 0)"))
    for seed in range(8):
        for odd in (None, None, Odd("a"), Odd("bc", True), [1], "z"):
            try:
                one, other = arguments(seed, odd), arguments(seed, odd)
            except (ValueError, TypeError):
                continue
            assert told(jitted, one) == told(plain, other), (expression, seed)


@pytest.mark.parametrize("builtin", ("list", "tuple", "dict"))
@pytest.mark.parametrize("iterator", ("zip(xs, ys)", "enumerate(xs)", "map(str, xs)", "iter(xs)", "zip(xs, one)", "zip(one, xs)", "enumerate(one)"))
def test_iterators_with_names_are_at_their_ends(builtin, iterator):
    plain, jitted = plain_and_jitted(f"def f(xs, ys, n):\n    found = []\n    for k in range(n):\n        one = iter(ys)\n        m = {iterator}\n        try:\n            found += [{builtin}(m), {builtin}(m), list(one), next(m, 'end')]\n        except (TypeError, ValueError) as error:\n            found += [str(error), list(m), list(one)]\n    return found\n")
    for given in (([1, 2], [3, 4, 5]), (["ab", "cd", "ef"], [1.5]), ([], []), ([(1, 2), (3, 4)], [5, 6]), ([1, [2]], "ab")):
        for _ in range(4):
            assert jitted(*given, 4) == plain(*given, 4)


@pytest.mark.parametrize("expression", ("list(zip(make('a'), make('b')))", "list(enumerate(make('a')))", "dict(zip('abc', make('v')))", "dict(zip('aaa', make('v')))", "list(zip(make('a'), [1]))", "list(map(str.upper, [one.name for one in make('a')]))", "tuple(zip(make('q')))"))
def test_what_ends_with_the_iterator_is_heard(expression):
    ends_heard(f"def f(make, said):\n    for k in range(4):\n        x = {expression}\n        said.append(k)\n        x = None\n        said.append('gone')\n")


def test_a_map_that_raises_in_the_middle_begins_once():
    plain, jitted = plain_and_jitted("def f(words, n):\n    found = []\n    for k in range(n):\n        m = map(int, words)\n        for turn in range(3):\n            try:\n                found.append(list(m))\n            except ValueError as error:\n                found.append(str(error))\n    return found\n")
    for words in (["1", "2"], ["1", "x", "3", "y"], [1.5, float("nan"), 2], ["1", None]):
        for _ in range(4):
            assert outcome(jitted, (words, 3)) == outcome(plain, (words, 3))


def test_collections_on_the_way():
    source = "def f(make, said, xs, n):\n    for k in range(n):\n        make(k)\n        x = list(zip(xs, xs))\n        said.append(k)\n        x = dict(zip(xs, xs))\n        x = list(enumerate(xs))\n    return x\n"
    garbage_heard(source, lambda: ([3, 1, 2, 5], 40))


@pytest.mark.parametrize("expression", ("list(zip(xs, t))", "list(enumerate(xs))", "dict(zip(words, xs))", "list(map(str, xs))", "list(range(9))", "dict(enumerate(words))"))
def test_native_without_callouts(expression):
    plain, jitted = plain_and_jitted(f"def f({NAMES}):\n    count = 0\n    for k in range(n * 10):\n        x = {expression}\n        for q in range(40): count = count * 3 + q & 255\n    return count\n")
    grown = counted(jitted, plain, (3, [3, 1, 2], [], (1, 2), {}, {}, set(), set(), "abc", [], b"", [], 3, 0.5, ["a", "b"]))
    assert grown["iterations"] == 50 * 30 * 41 and grown["callouts"] == 0


def test_a_display_of_what_is_kept_alive():
    kept = []
    plain, jitted = plain_and_jitted("def f(xs, kept, n):\n    for k in range(n):\n        kept.append(list(zip(xs, xs)))\n        kept.append(dict(enumerate(xs)))\n    return len(kept)\n")
    for _ in range(8):
        jitted([1, 2, 3], kept, 60)
    assert kept[0] == [(1, 1), (2, 2), (3, 3)] and all([one == kept[place % 2] for place, one in enumerate(kept)]) and len({id(one) for one in kept}) == len(kept)
