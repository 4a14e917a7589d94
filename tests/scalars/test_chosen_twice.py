"""`max` and `min` of a number and itself, of variables that nobody reads any more: which of them the result is, and who keeps its object."""

import itertools

import pytest

import framejit

CALLS = ("max(a, b, b)", "max(b, a, b)", "min(b, b, a)", "max(a, a, b, b)", "min(a, max(b, b), b)", "max(max(a, b), max(b, a))", "abs(max(b, b, a))", "min(max(a, b, b), b)")
VALUES = {"ints": (0, 3, 2**40, 2**62, -2**61), "floats": (0.5, -2.5, 1e300, 0.0, -0.0)}


def made(call):
    space = {}
    exec(f"""
def f(values, out, n):
    for i in range(n):
        b = values[i % len(values)] + 0
        a = values[0]
        out[i % 3] += {call}
    return out

def g(values, out, n):
    total = 0
    for b in values:
        a = total // 2
        for k in range(n):
            a = {call} - k
            total += a
    return total, a
""", space)
    return space["f"], space["g"]


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("call", CALLS)
def test_chosen_numbers(call, kind):
    for function, numbers in itertools.product(made(call), (VALUES[kind], VALUES[kind][::-1], VALUES[kind][:1])):
        compiled = framejit.jit(function)
        for _ in range(4):
            results = [repr(one(list(numbers), [0, 0.0, 0], 9)) for one in (function, compiled)]
            assert results[0] == results[1]


def test_one_that_a_call_out_gave():
    """The loop's variable is an object of an iterator that the interpreter moves; on its way back to the header it may be what was chosen, two ways."""
    import numpy as np
    space = {}
    exec("""
def f(p0, p1):
    v0 = p0
    for i1 in range(9223372036854775802, 9223372036854775805, 3):
        v6 = 0
        p1[i1 % 1][3] += v0 and max(v6, i1, i1)
    return p1
""", space)
    plain = space["f"]
    compiled = framejit.jit(plain)
    for _ in range(12):
        for value in (2.5, float("inf"), 0.0):
            wanted, found = [function(value, np.arange(1, 25).astype("float32").reshape(6, 4)) for function in (plain, compiled)]
            assert found.tobytes() == wanted.tobytes()
