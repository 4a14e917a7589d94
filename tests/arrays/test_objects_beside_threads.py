"""Long work over arrays lets other threads run: numbers and arrays that only a container kept live on, whatever these put into their place."""

import os
import subprocess
import sys

import pytest

PROGRAM = '''
import sys, threading, time
import numpy as np
import framejit
sys.setswitchinterval(1e-4)

class Holder:
    pass

holder, numbers, arrays, seen = Holder(), [1.5] * 4, [np.ones(3) for _ in range(4)], [0]
holder.dt, holder.u = 1.5, np.ones(3)

def note(a, b):
    seen[0] += 1
    assert 1.0 <= (b if type(b) is float else b[0]) < 2e6, b

def attribute_number(x, n):
    for k in range(n):
        note(x * 2.0 + 1.0 - x * 0.5, holder.dt)

def attribute_array(x, n):
    for k in range(n):
        note(x * 2.0 + 1.0 - x * 0.5, holder.u)

def item_of_a_loop(x, n):
    for k in range(n):
        for c in numbers:
            y = x * 2.0 + 1.0 - x * c
            note(y, c)

def names_that_wait(x, n):
    for c in numbers * n:
        y = x * c + 1.0 - x * 0.5
    note(y, c)

def before_a_sum(x, n):
    for k in range(n):
        note(holder.dt, [holder.dt, (x * 2.0 - 1.0).sum()][0])

stop = False

def churn():
    i = 1.0
    while not stop:
        i = i + 1.0 if i < 1e6 else 1.0
        holder.dt, holder.u = i + 0.5, np.full(3, i)
        for k in range(4):
            numbers[k], arrays[k] = i + k, np.full(3, i + k)
        junk = [i * 0.001 * j for j in range(50)]

function = globals()[sys.argv[1]]
jitted, x = framejit.jit(function), np.random.rand(60000)
for _ in range(6):
    jitted(x, 20)
before = framejit.stats()["native_entries"]
thread = threading.Thread(target=churn)
thread.start()
try:
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        jitted(x, 30)
finally:
    stop = True
    thread.join()
assert seen[0] and framejit.stats()["native_entries"] > before
'''


@pytest.mark.parametrize("name", ("attribute_number", "attribute_array", "item_of_a_loop", "names_that_wait", "before_a_sum"))
def test_what_is_borrowed_lives_on(name):
    """Freed memory is filled with a pattern, so that who looks at it crashes."""
    environment = {**os.environ, "PYTHONMALLOC": "debug", "FRAMEJIT_TRIAL": "0", "FRAMEJIT_CACHE": "0"}
    ended = subprocess.run([sys.executable, "-X", "faulthandler", "-c", PROGRAM, name], env=environment, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stderr[-2000:]
