"""Functions that call others: what is called natively, and what may not be."""

import gc
import sys

import pytest

import framejit
from framejit import _machine


def counters():
    now = framejit.stats()
    return now["callouts"], now["exits"]


def program(source, *names):
    space = {}
    exec(source, space)
    for name in names:
        space[name] = framejit.jit(space[name])
    return space


OWN_CELLS = """
def norm(values, k):
    return sum(value * k for value in values)

def adder(n):
    def add(x, y=1):
        return x + n * y
    return add

def bumped(n):
    total = n
    def bump(x):
        nonlocal total
        total += x
        return total
    bump(1)
    return bump(2) + total

def shifted(k):
    return (lambda x: x - k)(1)

def grown(n, text):
    made = ""
    for k in range(n):
        made += text
    return made, n

def many(first, *rest):
    for x in rest:
        first += x
    return first

def total(n, pair):
    s = 0
    for k in range(n):
        s += norm((k + 1, 2, 3), k) + adder(k)(2) + bumped(k) + shifted(k)
        text, size = grown(k % 5, "ab")
        s += len(text) + size + many(k, *pair) + many(*pair, k)
    return s
"""


HELPERS = """
def half(x):
    return x * 0.5

def area(x, y=2.0):
    return half(x) * y

def total(n):
    s = 0.0
    for k in range(n):
        s += area(k * 0.5) + area(y=0.25, x=s) - half(x=s)
    return s
"""


def test_calls_without_call_outs():
    space = program(HELPERS, "total")
    expected = program(HELPERS)["total"](500)
    assert [space["total"](500) for _ in range(3)] == [expected] * 3
    before = counters()
    assert space["total"](500) == expected
    assert counters() == before


def test_cells_of_their_own_and_tuples_of_objects():
    plain, fast = program(OWN_CELLS), program(OWN_CELLS, "total")
    native_without_leaving(lambda: fast["total"](300, (2, 3)), plain["total"](300, (2, 3)))


def test_what_is_skipped_is_interpreted():
    space = program(HELPERS, "total")
    framejit.skip(space["half"])
    expected = program(HELPERS)["total"](50)
    assert [space["total"](50) for _ in range(3)] == [expected] * 3


REPLACED = """
def first(x):
    return x + 1

def second(x):
    return x * 3

def third(x, by=2):
    return x - by

def loop(n, when):
    s = 0
    for k in range(n):
        s += first(k) + third(k)
        if k == when:
            change(k)
    return s

def change(k):
    CHANGES[k % len(CHANGES)]()
"""
CHANGES = """
def change_code(): first.__code__, second.__code__ = second.__code__, first.__code__
def change_defaults(): third.__defaults__ = (third.__defaults__[0] + 3,)
def change_name():
    global first, second
    first, second = second, first
def nothing(): pass
CHANGES = [change_code, change_defaults, change_name, nothing]
"""


def test_replaced_in_mid_loop():
    plain, fast = program(REPLACED + CHANGES), program(REPLACED + CHANGES, "loop")
    for turn in range(12):
        for when in (-1, 100 + turn, 300 + turn):
            assert fast["loop"](400, when) == plain["loop"](400, when), (turn, when)


def test_back_again_needs_no_compilation():
    space = program(REPLACED + CHANGES, "loop")
    for _ in range(3):
        space["loop"](400, -1)
    code = space["first"].__code__
    space["first"].__code__ = space["second"].__code__
    changed = space["loop"](400, -1)
    space["first"].__code__ = code
    space["loop"](400, -1)
    before = framejit.stats()["regions_compiled"]
    assert space["loop"](400, -1) != changed
    assert framejit.stats()["regions_compiled"] == before


OBJECTS = """
class Inner:
    def __init__(self, x):
        self.x = x

def taken(one):
    return one.x * 2.0

def loop(items, n, when):
    s = 0.0
    for k in range(n):
        s += taken(items[k % 2])
        if k == when:
            change(k)
    return s

def change(k):
    Inner.x = property(lambda self: 100.0, lambda self, value: None)

def items():
    return [Inner(1.5), Inner(2.5)]
"""


def test_a_class_that_only_the_callee_knows_changes_in_mid_loop():
    plain, fast = program(OBJECTS), program(OBJECTS, "loop")
    for when in (-1, -1, -1, 700, -1):
        assert fast["loop"](fast["items"](), 1000, when) == plain["loop"](plain["items"](), 1000, when), when


VARIABLES = """
def simpson(f, a, b, n):
    h = (b - a) / n
    s = f(a) + f(b)
    for k in range(1, n):
        s += f(a + k * h) * (4.0 if k % 2 else 2.0)
    return s * h / 3.0

def made_anew():
    return lambda x: x * x + 1.0

def counter():
    total = 0
    def add(k):
        nonlocal total
        total += k
        return total
    return add

def used(add, n):
    s = 0
    for k in range(n):
        s += add(k)
    return s

def own(n):
    scale = 0.5
    def scaled(x):
        return x * scale
    s = 0.0
    for k in range(n):
        s += scaled(k)
        scale += 0.25
    return s

def consumed(xs, c):
    return sum(x * c for x in xs if x > 2) + max(x for x in xs), any(x < 0 for x in xs), all(x < c for x in range(5))
"""


def native_without_leaving(call, expected, callouts=0):
    assert [call() for _ in range(4)] == [expected] * 4
    before, entries = counters(), framejit.stats()["native_entries"]
    assert call() == expected
    assert framejit.stats()["native_entries"] > entries
    assert (framejit.stats()["callouts"] - before[0], framejit.stats()["exits"] - before[1]) == (callouts, 0)


def test_callees_in_variables():
    plain, fast = program(VARIABLES), program(VARIABLES, "simpson", "used", "own", "consumed")
    for text in ("simpson(made_anew(), 0.0, 2.0, 400)", "used(counter(), 300)"):
        native_without_leaving(lambda: eval(text, fast), eval(text, plain))
    native_without_leaving(lambda: fast["own"](200), plain["own"](200))


def test_generator_expressions():
    plain, fast = program(VARIABLES), program(VARIABLES, "consumed")
    for values in ([0.5 * k for k in range(100)], list(range(100))):
        native_without_leaving(lambda: fast["consumed"](values, 3), plain["consumed"](values, 3))


LAZY = """
def lazily(xs, k):
    for _ in range(50):
        k += 1
    return (x * 2 for x in xs)

def called(n):
    s = 0
    for _ in range(60):
        s += sum(ord(letter) for letter in str("abc"))
    return s + sum(range(n))
"""


def test_generators_that_have_to_be_made():
    fast = program(LAZY, "lazily", "called")
    assert [list(fast["lazily"]([1, 2], 3)) for _ in range(4)] == [[2, 4]] * 4
    assert [fast["called"](3) for _ in range(4)] == [60 * sum(ord(letter) for letter in "abc") + sum(range(3))] * 4
    assert not [one for one in framejit.explain().breaks if one.name == "compiler_failure" and one.function in ("lazily", "called")]


CLASSES = """
class Account:
    RATE = 0.01
    def __init__(self, balance):
        self.balance = balance
    def deposit(self, amount):
        self.balance += amount
        return self.balance
    @property
    def interest(self):
        return self.balance * self.RATE
    @interest.setter
    def interest(self, value):
        self.balance += value
    @staticmethod
    def half(x):
        return x * 0.5
    @classmethod
    def rate(cls, x):
        return cls.RATE * x

class Savings(Account):
    RATE = 0.02
    def __init__(self, balance, bonus=1.0):
        super().__init__(balance)
        self.bonus = bonus
    def deposit(self, amount):
        return super().deposit(amount * 0.5) + self.bonus

class Vec:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, other): return Vec(self.x + other.x, self.y + other.y)
    def __rmul__(self, by): return Vec(self.x * by, self.y * by)
    def __lt__(self, other): return self.x < other.x
    def __getitem__(self, k): return self.x if k == 0 else self.y
    def __call__(self, t): return self.x * t + self.y
    def __len__(self): return 2

def accounts(n):
    account, s = Savings(1.0), 0.0
    for k in range(n):
        s += account.deposit(0.5) + account.interest + account.half(k) + Account.half(k) + account.rate(0.5) + Account.RATE
        account.interest = 0.125
    return s

def vectors(n):
    a, step, s = Vec(0.0, 0.5), Vec(0.5, 0.25), 0.0
    for k in range(n):
        a = a + 0.5 * step
        s += a[k & 1] + a(0.5) + len(a)
        if step < a:
            s += Savings(k).balance
    return s

Savings(1.0)        # from now on its instances have places for their attributes
"""


def test_what_classes_define_is_called_without_call_outs():
    for name in ("accounts", "vectors"):
        space = program(CLASSES, name)
        expected = program(CLASSES)[name](400)
        for _ in range(4):
            assert space[name](400) == expected
        before = framejit.stats()
        assert space[name](400) == expected
        now = framejit.stats()
        assert now["native_iterations"] - before["native_iterations"] == 400, name
        assert (now["exits"], now["native_entries"] - before["native_entries"]) == (before["exits"], 1), name


COLLECTED = """
def collected(xs):
    made = list(x * x for x in xs)
    kept = tuple(x for x in xs if x > 2)
    return len(made) + sum((x for x in made), 5) + len(sorted(-x for x in xs)) + len([x + 1 for x in xs if x]) + len(kept)
"""


def test_generators_that_are_collected():
    space, xs = program(COLLECTED, "collected"), list(range(500))
    expected = program(COLLECTED)["collected"](xs)
    assert [space["collected"](xs) for _ in range(5)] == [expected] * 5
    before = counters()
    assert space["collected"](xs) == expected
    assert counters() == before


SIGNATURES = """
def scaled(x, *, by=2, plus=1):
    return x * by + plus

def rest(a, *args):
    return a + args[0] * len(args)

def passed(*args):
    return rest(*args)

def counted(function):
    def wrapper(*args):
        return function(*args) + 1
    return wrapper

@counted
def product(a, b):
    return a * b

def total(n, t):
    s = 0
    for k in range(n):
        s += scaled(k) + scaled(k, plus=3) + rest(k, 2, s) % 100 + passed(k, 3) + rest(*t) + product(k, 2)
    return s
"""


def test_keyword_defaults_and_star_arguments():
    space, t = program(SIGNATURES, "total"), (3, 4)
    expected = program(SIGNATURES)["total"](500, t)
    assert [space["total"](500, t) for _ in range(4)] == [expected] * 4
    before = counters()
    assert space["total"](500, t) == expected
    assert counters() == before
    space["scaled"].__kwdefaults__["by"] = 5
    assert space["total"](500, t) == expected + 6 * sum(range(500))


SEVERAL = """
class Circle:
    def __init__(self, r): self.r = r
    def area(self): return 3.14 * self.r * self.r

class Square:
    def __init__(self, a): self.a = a
    def area(self): return self.a * self.a

def up(x): return x + 1.0
def down(x): return x * 0.5

def total(shapes, functions, n):
    s = 0.0
    for k in range(n):
        for o in shapes:
            s += o.area()
        s = functions[k % 2](s)
    return s

def arguments():
    return [Circle(1.0), Square(2.0), Circle(0.5)], [up, down], 300
"""


def test_several_classes_and_functions_at_one_place():
    space, plain = program(SEVERAL, "total"), program(SEVERAL)
    given = space["arguments"]()
    assert [space["total"](*given) for _ in range(4)] == [plain["total"](*plain["arguments"]())] * 4
    before = counters()
    space["total"](*given)
    assert counters() == before


PARTIALS = """
import operator
from functools import partial

def scale(a, x, *, by=1): return a * x + by

ITEMS = [1, 5, 7]
double, half = partial(scale, 2), partial(scale, 0.5, by=0.25)

class Holder:
    def __init__(self, function): self.function = function

def partials(n):
    s = 0.0
    for k in range(n):
        s += double(k) + half(k) + half(k, by=s) * 0.5
    return s

def held(holder, n):
    s = 0.0
    for k in range(n):
        s += holder.function(k)
    return s

def operators(n):
    s, t = 0, ITEMS
    for k in range(n):
        s = operator.add(s, operator.mul(k, 3)) if operator.lt(k, 50) else operator.sub(s, operator.neg(k))
        s = operator.xor(s, operator.getitem(t, k % 3)) if operator.contains((1, 5, 7), k) or operator.is_not(t, None) else s
    return s
"""


def test_partial_objects_and_the_operator_module():
    for name, arguments in ("partials", ()), ("held", ("half",)), ("held", ("double",)), ("operators", ()):
        space, plain = program(PARTIALS, name), program(PARTIALS)
        given, expected = [[space["Holder"](space[one]) for one in arguments] for space in (space, plain)]
        assert [space[name](*given, 400) for _ in range(6)] == [plain[name](*expected, 400)] * 6
        before = framejit.stats()
        space[name](*given, 400)
        now = framejit.stats()
        assert now["native_iterations"] - before["native_iterations"] == 400, name
        assert (now["exits"], now["callouts"]) == (before["exits"], before["callouts"]), name


NAMED_TUPLES = """
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", "x y")

class Vector(Point):
    def norm(self): return self.x * self.x + self.y

class Body(NamedTuple):
    m: float
    v: float
    @property
    def energy(self): return self.m * self.v * self.v

def fields(p, v, b, n):
    s = 0.0
    for k in range(n):
        x, y = p
        s += p.x * k - p.y + p[0] + len(p) + x - y + v.norm() + b.energy
    return s

def made(n):
    p, s = Point(0, 1), 0
    for k in range(n):
        p = Point(p.y % 1000, p.x + k)
        s += p.x + p[1]
    return s
"""


def test_named_tuples():
    space, plain = program(NAMED_TUPLES, "fields", "made"), program(NAMED_TUPLES)
    given = [space["Point"](3, 4.5), space["Vector"](1, 2), space["Body"](0.5, 2.0), 400]
    assert [space["fields"](*given) for _ in range(4)] == [plain["fields"](*given)] * 4
    before = counters()
    space["fields"](*given)
    assert counters() == before
    assert [space["made"](400) for _ in range(6)] == [plain["made"](400)] * 6
    gc.collect()                    # none is due while it runs: that would be left for
    before = counters()
    space["made"](400)
    assert counters() == before


LISTS = """
class Stack:
    def __init__(self): self.items, self.pairs = [], []
    def push(self, x): self.items.append(x)
    def pop(self): return self.items.pop()
    def note(self, a, b): self.pairs.append((a, b))

def put(where, x):
    where.append(x * 0.5)

def pushed(stack, where, n):
    s = 0.0
    for k in range(n):
        stack.push(k * 0.5)
        stack.push(s)
        s += stack.pop()
        put(where, k)
        if k % 8 == 0:
            stack.note(k, s)
    return s, len(stack.items), len(where), len(stack.pairs)
"""


def test_lists_of_others():
    space, plain = program(LISTS, "pushed"), program(LISTS)
    expected = plain["pushed"](plain["Stack"](), [], 400)
    assert [space["pushed"](space["Stack"](), [], 400) for _ in range(6)] == [expected] * 6
    before = framejit.stats()
    space["pushed"](space["Stack"](), [], 400)
    now = framejit.stats()
    assert now["native_iterations"] - before["native_iterations"] == 400
    assert (now["exits"], now["callouts"]) == (before["exits"], before["callouts"])


RAISING = """
class Account:
    def __init__(self, balance): self.balance = balance
    def withdraw(self, amount):
        if amount < 0:
            raise ValueError(f"bad amount {amount}")
        if amount > self.balance:
            raise RuntimeError("insufficient", amount, self.balance)
        self.balance -= amount
        return self.balance

def checked(x):
    if x > 1e6:
        raise OverflowError("too much", x) from None
    return x * 0.5

def safe(x):
    try:
        y = checked(x)
    except OverflowError:
        return 0.0
    return y + 1.0

def asserted(x):
    assert x >= 0, f"negative: {x}"
    return x + 1

def loop(balance, n):
    account, s = ACCOUNTS[0], 0.0
    account.balance = balance
    for k in range(n):
        s += checked(k * 0.5) + safe(k * 0.25) + account.withdraw(0.5) + asserted(k)
    return s

ACCOUNTS = [Account(0.0)]
"""


def test_functions_that_may_raise():
    plain, fast = program(RAISING), program(RAISING, "loop")
    native_without_leaving(lambda: fast["loop"](1e6, 1000), plain["loop"](1e6, 1000))


LEFT = """
def assigned(a, b, k):
    c = d = a
    if k > 5:
        a = c + 1.0
        a = c
    if k == 9 and c < 100.0:
        c / 0.0
    return 2.0

def between(a, b, k):
    c = d = a
    d = d - a - k
    return assigned(d, b, k - 1)

def first(a, b, n):
    for k in range(n):
        b += between(a, b, k)
    return b

def second(a, b, n):
    d = a
    for k in range(n):
        d = a - b
        b += assigned(d, b, k)
    return b

def third(a, b, n):
    pair = a, b
    for k in range(n):
        d = a - k
        pair = d, b
        b += assigned(d, pair[1], k) + pair[0]
    return b
"""


def frames_behind(function):
    """Function, and numbers by name with who is who, of each frame that an error went through."""
    try:
        function(1.5, 2.5, 40)
    except ZeroDivisionError as error:
        trace, found, known = error.__traceback__.tb_next, [], []
        while trace is not None:
            known += trace.tb_frame.f_locals.values()
            found.append((trace.tb_frame.f_code.co_name, sorted(trace.tb_frame.f_locals.items())))
            trace = trace.tb_next
        return found, [one is other for one in known for other in known]


def test_a_number_that_gets_an_object_for_a_call_is_that_object_in_both_frames():
    for name in ("first", "second", "third"):
        plain, fast = program(LEFT), program(LEFT, name)
        for _ in range(4):
            assert frames_behind(fast[name]) == frames_behind(plain[name])


MIXED = """
import math

class Point:
    def __init__(self, x): self.x = x
    def half(self): return self.x / 2

def items(values, n):
    s = 0
    for k in range(n):
        x = values[k % 8]
        s += abs(x) + math.sqrt(x) + round(x) + int(x) - -x
        if not x: s += 1
        if x > 2: s -= x
        s += x and 1
    return s

def optional(values, n):
    s = 0.0
    for k in range(n):
        x = values[k % 8]
        if x is None:
            s += 1
        elif x > 2:
            s += x
        if x: s += 1
    return s

def pairs(values, n):
    s = 0
    for k in range(n):
        x, y = values[k % 8], values[k % 5]
        z = x * y
        if z > 3: s += z
        w = x - y
        if w > 0: s += 1
        else: s += w
        s += x + y
    return s

def attributes(points, n):
    s = 0
    for k in range(n):
        p = points[k % 3]
        s += p.half() + p.x * p.x
        p.x = p.x + 1 if k % 2 else p.x * 0.5
    return s

def summed(values, n):
    s = 0
    for k in range(n):
        s += sum(x * 2 for x in values)
    for x in values:
        s += x
    return s

def points():
    return [Point(1), Point(2.5), Point(0)]
"""


def test_numbers_of_several_kinds_at_one_place():
    mixed, turns, gaps = [1, 2.5, 3, 4.5, True, 0.5, 2, 7], [1, 2.5, 3, 4.5, 1, 0.5, 2, 7], [1.5, None, 2, 3.5, None, 0.0, 1, None]
    for name, arguments, compilations in ("items", "mixed", 1), ("optional", "gaps", 2), ("pairs", "turns", 1), ("attributes", "points()", 3), ("summed", "mixed", 2):
        plain, fast = program(MIXED), program(MIXED, name)
        for space in (plain, fast):
            space.update(mixed=mixed, turns=turns, gaps=gaps)
        before = framejit.stats()["regions_compiled"]
        native_without_leaving(lambda: fast[name](eval(arguments, fast), 500), plain[name](eval(arguments, plain), 500))
        assert framejit.stats()["regions_compiled"] - before <= compilations, name


def test_sums_of_ints_that_were_floats_before_are_ints():
    source = "def f(data, n):\n    for k in range(n):\n        data[k % 3] = 1500\n        d = sum(x * 2 for x in data)\n    return d"
    plain, fast = program(source), program(source, "f")
    for data in [1500, 2.5, 7.5], [2.5, 1500, 3.5], [1.5, 2.5, 3.5], [1, 2, 3], [1.5, 2.5, 3.5]:
        for n in (1, 2, 3, 10):
            assert [repr(fast["f"](list(data), n)) for _ in range(3)] == [repr(plain["f"](list(data), n))] * 3


GIVING = """
def clamped(x):
    if x < 0:
        return 0
    return x * 0.5

def place(values, y):
    for k in range(len(values)):
        if values[k] == y:
            return k
    return None

class Node:
    def __init__(self, key, next): self.key, self.next = key, next

def sought(node, key):
    while node is not None:
        if node.key == key:
            return node
        node = node.next
    return None

def nodes(head, n):
    s = 0
    for k in range(n):
        node = sought(head, k % 7)
        s += 100 if node is None else node.key
    return s

def chain():
    return Node(1, Node(2, Node(3.5, Node(5, None))))

def word(x):
    if x % 3 == 0: return "fizz"
    return x if x % 5 else 2.5

def total(values, n):
    s = 0.0
    for k in range(n):
        s += clamped(k - 50.5)
        found = place(values, k % 17)
        s += 1 if found is None else found
        if word(k) is not None and clamped(30.5 - k): s += 1
    return s
"""


def test_functions_that_give_values_of_several_types():
    plain, fast, values = program(GIVING), program(GIVING, "total"), list(range(10))
    native_without_leaving(lambda: fast["total"](values, 500), plain["total"](values, 500))
    plain, fast = program(GIVING), program(GIVING, "nodes")
    native_without_leaving(lambda: fast["nodes"](fast["chain"](), 500), plain["nodes"](plain["chain"](), 500))


INSTANCES = """
import math

class Vec:
    def __init__(self, x): self.x = x
    def __add__(self, other):
        if isinstance(other, Vec):
            return Vec(self.x + other.x)
        if not isinstance(other, (int, float)):
            return NotImplemented
        return Vec(self.x + other)

class Longer(Vec): pass

class Body:
    def __init__(self, x, y):
        self.x = x
        self.y = y
        self.r = math.sqrt(self.x * self.x + self.y * self.y)
        self.n = 0
        self.count()
    def count(self):
        self.n += 1

def added(n):
    a, b, c = Vec(0.0), Vec(0.5), Longer(0.25)
    for k in range(n):
        a = a + b + 1 + 0.5
        if isinstance(k, int) and isinstance(c, Vec) and not isinstance(c, (Body, str)): a = a + k
    return a.x

def bodies(n):
    s = 0.0
    for k in range(n):
        b = Body(k, 1.0)
        s += b.r + b.n
    return s

Vec(1), Longer(1), Body(1, 2)
"""


def test_isinstance_of_what_is_known():
    plain, fast = program(INSTANCES), program(INSTANCES, "added")
    native_without_leaving(lambda: fast["added"](60), plain["added"](60))


def test_initialisers_that_read_what_they_have_stored():
    plain, fast = program(INSTANCES), program(INSTANCES, "bodies")
    before = framejit.stats()["regions_compiled"]
    native_without_leaving(lambda: fast["bodies"](60), plain["bodies"](60))
    assert framejit.stats()["regions_compiled"] == before + 1


def test_looks_wait_for_loops_in_functions():
    plain, fast = program(IN_LOOPS), program(IN_LOOPS, "summed")
    values = [k * 0.25 for k in range(400)]
    framejit.enable()
    try:
        for _ in range(4):
            assert fast["summed"](values, 3000) == plain["summed"](values, 3000)
        gc.collect()
        for attempt in range(20):               # another thread, such as the compiler's, may ask for its turn, or keep looks away
            before = _machine.counters()
            fast["summed"](values, 60_000)      # for long enough that it is looked at several times
            after = _machine.counters()
            if after["polls"] > before["polls"] and after["exits"] == before["exits"]:
                break
    finally:
        framejit.disable()
    assert after["polls"] > before["polls"] and after["exits"] == before["exits"]
    assert after["iterations"] - before["iterations"] >= 24_000_000


IN_LOOPS = """
def total(values, x):
    s = 0.0
    for value in values:
        s += value * x
    return s

def summed(values, n):
    s = 0.0
    for k in range(n):
        s += total(values, k * 0.5)
    return s
"""


SHARED = """
def leaves(a, b, k):
    c = d = a
    if k <= 0: return a
    c = c * 1.25 - c
    a = b
    nowhere[k % 3]
    d = b
    return a

def loop(b, n):
    c = d = b
    for k in range(n):
        b = leaves(c, k=2, b=c - d)
"""


def test_parameters_that_other_names_share():
    """An exit gives both names the object that the caller has passed."""
    plain, fast = program(SHARED), program(SHARED, "loop", "leaves")
    for space in (plain, fast):
        for _ in range(3):
            with pytest.raises(NameError) as caught:
                space["loop"](2.5, 300)
            frame = caught.value.__traceback__
            while frame.tb_next is not None:
                frame = frame.tb_next
            found = frame.tb_frame.f_locals
            assert found["a"] is found["b"] and found["a"] == 0.0
