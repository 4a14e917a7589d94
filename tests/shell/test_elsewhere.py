"""What runs in other threads, while the main one waits, is found (3.12, 3.13)."""

import sys

import pytest
from tests.shell.process import python

ANYWHERE = sys.version_info >= (3, 12)      # pending calls run in any thread there

PROLOGUE = """
import sys, threading, time, framejit
from framejit import _machine

def total(n):
    s = 0.0
    for i in range(n):
        s += (i % 7) * 0.5 - i / 3.0
    return s

def iterations():
    return _machine.counters()["iterations"]

def in_thread(work, *arguments):
    '''What it gives, run by another thread while the main one waits.'''
    results = []
    thread = threading.Thread(target=lambda: results.append(work(*arguments)))
    thread.start()
    thread.join()
    return results[0]
"""

FUNCTION = """
expected = total(3000)

def serve(seconds):
    end, before, calls = time.perf_counter() + seconds, iterations(), 0
    while time.perf_counter() < end:
        assert total(3000) == expected
        calls += 1
    return iterations() - before >= calls * 2000

framejit.enable()
print(any(in_thread(serve, 0.2) for attempt in range(100)))
"""

LOOP = """
def run(n):
    before, s = iterations(), 0
    for i in range(n):
        s += i & 3
    return s == 3 * n // 2 and iterations() - before >= n // 2

framejit.enable()
print(any(in_thread(run, 8_000_000) for attempt in range(60)))
"""

NEST = """
def run(n):
    before, s = iterations(), 0
    for i in range(n):
        for k in range(100):
            s += k & 3
    return s == 150 * n and iterations() - before >= n * 50

framejit.enable()
print(any(in_thread(run, 80_000) for attempt in range(60)))
"""

EXPRESSION = """
values = [k * 0.25 for k in range(1000)]

def run(n):
    before, s = iterations(), 0.0
    for i in range(n):
        s += sum(v * v for v in values)
    return iterations() - before >= n * 500

framejit.enable()
print(any(in_thread(run, 5000) for attempt in range(60)))
"""

BLOCK = """
def run(n):
    before, s = iterations(), 0
    with framejit.jit():
        text = f"{n!r:>{12}}"
        while s < 3:
            s += len(globals()) > 0 and text is not None
        for i in range(n):
            s += i & 3
    return iterations() - before >= n // 2

print(any(in_thread(run, 4_000_000) for attempt in range(60)))
"""

SEVERAL = """
def serve(seconds, results):
    end, before = time.perf_counter() + seconds, iterations()
    while time.perf_counter() < end:
        results.append(total(2000))

framejit.enable()
expected = total(2000)
for attempt in range(100):
    before, results = iterations(), []
    threads = [threading.Thread(target=serve, args=(0.2, results)) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert set(results) == {expected}
    if iterations() - before >= len(results) * 1500:
        break
print(iterations() - before >= len(results) * 1500)
"""


@pytest.mark.skipif(not ANYWHERE, reason="3.11 has no pending calls in other threads")
@pytest.mark.parametrize("program", [FUNCTION, SEVERAL, LOOP, NEST, EXPRESSION, BLOCK])
def test_what_other_threads_run_is_found(program):
    assert python("-c", PROLOGUE + program).stdout == "True\n"


UNNOTICED = """
import sys, threading, time, framejit
framejit.enable()
seen, lines = set(), []

def watch(n):
    for i in range(n):
        seen.add((sys.gettrace(), sys.getprofile(), threading.active_count(), len(sys._current_frames())))
        try:
            raise ValueError(i)
        except ValueError as error:
            lines.append(error.__traceback__.tb_lineno - error.__traceback__.tb_frame.f_code.co_firstlineno)
            assert error.__traceback__.tb_next is None

thread = threading.Thread(target=watch, args=(300_000,))
thread.start()
thread.join()
print(seen == {(None, None, 2, 2)}, set(lines) == {4})

told = []
def tracer(frame, event, argument):
    told.append(event)
    return tracer

def traced():
    sys.settrace(tracer)
    for i in range(100_000):
        pass
    sys.settrace(None)

thread = threading.Thread(target=traced)
thread.start()
thread.join()
print(told.count("line") == 0, sys.gettrace())

def raises(n):
    for i in range(n):
        if i == n - 1:
            raise KeyError(i)

threading.excepthook = lambda info: print(info.exc_type.__name__, info.exc_value.args, info.exc_traceback.tb_next.tb_next.tb_lineno - raises.__code__.co_firstlineno)
for n in (3_000_000, 3_000_001):
    thread = threading.Thread(target=raises, args=(n,))
    thread.start()
    thread.join()
framejit.disable()
"""


def test_looks_in_other_threads_are_not_noticed():
    assert python("-c", UNNOTICED).stdout == "True True\nTrue None\nKeyError (2999999,) 3\nKeyError (3000000,) 3\n"
