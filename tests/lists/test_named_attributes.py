"""getattr and hasattr with constant names: the attribute that LOAD_ATTR finds, what is given instead, whether there is one."""

import random

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, outcome

CLASSES = """
import abc, enum
said = []
class Plain:
    RATE = 3
    def __init__(self, x): self.x = x
    def m(self): return self.x
    @property
    def p(self): said.append(self.x); return self.x
    @staticmethod
    def st(): return 1
class Slots:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x
class Asked:
    def __init__(self, x): self.x = x
    def __getattr__(self, name): said.append(name); return name * 2
class Looks(Plain):
    def __getattribute__(self, name): said.append(name); return object.__getattribute__(self, name)
class Raises(Plain):
    @property
    def x(self): raise KeyError("x") if self._x else AttributeError("none")
    @x.setter
    def x(self, value): self._x = value
class Listed(list):
    pass
class Pair(tuple):
    pass
class Color(enum.Enum):
    RED = 1
class Described:
    def __get__(self, one, kind): said.append("got"); return 5
class Has(Plain):
    d = Described()
    y = [1]
def keyed(x):
    one = Plain(x)
    one.__dict__["y"] = 7
    return one
def grown(x):
    one = Plain(x)
    if x % 2: one.y = x
    return one
def replaced(x):
    one = Plain(x)
    class Table(dict):
        def __getitem__(self, key): said.append(key); return 1
    one.__dict__ = Table(x=9, z=3)
    return one
def listed(x):
    one = Listed([x])
    if x % 2: one.x = "item"
    return one
def paired(x):
    one = Pair((x,))
    if x % 3: one.y = "item"
    return one
MAKERS = [Plain, Slots, Asked, Looks, Raises, keyed, grown, replaced, listed, paired, Has, lambda x: Color.RED, lambda x: x, lambda x: float(x), lambda x: [x], lambda x: "a", lambda x: None, lambda x: {}, lambda x: Plain, lambda x: abc]
"""
EXPRESSIONS = (
    "getattr(o, 'x')", "getattr(o, 'y')", "getattr(o, 'y', 1)", "getattr(o, 'y', None)", "getattr(o, 'x', 'a')", "getattr(o, 'x', i)", "getattr(o, 'RATE')", "getattr(o, 'RATE', 0)", "getattr(o, 'm', None) is None",
    "getattr(o, 'm')()", "getattr(o, 'p', 2)", "getattr(o, 'd', 2)", "getattr(o, 'value', 3)", "getattr(o, name, 3)", "getattr(o, 'st', 3)", "getattr(o, '__class__')", "getattr(o, '__dict__', 4)", "getattr(o, 'append', 5) == 5",
    "hasattr(o, 'x')", "hasattr(o, 'y')", "hasattr(o, 'z')", "hasattr(o, 'RATE')", "hasattr(o, 'm')", "hasattr(o, 'p')", "hasattr(o, 'd')", "hasattr(o, 'append')", "hasattr(o, 'real')", "hasattr(o, '__len__')", "hasattr(o, '__class__')",
    "hasattr(o, 'value')", "hasattr(o, name)", "hasattr(o, 3)", "getattr(o, 3)", "hasattr(o)", "getattr(o, 'x', 1, 2)", "1 if hasattr(o, 'y') else 2", "getattr(o, 'y', ()) == ()", "getattr(o, 'y', big) is big", "getattr(o, 'y', 0.5) + 1",
    "getattr(None, 'x', 1)", "getattr(None, '__class__')", "getattr(3, 'real')", "hasattr(None, 'x')", "hasattr('a', 'upper')", "hasattr(2.5, 'hex')", "hasattr((1, i), 'index')", "getattr((1, i), 'index', 0) == 0", "getattr(Plain, 'RATE', 1)", "hasattr(Plain, 'RATE')", "hasattr(abc, 'ABC')", "getattr(i, 'real', 2)", "getattr(range(3), 'stop')",
)


def source(expression):
    return CLASSES + (f"def f(objects, i, name, big):\n    made = []\n    for o in objects:\n        try:\n            x = {expression}\n            made.append((type(x).__name__, x if type(x) in (int, float, str, tuple, list, bool) else 0))\n"
                      "        except Exception as error:\n            made.append((type(error), str(error)))\n    return made\n")


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_same(expression):
    plain, jitted = plain_and_jitted(source(expression))

    def told(function, turn):
        space, rng = function.__globals__, random.Random(turn)
        del space["said"][:]
        makers = space["MAKERS"] if turn % 4 == 3 else [space["MAKERS"][turn // 2 % len(space["MAKERS"])]]
        objects = [rng.choice(makers)(rng.randrange(1, 9) if turn % 3 else 2) for _ in range(6)]
        return outcome(function, (objects, turn, "xyz"[turn % 3], 10**20))[0], space["said"]

    for turn in range(46):
        assert told(jitted, turn) == told(plain, turn), (expression, turn)


@pytest.mark.parametrize("expression", ("getattr(o, 'x')", "getattr(o, 'y', 1)", "getattr(o, 'x', 1)", "hasattr(o, 'x')", "hasattr(o, 'y')", "hasattr(o, 'm')", "hasattr(i, 'real')", "hasattr(xs, 'append')", "getattr(o, 'RATE')", "getattr(g, 'y', 1)", "hasattr(g, 'y')", "getattr(s, 'y', 3)"))
def test_native(expression):
    plain, jitted = plain_and_jitted(CLASSES + f"def f(n, o, i, xs, things, slots):\n    count = 0\n    for k in range(n):\n        g, s = things[k & 7], slots[k & 3]\n        if {expression} == 1: count += k\n    return count\n")
    space = jitted.__globals__
    given = 40, space["Plain"](1), 3, [1], [space["grown"](k) for k in range(8)], [space["Slots"](k) for k in range(4)]
    grown = counted(jitted, plain, given, 30)
    assert grown["iterations"] == 50 * 40 and grown["callouts"] == 0 and grown["exits"] <= 2


CHANGES = ("Plain.y = 4", "Plain.__getattr__ = lambda self, name: name", "Plain.__getattribute__ = lambda self, name: 8", "o.y = 5", "del o.x", "o.__dict__ = {'y': 3}", "o.__class__ = Slim", "Plain.x = property(lambda self: 'property')", "vars(o)['y'] = 9",
           "del Plain.RATE", "o.RATE = 6")


@pytest.mark.parametrize("change", CHANGES)
def test_changes_are_heard(change):
    text = CLASSES + f"""
class Slim: pass
def change(o): {change}
def f(n, o):
    found = []
    for k in range(n):
        try:
            found.append((getattr(o, 'y', 0), hasattr(o, 'y'), getattr(o, 'x', 1), hasattr(o, 'x'), getattr(o, 'RATE', 2), getattr(o, 'x')))
        except Exception as error:
            found.append(repr(error))
        if k == 20: change(o)
    return found
"""
    plain, jitted = plain_and_jitted(text)

    def told(function, n):
        try:
            return repr(function(n, function.__globals__["Plain"](3)))
        except Exception as error:
            return repr(error)

    for n in (8, 8, 8, 25, 25, 25, 8):
        assert told(jitted, n).replace(" object at ", "") == told(plain, n).replace(" object at ", ""), change


def test_a_class_gets_what_instances_may_have():
    """Where other instances have had the name, and the class has a value for all from some turn on, or none any more."""
    text = CLASSES + """
def change(k):
    if k == 20: Plain.y = 4
    if k == 30: del Plain.y
def f(n, o):
    found = []
    for k in range(n):
        found.append((getattr(o, 'y', 0), hasattr(o, 'y'), 'y' in vars(Plain)))
        if k >= 20: change(k)
    return found
"""
    plain, jitted = plain_and_jitted(text)
    for n in (8, 8, 8, 40, 40, 40, 8):
        results = []
        for function in (jitted, plain):
            function.__globals__["grown"](1)
            results.append(function(n, function.__globals__["Plain"](3)))
        assert results[0] == results[1]


def test_borrowed_values_end_when_they_do():
    """What is asked for lives as long as it is asked for, whoever lets it go."""
    text = CLASSES + "def f(n, said, Ending):\n    o = Plain(0)\n    for k in range(n):\n        o.x = Ending(k, said)\n        y = getattr(o, 'x', None)\n        o.x = None\n        said.append(('held', k))\n        y = None\n        z = getattr(Plain(Ending(-k, said)), 'x')\n        said.append(('alone', k))\n        z = 0\n    return len(said)\n"
    from tests.lists.outcomes import Ending
    plain, jitted = plain_and_jitted(text)
    for _ in range(8):
        one, other = [], []
        assert jitted(6, one, Ending) == plain(6, other, Ending)
        assert one == other
