"""`disable()` leaves everything to the interpreter; `enable()` enters what is compiled again."""

import pytest
from tests.shell.process import python

PROLOGUE = """
import time, framejit
from framejit import _machine

@framejit.skip
def natively(work, turns=20):
    '''Whether calls of it enter native code.'''
    before = _machine.counters()
    for _ in range(turns):
        assert work(2000) == expected
    after = _machine.counters()
    return sum(after[key] - before[key] for key in ("native_entries", "osr_entries", "iterations")) > 0

@framejit.skip
def until_native(work):
    end = time.perf_counter() + 60
    while not natively(work) and time.perf_counter() < end:
        pass

@framejit.skip
def until_settled(work):
    '''Until nothing more is compiled for a while: looks find one loop after the other.'''
    until_native(work)
    quiet, end = 0, time.perf_counter() + 60
    while quiet < 30 and time.perf_counter() < end:
        before = framejit.stats()["regions_compiled"]
        natively(work)
        quiet = quiet + 1 if framejit.stats()["regions_compiled"] == before else 0

@framejit.skip
def is_native(work):
    '''Whether calls of it enter native code, some time: what only looks enter isn't entered in each of few turns.'''
    return any(natively(work) for attempt in range(20))
"""

FUNCTION = """
def work(n):
    total = 0
    for k in range(n):
        q, r = divmod(k, 7)
        total += q * r
    return total
"""

LOOP = """
class Log:
    def write(self, text):
        self.text = text

log = Log()

def work(n):
    log.write(f"{n:>20}{log!r:.3}")
    total = 0
    for k in range(n):
        total += k * 3
    exec("pass")
    yield_it = list(numbers(n))
    return total + sum(yield_it)

def numbers(n):
    for k in range(8):
        t = 0
        for j in range(n):
            t += j ^ k
        yield t
"""

SWITCHED = """
expected = work(2000)
framejit.enable()
until_settled(work)
compiled = framejit.stats()["regions_compiled"]
found = [is_native(work)]
framejit.disable()
found.append(natively(work))
found.append(natively(work))
framejit.enable()
until_native(work)              # what only looks enter, they enter again
found.append(is_native(work))
found.append(framejit.stats()["regions_compiled"] - compiled <= MORE)
framejit.disable()
found.append(natively(work))
print(found)
"""


def finished(text):
    process = python("-c", text)
    assert process.returncode == 0 and not process.stderr, process.stderr
    return process.stdout


@pytest.mark.parametrize("program, more", [(FUNCTION, 0), (LOOP, 1)], ids=["function", "loop"])
def test_switched_off_and_on(program, more):
    assert finished(PROLOGUE + program + SWITCHED.replace("MORE", str(more))) == "[True, False, False, True, True, False]\n"


ASKED = """
@framejit.jit
def asked(n):
    total = 0
    for k in range(n):
        total += k * k
    return total

expected = asked(2000)
framejit.enable()
framejit.disable()
found = [natively(asked)]
def work(n):
    total = 0
    for k in range(n):
        total += k * k
    return total

for _ in range(3):
    with framejit.jit():
        for _ in range(50):
            work(2000)
found.append(natively(work))
framejit.enable()
framejit.disable()
found.append(natively(work))
print(found)
"""


def test_what_was_asked_for_stays():
    assert finished(PROLOGUE + ASKED) == "[True, True, True]\n"


BEGUN = """
def numbers(n):
    while True:
        t = 0
        for j in range(n):
            t += j & 3
        yield t

walk = numbers(2000)

def work(n):
    return next(walk)

expected = work(2000)
framejit.enable()
end = time.perf_counter() + 60
while time.perf_counter() < end:          # until each call enters it, without a look
    before = _machine.counters()
    work(2000)
    after = _machine.counters()
    if after["native_entries"] > before["native_entries"] and after["osr_entries"] == before["osr_entries"]:
        break
found = [natively(work)]
framejit.disable()
found.append(natively(work))
framejit.enable()
until_native(work)
found.append(natively(work))
print(found)
"""


def test_frames_that_have_begun():
    """A generator's own frame runs code whose loop leads to native code."""
    assert finished(PROLOGUE + BEGUN) == "[True, False, True]\n"
