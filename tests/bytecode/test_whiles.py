"""`while` loops with a `continue` are one loop, and loops within each other are several."""

import pytest

from framejit.bytecode import decode


def plain(n):
    i = 0
    while i < n:
        i += 1
        if i % 3 == 0:
            continue
        i += 1
    return i


def of_two_parts(n, s):
    i = 0
    while i < n and s:
        i += 1
        if i % 3:
            continue
        s += i
    return s


def walrus(values):
    s = 0
    while (x := next(values, None)) is not None:
        if x % 3 == 0:
            continue
        s += x
    return s


def nest(n):
    i = t = 0
    while i < n:
        while t < i:
            t += 1
            if t % 5 == 0:
                continue
            t += 1
        i += 2
        if i % 7 == 0:
            continue
        i += 1
    return i, t


def empty_outside(n):
    while n:
        while n > 3:
            n -= 1
            if n == 7:
                continue
        n -= 1
    return n


def handled(n):
    i = 0
    while i < n:
        i += 1
        try:
            if i % 3:
                continue
            n / i
        except ZeroDivisionError:
            continue
        i += 1
    return i


def comprehension_within(n):
    while n:
        n -= 1
        if [k for k in range(n) for j in range(k)] == [0]: continue
        n -= 1
    return n


def for_loops(n):
    return [[k * j for j in range(n)] for k in range(n)], sum(k * j for k in range(n) for j in range(k))


async def waits(queue, n):
    while n: n = await queue.get()
    return n


LOOPS = {plain: 1, of_two_parts: 1, walrus: 1, nest: 2, empty_outside: 2, handled: 1}


@pytest.mark.parametrize("function", LOOPS, ids=lambda function: function.__name__)
def test_loops_of_the_program(function):
    bytecode = decode(function.__code__)
    assert len(bytecode.loops) == LOOPS[function]
    whole = max(bytecode.loops.values(), key=len)
    assert all(units <= whole for units in bytecode.loops.values())
    for body, test in bytecode.first_tests.items():
        assert body in bytecode.loops and test not in bytecode.loops and test in bytecode.loops[body]
        assert bytecode.depth[body] == bytecode.depth[test]


@pytest.mark.parametrize("function", [for_loops, waits, comprehension_within], ids=lambda function: function.__name__)
def test_others_are_left(function):
    """Loops on one line within each other, of which each has more on the stack than the one around it."""
    codes = [function.__code__, *[one for one in function.__code__.co_consts if type(one) is type(function.__code__)]]
    for bytecode in map(decode, codes):
        for body, test in bytecode.first_tests.items():
            assert bytecode.instructions[bytecode.at[body]].op not in ("FOR_ITER", "SEND")
            assert bytecode.instructions[bytecode.at[test]].op not in ("FOR_ITER", "SEND")
