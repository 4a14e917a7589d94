"""What one process has captured, another one runs without the compiler; whatever has changed between them is seen."""

import pytest
from process import python

PROGRAM = """
import framejit, math, sys
import numpy as np

class Shape:
    RATE = 0.5
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def area(self):
        return self.x * self.RATE
    @property
    def size(self):
        return self.y + 1.0
    @staticmethod
    def scaled(value):
        return value * 2.0

class Square(Shape):
    def side(self):
        return super().area() + 1.0

def helper(a, b=2.0, *, c=3):
    return a * b + c + OFFSET

def maker(factor):
    return lambda value: value * factor - 1

LIMIT = 900
OFFSET = 0.5
WEIGHT = 0.75

@framejit.jit
def run(square, f, n):
    s = 0.0
    for k in range(n):
        s += helper(k) + square.area() + square.side() + square.size + Shape.scaled(1.5)
        s += math.sqrt(k) * WEIGHT + f(k) + abs(-k) + max(k, 7)
        if k > LIMIT:
            return s, k
    return s, n

TWO = Square(0.5, 1.5)

@framejit.jit
def constant(n):
    s = 0.0
    for k in range(n):
        s += TWO.side() * k + TWO.x
    return s

@framejit.jit
def fused(a, b):
    return np.sqrt(a) * 2.0 + np.maximum(a, b[1:]) - 0.5

@framejit.jit
def gathered(n):
    found = [k * 0.5 for k in range(n) if k % 3]
    return found, sum(k * 0.25 for k in range(n)), sorted(-k for k in range(n))

BEHIND
for turn in range(3):
    print(constant(50), run(Square(1.5, 2.5), maker(3), 1000), fused(np.arange(4.0), np.ones(5)).tolist(), gathered(9))
stats = framejit.stats()
print(stats["regions_compiled"], stats["cache_hits"], stats["native_entries"], stats["exits"], "framejit.pipeline" in sys.modules, file=sys.stderr)
"""

CHANGES = {
    "default": ("b=2.0", "b=2.5"),
    "type of a default": ("b=2.0", "b=2"),
    "keyword default": ("c=3", "c=4"),
    "no default": ("b=2.0, *, c=3", "b=2.0, c=3"),
    "callee": ("return a * b + c", "return a * b - c"),
    "namespace of a callee": ("BEHIND", "import types; helper = types.FunctionType(helper.__code__, {**globals(), 'OFFSET': 3.0}, 'helper', helper.__defaults__); "
                              "helper.__kwdefaults__ = {'c': 3}"),
    "class of an object": ("BEHIND", "ONE = Square(1.0, 1.0)\nclass Square(Shape):\n    def side(self):\n        return 9.0\nclass Shape(Shape):\n    pass"),
    "class and object": ("TWO = Square(0.5, 1.5)", "TWO = Square(0.5, 1.5)\nclass Square(Shape):\n    def side(self):\n        return super().area() + 1.0\nTWO.__class__.side = lambda self: 77.0"),
    "overridden method": ("    def side", "    def area(self):\n        return 7.25\n    def side"),
    "method of the base": ("return self.x * self.RATE", "return self.x / self.RATE"),
    "value of a class": ("RATE = 0.5", "RATE = 0.75"),
    "type of a class's value": ("RATE = 0.5", "RATE = 2"),
    "value of a class in its subclass": ("    def side", "    RATE = 0.125\n    def side"),
    "order of attributes": ("        self.x = x\n        self.y = y", "        self.y = y\n        self.x = x"),
    "slots": ("    def __init__", "    __slots__ = ('y', 'x', '__dict__')\n    def __init__"),
    "property": ("self.y + 1.0", "self.y + 2.0"),
    "no property": ("    @property\n    def size(self):\n        return self.y + 1.0", "    size = 4.5"),
    "static method": ("value * 2.0", "value * 4.0"),
    "class method": ("    @staticmethod\n    def scaled(value)", "    @classmethod\n    def scaled(cls, value)"),
    "another base": ("class Square(Shape):", "class Other(Shape):\n    def area(self):\n        return 0.25\nclass Square(Other):"),
    "closure": ("maker(3)", "maker(2.5)"),
    "another lambda": ("value * factor - 1", "value * factor + 1"),
    "constant": ("+ 1.0", "+ 1.5"),
    "name": ("LIMIT = 900", "LIMIT = 90"),
    "type of a name": ("LIMIT = 900", "LIMIT = 90.5"),
    "module's function": ("BEHIND", "math.sqrt = lambda value: 0.5"),
    "module": ("BEHIND", "class math:\n    sqrt = staticmethod(lambda value: value + 0.5)"),
    "builtin's name": ("BEHIND", "abs = lambda value: 1"),
    "builtin": ("BEHIND", "import builtins; builtins.abs = lambda value: 2"),
    "NumPy's function": ("BEHIND", "np.sqrt = np.square"),
    "function that is an object": ("BEHIND", "class Helper:\n    def __call__(self, a):\n        return a\nhelper = Helper()"),
    "code in mid-program": ("BEHIND", "helper.__code__ = (lambda a, b, *, c: a).__code__"),
    "defaults in mid-program": ("BEHIND", "helper.__defaults__ = (5.0,)"),
    "metaclass": ("class Shape:", "class Meta(type):\n    pass\nclass Shape(metaclass=Meta):"),
    "getattribute": ("    def side", "    def __getattribute__(self, name):\n        return object.__getattribute__(self, name)\n    def side"),
    "skipped": ("BEHIND", "framejit.skip(helper)"),
    "dtype": ("np.arange(4.0)", "np.arange(4, dtype=np.float32)"),
    "shape": ("np.arange(4.0), np.ones(5)", "np.ones((3, 4)), np.ones((4, 4))"),
}


def run(folder, program, **extra):
    """Standard output; regions, hits, native entries, exits; whether the compiler was loaded."""
    result = python("-c", program.replace("BEHIND", ""), **{"FRAMEJIT_CACHE": "1", "FRAMEJIT_CACHE_DIR": str(folder), **extra})
    assert result.returncode == 0, result.stderr
    *numbers, loaded = result.stderr.split()
    return result.stdout, [int(number) for number in numbers], loaded == "True"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where processes have left what they have captured, until a later one finds thorough code: a short one may be over before its worker has made that."""
    made = tmp_path_factory.mktemp("kept")
    for turn in range(20):
        if not run(made / "first", PROGRAM)[2]:
            break
    return made


def copied(folder, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir(mode=0o700, parents=True)
    for path in (folder / "first").iterdir():
        (kept / path.name).write_bytes(path.read_bytes())
        (kept / path.name).chmod(0o600)
    return kept


def test_runs_without_the_compiler(folder, tmp_path):
    plain = python("-c", PROGRAM.replace("BEHIND", ""), FRAMEJIT_DISABLE="1").stdout
    for seed in "12":
        output, (regions, hits, entries, _), loaded = run(copied(folder, tmp_path / seed), PROGRAM, PYTHONHASHSEED=seed)
        assert output == plain and not loaded
        assert regions == hits >= 3 and entries >= 9


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_what_has_changed_is_seen(folder, tmp_path, change):
    changed = PROGRAM.replace(*CHANGES[change])
    assert changed != PROGRAM
    plain = python("-c", changed.replace("BEHIND", ""), FRAMEJIT_DISABLE="1")
    kept = copied(folder, tmp_path)
    for turn in range(2):
        output, (_, _, entries, _), _ = run(kept, changed)
        assert output == plain.stdout and entries


LEARNING = """
import framejit, sys

def rate_of(rates, k):
    return rates[k % 2]

@framejit.jit
def total(rates, n):
    s = 0.0
    for k in range(n):
        s += float.fromhex("0x1p-1") * k
        for j in range(20):
            s += rate_of(rates, j) * j
    return s

for turn in range(12):
    print(total([0.5, 0.25], 200))
stats = framejit.stats()
print(stats["regions_compiled"], stats["cache_hits"], stats["native_entries"], stats["exits"], "framejit.pipeline" in sys.modules, file=sys.stderr)
"""


def test_what_exits_have_taught_is_kept(tmp_path):
    """Who comes later begins with the last variant, that for the types that have been seen, and leaves it no more than a process that has them."""
    output, (regions, _, _, exits), _ = run(tmp_path / "kept", LEARNING)
    later, (again, hits, _, left), loaded = run(tmp_path / "kept", LEARNING)
    assert output == later and regions > 1 and exits > 0
    assert (again, hits, loaded) == (1, 1, False) and left == 0


PACKED = """
import framejit, sys
from array import array

class Numbers:
    def __init__(self):
        self.place, self.kept = 2, array("d", [0.5, 1.5, 2.5])
    def next(self):
        place, kept = self.place, self.kept
        found = kept[place]
        if found > 1000.0:
            found -= 1000.0
        kept[place] = found + 1.0
        if place == 0:
            place = 2
        else:
            place -= 1
        self.place = place
        return found * 0.5

@framejit.jit
def total(numbers, n):
    s = 0.0
    for k in range(n):
        s += numbers.next()
    return s

print([total(Numbers(), 100) for turn in range(12)])
stats = framejit.stats()
print(stats["regions_compiled"], stats["cache_hits"], stats["native_entries"], stats["exits"], "framejit.pipeline" in sys.modules, file=sys.stderr)
"""


def test_packed_arrays_are_known_where_none_was_captured(tmp_path):
    output, _, _ = run(tmp_path / "kept", PACKED)
    later, (_, hits, entries, left), loaded = run(tmp_path / "kept", PACKED)
    assert output == later and not loaded and hits and entries >= 12 and left == 0


AUDITED = """
import sys
events = []
sys.addaudithook(lambda name, arguments: events.append(name + " " + (str(arguments[0]) if name == "open" else "")))
import framejit
@framejit.jit
def hot(n):
    s = 0.0
    for k in range(n):
        s += k * 0.5
    return s
del events[:]
hot(1000)
print([name for name in events if not name.startswith("object.")])
print(0, 0, 0, 0, "framejit.pipeline" in sys.modules, file=sys.stderr)
"""


def test_audit_hooks_hear_of_imports_alone(tmp_path):
    run(tmp_path / "kept", AUDITED)
    output, _, loaded = run(tmp_path / "kept", AUDITED)
    heard = {event for event in eval(output) if not (event.startswith("open ") and event.endswith((".pyc", ".py", ".so")))}
    assert not loaded and heard <= {"builtins.id ", "import ", "compile ", "exec ", "marshal.loads ", "os.listdir "}, heard


REFUSED = """
import framejit, sys

def helper(text):
    return text.upper()

@framejit.jit
def joined(n):
    found = b""
    for k in range(n):
        found = helper(memoryview(b"ab").tobytes() + memoryview(found)[:3].tobytes()).lower()
    return found

for turn in range(3):
    print(joined(50))
stats = framejit.stats()
print(stats["regions_compiled"], stats["cache_hits"], stats["native_entries"], stats["breaks"] if "breaks" in stats else 0, "framejit.pipeline" in sys.modules, file=sys.stderr)
"""


def test_refusals_are_kept(tmp_path):
    """Who comes later doesn't load the compiler to be refused again, and has the same records; a function that it calls is part of that."""
    loaded = [run(tmp_path / "kept", REFUSED, FRAMEJIT_LOG="")[0::2] for _ in range(2)]
    assert loaded[0][0] == loaded[1][0] and [one for _, one in loaded] == [True, False]
    changed = REFUSED.replace("text.upper()", "text.lower()")
    assert run(tmp_path / "kept", changed)[0] == python("-c", changed, FRAMEJIT_DISABLE="1").stdout and run(tmp_path / "kept", changed)[2] is False
    first, later = [python("-c", REFUSED, FRAMEJIT_CACHE="1", FRAMEJIT_CACHE_DIR=str(tmp_path / folder), FRAMEJIT_LOG="breaks").stderr for folder in ("other", "kept")]
    assert first.count("FJ") == later.count("FJ") > 0


SLOW = """
import sys, time
import framejit
from framejit.runtime import compilation, images
from framejit.runtime.controller import controller
if sys.argv[1] == "first":
    compilation.ATTEMPT = -100.0
heard = []
class Heard(images.Slow):
    def __init__(self, seconds):
        super().__init__(seconds)
        heard.append(seconds)
images.Slow = Heard

def total(n):
    s = 0.0
    for k in range(n):
        s += k * 0.5
    return s

framejit.enable()
end = time.process_time() + 20
while time.process_time() < end and not (heard if sys.argv[1] == "later" else controller().code_of(total.__code__).spent):
    total(200_000)
print(len(heard) > 0, all([0 < seconds < 5 for seconds in heard]), [place.code for place in framejit.explain().breaks if place.function == "total"])
"""


def test_what_took_too_long_is_known_to_the_next_process(tmp_path):
    """It doesn't try, until the code has run for long enough; that is no refusal."""
    for turn in range(5):           # whether the function or its running loop is asked for first is a matter of moments, and may differ
        first, later = [python("-c", SLOW, which, FRAMEJIT_CACHE="1", FRAMEJIT_CACHE_DIR=str(tmp_path / "kept")) for which in ("first", "later")]
        assert first.stdout == "False True []\n" or turn and first.stdout == "True True []\n", first.stdout + first.stderr
        if later.stdout == "True True []\n":
            break
    assert later.stdout == "True True []\n", later.stdout + later.stderr
