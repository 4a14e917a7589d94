"""What was compiled for a namespace goes with it: regions, machine code, records."""

from process import python

PROGRAM = '''
import gc, resource, sys
import framejit
from framejit import _machine as machine
from framejit.runtime.controller import controller

SOURCE = """
import math
def helper(x):
    return x + 1
def hot(n):
    total = 0.0
    for k in range(n):
        total += math.sqrt(k) * NUMBER
        if k % 1000 == 0:
            total += helper(k)
    return total
total = 0
for i in range(3000):
    total = (total * 3 + i) % 1000003
"""

def once(number):
    space = {"NUMBER": number, "__name__": "spaced"}
    exec(compile(SOURCE, f"spaced {number}", "exec"), space)
    space["hot"] = framejit.jit(space["hot"])
    space["hot"](2000), space["hot"](2000)

most = 0
for number in range(200):
    once(number)
    gc.collect()
    most = max(most, machine.live_regions())
    if number == 99:
        half = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(framejit.stats()["regions_compiled"], most, len(controller().codes), sum(one.get("__name__") == "spaced" for one in gc.get_objects() if type(one) is dict), whole - half)
'''


def test_regions_stay_few():
    run = python("-c", PROGRAM)
    assert run.returncode == 0, run.stderr
    compiled, most, codes, spaces, grown = map(int, run.stdout.split())
    assert compiled >= 200 and spaces == 0
    assert most <= 140 and codes <= 300
    assert grown < 30_000       # kilobytes for the second hundred


WATCHED = '''
import builtins
asked = []
class Watched(dict):
    def __missing__(self, name):
        asked.append(name)
        raise KeyError(name)
space = Watched(step=5, __builtins__=builtins)
exec("""def f(n):
    global last
    total = 0
    for k in range(n):
        total += step
        last = k
    return total
""", space)
print([space["f"](n) for n in (3, 1000, 300000)], space["last"], set(asked))
'''


def test_globals_of_a_subclass():
    """Names that are asked for by code of the program: refused, which is no failure of the compiler."""
    plain, eager = python("-c", WATCHED), python("-m", "framejit", "--log", "breaks", "-c", WATCHED, FRAMEJIT_EAGER="1")
    assert plain.stdout == eager.stdout != ""
    assert "FJ024" not in eager.stderr
