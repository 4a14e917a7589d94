"""Members of enumerations: attributes of classes that have a metaclass, values and names, ints of classes that inherit from int."""

import enum
import json
import os
import subprocess
import sys

import pytest

from tests.arrays.programs import plain_and_jitted
from tests.lists.outcomes import counted, outcome

CLASSES = """
import enum, abc
class Color(enum.Enum):
    RED = 1
    BLUE = "b"
    GREEN = 2.5
    ROSE = 1
    def warm(self): return self is Color.RED or self.value == 2.5
    @property
    def short(self): return self.name[0]
    @classmethod
    def best(cls): return cls.BLUE
class Level(enum.IntEnum):
    LOW = -1
    MIDDLE = 0
    HIGH = 10**12
    HUGE = 10**30
class Bits(enum.IntFlag):
    A = 1
    B = 2
    C = 64
class Flags(enum.Flag):
    A = 1
    B = 2
class Text(str, enum.Enum):
    A = "a"
    B = "bb"
class Base(abc.ABC):
    LIMIT = 3
    KIND = Color.RED
    def m(self): return self.LIMIT
class Sub(Base): pass
class Meta(type):
    LIMIT = 7
    def __getattr__(cls, name): return name * 2
    def __eq__(cls, other): return True
    def __hash__(cls): return 1
    def __bool__(cls): raise ValueError("asked")
class Own(metaclass=Meta):
    LIMIT = 9
    RATE = 0.5
class Asked(type):
    def __getattribute__(cls, name): return 11
class Hidden(metaclass=Asked):
    RATE = 1
class Small(int):
    def __add__(self, other): return "added"
    def __lt__(self, other): return None
class Like(int): pass
"""
EXPRESSIONS = (
    "Color.RED", "Color.ROSE is Color.RED", "Color.RED == Color.BLUE", "Color.RED != c", "c is Color.BLUE", "c == Color.BLUE", "c.value", "c.name", "Color.GREEN.value * 2", "Color.RED.name + 'x'", "c.warm()",
    "c.short", "Color.best()", "Color.best().value", "c._value_", "c in (Color.RED, Color.BLUE)", "Color.RED.value == 1", "c == None", "c == 1", "Color.VIOLET", "Color('b')", "Color['RED']", "isinstance(c, Color)",
    "Level.LOW", "Level.LOW + i", "i - Level.HIGH", "i * level", "level // 3", "level % 3", "i % level", "level / 4", "i / level", "level ** 2", "level ** 1", "(2 if level < 50 else 0) ** (level if level < 50 else 1)", "level << 2", "i << level & 15 + Level.MIDDLE", "1 << Level.MIDDLE", "i >> Level.MIDDLE", "level >> 1", "level & 6", "i | level",
    "level ^ i", "level == i", "level != i", "level < i", "i <= level", "level > 0.5", "level >= Level.LOW", "level * 1.5", "f - level", "level + level", "level is Level.LOW", "level == Level.LOW", "level == 'a'", "level + 'a'",
    "type(level + 1)", "level + True", "-level", "level.value", "level.name", "level * [1]", "xs[Level.MIDDLE]", "1 if level else 2", "i % 10**10 % level",
    "Bits.A + i", "Bits.A | Bits.B", "i & Bits.C", "Bits.A == i", "Bits.A < Bits.B", "Bits.C << 1", "Flags.A | Flags.B", "Flags.A.value", "Flags.A in (Flags.A | Flags.B)", "Text.A", "Text.A == 'a'", "Text.A + 'b'", "Text.B.value",
    "Base.LIMIT + i", "Sub.LIMIT", "Sub.KIND.value", "Sub().m()", "Own.LIMIT", "Own.RATE * i", "Own.missing", "Hidden.RATE", "small + i", "small - i", "small < i", "small == i", "like + 1", "i + like", "like * f", "like < small", "like + small", "like ** 1", "like",
)


def source(expression):
    return CLASSES + f"def f(n, i, f, xs, c, level, small, like):\n    made = []\n    for k in range(n):\n        try:\n            x = {expression}\n            made.append((k, type(x), repr(x), x))\n        except Exception as error:\n            made.append((type(error), str(error)))\n    return made\n"


def given(space, turn):
    color, level = space["Color"], space["Level"]
    colors, levels, ints = [color.RED, color.BLUE, color.GREEN, None, 3], [level.LOW, level.MIDDLE, level.HIGH, level.HUGE, 7], [3, -4, 0, 2**62, True]
    return 4, ints[turn % 5], [2.5, -0.0, 1e300][turn % 3], [4, 5], colors[turn // 2 % 5], levels[turn // 2 % 5], space["Small"](turn), space["Like"](turn - 2)


def told(function, turn):
    result, _ = outcome(function, given(function.__globals__, turn))
    return result


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_same(expression):
    plain, jitted = plain_and_jitted(source(expression))
    for turn in range(14):
        assert told(jitted, turn) == told(plain, turn), (expression, turn)


@pytest.mark.parametrize("expression", ("Color.RED", "c is Color.BLUE", "c == Color.BLUE", "c.value", "c.name == 'RED'", "c.warm()", "Color.RED.value == 1", "level + i", "level < i", "Level.LOW == level", "i & level", "Bits.A + i", "Bits.C << 1", "Own.RATE", "Base.LIMIT + i", "Flags.A.value", "like * 2", "i - like"))
def test_native(expression):
    plain, jitted = plain_and_jitted(CLASSES + f"def f(n, i, f, xs, c, level, small, like):\n    count = 0\n    for k in range(n * 10):\n        if {expression}: count += k\n    return count\n")
    space = jitted.__globals__
    for function in (plain, jitted):
        function.__globals__["given"] = given(space, 0)
    grown = counted(jitted, lambda *_: plain(*given(plain.__globals__, 0)), given(space, 0))
    assert grown["iterations"] == 50 * 40 and grown["callouts"] == 0


CHANGES = {
    "member": "type.__setattr__(Color, 'RED', Color.BLUE)", "metaclass": "Meta.RATE = property(lambda cls: 'meta')", "metaclass looks": "Meta.__getattribute__ = lambda cls, name: 'looked'", "class": "Own.RATE = 4",
    "getter": "patched(enum.Enum.__dict__['value'], 'fget', lambda self: 'got')", "getter's code": "patched(enum.Enum.__dict__['value'].fget, '__code__', (lambda self: 'code').__code__)",
    "property": "patched(enum.property, '__get__', lambda self, instance, owner=None: 'property')", "own": "Color.value = 5", "value": "object.__setattr__(Color.RED, '_value_', 7)", "deleted": "object.__delattr__(Color.RED, '_value_')",
    "operator": "Like.__add__ = lambda self, other: 'sum'", "comparison": "Like.__eq__ = lambda self, other: 'equal'", "in place": "Like.__iadd__ = lambda self, other: 'in place'", "color": "Color.__eq__ = lambda self, other: 'same'",
}


@pytest.mark.parametrize("when", (3, 30))
@pytest.mark.parametrize("name", CHANGES)
def test_changes_are_heard(name, when):
    """Whatever says how it is looked up is changed while the loop runs, and before the next call."""
    text = CLASSES + f"""
undo = []
def patched(owner, name, value):
    undo.append((owner, name, getattr(owner, name)))
    setattr(owner, name, value)
def change(k):
    if k == {when}: {CHANGES[name]}
def f(n, like):
    found = []
    for k in range(n):
        try:
            y = 1
            y += like
            found.append((Color.RED.value, Color.RED is Color.BLUE, Own.RATE, like + 1, like == 3, y, Color.RED == Color.BLUE))
        except Exception as error:
            found.append(repr(error))
        if k == {when}: change(k)
    return found
"""
    plain, jitted = plain_and_jitted(text)

    def told(function, n):
        space = function.__globals__
        try:
            return outcome(function, (n, space["Like"](3)))
        finally:
            for owner, attribute, value in space["undo"]:
                setattr(owner, attribute, value)
            del space["undo"][:]

    for n in (3, 3, 3, when + 4, when + 4, 3):
        assert told(jitted, n) == told(plain, n), name


def test_recursion_ends_where_it_does():
    plain, jitted = plain_and_jitted(CLASSES + "def f(n):\n    if n == 0: return Color.RED.value\n    return f(n - 1)\n")

    def deepest(function):
        """How deep it may go."""
        low, high = 0, 3000
        while high - low > 1:
            middle = (low + high) // 2
            try:
                function(middle)
                low = middle
            except RecursionError:
                high = middle
        return low

    deepest(jitted)
    assert deepest(jitted) == deepest(plain)


KEPT = CLASSES + """
import framejit, json, sys
from framejit.runtime.controller import controller
controller().tiers.possible = False
@framejit.jit
def run(n, c, level):
    s = 0
    for k in range(n):
        if c is Color.BLUE or c == Color.RED: s += c.value if k else Level.LOW
        if level > Level.LOW: s += level + Own.LIMIT
        s += len(c.name)
    return s
found = [run(50, Color.RED, Level.MIDDLE), run(50, Color.RED, Level.HIGH)]
stats = framejit.stats()
print(json.dumps([found, stats["regions_compiled"], "llvmlite" in sys.modules, stats["native_entries"]]))
"""


def test_kept_on_disk(tmp_path):
    """A second process finds it, one with another class doesn't use what doesn't hold."""
    def run(program):
        environment = {**os.environ, "FRAMEJIT_CACHE": "1", "FRAMEJIT_CACHE_DIR": str(tmp_path / "kept"), "FRAMEJIT_PLAIN_FIRST": "0"}
        script = tmp_path / "program.py"
        script.write_text(program)
        result = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True)
        return json.loads(result.stdout)

    first = run(KEPT)
    second = run(KEPT)
    assert first[2] and not second[2] and second[0] == first[0] and second[3]
    changed = run(KEPT.replace("RED = 1", "RED = 100").replace("LIMIT = 9", "LIMIT = 1000"))
    assert changed[0] == [value + (99 * 49 + 50 * 991 if place else 99 * 49 + 50 * 991) for place, value in enumerate(first[0])]


def test_members_made_of_what_the_program_defines():
    class Odd(enum.Enum):
        A = 1

        @property
        def value(self):
            return "mine"

        @enum.property
        def name(self):
            return "other"

    plain, jitted = plain_and_jitted("def f(n, c):\n    return [(c.value, c.name) for k in range(n)]\n")
    for _ in range(10):
        assert jitted(3, Odd.A) == plain(3, Odd.A) == [("mine", "other")] * 3
