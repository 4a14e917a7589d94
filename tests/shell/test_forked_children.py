"""A forked child's loops are looked at from its beginning: its processor time begins anew, what is known of the program's goes on."""

from process import python

PROGRAM = """
import os, time
import framejit

LONG = 2.0

def inner(n):
    total = 0
    for k in range(n):
        total += k ^ 7
    return total

def child_only(n):
    total = 0
    for k in range(n):
        total += k & 5
    return total

def until(function, known):
    while framejit.stats()["regions_compiled"] == known and time.process_time() < 20:
        function(200_000)
    return time.process_time()

framejit.enable()
until(inner, 0)
while time.process_time() < LONG:
    inner(200_000)
known = framejit.stats()["regions_compiled"]
child = os.fork()
if child == 0:
    print(until(child_only, known) < LONG, flush=True)
    os._exit(0)
print(os.waitpid(child, 0)[1])
"""

FURTHER = """
import os, time
import framejit
from framejit import _machine as machine

framejit.enable()
while time.process_time() < 0.2: pass
before = machine.seconds_had()
child = os.fork()
if child == 0:
    print(before <= machine.seconds_had() < before + 0.2, time.process_time() < 0.2, flush=True)
    grandchild = os.fork()
    if grandchild == 0:
        print(before <= machine.seconds_had() < before + 0.2, machine.forks(), flush=True)
        os._exit(0)
    os._exit(os.waitpid(grandchild, 0)[1])
print(os.waitpid(child, 0)[1])
now = time.process_time()
print(now <= machine.seconds_had() < now + 0.1, machine.forks())
"""


def test_a_child_is_looked_at_at_once():
    done = python("-W", "error", "-c", PROGRAM)
    assert (done.stdout, done.stderr) == ("True\n0\n", "")


def test_time_goes_on():
    done = python("-W", "error", "-c", FURTHER)
    assert (done.stdout, done.stderr) == ("True True\nTrue False\n0\nTrue False\n", "")
