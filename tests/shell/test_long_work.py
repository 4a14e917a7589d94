"""Regions whose call-outs cost next to nothing beside their work on arrays stay (ext/weigh.c)."""

from tests.shell.process import python

TEXT = """
import numpy as np
import framejit

def stencil(z):
    return z[:-2, 1:-1] + z[2:, 1:-1] + z[1:-1, :-2] + z[1:-1, 2:] - 4 * z[1:-1, 1:-1]

@framejit.jit
def steps(u, v, count):
    for _ in range(count):
        inner_u, inner_v = u[1:-1, 1:-1], v[1:-1, 1:-1]
        change_u, change_v = 0.16 * stencil(u) - inner_u * inner_v, 0.08 * stencil(v) + inner_u * inner_v
        inner_u += change_u
        inner_v += change_v

u, v = np.ones((130, 130)), np.zeros((130, 130))
v[50:60, 50:60] = 0.3
for _ in range(60):
    steps(u, v, 100)
    u[...], v[...] = 1.0, 0.0
stats = framejit.stats()
print(stats["given_back"], stats["callouts"], framejit._machine.counters()["iterations"])
"""


def test_long_work_is_not_given_back():
    process = python("-c", TEXT)
    assert process.returncode == 0, process.stderr
    given_back, callouts, iterations = map(int, process.stdout.split())
    assert given_back == 0 and callouts > 10_000 and iterations > 5_000


LOOP = """
import numpy as np
import framejit
from benchmarks.numpy.signals import haar

haar = framejit.jit(haar)
x = np.arange(8.0)
for _ in range(40_000):
    haar(x)
stats = framejit.stats()
print(stats["given_back"], stats["native_entries"] > 10_000, stats["callouts"] > 10_000)
"""


def test_work_in_loops_beside_call_outs_is_not_given_back():
    """The call-out stands behind the loop, which counts by its turns."""
    process = python("-c", LOOP, FRAMEJIT_TRIAL="0")
    assert process.stdout == "0 True True\n", process.stderr
