"""The compiler looks at the program's objects and classes without running any of its code.

Tripwires: classes and metaclasses with all special methods, each of which notes that it was called, and whether somebody of framejit's own did
that, directly or by way of C code such as `in`.  Hot programs with such objects have to call what they call in plain Python, in the same order,
and nothing else.
"""

import os
import sys
from abc import ABCMeta

import pytest

import framejit
from framejit.capture import values
from framejit.graph.show import shortened
from framejit.runtime.check import Uncopied, copied, fingerprint
from framejit.runtime.compiling import short
from framejit.tables.classes import is_enumeration, name_of, one_of
from tests.arrays.programs import plain_and_jitted

OWN = os.path.dirname(framejit.__file__) + os.sep
TURNS = 150
CALLS = 3


def note(log, name):
    """Notes that a method was called, and whether framejit did that, with nobody of the program's or a library's in between."""
    frame, ours = sys._getframe(2), ""
    while frame is not None and frame.f_code.co_filename not in ("<string>", __file__) and not ours:
        ours = frame.f_code.co_filename.startswith(OWN) and f"{frame.f_code.co_filename[len(OWN):]}:{frame.f_lineno}"
        frame = frame.f_back
    log.append((name, ours) if ours else name)


def itself(self, *given):
    return self


def begun(self, v=1.5):
    self.v, self.w = v, 2


def step(self):
    self.v += 1
    if self.v % 3 < 1:
        raise StopIteration
    return 1


OF_OBJECTS = {
    "__bool__": lambda self: True, "__len__": lambda self: 2, "__eq__": lambda self, other: self is other, "__ne__": lambda self, other: self is not other,
    "__lt__": lambda self, other: True, "__gt__": lambda self, other: False, "__hash__": lambda self: 3, "__repr__": lambda self: "T", "__str__": lambda self: "t",
    "__iter__": lambda self: iter((1, 2)), "__contains__": lambda self, item: True, "__getitem__": lambda self, key: 1.5, "__setitem__": lambda self, key, item: None,
    "__add__": itself, "__radd__": itself, "__iadd__": itself, "__mul__": itself, "__rmul__": itself, "__neg__": itself, "__abs__": lambda self: 1,
    "__int__": lambda self: 3, "__float__": lambda self: 2.5, "__index__": lambda self: 1, "__format__": lambda self, how: "f", "__call__": lambda self, *given: len(given),
    "__enter__": itself, "__exit__": lambda self, *error: None, "__instancecheck__": lambda self, one: True, "__length_hint__": lambda self: 2,
    "__reversed__": lambda self: iter((2, 1)),
}
OF_CLASSES = {
    "__eq__": lambda self, other: self is other, "__hash__": type.__hash__, "__getattribute__": type.__getattribute__, "__bool__": lambda self: True,
    "__len__": lambda self: 1, "__iter__": lambda self: iter(()), "__contains__": lambda self, item: False, "__repr__": lambda self: "C",
    "__instancecheck__": type.__instancecheck__, "__subclasscheck__": type.__subclasscheck__, "__call__": type.__call__,
}
OF_STEPS = {"__next__": step, "__iter__": itself, "__bool__": lambda self: False, "__eq__": lambda self, other: True, "__repr__": lambda self: "s"}
OF_ERRORS = {name: OF_OBJECTS[name] for name in ("__bool__", "__eq__", "__hash__", "__len__", "__str__", "__repr__")}
COMMON = {"__init__": begun, "num": lambda self: self.v, "me": lambda self: self, "k": 2.5}


def wired(log, acts, kind="", **more):
    """Members of a class whose methods note their calls."""
    def wire(name, act):
        def method(self, *given, **named):
            note(log, kind + name)
            return act(self, *given, **named)
        return method

    return {**{name: wire(name, act) for name, act in acts.items()}, **more}


def tripwires():
    """The names of a program: its classes, and the list of their calls."""
    log = []
    meta = type("Meta", (type,), wired(log, OF_CLASSES, "type."))
    unhashed = type("Unhashed", (meta,), {"__eq__": meta.__eq__, "__hash__": None})

    def common(**more):
        return wired(log, OF_OBJECTS, **COMMON, **more)

    plain = type("Plain", (), common())
    kinds = {
        "Plain": plain, "Sub": type("Sub", (plain,), {}), "Made": meta("Made", (), common()), "Other": unhashed("Other", (), common()),
        "Seen": type("Seen", (), common(**wired(log, {"__getattribute__": object.__getattribute__}))),
        "Posed": type("Posed", (), common(__class__=property(wired(log, {"__class__": lambda self: int})["__class__"]))),
        "Listed": type("Listed", (list,), common()), "Tabled": type("Tabled", (dict,), common()), "Tuple": meta("Tuple", (tuple,), common()),
        "Number": type("Number", (float,), common()), "Steps": meta("Steps", (), wired(log, OF_STEPS, **COMMON)),
    }
    return {**kinds, "Error": meta("Error", (Exception,), wired(log, OF_ERRORS)), "KINDS": kinds, "LOG": log}


PROGRAM = '''
import collections, functools, itertools
import numpy as np
from tests.scope.test_programs_dunders_are_not_asked import tripwires
globals().update(tripwires())

class Holder:
    def __init__(self, a): self.a = a
    def get(self): return self.a
    @property
    def held(self): return self.a

def same(x): return x
def v_of(x): return x.v
def one(x): return 1
def two(x, y): return y, x
def maybe(x, y=None, *, k=None): return x if y is None else y
def some(*given, **named): return given
def gives(x):
    for _ in range(2): yield x
def closed(x):
    def inner(): return x
    return inner
def raises(x): raise Error(x)

Pair = collections.namedtuple("Pair", "a b")
half, a, HELD, GIVEN = functools.partial(same), np.arange(4.0), {}, None

def f(n, x, y, K, t, l, d):
    z, p, q, r, e = 0.0, 0, 0, 0, None
    for i in range(n):
        BODY
    return z, q, r
'''

BODIES = """
if x: z += 1
if not x: z += 1
z += 1 if x else 2
x = x or y
x = x and y
x = y if i % 2 else x
x = None if i % 5 == 0 else GIVEN
if x is y: z += 1
if x is None: z += 1
if x == y: z += 1
if x != 1: z += 1
if x < y: z += 1
if type(x) is type(y): z += 1
if type(x) == K: z += 1
if type(x) != type(y): z += 1
q = type(x)
q = x.__class__
z += isinstance(x, K)
z += isinstance(x, (int, K))
z += isinstance(t[0], (K, float))
z += issubclass(K, K)
z += x if type(x) is int else 1
z += len(x)
z += x[0]
x[0] = 1
z += x in t
z += 1 in x
z += x in (None, y)
z += t.index(y)
z += l.count(x)
q, r = x
q, *r = x
q, r = t
for q in x: z += q
for q in t: z += q.v
for q in l: z += 1
for q in (x, y): z += q.v
for q in reversed(l): z += 1
for q in reversed(x): z += 1
for q, r in zip(x, x): z += 1
for q, r in zip(l, t): z += r.v
for q, r in enumerate(x): z += q
for q, r in enumerate(t): z += q
for q in map(one, x): z += q
for q in itertools.chain(x, t): z += 1
for q in itertools.product(t, x): z += 1
for q in gives(x): z += q.v
z += sum(q for q in x)
z += sum(q.v for q in t)
z += any(q for q in t)
z += all(x)
q = [p for p in x]
q = [p.v for p in l]
q = {p for p in t}
q = {x: 1, 2: y}
q = {x, y}
q = set(t)
q = set(p for p in t)
q = frozenset(l)
q = tuple(p for p in t)
q = list(x)
q = tuple(x)
q = sorted(x)
q = sorted(l, key=one)
l.sort(key=v_of)
q = min(t, key=one)
q = max(x)
z += max(1, 2, key=same)
q = [x, *t, 1]
q = [*x]
q = (*t, *x)
q = some(*t)
q = some(*x)
q = some(a=x)
q = [x] * 3; q = q[1]
q = [x, y][i & 1]
q = (x, 1)[i & 1]
q = t[1:] + (x,)
l.append(x); q = l.pop()
l[0] = x
q = l[-1].v
q = l[:1]; z += q[0].v
d["a"] = x; q = d["a"]
d[i % 3] = x; q = d.get(1, y)
for q, r in d.items(): z += r.w
HELD["a"] = x; z += HELD["a"].v
z += x.v
x.w = i; z += x.w
z += x.num()
x = x.me()
q = K.k
q = K.__name__
x = K(); z += 1
q = Holder(x); z += q.get().v
q = Holder(x); z += q.held.v
q = getattr(x, "v")
q = hasattr(x, "nope")
q = same(x); z += q.v
x, y = two(x, y)
q = maybe(x, k=y)
q = closed(x)(); z += q.v
q = half(x)
q = Pair(x, y); z += q.a.v
q = x(i)
z += abs(x)
z += float(x)
z += int(x)
q = x + 1
x += 1
q = 2.0 * x
q = -x
q = range(x)
z += l[x].v
q = f"{x} {z:.2f}"
q = "%s" % x
q = str(x); q = repr(x)
q = next(iter(x))
q = iter(x); z += next(q)
with x as q: z += 1
try: raises(x)\\nexcept Error as e: z += 1
try: raise Error(x)\\nexcept (KeyError, Error): z += 1
try: l[9]\\nexcept (Error, IndexError): z += 1
assert x is not None, y
match x:\\n    case Sub(k=q): z += 1\\n    case Plain(v=q): z += q
match x:\\n    case K(v=1.5): z += 1\\n    case _: z += 3
match t:\\n    case (K(), q): z += 1\\n    case _: z += 5
match x:\\n    case [q, r]: z += 1\\n    case {"a": q}: z += 2\\n    case int() | float(): z += 3
q = np.add(a, x)
q = a * x
q = np.array([x, y], dtype=object)
q = np.sum(x)
q = np.zeros(x)
q = a[x]
q = np.float64(2.0) * x
q = np.where(a > 1, x, 0.0)
q = np.maximum(x, a)
x = GIVEN
for q in GIVEN: z += 1
for q, r in zip(GIVEN, t): z += 1
for q, r in zip(t, GIVEN): z += 1
for q, r in enumerate(GIVEN): z += 1
for q in itertools.product(GIVEN, t): z += 1
for q in itertools.combinations(GIVEN, 2): z += 1
for q in itertools.repeat(GIVEN, 2): z += q.v
for q in itertools.islice(itertools.count(GIVEN), 2): z += 1
for q in itertools.islice(l, GIVEN): z += 1
for q in map(GIVEN, t): z += 1
for q in filter(GIVEN, t): z += 1
q = [GIVEN]; z += 1
q = [GIVEN, 1.5]; z += q[1]
q = (GIVEN, i); z += q[1]
q = np.array([GIVEN, 1.0], dtype=object)
q = [p for p in GIVEN]
q = sum(p for p in GIVEN)
q = set(p for p in GIVEN)
q = sorted(GIVEN, key=one)
q = min(GIVEN, key=one)
q = list(GIVEN); r = tuple(GIVEN)
q = [1, *GIVEN]
q, r = GIVEN
if GIVEN: z += 1
z += GIVEN == x
z += GIVEN in t
z += 1 in GIVEN
z += GIVEN.v + GIVEN.k
z += GIVEN.num()
z += GIVEN[0]
q = GIVEN + 1
q = d.get("a", GIVEN).v
q = {"a": GIVEN}; z += q["a"].v
q = f"{GIVEN}"
q = type(GIVEN)
z += isinstance(GIVEN, K)
q = np.add(a, GIVEN)
match t[0]:\\n    case Sub(k=q): z += 1\\n    case Plain(v=q): z += q
match t[0]:\\n    case K(v=q): z += q\\n    case _: z += 1
match GIVEN:\\n    case Sub(k=q): z += 1\\n    case Plain(v=q): z += q
if t[0] == t[1]: z += 1
if t[0] != y: z += 1
q = type(t[0]); z += q is K
q = type(l[0]) == type(y)
q = [t[0], *l]; z += len(q)
for q in t[0]: z += q
q, r = t[0]
z += len(t[0])
if t[0]: z += 1
q = t[0] or y
l += t
l.extend(t); l.clear(); l.extend((x, y))
q = [*l, *t]; z += len(q)
q = {**d, "c": x}; z += q["c"].v
q = dict(zip("ab", t)); z += q["a"].v
q = collections.deque(t); z += q.popleft().v
q = collections.Counter(l)
q = functools.reduce(maybe, t)
q = itertools.accumulate(t, maybe); z += next(q).v
del d["a"]; d["a"] = x
d.update(a=y); z += d.pop("b", x).v
""".strip().splitlines()
OTHERS = ("Plain", "Posed", "Sub", "Seen", "Listed", "Other", "Tabled", "Tuple", "Number", "Steps")


def source_of(body):
    return PROGRAM.replace("BODY", body.replace("\\n", "\n" + " " * 8))


def told(value, depth=3):
    """What a value is, without asking it."""
    if one_of(type(value), (int, float, str, bool, type(None))):
        return value
    return name_of(type(value)), [told(item, depth - 1) for item in value] if one_of(type(value), (list, tuple)) and depth else ()


def outcome(f, kind):
    """What calls give or raise, and what has been called meanwhile."""
    space, found = f.__globals__, []
    make, log = space["KINDS"][kind], space["LOG"]
    for _ in range(CALLS):
        x, y = [make.__new__(make) if kind == "Tuple" else type.__call__(make) for _ in range(2)]
        if kind == "Tuple":
            x.v, x.w = y.v, y.w = 1.5, 2
        space["GIVEN"] = x if space["GIVEN"] is None else space["GIVEN"]
        space["HELD"].clear()
        log.clear()
        try:
            result = told(f(TURNS, x, y, make, (x, y), [x, y], {"a": x, "b": y}))
        except Exception as error:
            result = name_of(type(error)), [told(one) for one in BaseException.args.__get__(error)], error.__traceback__.tb_next.tb_lineno
        found.append((result, log[:]))
    return found


def kinds_for(number, body):
    """The classes whose instances a program has: that with a metaclass; those of the others go round, at night all."""
    if os.environ.get("FRAMEJIT_NIGHTLY"):
        return "Made", *OTHERS
    asks = [kind for kind, words in ASKED_BY.items() if any(word in body for word in words)]
    return "Made", *(asks or OTHERS[number % len(OTHERS)::len(OTHERS)][:number % 3 == 0])


ASKED_BY = {"Posed": ("type(", "==", "!="), "Plain": ("match",)}


@pytest.mark.parametrize("number, body", enumerate(BODIES), ids=BODIES)
def test_nobody_else_asks(number, body, monkeypatch):
    foreign, begin = [], values.Obj.__init__

    def begun(self, type_, *rest, **named):
        begin(self, type_, *rest, **named)
        if isinstance(type_, type) and not one_of(type(type_), (type, ABCMeta)) and not is_enumeration(type_):
            foreign.append(type_)

    monkeypatch.setattr(values.Obj, "__init__", begun)
    for kind in kinds_for(number, body):
        plain, jitted = plain_and_jitted(source_of(body))
        expected, found = outcome(plain, kind), outcome(jitted, kind)
        asked = {one for _, log in found for one in log if type(one) is tuple}
        assert not asked, (kind, asked)
        assert found == expected, kind
        assert not foreign, kind         # what is known of an object's type is compared and hashed as types of Python's own are


def test_it_runs_natively():
    _, jitted = plain_and_jitted(source_of("z += x.num() + GIVEN.v"))
    before = framejit.stats()["native_iterations"]
    outcome(jitted, "Plain")
    assert framejit.stats()["native_iterations"] - before >= TURNS


def raised(kind, what):
    try:
        raise kind(what)
    except kind as error:
        return error


@pytest.mark.parametrize("what", [shortened, short, fingerprint, copied])
def test_what_is_written_of_objects_asks_nobody(what):
    space = tripwires()
    for kind in space["KINDS"].values():
        made = type.__call__(kind)
        shown = made, kind, (made, kind), [made], {1: made}, made.num, raised(space["Error"], made)
        space["LOG"].clear()
        for value in shown:
            try:
                what(value)
            except Uncopied:
                continue
        assert not space["LOG"], kind
