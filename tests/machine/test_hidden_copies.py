"""Who asks the collector what refers to a code object, or what a function, frame or generator refers to, finds the code object that was written."""

import gc
import sys
from types import CodeType, FunctionType

import framejit


def total(n):
    s = 0
    for k in range(n):
        s += k * k
    return s


def shown(n):
    s = 0
    for k in range(n):
        s += k
    return s, sys._getframe()


def items(n):
    for k in range(n):
        yield k * n


def codes_of(thing):
    return [one for one in gc.get_referents(thing) if type(one) is CodeType]


def refer_to(code):
    return [one for one in gc.get_referrers(code) if type(one) is FunctionType]


def test_functions():
    made = framejit.jit(total)
    for n in (0, 5000, 5000):
        assert made(n) == total(n)
        assert codes_of(made) == codes_of(total) == [total.__code__]
        found = refer_to(total.__code__)
        assert len(found) == 2 and made in found and total in found


def test_a_function_with_another_code():
    made = framejit.jit(total)
    made(5000)
    made.__code__ = shown.__code__
    assert codes_of(made) == [shown.__code__]
    assert refer_to(total.__code__) == [total]


def test_frames_and_generators():
    made = framejit.jit(shown)
    for _ in range(3):
        assert codes_of(made(500)[1])[:1] in ([], [shown.__code__])
    running = framejit.jit(items)(50)
    assert next(running) == 0 and {id(code) for code in codes_of(running)} <= {id(items.__code__)}
