"""Random programs of instances that have dictionaries: made by types of C's own, or got by whoever asked for them, in mid-loop; values, ends, tracebacks."""

import os
import random

import pytest

import framejit
from tests.random.test_callees import calls_with, compared, ran

COUNT = 1500 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
KINDS = {"ints": ("1500, 2500, 40", "5, -7, 60"), "floats": ("1.5, 2.5, 40", "0.25, -0.5, 60")}
HEAD = """
import _random
ended = []
class Ends:
    def __init__(self, number): self.number = number
    def __del__(self): ended.append(self.number)
    def __repr__(self): return 'Ends'
    def __add__(self, other): return other
    __radd__ = __add__
class Text(str): pass
class Table(dict):
    def __getitem__(self, key):
        ended.append(key)
        return dict.__getitem__(self, key)
"""
BASES = ("", "", "(list)", "(dict)", "(_random.Random)", "(Exception)", "(set)", "(Base)", "(ListBase)")
BODY = """
class Base:
    K = 2
    def base(self): return self.v + 1
class ListBase(list):
    K = 2
    def base(self): return self.v + 1
class C{base}:
    J = 4
    w = {default}
    def __init__(self, v):
        {first}
        self.v = v
        self.t = None
    def __repr__(self): return 'C'
    def get(self): return self.v
    def put(self, x): self.v = x
    def swap(self, x):
        old, self.v = self.v, x
        return old
    def pair(self):
        found = self.t
        self.t = None
        if found is None:
            found = self.v * 0.5
            self.t = self.v
        return found
    @property
    def twice(self): return self.v * 2
    @staticmethod
    def fixed(x): return x
    @classmethod
    def made(cls, x): return cls(x)
def shown(o): return sorted([(str(k), repr(e)) for k, e in vars(o).items()]), list(vars(o))
def asked(o): return len(o.__dict__)
"""
FIRSTS = ("pass", "self.__dict__", "self.__dict__.update(u=3)", "vars(self)['u'] = v", "self.u = 1; del self.u", "self.__dict__ = {'u': 2}", "self.z = self.y = 2")
STATEMENTS = (
    "{x}.v = {e}", "{x}.v = {e}", "{t} = {x}.v", "{t} = {x}.v", "{t} = {x}.get()", "{x}.put({e})", "{t} = {x}.swap({e})", "{t} = {x}.pair()", "{t} = {x}.pair()", "{t} = {x}.twice", "{t} = {x}.J", "{t} = {x}.w",
    "{t} = {x}.fixed({e})", "{x}.v += {e}", "{x}.w = {e}", "{x}.t = {e}", "{x}.t = None", "if {x}.t is None: {t} = {e}", "{x}.n = {e}", "{t} = {x}.n if k > 3 else {e}", "x, y = y, x", "x = C({e})", "x = C.made({e})",
    "asked({x})", "{x}.v = kept", "{x}.v = [k]", "{x}.v = (k, {e})", "{t} = getattr({x}, 'v')", "setattr({x}, 'v', {e})", "{x}.__dict__['v'] = {e}", "{t} = {x}.__dict__['v']", "{x}.v, {x}.t = {e}, {x}.v",
    "{t} = {x}.v if {x}.v is not None else {e}", "{x}.v = {y}.v", "{x}.o = {y}", "{t} = {x}.o.v if k > 5 else {e}", "{x}.v = str(k)", "{x}.v = True")
SURPRISES = (
    "{x}.v = Ends(3)", "{x}.t = Ends(4)", "del {x}.v", "del {x}.t", "{x}.__dict__ = dict({x}.__dict__)", "{x}.__dict__ = {{}}", "{x}.__dict__ = Table({x}.__dict__)", "{x}.__dict__[5] = 6", "{x}.__dict__[Text('v')] = 7",
    "{x}.__dict__.clear()", "{x}.__dict__.pop('t')", "C.v = 5", "C.v = property(lambda self: 8)", "C.v = property(lambda self: 8, lambda self, x: ended.append(x))", "C.J = 6", "{x}.J = 7", "C.get = lambda self: 9", "{x}.get = lambda: 10",
    "{x}.put = ended.append", "C.__getattr__ = lambda self, name: 11", "C.__setattr__ = lambda self, name, x: ended.append(name)", "C.__getattribute__ = lambda self, name: 12 if name == 'v' else object.__getattribute__(self, name)", "C.w = 13", "del C.w", "x = None", "{x}.__class__ = D",
    "C.t = 14", "{x}.fixed = lambda x: 15", "C.twice = 16", "{x}.__dict__['twice'] = 17", "class D(C): v = 18\nx = D(3)", "{x}.v = {x}", "import gc; gc.collect()", "import copy; x = copy.copy({x})")


class Generator:
    """A class, functions beside it and a loop over two instances."""

    def __init__(self, seed):
        self.random = random.Random(f"dictionaries {seed}")

    def pick(self, *choices):
        return self.random.choice(choices)

    def text(self, form):
        for mark, choices in (("{x}", "xxy"), ("{y}", "xy"), ("{t}", "abcd")):
            while mark in form:
                form = form.replace(mark, self.pick(*choices), 1)
        while "{e}" in form:
            form = form.replace("{e}", self.pick("a", "b", "c", "k", "3", "0.5", "a + b", "None" if self.random.random() < 0.3 else "k * 2"), 1)
        return form.replace("{{", "{").replace("}}", "}")

    def program(self):
        base = self.pick(*BASES)
        body = []
        for _ in range(self.random.randrange(3, 9)):
            body += self.text(self.pick(*STATEMENTS)).split("\n")
            if self.random.random() < 0.15:
                body[-1:] = [f"if k % {self.pick('2', '3', '5')}: {body[-1]}"] if not body[-1].startswith(("if", "import", "class")) else body[-1:]
        if self.random.random() < 0.7:
            lines = self.text(self.pick(*SURPRISES)).split("\n")
            body[:0] = [f"if k == {self.pick('17', '30', 'n - 3')}:", *["    " + line for line in lines]]
        errors = "AttributeError, TypeError, ValueError, KeyError, OverflowError"
        loop = ["try:", *["    " + line for line in body], f"except ({errors}) as error:", "    count += 100; ended.append(str(error))"] if self.random.random() < 0.6 else body
        head = ["def f(a, b, n):", "    global C, D", "    x, y, kept = C(a), C(b), [a]", "    c = d = b", "    count = 0", "    ended.clear()", "    for k in range(n):", "        count += 1"]
        tail = ["    return [a, b, c, d, type(x).__name__, *[repr(shown(o)) for o in (x, y) if o is not None], *ended], count"]
        made = BODY.replace("{base}", base).replace("{default}", self.pick("5", "0.5", "None", "'text'")).replace("{first}", self.pick(*FIRSTS))
        return "\n".join([HEAD, made, "class D(C): pass", *head, *["        " + line for line in loop], *tail])


@pytest.mark.parametrize("kind", KINDS)
def test_instances_with_dictionaries(kind, monkeypatch):
    monkeypatch.setenv("FRAMEJIT_EAGER", "1")
    before = ran()
    for seed in range(COUNT):
        source = Generator(f"{kind} {seed}").program()
        compared(seed, source, ("f",), calls_with(KINDS[kind]))
    assert ran() - before > 10 * COUNT


NATIVE = """
import random
class Bag:
    def __init__(self, **more): self.__dict__.update(more)
class Stack(list):
    def __init__(self): self.total = 0
    def add(self, x):
        self.total += x
        return self.total
class Plain:
    def __init__(self): self.v = 1
def bag(o, n):
    for k in range(n): o.v = (o.v * 3 + k) % 1009
    return o.v
def stack(o, n):
    for k in range(n): o.add(k & 7)
    return o.total
def gauss(o, n):
    s = 0
    for k in range(n): s += o.gauss(0, 1)
    return s
def made():
    plain = Plain()
    vars(plain)
    return {"bag": (bag, Bag(v=1)), "plain": (bag, plain), "stack": (stack, Stack()), "gauss": (gauss, random.Random(5))}
"""


@pytest.mark.parametrize("name", ("bag", "plain", "stack", "gauss"))
def test_they_are_native(name):
    space = {}
    exec(NATIVE, space)
    (function, one), (_, other) = space["made"]()[name], space["made"]()[name]
    compiled = framejit.jit(function)
    for _ in range(60):
        before = framejit.stats()
        assert compiled(one, 5000) == function(other, 5000)
        after = framejit.stats()
        if after["native_iterations"] - before["native_iterations"] >= 5000 and after["callouts"] - before["callouts"] < 100:
            return
    raise AssertionError("call-outs are left")


COVERED = """
class Plain:
    def __init__(self): self.v = 1
    def get(self): return 3
    @staticmethod
    def fixed(): return 5
    w = 7
class Stack(list):
    def __init__(self): self.v = 1
    def get(self): return 3
    @staticmethod
    def fixed(): return 5
    w = 7
def f(o, n):
    s = 0
    for k in range(n):
        s += o.get() + o.fixed() + o.w
    return s
def g(o, n):
    return o.get() + o.fixed() + o.w
"""
HIDES = ({"get": lambda: 11}, {"fixed": lambda: 13}, {"w": 17})


@pytest.mark.parametrize("kind", ("Plain", "Stack"))
@pytest.mark.parametrize("name", ("f", "g"))
def test_what_an_instance_has_hides_what_its_class_has(kind, name):
    space = {}
    exec(COVERED, space)
    function, compiled = space[name], framejit.jit(space[name])
    for hidden in HIDES:
        one = space[kind]()
        vars(one)["u"] = 2
        for _ in range(20):
            assert compiled(one, 500) == function(one, 500)
        vars(one).update(hidden)
        assert compiled(one, 500) == function(one, 500)
        vars(one).clear()
        assert compiled(one, 500) == function(one, 500)
