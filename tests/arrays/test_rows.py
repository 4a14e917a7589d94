"""Rows of arrays: loops over them, names that have them, what is theirs and whose elements they show."""

import os
import random

import numpy as np
import pytest

import framejit
from tests.arrays.programs import outcome
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 80
SHAPES = ((4, 3), (3, 3), (1, 3), (0, 3), (5, 1), (3, 3, 3), (2, 3, 4), (6,), (40, 3), (3, 2, 2, 3))
DTYPES = ("float64", "float64", "float64", "float32", "int64", "int32", "uint8", "bool", "complex128", "float16", ">f8")


class Rows:
    """A function of arrays a and b, a list l, a number n and functions f (looks) and g (changes what it is given)."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def array(self):
        return self.pick("a", "a", "b", "row", "row", "q", "a[i % 3]", "b[j % 2]", "a.T", "a[::-1]", "row[1:]", "b[:, 1:]")

    def number(self):
        array = self.array()
        return self.pick(f"{array}[{self.index()}]", f"{array}[{self.index()}][{self.index()}]", "s", "i", f"len({array})", f"row[{self.index()}]", "x", f"{array}.sum()",
                         f"({array} * {self.array()}).sum()", f"{array}.shape[0]", f"float(row[{self.index()}])")

    def index(self):
        return self.pick("0", "1", "-1", "i % 3", "i", "2", "j", "-i % 3")

    def loop(self, indent, depth):
        array = self.array()
        head = self.pick(f"for row in {array}:", f"for row in {array}:", f"for i, row in enumerate({array}):", f"for row, q in zip({array}, {self.array()}):", f"for x, y, z in {array}:",
                         f"for q in {array}:", f"for x in {array}:", "for j in range(3):", f"for i, (x, y, z) in enumerate({array}):", f"for x, row in zip({array}, {self.array()}):")
        return [indent + head, *self.body(indent + "    ", depth - 1)]

    def statement(self, indent, depth):
        kind = self.random.random()
        if depth and kind < 0.3:
            return self.loop(indent, depth)
        if kind < 0.55:
            return [f"{indent}s {self.pick('+', '+', '-', '*')}= {self.number()}"]
        if kind < 0.65:
            return [f"{indent}{self.pick('row', 'q', 'row', 't')} = {self.array()}{self.pick('', f'[{self.index()}]', ' * 2', f'[{self.index()}]')}"]
        if kind < 0.72:
            return [f"{indent}{self.array()}[{self.index()}] {self.pick('', '', '+', '-')}= {self.number()}"]
        if kind < 0.76:
            return [f"{indent}if {self.number()} > {self.number()}: {self.pick('break', 'continue', 'row = None', 's += 1', 'q = row')}"]
        return [indent + self.pick("l.append(row)", f"l.append({self.array()}[{self.index()}])", "l.append(q is row)", f"l.append({self.array()}.base is a)", "f(row, q)", "g(row)", "g(a)", "t = row, q",
                                   "l.append((row, row, s))", "x, y, z = row", "x, *y = row", "t = (q, i); l.append(t[0] is q)", "del q", "f(a, b)", f"f({self.array()}[{self.index()}], a)", "a = b", "a = a[1:]", "b = a.copy()",
                                   "a, b = b, a", "row, q = q, row", f"l.append([r[0] for r in {self.array()}])", f"s += sum(r[-1] for r in {self.array()})", "f(a[0], (a := b))", "s += a[0][(a := b)[0] is None]",
                                   "pair = [row, q]; row = pair[1]", f"s += max({self.number()}, {self.number()})", "l[-1:] = []", "f(l)", "assert s == s")]

    def body(self, indent, depth):
        return [line for _ in range(self.pick(1, 2, 2, 3)) for line in self.statement(indent, depth)]

    def program(self):
        body = self.loop("    ", 2)
        if self.random.random() < 0.4:
            body = ["    try:", *["    " + line for line in body], "    except (TypeError, ValueError) as error:", "        l.append(str(error))"]
        tail = self.pick([], self.loop("    ", 1))
        ending = self.pick("return row, q, s, x, l", "return s, l", "return s, a, b, l, row is q")
        return "\n".join(["def f(a, b, l, n, f, g):", "    s, i, j, x, row, q = 0, 0, 0, 0.5, a[:1], b", *body, *tail, f"    {ending}"])

    def argument(self):
        shape, dtype = self.pick(*SHAPES), self.pick(*DTYPES)
        values = np.array([self.random.randint(0, 9) for _ in range(int(np.prod(shape)))]).astype(dtype).reshape(shape)
        layout = self.pick("plain", "plain", "turned", "strided", "read only")
        if layout == "turned":
            return values.T
        if layout == "read only":
            values.flags.writeable = False
        return values[::2] if layout == "strided" else values


def looks(*values):
    return [getattr(value, "shape", None) for value in values]


def changes(value):
    if isinstance(value, np.ndarray) and value.flags.writeable:
        value += 1


def described(value):
    """What `outcome` compares, of lists, too."""
    if isinstance(value, (list, tuple)):
        return tuple([described(one) for one in value])
    return value


def called(function):
    return lambda a, b: described(function(a, b, [], 5, looks, changes))


def compare(seed):
    generator = Rows(seed)
    source = generator.program()
    spaces = [{}, {}]
    for space in spaces:
        exec(compile(source, "<program>", "exec"), space)
    plain, jitted = called(spaces[0]["f"]), called(framejit.jit(spaces[1]["f"]))
    place = None
    for turn in range(4):
        place = generator.random.getstate() if turn % 2 == 0 else place
        outcomes = []
        for function in (plain, jitted, jitted):
            generator.random.setstate(place)        # the same arrays, made anew
            pair = generator.argument(), generator.argument()
            outcomes.append(outcome(function, pair, {"all": "ignore"}))
        assert outcomes[1] == outcomes[2] == outcomes[0], f"seed {seed}\n{source}\n{[(one.dtype, one.shape) for one in pair]}\n" + "\n".join(map(str, outcomes))


def test_random_programs():
    before = framejit.stats()["native_entries"]
    for seed in due(range(COUNT)):
        compare(seed)
    assert framejit.stats()["native_entries"] - before > COUNT


SOURCE = """
import numpy as np

def named(a):
    s = 0.0
    for row in a:
        for x in row:
            s += x
        row[0] = s
    return s, row

def counted(a):
    s = 0.0
    for i, row in enumerate(a):
        s += row[i % 3]
    for p, q in zip(a, a[::-1]):
        s += p[0] * q[1]
    return s

def unpacked(a):
    s = 0.0
    for x, y, z in a:
        s += x * y - z
    for i, (x, y, z) in enumerate(a):
        s += i * x
    return s

def operands(a):
    s = 0.0
    for i in range(len(a)):
        d = a[i] - a[-1 - i]
        s += np.sqrt((d * d).sum()) + a[i].sum() + np.dot(a[0], a[i])
        a[i] *= 0.5
    return s

def kept(a):
    s, last = 0.0, None
    for i in range(len(a)):
        row = a[i]
        s += row[0] * row[1] + row.sum()
        last = row
    return s, last
"""


@pytest.mark.parametrize("name", ("named", "counted", "unpacked", "operands", "kept"))
def test_rows_are_native(name):
    space = {}
    exec(SOURCE, space)
    jitted = framejit.jit(space[name])
    expected = space[name](np.linspace(0.0, 1.0, 300).reshape(100, 3))
    for _ in range(4):
        result = jitted(np.linspace(0.0, 1.0, 300).reshape(100, 3))
    assert repr(result) == repr(expected)
    before = framejit.stats()
    jitted(np.linspace(0.0, 1.0, 300).reshape(100, 3))
    after = framejit.stats()
    assert after["callouts"] == before["callouts"] and after["exits"] == before["exits"]
    assert after["native_iterations"] - before["native_iterations"] >= 100


ENDING = """
def f(a, n):
    found = 0
    for k in range(n):
        row = a[:2] + 0.0
        try:
            for row, q in zip(a, row):
                found += k & 3
                found += float(row)
        except TypeError:
            found += 1
    return found
"""


def test_what_only_an_iterator_keeps_ends_with_an_exception():
    """Behind it nobody looks at an array that has ended with the stack."""
    space = {}
    exec(ENDING, space)
    a = np.arange(12.0).reshape(4, 3)
    plain, jitted = space["f"](a, 3000), framejit.jit(space["f"])
    jitted(a, 3000)
    before = framejit.stats()
    assert jitted(a, 3000) == plain
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] >= 3000 and after["exits"] - before["exits"] < 30
