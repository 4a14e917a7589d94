"""A tuple with several names is one object to whoever asks, a traceback's frames included, even where nobody reads one of the names any more."""

import itertools
import random

import pytest

from tests.arrays.programs import plain_and_jitted

NAMES = "uvwxy"


class Writer:
    """Loops in loops that give tuples other names, and read some of them."""

    def __init__(self, seed):
        self.random = random.Random(f"names {seed}")

    def name(self):
        return self.random.choice(NAMES)

    def statement(self, depth):
        choose, name = self.random.choice, self.name()
        kind = self.random.random()
        if depth and kind < 0.25:
            return [f"for e{depth} in range({choose(('2', '3', 'k % 3'))}):", *self.block(depth - 1)]
        if depth and kind < 0.4:
            return [f"if k % {choose((2, 3))} == {choose((0, 1))}:", *self.block(depth - 1)]
        read = self.random.choice("uv")
        return [choose((f"{self.random.choice('xy')} = {read}", f"{name} = {read}", f"{read} = n, xs", f"{read} = len, s", f"{read} = (xs, {read})", f"s += {read} is {self.random.choice('uv')}",
                        f"s += len({read})", f"a, b = {read}", f"xs[k + {choose((0, 0, 1))}]"))]

    def block(self, depth):
        return ["    " + line for _ in range(self.random.randint(1, 4)) for line in self.statement(depth)]

    def program(self):
        lines = ["for k in range(n):", f"    u = {self.random.choice(('len, xs', 'n, 0.25'))}", f"    v = {self.random.choice(('s, xs', 'u'))}", *self.block(2), "    xs[k]"]
        return "def f(n, xs):\n    u = v = w = x = y = s = a = b = 0\n" + "".join([f"    {line}\n" for line in lines]) + "    return s\n"


def told(function, given):
    """The result, or the error, its line, and the locals there with which of them are the same object."""
    try:
        return function(*given)
    except (IndexError, TypeError, ValueError) as error:
        frame = error.__traceback__.tb_next
        found = {name: frame.tb_frame.f_locals[name] for name in (*NAMES, "s", "k", "a", "b")}
        return str(error), frame.tb_lineno, repr(found), [(one, other) for one, other in itertools.combinations(NAMES, 2) if found[one] is found[other]]


@pytest.mark.parametrize("seed", range(60))
def test_programs(seed):
    plain, jitted = plain_and_jitted(Writer(seed).program())
    for n in (4, 7, 3, 4, 5, 9, 2):
        for rest in (0, 1, n + 2):
            given = n, [1] * rest
            assert told(jitted, given) == told(plain, given)
