"""Functions and types without end: compiling stays bounded, each limit has a record, and the interpreter does the rest."""

from decimal import Decimal
from fractions import Fraction

import framejit
import pytest
from process import python

LINES = 10_000


def made(source):
    namespace = {}
    exec(compile(source, "<made>", "exec"), namespace)
    return namespace["f"]


def straight():
    return "def f(x):\n    t = x\n" + "".join(f"    t = (t * 3 + {number}) % 1000003\n" for number in range(LINES)) + "    return t\n"


def in_a_loop():
    return "def f(n):\n    t = 1\n    for i in range(n):\n" + "".join(f"        t = (t * 3 + {number}) % 1000003\n" for number in range(LINES)) + "    return t\n"


def branching():
    return "def f(n):\n    t = 1\n    for i in range(n):\n" + "".join(f"        if i == {number}: t += {number}\n" for number in range(LINES)) + "    return t\n"


def global_names(count=1000):
    stored = "".join(f"        g{number} = g{number} + i\n" for number in range(count))
    return "".join(f"g{number} = {number}\n" for number in range(count)) + "def f(n):\n    global " + ", ".join(f"g{number}" for number in range(count)) \
        + f"\n    for i in range(n):\n{stored}    return g0 + g{count - 1}\n"


def many_locals(count=1000):
    names = [f"v{number}" for number in range(count)]
    return f"def f(n):\n    {' = '.join(names)} = 0\n    for i in range(n):\n" + "".join(f"        {name} += i\n" for name in names) + f"    return {' + '.join(names[:9])}\n"


@pytest.mark.parametrize("source", (straight, in_a_loop, branching, global_names, many_locals))
def test_functions_of_ten_thousand_lines(source):
    plain, fast = made(source()), framejit.jit(made(source()))
    before = framejit.stats()["compile_seconds"]
    assert [fast(7), fast(8)] == [plain(7), plain(8)]
    records = [found for found in framejit.explain(fast, 9).breaks if found.code == "FJ019"]
    assert records and records[0].filename == "<made>" and records[0].cure
    assert framejit.stats()["compile_seconds"] == before


def test_ten_thousand_types_at_one_site(unwatched):
    kinds = [type(f"T{number}", (), {"__add__": lambda self, other: other}) for number in range(LINES)]
    objects = [kind() for kind in kinds]

    @framejit.jit
    def one(item, n):
        total = 0
        for _ in range(n):
            total += item + 1
        return total

    @framejit.jit
    def all_of(items):
        total = 0
        for item in items:
            total += item + 1
        return total

    before = framejit.stats()["variants"]
    assert all(one(item, 3) == 3 for item in objects)
    assert all_of(objects) == all_of(objects) == LINES
    assert all_of([1, 2.5, True, *objects, 3, 4.5]) == LINES + 2 + 3.5 + 2 + 4 + 5.5
    assert framejit.stats()["variants"] - before <= 16
    for item in (1j, Fraction(1), Decimal(1), 2.5, 1, True) * 6:        # classes of the program count as one
        assert all_of([item] * 3) == 3 * item + 3
    assert framejit.stats()["variants"] - before <= 32
    assert "FJ008" in {found.code for found in framejit.explain().breaks if found.filename == __file__}


DEEP = """
import sys
import framejit


def total(n):
    s = 0
    for k in range(n):
        s += k
    return s


def made():
    return framejit.jit(total)(1000)


def switched():
    framejit.enable()
    framejit.disable()
    return total(1000)


def block():
    with framejit.jit():
        s = 0
        for k in range(1000):
            s += k
    return s


def left_out():
    return framejit.skip(total)(1000)


def down(depth, work):
    return down(depth - 1, work) if depth else work()


limit = sys.getrecursionlimit()
for spare in (10, 20, 30, 40, 50):
    assert down(limit - spare - 2, WORK) == 499500, spare
assert sys.getrecursionlimit() == limit
for spare in range(10):
    try:
        assert down(limit - spare - 2, WORK) == 499500
    except RecursionError:
        pass
assert "FJ024" not in str(framejit.explain()), framejit.explain()
depths = []
for work in (lambda: 1, WORK, lambda: 1):
    depth = limit
    while True:
        try:
            down(depth, lambda: 1)
            break
        except RecursionError:
            depth -= 1
    depths.append(depth)
assert len(set(depths)) == 1, depths
"""


@pytest.mark.parametrize("work", ["made", "switched", "block", "left_out"])
def test_the_interface_near_the_recursion_limit(work):
    """What works with ten frames left works; nearer it raises what the program's own calls raise, and no failure is recorded."""
    done = python("-c", DEEP.replace("WORK", work))
    assert done.returncode == 0, done.stderr
