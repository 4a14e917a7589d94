"""Random programs of objects of two to five classes at one place, which have what they are asked for in many ways: as values at other places, in slots, from
the class, as properties, methods of their own or inherited; functions that read, store and call it."""

import os
import random

import pytest

from tests.due import due
from tests.random.test_callees import calls_with, compared, ran

COUNT = 1500 if os.environ.get("FRAMEJIT_NIGHTLY") else 60
HEAD = """
def up(x=1): return x + 1
def down(x=2): return x - 2
class Base:
    K = 3
    def m(self, x=1): return self.v + x
    def far(self, x): return self.m(x) + self.w
    def __len__(self): return 2
"""
FORMS = {"value": "self.{name} = {value}", "class": "{name} = {value}", "property": "@property\n    def {name}(self): return {value}"}
METHODS = ("def {name}(self, x=1): return {result}", "@staticmethod\n    def {name}(x=1): return {own}", "@classmethod\n    def {name}(cls, x=1): return cls.K + x",
           "{name} = staticmethod(up)", "def {name}(self, x=4): return self.u - x", "self.{name} = up", "self.{name} = down", "@property\n    def {name}(self): return up", "")
RESULTS = ("self.v + x", "-self.w", "x * {number}", "self.v if x > 1 else self.w", "self.far(x) if x < 0 else {number}")
OPERATORS = ("def __add__(self, x): return self.v + x", "def __eq__(self, other): return self is other", "def __getitem__(self, key): return self.w + key if key < 50 else [][0]", "def __bool__(self): return self.v > 3",
             "def __call__(self, x): return x - self.v", "def __contains__(self, key): return key == self.v", "def __len__(self): return 3", "def __lt__(self, other): return self.v < other.w")
EXPRESSIONS = ("o.v", "o.w", "o.v + o.w", "o.m(k)", "o.p(k)", "o.m()", "o.K", "o.far(k)", "h(k)", "h()", "o.v * 2 - o.u", "o.u", "len(o)", "o[k]", "o(k)", "o + k", "other.v - o.v", "other.m(o.v)", "isinstance(o, Base)", "isinstance(o, (C0, C1))",
               "o == other", "1 if o else 2", "k in o", "o < other", "getattr(o, 'v')", "type(o) is C0", "o.t.v if k % 2 else o.v", "o.t.m(k)")
CHANGES = ("o.v = {e}", "o.w = {e}", "o.u = {e}", "o.v += 1", "o.t = other", "o, other = other, o", "other = o", "o.v, o.w = o.w, o.v")
CALLS = {"ints": ("15, 25, 300", "5, -7, 900"), "floats": ("1.5, 2.5, 300", "5, -7, 900")}
SURPRISES = ("del o.v", "o.m = up", "o.m = lambda x=3: x", "C0.m = C1.m", "C1.m = lambda self, x=5: x", "C0.v = 4", "o.__class__ = type(other)", "o.__dict__['w'] = 5", "C0.K = 9", "o.v = 0.5", "o = 3", "o = None", "C1.w = property(lambda self: 6)",
             "o.v = 1 << 70", "del C0.m", "o.t = 5", "o = Other()", "Base.m = down", "C0.__add__ = lambda self, x: 7", "C1.__getattr__ = lambda self, name: 8")


class Generator:
    """Classes, two functions that are called with objects of them, and a loop over all."""

    def __init__(self, seed):
        self.random = random.Random(f"many classes {seed}")

    def pick(self, *choices):
        return self.random.choice(choices)

    def number(self):
        return self.pick("3", "5", "1000", "7", "40") if self.random.random() < 0.85 else self.pick("0.5", "2.5")

    def one_class(self, name, bases):
        slots = self.random.random() < 0.2
        first, body = [], []
        names = ["v", "w", "u", "t"]
        self.random.shuffle(names)
        for one in names:
            form = "value" if one == "t" or self.random.random() < 0.7 else self.pick("class", "property", "value")
            text = FORMS[form].format(name=one, value="None" if one == "t" else self.number())
            (first if text.startswith("self.") else body).append(text)
        self.random.shuffle(first)
        for one in ("m", "p"):
            text = self.pick(*self.forms[one]).format(name=one, result=self.pick(*RESULTS).format(number=self.number()), own=self.number())
            (first if text.startswith("self.") else body).append(text)
        body += self.random.sample(OPERATORS, self.random.randrange(5))
        if slots:
            body.insert(0, f"__slots__ = {tuple(one.split()[0][5:] for one in first)}")
        return "\n".join([f"class {name}({', '.join(bases)}):", *["    " + one for one in body if one], "    def __init__(self):", *["        " + one for one in first], "        pass"])

    def text(self, form):
        while "{e}" in form:
            form = form.replace("{e}", self.pick("k", "3", "o.w", "other.v", "a", "0.5"), 1)
        return form

    def statement(self):
        if self.random.random() < 0.35:
            return self.text(self.pick(*CHANGES))
        return f"x {self.pick('+=', '+=', '-=', '=')} {self.pick(*EXPRESSIONS)}"

    def function(self, number):
        head = [f"def g{number}(o, other, a, k):", "    x = 0"] + ([f"    h = o.{self.pick('m', 'm', 'p')}"] if self.random.random() < 0.5 else ["    h = down"])
        body = [self.statement() for _ in range(self.random.randrange(1, 5))]
        if self.random.random() < 0.4:
            body = ["for i in range(k % 4):", *["    " + one for one in body]]
        return "\n".join([*head, *["    " + one for one in body], "    return x"])

    def program(self):
        count = self.pick(2, 3, 4, 4, 5)
        self.forms = {name: self.pick(METHODS[:1], METHODS[4:8], METHODS[5:7], METHODS) for name in ("m", "p")}        # one way in all classes, or many
        names = [f"C{place}" for place in range(count)]
        classes = [self.one_class(name, [self.pick(*(["Base"] * 4), *names[:place])] if self.random.random() < 0.8 else []) for place, name in enumerate(names)]
        surprise = self.text(self.pick(*SURPRISES)) if self.random.random() < 0.4 else "pass"
        loop = ["o, other = all[k % len(all)], all[(k * 3 + 1) % len(all)]", f"if k == {self.pick('n - 9', '237', 'n // 2')}: {surprise}", f"x += g{self.pick('0', '1')}(o, other, a, k)",
                *[self.statement() for _ in range(self.random.randrange(2))], "if k % 5 == 0: x += g1(other, o, b, k)", "if type(x) is not int or x > 10 ** 9: x = k"]
        errors = ["try:", *["    " + one for one in loop], "except (AttributeError, TypeError, IndexError, RecursionError) as error:", "    told.append(str(error)[:60]); x = k"]
        orders = [self.pick(*names) for _ in range(self.pick(1, 3, 8))]
        f = ["def f(a, b, n):", "    x, h, told = 0, up, []", f"    all = [{', '.join(f'{name}()' for name in [*orders, *names])}]", self.pick("    pass", "    for o in all: o.t = all[-1]", "    for o in all: o.t = o"), "    for k in range(n):", *["        " + one for one in errors],
             "    return [x, *told[:9], len(told), [(type(o).__name__, repr(getattr(o, 'v', '?')), repr(getattr(o, 'w', '?'))) for o in all]], k"]
        return "\n".join([HEAD, *classes, "class Other(Base):\n    v = 2\n    w = 5", self.function(0), self.function(1), *f])


@pytest.mark.parametrize("kind", ("ints", "floats"))
def test_objects_of_many_classes(kind, monkeypatch):
    monkeypatch.setenv("FRAMEJIT_EAGER", "1")
    before = ran()
    for seed in due(range(COUNT)):
        compared(seed, Generator(f"{kind} {seed}").program(), ("g0", "g1", "f"), calls_with(CALLS[kind]))
    assert ran() - before > 10 * COUNT
