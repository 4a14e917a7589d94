"""Ints and floats by turns that aren't told apart: what native code makes of them without knowing which, and where it leaves."""

import math

import framejit
import pytest
from framejit.runtime.controller import controller

LARGE = 2 ** 53
NUMBERS = (0, 1, -1, 3, -7, 255, 1000, 2 ** 30, -(2 ** 30), LARGE, LARGE + 1, 2 ** 63 - 1, -(2 ** 63), 2 ** 70, 0.0, -0.0, 0.5, -2.5, 7.0, 1e300, 5e-324, math.inf, -math.inf, math.nan)
OPERATORS = ("+", "-", "*", "/", "//", "%", "<", "<=", "==", "!=", ">", ">=")
FUNCTIONS = ("-{0}", "abs({0})", "int({0})", "math.sqrt({0})", "math.atan2({0}, 2)", "min({0}, 2)", "max(0.5, {0})", "min({0}, {1})", "not {0}", "{0} or {1}", "{0} * 0.5 - {1}", "2.0 // {0}", "{0} % 1.5")
SOURCE = "import math\ndef f(items, others, n):\n    found = None\n    for k in range(n):\n        x = items[k]\n        found = {}\n    return found\n"


def made(text):
    space = {}
    exec(SOURCE.format(text), space)
    return space["f"]


def outcome(function, items, others):
    try:
        found = function(items, others, len(items))
        return repr(found), [found is one for one in (*items, *others)]
    except (ArithmeticError, ValueError, TypeError) as error:
        return type(error), str(error), error.__traceback__.tb_next.tb_lineno


@pytest.mark.parametrize("text", [*[f"{{0}} {operator} {{1}}" for operator in OPERATORS], *FUNCTIONS])
def test_every_pair(text, together):
    """The last items are the ones: those before them say that there may be both kinds."""
    text = text.format("x", "others[k]")
    plain, fast = made(text), framejit.jit(made(text))
    for left in NUMBERS:
        for right in NUMBERS:
            items, others = [1, 0.5, 3, 0.25, left], [2, 0.5, 0.75, 1, right]
            assert outcome(fast, items, others) == outcome(plain, items, others), (text, left, right)
    regions = [variant.region for variant in controller().code_of(fast.__code__).known_variants()]
    assert sum(region.iterations for region in regions) > 100


def test_what_is_no_number_leaves(together):
    plain, fast = made("x + others[k]"), framejit.jit(made("x + others[k]"))
    for last in ("text", None, True, 2 + 1j, (1,)):
        for items, others in (([1, 0.5, last], [0.5, 1, 2]), ([1, 0.5, 2], [0.5, 1, last])):
            assert outcome(fast, items, others) == outcome(plain, items, others)


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def length(self):
        return math.sqrt(self.dot(self))

    def scaled(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def unit(self):
        return self.scaled(1.0 / self.length())


def farthest(vectors, start, n):
    best = None
    for k in range(n):
        for one in vectors:
            way = (one - start).unit().scaled(2) - one
            if best is None or way.length() > best.length():
                best = way
    return best.x, best.y, best.z


def test_where_telling_apart_comes_to_too_much():
    """Three coordinates of two kinds each, in methods that call each other: a routine for each would be more than there may be."""
    vectors = [Vector(1, 3, -10), Vector(0.5, 2, 7), Vector(3, -1.5, 0.25), Vector(2, 7, 1)]
    fast = framejit.jit(farthest)
    for _ in range(8):
        assert fast(vectors, Vector(5, 0.25, 2), 30) == farthest(vectors, Vector(5, 0.25, 2), 30)
        assert fast(vectors, Vector(0.5, 1, 0.75), 30) == farthest(vectors, Vector(0.5, 1, 0.75), 30)
    regions = [variant.region for variant in controller().code_of(fast.__code__).known_variants()]
    before = [(region.iterations, region.callouts) for region in regions]
    fast(vectors, Vector(5, 0.25, 2), 100)
    behind = [(region.iterations, region.callouts) for region in regions]
    assert max(later[0] - earlier[0] for earlier, later in zip(before, behind)) >= 400
