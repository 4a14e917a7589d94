"""Random programs of classes that inherit from list: methods of their own and list's, attributes, changes in mid-loop; values, identity, tracebacks."""

import os
import random

import pytest

from tests.random.test_callees import calls_with, compared, ran

COUNT = 2000 if os.environ.get("FRAMEJIT_NIGHTLY") else 40
KINDS = {"ints": ("1500, 2500, 40", "5, -7, 60", "2 ** 40, 3, 25"), "floats": ("1.5, 2.5, 40", "0.25, -0.5, 60", "1e300, 3.0, 25")}
HEAD = """
ended = []
class Ends:
    def __init__(self, number): self.number = number
    def __del__(self): ended.append(self.number)
    def __repr__(self): return 'Ends'
class Same:
    def __eq__(self, other): ended.append('asked'); return other == 3
    def __repr__(self): return 'Same'
"""
METHODS = (     # a class may have of its own
    ("def __len__(self): return {len}",), ("def __getitem__(self, k): return {item}",), ("def __iter__(self): return iter(list.__getitem__(self, slice(None, None, -1)))",),
    ("def __contains__(self, what): return what == 3",), ("def __bool__(self): return list.__len__(self) % 2 == 0",), ("def __eq__(self, other): return self is other",),
    ("def append(self, what):", "    list.append(self, what)", "    list.append(self, 4)"), ("def append(self, what):", "    super().append(what)"),
    ("def pop(self, k=-1): return super().pop(k)",), ("def __setitem__(self, k, what): super().__setitem__(k, what)",),
    ("def __init__(self, *items): super().__init__(items)",), ("def __init__(self, items=()):", "    list.__init__(self, items)", "    self.q = 5"),
    ("def __init__(self, items=()):", "    super().__init__()", "    self.extend(items)"), ("def __new__(cls, *items): return list.__new__(cls)",),
    ("def __del__(self): ended.append(list.__len__(self))",), ("def __getattribute__(self, name): return super().__getattribute__(name)",),
    ("def __getattr__(self, name):", "    if name == 'q': return 17", "    raise AttributeError(name)"), ("def remove(self, what): ended.append(what)",))
SHARED = (      # what uses of the classes call
    "def push(self, what):", "    self.append(what)", "    return self", "def first(self, other):", "    return self[0] if len(self) else other",
    "def added(self):", "    found = 0", "    for e in self:", "        found = found + e", "    return found", "def size(self): return len(self) + K", "K = 3",
    "@property", "def last(self): return self[-1]")
FUNCTIONS = """
def large(l): return isinstance(l, list) and list.__len__(l) > 90
def put(where, what):
    where.append(what)
    return len(where)
def total(where, start):
    for e in where:
        start = start + e
    return start
def made(one, other):
    found = L()
    found.append(one)
    found.append(other)
    return found
def filled(where, other):
    while len(where):
        e = where.pop(0)
        if e == other: return e
    return other
def exchanged(where, k, what):
    old = where[k]
    where[k] = what
    return old
class Holder:
    def __init__(self, l):
        self.l = l
        self.m = 0
    def held(self): return self.l
    def itself(self): return self
    def add(self, what): self.l.append(what)
"""
VALUES = ("len({x})", "{x}[0]", "{x}[-1]", "{x}[k % 4]", "{x}.pop()", "{x}.pop(0)", "sum({x})", "max({x})", "min({x})", "{x}.index({v})", "{x}.count({v})", "put({x}, {v})", "total({x}, {v})",
          "filled({x}, {v})", "exchanged({x}, 0, {v})", "{x}.first({v})", "{x}.added()", "{x}.size()", "{x}.last", "{x}.K", "len(made({v}, {v}))", "made({v}, 2)[1]", "sorted({x})[0]", "len(list({x}))",
          "len(tuple({x}))", "len({x}.copy())", "len({x}[1:])", "len({x} + [1])", "isinstance({x}, list) + 1", "(type({x}) is L) + 1", "({x} == {y}) + 1", "({x} is {y}) + 1", "len([e for e in {x}])",
          "sum(e for e in {x})", "any({x}) + 1", "L({x})[0]", "len(L())", "({x} != None) + 1", "getattr({x}, 'q', 2)", "{x}.q", "h.held()[0]", "len(h.held())", "list.__len__({x})", "list.pop({x})",
          "h.itself().m", "max({x}, default={v})", "len({x}) * 2")
STATEMENTS = (
    "{x}.append({v})", "{x}.append({v})", "{x}.append({v})", "put({x}, {v})", "{x}.push({v})", "h.add({v})", "list.append({x}, {v})", "{x}[0] = {v}", "{x}[-1] = {v}", "{x}.insert(0, {v})", "{x}.insert(k % 3, {v})",
    "{x}.extend({y})", "{x}.extend([{v}, 2])", "{x}.reverse()", "{x}.sort()", "if {x}: {t} = {v}", "if not {x}: {x}.append({v})", "if {v} in {x}: {t} = {v}", "if {v} in {x}: {x}.remove({v})",
    "for e in {x}: {t} = e if e is not {v} else {t}", "for e in {x}:\n    if e is {v}: break\n    {t} = e", "for k2, e in enumerate({x}): {t} = e if k2 else {v}", "for e, g in zip({x}, {y}): {t} = e if g else {v}",
    "while len({x}) > 3: {t} = {x}.pop(0)", "while {x}:\n    {t} = {x}.pop()\n    if {t} is {v}: break", "if len({x}) == 2: {t}, u = {x}", "{x} += [{v}]", "del {x}[0]", "{x}.clear()", "x = L()", "x = M()", "y = x", "x = made({v}, {v})",
    "h.l = x", "h.l = L()", "x = h.l", "x = h.held()", "h.held().append({v})", "h.itself().m = {v}", "h.itself().m = {v}", "h.itself().m += 1", "{t} = h.m", "h.held()[0] = {v}", "kept[k % 3] = x", "for e in {x}:\n    y.append(e)\n    if large(y): break",
    "x = x if len(x) < 40 else L()", "if len(h.l) > 50: h.l = L()", "append = {x}.append; append({v})", "{t} = {x}[0] if {x} else {v}", "first, *rest = [*{x}, {v}]; {t} = first")
SURPRISES = (
    "L.append = lambda self, what: ended.append(what)", "del L.append", "L.__len__ = lambda self: 2", "L.__iter__ = lambda self: iter([1, 2])", "L.__getitem__ = lambda self, k: 9", "L.__bool__ = lambda self: False", "L.K = 8",
    "x.append = lambda what: ended.append(what)", "h.l.q = 11", "x.q = Ends(3)", "x = list(x)", "x = M(x)", "x = (1, 2)", "y = [1, 2, 3]", "x.append(Ends(k))", "x.append(Same())", "x[:] = [Ends(1), Ends(2), 3]", "x.append('text')",
    "x = None", "h = None", "L.__eq__ = lambda self, other: False", "L.__contains__ = lambda self, what: True", "L.__setitem__ = lambda self, k, what: ended.append(k)", "L = list", "del x", "x.__class__ = M", "L.__bases__ = (M2,)",
    "L.__init__ = lambda self, *rest: ended.append('made')", "L.__new__ = lambda cls, *rest: list.__new__(M)", "M.pop = lambda self, k=0: list.pop(self, 0)", "M2.append = lambda self, what: ended.append(('base', what))", "L.__del__ = lambda self: ended.append('end')",
    "h.m = Ends(4)", "h.held = lambda: L([5, 5])", "Holder.held = lambda self: L([6, 6])", "Holder.m = 5", "L.__getattribute__ = lambda self, name: list.__getattribute__(self, name)", "x.append(x)", "L.size = lambda self: 1")


class Generator:
    """Classes, functions that are given instances of them, and a loop."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def value(self):
        return self.pick(*"abcd", *"abcd", "k", "3", "0.5")

    def text(self, form):
        for mark, choices in (("{x}", ("x", "x", "y", "h.l")), ("{y}", ("x", "y", "h.l")), ("{v}", ()), ("{t}", tuple("abcd"))):
            while mark in form:
                form = form.replace(mark, self.pick(*choices) if choices else self.value(), 1)
        return form

    def class_(self, name, base, slots):
        lines = [f"class {name}({base}):", *([f"    __slots__ = {slots}"] if slots else []), "    pass"]
        own = self.random.sample(METHODS, self.pick(0, 0, 0, 1, 1, 2))
        for method in own:
            lines += ["    " + line.format(len=self.pick("list.__len__(self)", "2", "super().__len__() + 1"), item=self.pick("list.__getitem__(self, k)", "7", "super().__getitem__(k)")) for line in method]
        return lines

    def program(self):
        slots = self.pick(None, None, "()", "('q',)")
        lines = [HEAD, *self.class_("M2", "list", slots and "()"), *self.class_("L", self.pick("list", "list", "M2"), slots), *["    " + line for line in SHARED], *self.class_("M", "L", slots and "()"), FUNCTIONS]
        lines = "\n".join(lines).replace("+ K", "+ self.K").split("\n")
        body = []
        for _ in range(self.random.randrange(3, 8)):
            form = self.pick(*STATEMENTS) if self.random.random() < 0.6 else "{t} = " + self.pick(*VALUES)
            body += self.text(form).split("\n")
            if self.random.random() < 0.2:
                body[-1:] = [f"if k % {self.pick('2', '3', '5')}:", "    " + body[-1]] if not body[-1].startswith(" ") else body[-1:]
        if self.random.random() < 0.6:
            body.insert(0, f"if k == {self.pick('17', '30', 'n - 3')}: " + self.pick(*SURPRISES))
        if self.random.random() < 0.6:
            body = ["try:", *["    " + line for line in body], "except (IndexError, ValueError, TypeError, AttributeError, OverflowError):", "    count += 100"]
        head = ["def f(a, b, n):", "    global L", "    x, y, h = L(), M(), Holder(L())" if self.random.random() < 0.8 else "    x, y, h = L([a, b]), L(), Holder(M([a]))", "    x.append(a); y.append(b); h.l.append(a)",
                "    c = d = b", "    count = 0", "    kept = [a, b, a]", "    ended.clear()", "    for k in range(n):", "        count += 1", "        if any([large(l) for l in (x, y, h.l)]): break"]
        tail = ["    seen = [list.copy(l)[:60] if isinstance(l, list) else l for l in (x, y, h.l, *kept)]", "    return [a, b, c, d, *[e for l in seen for e in (l if type(l) is list else [l])], *ended, type(x).__name__, type(y).__name__], count"]
        return "\n".join([*lines, *head, *["        " + line for line in body], *tail])


@pytest.mark.parametrize("kind", KINDS)
def test_classes_that_inherit_from_list(kind, monkeypatch):
    monkeypatch.setenv("FRAMEJIT_EAGER", "1")
    before = ran()
    for seed in range(COUNT // 2):
        compared(seed, Generator(seed).program(), ("f",), calls_with(KINDS[kind]))
    assert ran() - before > 10 * COUNT
