"""sum, min, max, sorted, list and the like of a deque: called as they are, where its items are Python's own; what runs the program's code is the interpreter's."""

import random
from collections import deque

import pytest

import framejit

SOURCE = """
def windows(q, values, least, most):
    kept, means = q, []
    for value in values:
        kept.append(value)
        means.append(({0}(kept), len(kept)))
    return means

def both(q, values, least, most):
    found = []
    for value in values:
        q.appendleft(value)
        if len(q) > least:
            found.append({0}(q))
            q.pop()
    return found, q
"""
FUNCTIONS = ("sum", "min", "max", "sorted", "list", "tuple", "set", "any", "all")


class Loud:
    """Compared, added and hashed by the program."""

    def __init__(self, number, heard):
        self.number, self.heard = number, heard

    def __lt__(self, other):
        self.heard.append(self.number)
        return self.number < getattr(other, "number", other)

    __gt__ = __lt__

    def __radd__(self, other):
        self.heard.append(-self.number)
        return other + self.number

    def __hash__(self):
        self.heard.append("hash")
        return self.number

    def __bool__(self):
        self.heard.append("truth")
        return self.number % 2 > 0

    def __repr__(self):
        return f"Loud({self.number})"


def values(kind, r, heard):
    if kind == "mixed":
        return [r.choice((1, 2.5, True, 10**20, -0.0)) for _ in range(90)]
    if kind == "wrong":
        return [r.choice((1, 2.5, "a")) for _ in range(90)]
    if kind == "loud":
        return [Loud(r.randrange(5), heard) if r.random() < 0.1 else k for k in range(90)]
    return [{"ints": r.randrange(99), "floats": r.random() * 9, "texts": r.choice("abcdef"), "tuples": (r.randrange(4), "x")}[kind] for _ in range(90)]


def outcome(function, size, kind, seed):
    heard = []
    q = deque(maxlen=size)
    try:
        found = function(q, values(kind, random.Random(seed), heard), 3, 70)
    except Exception as error:
        found = type(error), str(error), error.__traceback__.tb_next.tb_lineno
    return repr(found), repr(q), heard, [type(one) for one in q]


@pytest.mark.parametrize("kind", ["ints", "floats", "texts", "tuples", "mixed", "wrong", "loud"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_whole_deques(name, kind):
    space = {}
    exec(compile(SOURCE.format(name), f"<whole deques {name}>", "exec"), space)
    for function in (space["windows"], space["both"]):
        jitted = framejit.jit(function)
        for seed, size in enumerate((None, 5, 1, 64, 65, None)):
            assert outcome(jitted, size, kind, seed) == outcome(function, size, kind, seed)


def test_windows_are_native():
    space = {}
    exec(SOURCE.format("sum"), space)
    jitted = framejit.jit(space["windows"])
    numbers = [k * 0.25 for k in range(200)]
    for _ in range(3):
        jitted(deque(maxlen=20), numbers, 0, 0)
    before = framejit.stats()
    jitted(deque(maxlen=20), numbers, 0, 0)
    after = framejit.stats()
    assert after["callouts"] == before["callouts"] and after["native_entries"] > before["native_entries"]


def test_a_deque_that_its_own_items_change():
    """The interpreter's error, at the item where it comes."""
    class Growing(float):
        def __radd__(self, other):
            q.append(1.0)
            return other + 1

    def total(q):
        s = 0
        for _ in range(3):
            s += sum(q)
        return s

    jitted = framejit.jit(total)
    for one in (total, jitted, jitted, jitted):
        q = deque([1.0, 2.0])
        assert one(q) == 9.0
        q = deque([1.0, Growing(2.0), 3.0])
        with pytest.raises(RuntimeError, match="mutated"):
            one(q)
