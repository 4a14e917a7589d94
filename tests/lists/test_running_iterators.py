"""Iterators that a loop is entered with while it runs: code that was compiled for some is tried with others, which are let in only where they are alike."""

import itertools
import random

import pytest

import framejit
from tests.lists.running import entered, means, ran  # noqa: F401

N = 150_000
TRIES = 6           # of each: a look may come or not
NUMBERS = [k % 1000 for k in range(N)]
TUPLE = tuple(NUMBERS)
LETTERS, WIDE = "the quick brown fox é " * (N // 22), "the quick€brown fox é " * (N // 22)


def twice(values):
    walk = iter(values)
    return zip(walk, walk)


def held(values, keeper):
    keeper.append(iter(values))
    return enumerate(keeper[-1])


PAIRS = """
out = 0
try:
    for x, y in make():
        out = (out * 3 + x % 1009 * 5 + y) & 0xFFFFFFFF
except ValueError as error:
    out = out, str(error)
"""
OF_PAIRS = {
    "zip": lambda: zip(NUMBERS, NUMBERS), "strict": lambda: zip(NUMBERS, NUMBERS, strict=True), "unequal": lambda: zip(NUMBERS, NUMBERS[:-1], strict=True),
    "enumerate": lambda: enumerate(NUMBERS), "far": lambda: enumerate(NUMBERS, 2**62), "large": lambda: enumerate(NUMBERS, 2**63 - N // 2), "beyond": lambda: enumerate(NUMBERS, 2**70),
    "twice": lambda: twice(NUMBERS * 2), "tuples": lambda: zip(TUPLE, NUMBERS), "tuple": lambda: enumerate(TUPLE), "range": lambda: zip(range(N), NUMBERS), "down": lambda: zip(range(N, 0, -1), NUMBERS),
    "reversed": lambda: zip(reversed(NUMBERS), NUMBERS), "bytes": lambda: enumerate(bytes(range(250)) * (N // 250)), "three": lambda: [(k, k) for k in range(N)],
    "held": lambda: held(NUMBERS, KEEPER), "choices": lambda: itertools.product(range(400), range(400)), "floats": lambda: zip([k * 4 for k in NUMBERS], NUMBERS),
    "keys": lambda: enumerate(TABLE), "set": lambda: enumerate(SET), "values": lambda: zip(TABLE.values(), NUMBERS), "sets": lambda: zip(NUMBERS, SET),
    "pairwise": lambda: itertools.pairwise(NUMBERS), "sliced": lambda: itertools.islice(zip(NUMBERS, itertools.count()), N - 5), "chained": lambda: zip(itertools.chain(TUPLE, NUMBERS), itertools.repeat(3)),
}
KEEPER = []
TABLE, SET = dict(enumerate(NUMBERS)), {k * 7 for k in range(N)}
LEFT = ("strict", "unequal", "three", "large", "beyond", "held", "twice", "wide", "wide beside")        # are the interpreter's own to walk over
CHARACTERS = """
out = 0
for i, c in make():
    if c == "q" or c == "€" or c == "é":
        out = (out * 3 + i) & 0xFFFFFFFF
"""
OF_CHARACTERS = {"letters": lambda: enumerate(LETTERS), "wide": lambda: enumerate(WIDE), "beside": lambda: zip(range(N), LETTERS), "wide beside": lambda: zip(range(N), WIDE),
                 "list": lambda: enumerate(list(LETTERS)), "tuple": lambda: enumerate(tuple(WIDE))}
ALONE = """
out = 0
for c in make():
    out = (out * 3 + (1 if c else 2)) & 0xFFFFFFFF
"""
OF_ALONE = {"letters": lambda: LETTERS, "wide": lambda: WIDE, "tuple": lambda: tuple(LETTERS), "numbers": lambda: TUPLE, "list": lambda: list(WIDE), "bytes": lambda: bytes(range(250)) * (N // 250)}


class Said:
    def __init__(self, name, said):
        self.name, self.said = name, said

    def __del__(self):
        self.said.append(self.name)

    def __radd__(self, other):
        return other


ENDING = """
out = 0
for i, x in make():
    if x.__class__ is not int:
        x = 1
        items[i] = 0
        said.append(i)
    out += x
x = None
"""


pytestmark = pytest.mark.usefixtures("means")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("source, makers", [(PAIRS, OF_PAIRS), (CHARACTERS, OF_CHARACTERS), (ALONE, OF_ALONE)], ids=["pairs", "characters", "alone"])
def test_others_come_later(source, makers, seed):
    left = LEFT if source is not ALONE else ("list", "tuple")
    expected = {name: ran(compile(source, "<plain>", "exec"), make) for name, make in makers.items()}
    code = compile(source, f"<running {seed}>", "exec")
    chosen, order = random.Random(f"running {seed}"), list(makers) * 2
    chosen.shuffle(order)
    framejit.enable()
    try:
        first = next(name for name in order if name not in left)
        assert entered(code, makers[first], expected[first])
        for name in order:
            for _ in range(TRIES):
                assert ran(code, makers[name]) == expected[name], name
    finally:
        framejit.disable()


ENTERED = [(PAIRS, OF_PAIRS, name) for name in OF_PAIRS] + [(CHARACTERS, OF_CHARACTERS, name) for name in OF_CHARACTERS] + [(ALONE, OF_ALONE, name) for name in OF_ALONE]


@pytest.mark.parametrize("source, makers, name", ENTERED, ids=[f"{name} {place}" for place, (_, _, name) in enumerate(ENTERED)])
def test_entered_while_it_runs(source, makers, name):
    """Each by code of its own, entered for the first time."""
    expected = ran(compile(source, "<plain>", "exec"), makers[name])
    code = compile(source, f"<entered {name}>", "exec")
    framejit.enable()
    try:
        entered(code, makers[name], expected, 12)
    finally:
        framejit.disable()


def test_items_whose_end_is_heard():
    """zip and enumerate keep the last ones in a tuple of their own: whoever stands for them keeps nothing longer."""

    def lived(code, attempt):
        said, items = [], list(NUMBERS)
        for place in (0, 1, 2, N // 2, N // 2 + 1, N - 2):
            items[place] = Said(place, said)
        ran(code, lambda: enumerate(items), items=items, said=said)
        return said

    expected = lived(compile(ENDING, "<plain>", "exec"), 0)
    code = compile(ENDING, "<running>", "exec")
    framejit.enable()
    try:
        assert entered(code, lambda: enumerate(NUMBERS), items=list(NUMBERS), said=[])
        for attempt in range(20):
            assert lived(code, attempt) == expected
    finally:
        framejit.disable()
