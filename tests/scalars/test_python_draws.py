"""Numbers that Python's own random generators draw: the same bits, the generator in the same state, natively, whatever of random.Random is called."""

import random

import pytest

import framejit
from tests.arrays.programs import company, plain_and_jitted

SOURCE = """
import random
from random import randint
step = random.uniform

def numbers(n, rng):
    s = 0.0
    for k in range(n):
        s += random.random() + rng.random() * 0.5 + random.uniform(-1.0, 1.0) + rng.uniform(k, 2) + step(0, 1)
    return s

def integers(n, rng):
    s = 0
    for k in range(n):
        s += random.randint(0, 9) + rng.randrange(1, 2**40) + random.randrange(7) + random.randrange(0, 100, 5) + randint(-3, 3) + random.getrandbits(40) + rng.getrandbits(3) + random.randrange(10, 0, -3)
    return s

def choices(n, rng):
    words, some, s = ["a", "bb", "ccc", "dddd"], list(range(11)), 0
    for k in range(n):
        random.shuffle(some)
        s += len(random.choice(words)) * some[3] + rng.choice((1, 2, 3)) + len(rng.choice("xyz"))
    return s, some

def curves(n, rng):
    s = 0.0
    for k in range(n):
        s += random.normalvariate(0.0, 1.0) + rng.expovariate(2.0) + random.triangular(0.0, 1.0, 0.5) + rng.gauss(0.0, 1.0) + random.gauss(1, 2) + random.lognormvariate(0.0, 0.1)
        s += rng.betavariate(2, 3) + random.paretovariate(3) + rng.weibullvariate(1, 2) + random.vonmisesvariate(0, 1) + rng.gammavariate(0.5, 1) + random.gammavariate(2, 1)
    return s

def held(n, rng):
    draw, other, pick = random.random, rng.random, rng.randint
    s = 0
    for k in range(n):
        if draw() < other():
            s += pick(1, 6)
    return s

def walk(n, rng):
    x, path = 0, []
    for k in range(n):
        x += 1 if rng.random() < 0.5 else -1
        path.append(x)
    return path

def seeded(n, rng):
    s = 0.0
    for k in range(n):
        if k % 40 == 0:
            random.seed(k)
        if k % 70 == 69:
            rng.setstate(random.getstate())
        s += random.random() - rng.random() + rng.getrandbits(63)
    return s

class Particle:
    def __init__(self, rng):
        self.rng, self.x, self.draw = rng, 0.0, rng.random

    def move(self):
        self.x += self.rng.uniform(-1.0, 1.0) + self.draw()
        return self.x

def particles(n, rng):
    some, s = [], 0.0
    for _ in range(3):
        some.append(Particle(rng))
    for k in range(n):
        s += some[k % 3].move()
    return s
"""
NAMES = ("numbers", "integers", "choices", "curves", "held", "walk", "seeded", "particles")


def run(function, n, seed):
    random.seed(seed)
    rng = random.Random(seed + 1)
    return repr(function(n, rng)), random.getstate(), rng.getstate()


@pytest.mark.parametrize("name", NAMES)
def test_draws(name):
    plain, jitted = plain_and_jitted(SOURCE, name)
    before = framejit.stats()["native_iterations"]
    for seed in range(40):
        assert run(plain, 300, seed) == run(jitted, 300, seed)
        if seed >= 8 and framejit.stats()["native_iterations"] > before:
            break
    assert framejit.stats()["native_iterations"] > before or name == "seeded"


@pytest.mark.parametrize("name", ("numbers", "integers", "walk"))
def test_is_native(name):
    plain, jitted = plain_and_jitted(SOURCE, name)
    for seed in range(8):
        run(jitted, 200, seed)
    before = framejit.stats()
    assert run(plain, 200, 9) == run(jitted, 200, 9)
    after = framejit.stats()
    assert after["native_iterations"] - before["native_iterations"] >= 200 and after["exits"] == before["exits"] and after["callouts"] == before["callouts"]


def test_beside_threads():
    with company():
        for name in NAMES:
            plain, jitted = plain_and_jitted(SOURCE, name)
            for seed in range(4):
                assert run(plain, 150, seed) == run(jitted, 150, seed)


@pytest.mark.parametrize("text", ("random.randint(3, 2)", "random.randrange(0)", "random.randrange(2.5)", "random.randint(0, 2**70)", "random.getrandbits(0)", "random.getrandbits(64)", "random.getrandbits(200)", "random.getrandbits(-1)",
                                  "random.getrandbits(2.5)", "random.getrandbits(True)", "random.getrandbits('x')", "random.random(1)", "random.choice([])", "random.choice(5)", "random.choice({})", "random.uniform('a', 2)",
                                  "random.uniform(1, None)", "random.randrange(5, 10, 0)", "random.randint(0, 2**63 - 1)", "random.randint(-2**63, 2**63 - 1)", "random.randrange(2**64)", "random.gauss('a', 1)", "random.shuffle((1, 2))",
                                  "random.shuffle(5)", "random.uniform(0, float('inf'))", "random.uniform(1, 1)", "random.expovariate(0)", "random.normalvariate(0, 'x')", "random.uniform(True, 3)", "random.randint(True, 3)",
                                  "random.choice(range(7))", "random.sample(range(9), 2)", "random.choices('abc', k=2)", "random.randbytes(3)", "random.triangular(1, 1)", "random.getrandbits(k=3)", "random.randrange(start=1, stop=9)",
                                  "random.uniform(a=1, b=2)", "random.gauss(sigma=2.0, mu=1)", "random.getrandbits(63)", "random.getrandbits(33)", "random.getrandbits(32)", "random.Random(k).random()", "random.SystemRandom().random() < 2",
                                  "random.randint(k, k + 1)", "random.betavariate(0, 1)"))
def test_what_is_odd(text):
    source = f"import random\ndef f(n, rng):\n    found = []\n    for k in range(8):\n        try:\n            r = {text}\n            found.append((type(r), repr(r)))\n        except Exception as error:\n            found.append((type(error), str(error)))\n    return found"
    plain, jitted = plain_and_jitted(source)
    for seed in range(5):
        assert run(plain, 8, seed) == run(jitted, 8, seed)


class Own(random.Random):
    def random(self):
        return super().random() / 2


class Bits(random.Random):
    def getrandbits(self, k):
        return super().getrandbits(k) | 1


class Slots(random.Random):
    __slots__ = ("more",)


def shadowed(seed):
    made = random.Random(seed)
    made.random = lambda: 0.25
    return made


def with_dictionary(seed):
    made = random.Random(seed)
    vars(made)["other"] = 1
    return made


def unlike(seed):
    made = random.Random(seed)
    made.__dict__ = {"getrandbits": lambda k: 1, 3: 4, "gauss_next": None}
    return made


def test_classes_and_instances():
    """The program's classes, names that instances have of their own, dictionaries of other kinds."""
    source = "def f(n, rng):\n    s = 0.0\n    for k in range(n):\n        s += rng.random() + rng.uniform(0, 1) + rng.randint(1, 6) + rng.getrandbits(5) + rng.gauss(0, 1)\n    return s"
    makers = (random.Random, Own, Bits, Slots, shadowed, with_dictionary, unlike, random.Random)
    for first in range(len(makers)):
        plain, jitted = plain_and_jitted(source)
        for make in makers[first:] + makers[:first]:
            for seed in range(3):
                one, other = make(seed), make(seed)
                assert plain(120, one) == jitted(120, other) and one.getstate() == other.getstate()


def test_names_that_change():
    """A function of random is somebody else's in the middle of a loop, and then the module's again; a class gets a method; an instance one of its own."""
    source = """
import random
class Mine(random.Random):
    pass
def swap(k, rng):
    if k % 60 == 20:
        random.random = lambda: 2.0
        Mine.random = lambda self: 0.125
    if k % 60 == 30:
        rng.random = lambda: 0.75
    if k % 60 == 40:
        del rng.random
    if k % 60 == 50:
        random.random = random._inst.random
        del Mine.random
def f(n, rng):
    s, mine = 0.0, Mine(3)
    for k in range(n):
        s += random.random() + rng.random() + mine.random() + rng.uniform(0, 1)
        swap(k, rng)
    return s
"""
    plain, jitted = plain_and_jitted(source)
    try:
        for seed in range(5):
            assert run(plain, 180, seed) == run(jitted, 180, seed)
    finally:
        random.random = random._inst.random


LEFT = """
import random, sys
seen = []
class Number:
    def __init__(self, x):
        self.x = x
    def __radd__(self, other):
        frame = sys._getframe(1)
        seen.append([(name, type(value), getattr(value, "__qualname__", value) if callable(value) else 0) for name, value in frame.f_locals.items()])
        return self.x + other
    def __rsub__(self, other):
        return self.__radd__(other)
    def __index__(self):
        frame, names = sys._getframe(1), []
        while frame.f_back and frame.f_code.co_name != "f":
            names.append((frame.f_code.co_name, frame.f_lineno, sorted(frame.f_locals)))
            frame = frame.f_back
        seen.append(names)
        return self.x
class Holder:
    def __init__(self, rng):
        self.rng = rng
    def bits(self, k, x):
        return x + self.rng.getrandbits(k)
def draws(rng, k, x):
    bits = rng.getrandbits
    pick = rng.randrange
    a = bits(k)
    a += x
    b = bits(k) + pick(5)
    return a - b
def f(n, rng):
    seen.clear()
    s = 0
    for k in range(n):
        s += draws(rng, k % 9, Number(2) if k % 50 == 49 else 3)
        if k % 70 == 69:
            s += random.randrange(Number(9)) + draws(rng, 80, 1)
    return s, seen
"""


def test_frames_of_what_is_left():
    """Where native code leaves, the methods that variables hold only to be called are objects, bound to the same instance."""
    plain, jitted = plain_and_jitted(LEFT)
    for seed in range(6):
        assert run(plain, 200, seed) == run(jitted, 200, seed)


def test_held_methods_are_objects_when_asked():
    source = """
import sys
def draws(rng, k):
    bits = rng.getrandbits
    s = bits(5)
    if k % 40 == 39:
        found = sys._getframe().f_locals["bits"]
        s += found.__self__ is rng and found(3) + (found.__name__ == "getrandbits")
    return s + bits(4)
def f(n, rng):
    s = 0
    for k in range(n):
        s += draws(rng, k)
    return s
"""
    plain, jitted = plain_and_jitted(source)
    for seed in range(6):
        assert run(plain, 200, seed) == run(jitted, 200, seed)


@pytest.mark.parametrize("name", ("bit_length", "bit_count"))
def test_bits_of_integers(name):
    plain, jitted = plain_and_jitted(f"def f(n, start):\n    s = []\n    for k in range(n):\n        x = start + k\n        s.append((x.{name}(), (k > 3).{name}(), (-x).{name}()))\n    return s")
    for start in (0, -20, 2**31, 2**63 - 12, -2**63 + 4, 2**64, -2**70, 1):
        for _ in range(3):
            assert plain(24, start) == jitted(24, start)


SOMETIMES = """
def draws(rng, k, x):
    if k % 3:
        bits = rng.getrandbits
        pick = rng.randrange
    s = x + 1
    if k % 3:
        s += bits(5) + pick(9)
    if k % 7 == 6 and k % 3:
        s += len(str(bits))
    try:
        s += bits(3)
    except UnboundLocalError:
        s += x // (k % 50)
    for j in range(3):
        if k % 3 == 1:
            s += bits(j)
    return s

def f(n, rng):
    s = 0
    for k in range(n):
        try:
            s += draws(rng, k, 2**62 if k % 40 == 39 else k)
        except ZeroDivisionError as error:
            found = error.__traceback__.tb_next.tb_frame.f_locals
            s += len(found) + sum(found[name](4) for name in ("bits", "pick") if name in found)
        s &= 2**50 - 1
    return s
"""


def test_held_sometimes():
    """Variables that hold methods on one way only: unbound on the other, where native code leaves and where it doesn't."""
    plain, jitted = plain_and_jitted(SOMETIMES.replace("len(str(bits))", "len(type(bits).__name__)"))
    for seed in range(8):
        assert run(plain, 300, seed) == run(jitted, 300, seed)


class Callable:
    asked = 0

    def __call__(self, *given):
        return 2

    def __eq__(self, other):
        Callable.asked += 1
        return True

    __hash__ = object.__hash__


def test_methods_of_odd_callables():
    from types import MethodType
    source = "def f(n, rng):\n    s = 0\n    for k in range(n):\n        s += step(k)\n    return s"
    plain, jitted = plain_and_jitted(source)
    for target in ([1], random.Random(3), 5, Callable()):
        for function in (Callable(), len, lambda self, k: k + 1, int.__add__):
            for one in (plain, jitted):
                one.__globals__["step"] = MethodType(function, target)
            outcomes = []
            for one in (plain, jitted):
                try:
                    outcomes.append([one(50, None) for _ in range(3)])
                except TypeError as error:
                    outcomes.append(str(error))
            assert outcomes[0] == outcomes[1]
    assert Callable.asked == 0


FORMS = ("m = rng.random; rng = other; s += m()", "m = rng.random; s += m(); s += [m][0]()", "m = rng.random; s += apply(m)", "m = rng.uniform; s += m(0, 1); m = other.uniform; s += m(2, 3)", "m = rng.random; s += m(); del rng; s += m(); rng = other",
         "m = rng.random; s += m() + (m is rng.random) + (m == rng.random)", "m = rng.random; s += (lambda: m())()", "m = rng.randint; s += m(1, b=6); s += m(*(1, 3))", "m = rng.random; s += m(); x = m; s += x()", "m = other.random; s += m() + rng.random()",
         "m = rng.random\n    for other in (other, rng):\n        s += m() + other.random()", "m = rng.random; s += m() if k % 2 else m.__self__.random()", "m = rng.random; s += m(); m = None", "with_rng = rng\n    m = with_rng.random; s += m()",
         "try:\n        m = rng.random; s += m() / (k % 5)\n    except ZeroDivisionError:\n        s += m()", "m = rng.random; s += sum(m() for _ in range(2))", "m = rng.random; s += sum([m() for _ in range(2)])", "m = rng.getrandbits; s += m(k % 70)", "m = rng.getrandbits; s += m(-1 if k == 77 else 3)")


@pytest.mark.parametrize("form", FORMS)
def test_held_methods(form):
    source = f"def apply(m):\n    return m()\ndef draws(rng, other, k):\n    s = 0.0\n    {form}\n    return s\ndef f(n, rng):\n    s, other = 0.0, rng.__class__(5)\n    for k in range(n):\n        s += draws(rng, other, k)\n    return s, other.getstate()"
    plain, jitted = plain_and_jitted(source)
    for seed in range(5):
        results = []
        for function in (plain, jitted):
            try:
                results.append(run(function, 70 if "77" not in form else 90, seed))
            except ValueError as error:
                results.append(str(error))
        assert results[0] == results[1]


def test_instances_that_only_methods_keep():
    """A parameter is assigned again: what its method is bound to lives on in the method, to the call's end."""
    source = """
import random
log = []
class Heard(random.Random):
    def __del__(self):
        log.append(len(log))
def draws(rng, k):
    m = rng.random
    rng = None
    s = m() + len(log)
    return s + m() * 0.5
def f(n, rng):
    log.clear()
    s = []
    for k in range(n):
        s.append(draws(Heard(k), k))
    return s, log
"""
    plain, jitted = plain_and_jitted(source)
    for seed in range(6):
        assert run(plain, 60, seed) == run(jitted, 60, seed)


def test_methods_by_turns():
    """What a parameter or a list holds is a method of another function, or of another instance, by turns."""
    source = """
class Sim:
    def __init__(self, x):
        self.x = x
    def up(self, k):
        self.x += k * 0.5
        return self.x
    def down(self, k):
        return self.x - k
def f(n, step):
    s = 0.0
    for k in range(n):
        s += step(k)
    return s
"""
    plain, jitted = plain_and_jitted(source)
    for first in range(3):
        results = []
        for function in (plain, jitted):
            one, other = [function.__globals__["Sim"](float(x)) for x in (1, 2)]
            results.append([function(60, step) for step in (*[one.up] * (4 - first), one.down, other.up, one.down, other.down, other.up, one.up)])
        assert results[0] == results[1]
