"""Lists of ints, floats, bools and None in loops over zip and enumerate, in what consumes them, and where a list is only an attribute's."""

import itertools

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import compared, counted

ITEMS = {"ints": [1, 0, -3, 2**40, 5, 7, 1], "ints and floats": [1, 0, 1.5, 2, 0.5, -2, 1], "ints and bools": [1, 0, 1, 0, True, False, True], "three kinds": [1, 0, 1.5, True, 0.5, 2, False],
         "a float first": [0.5, 1, 2, -0.0, 1, 2, 3], "a bool first": [True, 0.5, 2, False, 1, 2.5, -1]}
FUNCTIONS = {
    "dot": "return sum(a * b for a, b in zip(u, v))",
    "loop": "t = 0\n    for a, b in zip(u, v): t += a * b\n    return t",
    "list": "return [a * b for a, b in zip(u, v)]",
    "of both": "return [(a - b, b) for a, b in zip(v, reversed(v))]",
    "enumerated": "return [k * b + 0.5 for k, b in enumerate(v)]",
    "largest": "return max(a * b for a, b in zip(u, v)), min(b for k, b in enumerate(v))",
    "any": "return any(a < b for a, b in zip(u, v)), all(b >= k for k, b in enumerate(v))",
    "negative": "return [-b for a, b in zip(u, v)], [abs(b) for k, b in enumerate(v)], [int(b) for k, b in enumerate(v)]",
    "nested": "t = 0.0\n    for k in range(3):\n        for j, (a, b) in enumerate(zip(u, v)): t += a * b * k - j\n    return t",
}


def source(body):
    return f"def g(u, v):\n    {body}\ndef f(n, u, v):\n    found = []\n    for k in range(n): found.append(g(u, v))\n    return found\n"


def given(items):
    return lambda n: (n, [0.5, -1.5, 2.0, 0.25, 1e300, 3.5, 0.0], list(items))


@pytest.mark.parametrize("name, kind", itertools.product(FUNCTIONS, ITEMS))
def test_numbers_of_several_kinds(name, kind):
    compared(source(FUNCTIONS[name]), given(ITEMS[kind]), sizes=(2, 0, 3))
    compared(source(FUNCTIONS[name]).replace("f(n, u, v)", "f(n, v, u)"), given(ITEMS[kind]), sizes=(2, 3))


@pytest.mark.parametrize("other", ["None", "'text'", "1j", "2**70", "float('nan')", "[1]", "Odd()", "Number(2)"])
def test_something_else_among_them(other):
    """It comes after all that has been learned."""
    text = "class Odd: pass\nclass Number(int): pass\n" + source("return sum(a * b for a, b in zip(u, v)), [b for k, b in enumerate(v)]").replace(
        "    found = []\n", f"    found = []\n    if n == 3: v[4] = {other}\n")
    plain, jitted = plain_and_jitted(text)

    def seen(function, n):
        try:
            return [(total, [type(one).__name__ for one in rest]) for total, rest in function(*given(ITEMS["ints and floats"])(n))]
        except TypeError as error:
            return str(error), error.__traceback__.tb_next.tb_lineno

    for n in (2, 2, 2, 2, 3, 3, 2, 3):
        assert repr(seen(plain, n)) == repr(seen(jitted, n))


NATIVE = """
class Cell:
    def __init__(self, x): self.w, self.x = [0.5, 1.5, 2.5, 0.5, 1.5, 2.5, 1.0], x
    def back(self, g):
        for k, x in enumerate(self.x): self.w[k] -= g * x
CELLS = [Cell(list({items})) for _ in range(3)]
def f(n):
    for k in range(n):
        for one in CELLS: {body}
    return [cell.w for cell in CELLS]
"""


@pytest.mark.parametrize("body, kind", itertools.product(("one.back(0.5)", "\n            for k, x in enumerate(one.x): one.w[k] -= 0.25 * x", "one.w[2] = sum(a * b for a, b in zip(one.w, one.x)) * 0.001"), ITEMS))
def test_it_is_native(body, kind):
    """The list that is changed is nobody's but an instance's."""
    plain, jitted = plain_and_jitted(NATIVE.format(items=ITEMS[kind], body=body))
    grown = counted(jitted, plain, (4,), turns=20)
    assert (grown["native_entries"], grown["callouts"], grown["left"]) == (20, 0, 0) and grown["iterations"] >= 20 * 4 * 3 * 7


BOOLS = """
def f(n, v):
    found = []
    for k in range(n):
        x = v[k % len(v)]
        found.append((x * 2.0, x + k, -x, abs(x), int(x), x < 1.5, max(x, 0.5), not x, x // 2, x % 3, x / 4))
    return found
"""


def test_bools_count_as_ints():
    """Ints and floats aren't told apart where the first ones are of both kinds; then a bool comes."""
    for items in ([1, 0.5, 2, 1.5] * 8 + [True, False, True], [1, 0.5] * 40 + [True] * 3 + [False]):
        compared(BOOLS, lambda n: (n, list(items)), sizes=(8, 30, 90, 90))
