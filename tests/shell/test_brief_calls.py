"""Functions that are called again and again: compiled as a whole and quickly at first, their short loops not by themselves; who is called
with cells; `__init__` by itself."""

import gc
import json
import time
from types import SimpleNamespace

import framejit
from framejit import _machine as machine
from framejit.runtime import guest, screen
from framejit.runtime.codes import CALL, Code
from framejit.runtime.running import Running
from process import python

BRIEF = """
import json, time
import framejit
from framejit.runtime.controller import controller

class Curve:
    def __init__(self, points):
        self.points = points

    def at(self, u):
        found = [self.points[k] * u for k in range(3)]
        for k in range(2):
            for i in range(2):
                found[i] = found[i] * u + found[i + 1]
        return found[0]

def done(state):
    return len(state.variants.get(-1, ())) == 1 and not state.variants[-1][0].region.unfinished

framejit.enable()
curve, since, total = Curve([0.5, 1.5, 2.5]), time.process_time(), 0.0
state = controller().code_of(Curve.at.__code__)
while time.process_time() < since + 60 and not done(state):
    total += sum(map(curve.at, [0.5] * 10000))
loops = [entry for entry, variants in state.variants.items() if entry >= 0 and variants]
print(json.dumps([done(state), state.brief, loops, state.compilations]))
"""


def test_short_loops_are_compiled_with_their_function():
    """Its calls come from `map`: a loop of the program's might be compiled before it, with it inside."""
    ran = python("-c", BRIEF, FRAMEJIT_TRIAL="0")           # who is faster isn't asked
    assert json.loads(ran.stdout) == [True, True, [], 1]


RECURSIVE = """
import json, time
import framejit
from framejit.runtime.controller import controller

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def total(tree):
    return 0 if tree is None else total(tree[0]) + tree[1] + total(tree[2])

def walks(tree, times):
    return sum([total(tree) for _ in range(times)])

def grown(depth):
    return None if depth == 0 else (grown(depth - 1), depth, grown(depth - 1))

def thorough(function):
    regions = [variant.region for variant in controller().code_of(function.__code__).variants.get(-1, ())]
    return bool(regions) and not regions[0].unfinished

def done():
    return thorough(fib) and (thorough(total) or thorough(walks))

framejit.enable()
tree, since, results = grown(10), time.process_time(), set()
while time.process_time() < since + 60 and not done():
    results.add((fib(24), walks(tree, 64)))
print(json.dumps([done(), len(results)]))
"""


def test_recursion_gets_thorough_code():
    """Its calls come from native code, or it is called where a list is native's alone and no look is asked for."""
    ran = python("-c", RECURSIVE)
    assert json.loads(ran.stdout) == [True, 1]


def test_cells_have_something_to_compute_with():
    def scaled(x, y):
        return [x * k + y for k in range(3)]

    def named(x, y):
        return lambda: (x, y)

    state = Code(scaled.__code__)
    cell = (lambda x: lambda: x)(0.5).__closure__[0]
    assert not screen.computes_nothing(state, CALL, (cell, cell))
    text = (lambda x: lambda: x)("text").__closure__[0]
    assert screen.computes_nothing(Code(named.__code__), CALL, (text, text))


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y * 2


class Slotted(Point):
    __slots__ = ()


class Held:
    __slots__ = ("x", "y")

    __init__ = Point.__init__


def test_initialisers_stay_native():
    for kind in (Point, Slotted, Held):
        kind(0, 0.0)            # where attributes lie is known from then on
        original = kind.__init__
        kind.__init__ = framejit.jit(type(original)(original.__code__.replace(), globals(), "__init__"))
        kind(1, 0.5)
        gc.collect()            # none is due at the entry of a call, which would be the interpreter's then
        before = framejit.stats()
        made = list(map(kind, range(50), [k * 0.5 for k in range(50)]))      # 3.12 and later have an instruction of their own for the call
        after = framejit.stats()
        kind.__init__ = original
        assert [(one.x, one.y) for one in made] == [(k, k * 1.0) for k in range(50)]
        assert after["native_entries"] - before["native_entries"] == 50 and after["exits"] == before["exits"]


def test_trials_wait_for_better_code():
    region = machine.Region(test_trials_wait_for_better_code.__code__, 1, unit=0, depth=0, framed=True, spill=1)
    assert not region.unfinished
    region.unfinished = True
    region.replace(1, None)
    assert not region.unfinished


def test_what_a_look_imports_is_not_time_that_a_loop_ran_for(monkeypatch):
    """Two looks that only such an import lies between are one: the loop hasn't got on."""
    state = Code(test_trials_wait_for_better_code.__code__)
    controller = SimpleNamespace(budget=SimpleNamespace(spent=0.0), machine=machine)
    assert state.counts(Running.had(controller), 0.002)
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass
    monkeypatch.setattr(guest, "SPENT", [guest.SPENT[0] + 0.0495])
    assert not state.counts(Running.had(controller), 0.002)
    end = time.process_time() + 0.003
    while time.process_time() < end:
        pass
    assert state.counts(Running.had(controller), 0.002)
