"""Random programs of objects whose end is noticed: each dies at the same place as in plain Python, and nothing dies that is still used."""

import os
import random

import pytest

import framejit
from tests.due import due

COUNT = 3000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
OBJECTS, NUMBERS = "opq", "abc"
NUMBER = {"ints": ("k * 1000", "{} + 700", "k * 7 + 300"), "floats": ("k * 0.5", "{} + 0.25", "k + 1.5"), "both": ("k * 0.5", "k * 1000", "{} + 1")}
ARGUMENTS = {"ints": ("1500, 2500, 12", "5, 70000, 9"), "floats": ("1.5, 2.5, 12", "0.25, -7.5, 9"), "both": ("1.5, 2500, 12", "700, -1.5, 9")}
TURNS = 5
died = []


class Noticed:
    """An object that says when it dies."""

    made = 0

    def __init__(self, value):
        self.value = value
        Noticed.made += 1
        self.number = Noticed.made

    def __del__(self):
        died.append(self.number)

    def __iter__(self):
        return iter((self.value, self.number * 1.5))

    def __bool__(self):
        return self.number % 3 > 0

    def __len__(self):
        return self.number % 4


def pair(value):
    return [value, value * 3]


def several(value):
    return [(value, Noticed(value)), (value * 2, Noticed(value))]


def both(value):
    return value, Noticed(value)


def number(thing):
    return thing.number if type(thing) is Noticed else len(thing) if type(thing) in (list, tuple) else thing


def show(thing):
    if type(thing) in (list, tuple):
        return [show(item) for item in thing]
    return ("noticed", thing.number) if type(thing) is Noticed else thing


class Generator:
    """Three names for objects, three for numbers, one for a list of two numbers, one for a tuple of a number and an object; items to store in."""

    def __init__(self, seed, kind):
        self.random = random.Random(seed)
        self.new = NUMBER[kind]
        self.quiet = self.random.random() < 0.6         # no name of an object is assigned: that leaves where the last reference goes

    def pick(self, always, storing):
        return self.random.choice(always if self.quiet else (*always, *storing))

    def program(self):
        lines = ["def f(a, b, n, o, p, q, l, t, items):", "    c, count = a, 0", "    for k in range(n):"]
        for _ in range(self.random.randrange(2, 6)):
            lines += self.statement("        ", 0)
        inner = [f"        for x in range({turns}):\n            count += x" for turns in (3, 4)]
        lines += [inner[0], f"        {self.notice()}", inner[1]]
        return "\n".join([*lines, "    return count, show([a, b, c, o, p, q, l, t, items])"])

    def notice(self):
        return self.random.choice(("count = (count * 3 + len(died)) % 1000003", "count += (k + 1) * len(died)", "count += len(died) * 2"))

    def one(self, names=NUMBERS):
        return self.random.choice(names)

    def fresh(self):
        return self.random.choice(self.new).format(self.one())

    def thing(self):
        """An expression whose value is an object."""
        a, o, p = self.one(), self.one(OBJECTS), self.one(OBJECTS)
        return self.pick((f"make({a})", f"make({a})", f"make({a})", o, "t[1]", f"both({a})[1]", f"({o} if k % 3 else make({a}))", f"({o} or {p})", f"({o} and make({a}))",
                          f"(make({a}) or {o})", "items[0]", f"(make({a}), {o})[k % 2]"), (f"({o} := make({a}))", f"({o} := make({a}))", f"({o} := {p})"))

    def listed(self):
        a = self.one()
        return self.pick((f"pair({self.value()})", f"pair({a})", "l", f"(l := pair({a}))", f"[{self.value()}, {self.value()}]", "l[:]"), ())

    def mixed(self):
        a = self.one()
        return self.pick((f"({self.value()}, {self.thing()})", f"both({a})", "t"), (f"(t := ({self.value()}, {self.thing()}))", f"(t := both({a}))"))

    def value(self, depth=0):
        """An expression whose value is a number."""
        a, b, o = self.one(), self.one(), self.one(OBJECTS)
        if depth == 2:
            return a
        there = self.value(depth + 1)
        return self.pick((a, there, self.fresh(), f"({a} := {b})", f"({a} := {self.fresh()})", f"pair({a})[k % 2]", f"({a} if k & 1 else {there})", f"({there} if {self.thing()} is {o} else {b})",
                          f"min({a}, {there})", f"({there} if not {self.thing()} else {b})", f"both({a})[0]", f"{a} + {there}", "l[0]", "l[1]", "t[0]", "items[1]", f"max({there}, {self.fresh()})"), ())

    def block(self, indent, depth):
        return [line for _ in range(self.random.randrange(1, 3)) for line in self.statement(indent + "    ", depth + 1)]

    def simple(self):
        a, b, o, p = self.one(), self.one(), self.one(OBJECTS), self.one(OBJECTS)
        return self.pick((f"{a} = {self.value()}", f"{a} = {self.value()}", f"{a}, {b} = {self.listed()}", f"{a}, {b} = {self.value()}, {self.value()}", f"l = {self.listed()}", f"{a}, {b} = l",
                          f"items[1] = {self.value()}", f"{a} = items[1]", "items.append(k); items.pop()", self.notice(), self.notice(), f"count += [len(died), 7, len(died) * 3][k % 3]",
                          self.thing(), f"number(({self.value()}, {self.thing()}))", f"for {a} in {self.listed()}: count += len(died)", f"count += {self.thing()} is {o}",
                          f"count += not {self.thing()}", f"l[k % 2] = {self.value()}", f"({a}, {b}), c = ({self.value()}, {self.value()}), {self.value()}"),
                         (f"{o} = {self.thing()}", f"{o} = {self.thing()}", f"{o} = {p} = {self.thing()}", f"{o}, {p} = {p}, {o}", f"{o}, {a} = {self.thing()}, {self.value()}", f"{a}, {o} = t",
                          f"{a}, {o} = {self.mixed()}", f"t = {self.mixed()}", f"({a}, {o}), {p} = ({self.value()}, {self.thing()}), {self.thing()}", f"items[0] = {self.thing()}",
                          f"{o} = items[0]", f"items[0], {o} = {self.thing()}, items[0]"))

    def statement(self, indent, depth):
        if depth == 2 or self.random.random() < 0.7:
            return [indent + self.simple()]
        a, o = self.one(), self.one(OBJECTS)
        head = self.pick((f"if {self.thing()}:", f"if {self.thing()} is {o}:", f"if {self.thing()} and k % 3:", f"if k % 2 or {self.thing()}:", f"for {a} in {self.listed()}:",
                          f"for {a} in range(3):", f"if k % {self.random.randrange(2, 5)}:", f"while not {self.thing()}:", f"for {a}, {self.one()} in zip({self.listed()}, pair(k)):"),
                         (f"for {a}, {o} in several({self.value()}):", f"for {o} in (make({a}), {self.thing()}):", f"for {a}, {o} in enumerate([make(k), {self.thing()}]):"))
        lines = [indent + head, *self.block(indent, depth)]
        if head.startswith("while"):
            return [*lines, f"{indent}    break"]
        if head.startswith("for"):
            return [*lines, f"{indent}    if k % 4 == 3: break"] if self.random.random() < 0.3 else lines
        return [*lines, f"{indent}else:", *self.block(indent, depth)] if self.random.random() < 0.4 else lines


def outcome(function, values):
    """What it gives, or the error; what has died when it returns, and in which order."""
    died.clear()
    Noticed.made = 0
    try:
        found = function(values[0], values[1], values[2], Noticed(1), Noticed(1), Noticed(1), pair(1), both(2), [Noticed(3), 4, 5])
    except Exception as error:
        found = repr(error)
    return found, died[:]


def compared(seed, kind):
    """(source, arguments, plain, accelerated) of what differs, or None."""
    source = Generator(seed, kind).program()
    namespace = dict(make=Noticed, pair=pair, both=both, several=several, number=number, show=show, died=died)
    exec(compile(source, "<program>", "exec"), namespace)
    plain, fast = namespace["f"], framejit.jit(namespace["f"])
    for arguments in ARGUMENTS[kind] * TURNS:
        values = eval(f"({arguments})")
        found, wanted = outcome(fast, values), outcome(plain, values)
        if found != wanted:
            return source, arguments, wanted, found
    return None


@pytest.mark.parametrize("kind", ARGUMENTS)
def test_dies_where_it_did(kind):
    before = framejit.stats()["native_iterations"]
    for seed in due(range(COUNT)):
        assert compared(seed, kind) is None, seed
    assert framejit.stats()["native_iterations"] - before > 4 * COUNT
