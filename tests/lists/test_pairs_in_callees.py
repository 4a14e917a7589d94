"""Loops over enumerate and zip in functions that native code calls: what they go over is kept as it is where they stand in the loop itself."""

import itertools
import random

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import compared, counted, ends_heard

PREFIX = """
class Cell:
    def __init__(self, x, w):
        self.x, self.w, self.t, self.others = x, list(w), tuple(w), []
    def __repr__(self):
        return f"Cell({self.x}, {self.w}, {self.t}, {len(self.others)})"
"""
WALKS = {"k, v": ("enumerate(self.w)", "enumerate(self.t)", "zip(self.w, self.t)", "zip(self.t, given)", "zip(self.w, reversed(self.w))", "enumerate(given, 2)", "enumerate([*self.w])", "zip(range(len(self.w)), self.w)",
                  "zip(self.w, [g, g, g])", "enumerate(reversed(self.w))", "enumerate(self.others)", "zip(self.others, self.w)"),
         "k, (v, u)": ("enumerate(zip(self.w, self.t))", "enumerate(zip(self.w, self.others))"), "k, v, u": ("zip(self.w, self.t, given)", "zip(self.w, self.others, given)")}
BODIES = ("s += v * g", "self.w[k if type(k) is int and k < len(self.w) else 0] = g", "s += g if type(v) is int else 1.5", "out.append(v)", "out = [v, *out]", "self.x += 1")
EVENTS = ("pass", "if len(out) > 2: break", "if s == 3: self.w.append(g)", "if g == 2: self.w = [g, g]", "if g == 3: self.w.clear()", "if g == 2: return s", "if g == 3: del self.t", "if g == 3: raise KeyError(g)",
          "given = []", "if g == 1: self.others.append(Cell(g, [g]))", "k = v = None", "if s > 4: continue")


def program(seed):
    draw = random.Random(f"pairs {seed}")
    target = draw.choice(sorted(WALKS))
    inner = f"""
    def run(self, g, given):
        s, out = 0, []
        for {target} in {draw.choice(WALKS[target])}:
            {draw.choice(EVENTS)}
            {draw.choice(BODIES)}
            {draw.choice(BODIES)}
        return s, out
"""
    loop = draw.choice(("for one in cells: found.append(one.run(g, given))", "for k, one in enumerate(cells): found.append((k, one.run(g, given)))", "found += [one.run(g, given) for one in cells]",
                        "for one, other in zip(cells, cells[1:]):\n            found.append(one.run(g, other.w))"))
    return PREFIX + inner + f"""
def f(n, cells, given):
    found = []
    for g in range(n):
        {loop}
    return found
"""


def arguments(kind):
    def given(n):
        space = {}
        exec(PREFIX + "made = lambda n: [Cell(k, VALUES[k % 5:k % 5 + 3]) for k in range(3)]", space)
        space["VALUES"] = {"floats": [0.5, -1.5, 2.0, 0.25] * 3, "ints": [1, 2, 3, 2**62, 5] * 3, "mixed": [1, 2.5, True, 4] * 3}[kind]
        return n, space["made"](n), space["VALUES"][:4]
    return given


@pytest.mark.parametrize("seed", range(14))
def test_random_methods(seed):
    """The instances' class is another one than the program's own: its methods are looked up in what the program makes."""
    source = program(seed).replace("def f(n, cells, given):", "def f(n, cells, given):\n    cells = [Cell(one.x, one.w) for one in cells]") + "\n"
    compared(source.replace("    return found\n", "    return found, cells\n"), arguments(("floats", "ints", "mixed")[seed % 3]))


NATIVE = {
    "enumerate": "for k, x in enumerate(s.w): s.w[k] = x * 0.5 + g",
    "zip": "for x, y in zip(s.w, s.t): total += x * y * g",
    "three": "for x, y, z in zip(s.w, s.t, s.w): total += x * y * z + g",
    "nested": "for k, (x, y) in enumerate(zip(s.w, s.t)): total += k * x - y * g",
    "of others": "for k, one in enumerate(s.others): total += one.x * k + g",
    "others beside numbers": "for one, x in zip(s.others, s.w): total += one.x * x + g",
    "twice": "for x, y in zip(s.w, s.t):\n        for k, z in enumerate(s.w): total += x * y + k * z",
}


@pytest.mark.parametrize("name", NATIVE)
def test_all_of_it_is_native(name):
    source = PREFIX.replace("self.others = x, list(w), tuple(w), []", "self.others = x, list(w), tuple(w), OTHERS") + f"""
OTHERS = []
OTHERS += [Cell(1.5, [2.0]), Cell(2.5, [2.5]), Cell(0.5, [1.0])]
CELLS = [Cell(k * 0.5, [0.5, 1.5, k * 1.0]) for k in range(4)]
def run(s, g, total=0.0):
    {NATIVE[name]}
    return total
def f(n):
    total = 0.0
    for k in range(n):
        for one in CELLS: total += run(one, 0.25)
    return total
"""
    plain, jitted = plain_and_jitted(source)
    grown = counted(jitted, plain, (6,))
    assert (grown["native_entries"], grown["callouts"], grown["left"]) == (50, 0, 0) and grown["iterations"] >= 50 * 6 * 4 * 3


LISTS_OF_OBJECTS = """
class Holder: pass
def walk(h, count):
    total = 0
    for k, one in {walk}:
        if k == count: break
        total += len(one.name)
    return total
def f(make, said):
    h, total = Holder(), 0
    for count in (9, 1, 9):
        h.w = make(count)
        total += walk(h, count)
        said.append(total)
        {event}
        said.append("next")
"""


@pytest.mark.parametrize("walk, event", itertools.product(("enumerate(h.w)", "enumerate(h.__dict__.pop('w'))", "zip([0, 1, 2], h.w)", "enumerate(list(h.w))"), ("h.w = None", "h.w = []", "h.w = [*make(7), *make(8)]")))
def test_items_end_when_they_do(walk, event):
    ends_heard(LISTS_OF_OBJECTS.format(walk=walk, event=event))


LEARNED = """
class Cell:
    def __init__(self, x): self.x, self.w = x, [x, x]
CELLS, NUMBERS, WORDS = [Cell(0.5), Cell(1.5), Cell(2.5)], [0.5, 1.0, 2.0], ("a", "bc", "d")
def f(n):
    total = 0.0
    for k in range(n):
        for {target} in {walk}: {body}
    return total
"""


@pytest.mark.parametrize("target, walk, body", [
    ("one, x", "zip(CELLS, NUMBERS)", "total += one.x * x"), ("k, one", "enumerate(CELLS)", "total += one.x * k"), ("one, word", "zip(CELLS, WORDS)", "total += one.x * len(word)"),
    ("k, (one, x)", "enumerate(zip(CELLS, NUMBERS))", "total += one.x * x + k"), ("(k, one), x", "zip(enumerate(CELLS), NUMBERS)", "total += one.w[0] * x + k"), ("x", "map(len, WORDS)", "total += x"),
    ("x", "map(float, NUMBERS)", "total += x")])
def test_first_items_tell_what_comes(target, walk, body):
    """One compilation is enough."""
    plain, jitted = plain_and_jitted(LEARNED.format(target=target, walk=walk, body=body))
    grown = counted(jitted, plain, (6,), first=2)
    assert (grown["native_entries"], grown["callouts"], grown["left"]) == (50, 0, 0)


def test_what_is_at_its_end_is_left_natively():
    """The only other reference to a list of instances is an instance's."""
    source = PREFIX + """
class Layer:
    def __init__(self): self.cells = [Cell(k * 0.5, [0.5]) for k in range(4)]
LAYER = Layer()
def f(n):
    total = 0.0
    for k in range(n):
        for one, x in zip(LAYER.cells, [1.0, 2.0, 3.0, 4.0]): total += one.x * x
    return total
"""
    plain, jitted = plain_and_jitted(source)
    assert counted(jitted, plain, (6,))["left"] == 0
