"""Generator expressions that are consumed on the spot: looks find their frames, and lead to the loop or the function that consumes them."""


import pytest
from tests.shell.process import python

PROLOGUE = """
import time, framejit
from framejit import _machine

values = [k * 0.25 - 100.0 for k in range(1000)]
weights = [k % 7 for k in range(1000)]

def native(work, plain):
    '''Whether all of it becomes native while nobody asks for it, with the interpreter's own results.'''
    expected = plain(3)
    framejit.enable()
    for attempt in range(400):
        assert work(3) == expected
        before = _machine.counters()
        end = time.perf_counter() + 0.05
        turns = 0
        while time.perf_counter() < end:
            assert work(30) == thirty
            turns += 30
        after = _machine.counters()
        turned, outside = after["iterations"] - before["iterations"], after["callouts"] - before["callouts"]
        if turned >= turns * 900 or turned >= turns and outside == 0:      # entered for each sum; or the loop around them, which counts its own turns
            return True
    return False
"""

FUNCTION = """
def dot(a, b):
    return sum(x * y for x, y in zip(a, b))

def work(n):
    for _ in range(n):
        last = dot(values, weights)
    return last
"""

METHOD = """
class Vector:
    def __init__(self):
        self.items = values

    def norm(self):
        return sum(x * x for x in self.items) ** 0.5

vector = Vector()

def work(n):
    for _ in range(n):
        last = vector.norm()
    return last
"""

SEARCH = """
def above(limit):
    return any(x > limit for x in values)

def work(n):
    for _ in range(n):
        last = above(1000.0)
    return last
"""

LOOP = """
def work(n):
    total = 0.0
    for k in range(n):
        total += sum(x * k for x in values)
    return total
"""

TWO = """
def work(n):
    total = 0.0
    for k in range(n):
        total += sum(x * k for x in values)
        total -= max(x - k for x in weights)
    return total
"""

CALLS_OUT = """
last = {}

def squares(limit):
    total = sum(x * limit for x in values)
    last.update(((limit, total),))
    return total

def work(n):
    for _ in range(n):
        last = squares(0.5)
    return last
"""

NESTED = """
rows = [values[k:k + 50] for k in range(20)]

def work(n):
    total = 0.0
    for k in range(n):
        total += sum(max(x * k for x in row) for row in rows)
    return total
"""


def finished(text):
    process = python("-c", text)
    assert process.returncode == 0 and not process.stderr, process.stderr
    return process.stdout


@pytest.mark.parametrize("program", [FUNCTION, METHOD, SEARCH, CALLS_OUT, LOOP, TWO, NESTED],
                         ids=["function", "method", "search", "calls out", "loop", "two", "nested"])
def test_what_consumes_becomes_native(program):
    text = PROLOGUE + program + "thirty = work(30)\nprint(native(work, work))\n"
    assert finished(text) == "True\n"


MODULE = """
import framejit
from framejit import _machine
framejit.enable()
values = [k * 0.25 for k in range(30000)]
total = 0.0
for k in range(600):
    total += sum(x * x for x in values)
print(total, _machine.counters()["iterations"] > 300 * 30000)
"""


def test_long_sums_of_a_module():
    """Its frame gets to its own jump once in milliseconds; looks that are due meanwhile wait for the sum's end."""
    values = [k * 0.25 for k in range(30000)]
    total = 0.0
    for k in range(600):
        total += sum(x * x for x in values)
    assert finished(MODULE) == f"{total} True\n"


LONG = """
import framejit, time
from framejit import _machine
values = [k * 0.25 for k in range(3_000_000)]

@framejit.jit
def long(a):
    return sum(x * 0.5 for x in a)

long(values[:10])
framejit.enable()

@framejit.skip
def measured():
    wholes = 0
    for _ in range(40):
        before = _machine.counters()
        long(values)
        after = _machine.counters()
        wholes += after["iterations"] - before["iterations"] >= 3_000_000 and after["exits"] == before["exits"]
    return wholes

print(measured() > 30)
"""


def test_looks_dont_break_off_long_ones():
    """Each sum takes longer than there is between two looks."""
    assert finished(LONG) == "True\n"


FOREIGN = """
import ctypes, framejit, threading, time
from framejit import _machine
values = [k * 0.25 for k in range(2_000_000)]
heard = []
PENDING = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)

@PENDING
def hear(_):
    heard.append(working)
    return 0

add = ctypes.pythonapi.Py_AddPendingCall
add.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
timer = ctypes.CDLL(None)

@framejit.jit
def long(a):
    return sum(x * 0.5 for x in a)

working = False
long(values[:10])
expected = long(values)
framejit.enable()
working = True
for _ in range(5):
    add(ctypes.cast(hear, ctypes.c_void_p), None)
    assert long(values) == expected
working = False
print(heard)
"""


def test_pending_calls_of_others_are_heard():
    assert finished(FOREIGN) == "[True, True, True, True, True]\n"


REFERENCES = """
import framejit, gc, weakref
framejit.enable()
values = [k * 0.25 for k in range(3000)]
held = []

def keep(generator):
    held.append(generator)
    return sum(generator)

total = 0.0
for k in range(3000):
    expression = (x * k for x in values)
    total += sum(expression)
    assert weakref.getweakrefcount(expression) <= 1
    del expression
for k in range(1000):
    total += keep(x * k for x in values)
framejit.disable()
print(total, [type(one).__name__ for one in held[:2]], sum([weakref.getweakrefcount(one) for one in held]) <= 1, next(held[-1], "end"))
"""


def test_expressions_that_live_on():
    """Whoever keeps one finds it as it is."""
    values = [k * 0.25 for k in range(3000)]
    total = 0.0
    for k in [*range(3000), *range(1000)]:
        total += sum(x * k for x in values)
    assert finished(REFERENCES) == f"{total} ['generator', 'generator'] True end\n"
