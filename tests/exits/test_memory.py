"""Allocations fail one after the other: a call then ends well, or with a MemoryError in a state that plain Python passes.

A box that can't be had is made from the reserve (ext/memory.c), so a failure may pass unnoticed; a list that can't
grow leaves.
"""

import gc
import sys

import numpy as np
import pytest

import framejit
from framejit.runtime.controller import controller

testcapi = pytest.importorskip("_testcapi")
TURNS, FAILURES = 40, 70


def boxes(values, n):
    total = 0.0
    for k in range(n):
        values[k % 7] = total + 0.25 * k
        total = total * 0.5 + values[(k + 3) % 7]
    return total


def grows(items, n):
    for k in range(n):
        items.append(k * 1000003)
    return len(items)


def tuples(items, n):
    pair = (0, 1.5)
    for k in range(n):
        pair = (pair[0] + 1000, pair[1] * 0.5 + k)
    return pair


def calls(items, n):
    x = 0.5
    for k in range(n):
        x = x * 3.5 * (1 - x)
        if k % 4 == 3:
            items.insert(0, x)
    return x


def scalars(items, n):
    total = np.float64(0.25)
    for k in range(n):
        total = total * np.float64(1.5) - k
    return total


def states(function, make):
    """Every state of plain Python at the beginning of a line: (line, locals)."""
    found = set()

    def trace(frame, event, argument):
        if frame.f_code is function.__code__:
            found.add(state_of(frame))
            return trace
        return None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        result = function(*make())
    finally:
        sys.settrace(before)
    return found, result


def state_of(frame):
    return frame.f_lineno, repr(sorted(frame.f_locals.items()))


def state_of_error(error, function):
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code is function.__code__:
            return traceback.tb_lineno, repr(sorted(traceback.tb_frame.f_locals.items()))
        traceback = traceback.tb_next
    return None


def failing(function, arguments, start):
    """(result, error) with one allocation failing, the one with this number."""
    gc.disable()
    testcapi.set_nomemory(start, start + 1)
    try:
        return function(*arguments), None
    except MemoryError as error:
        return None, error
    finally:
        testcapi.remove_mem_hooks()
        gc.enable()


@pytest.mark.parametrize("function, make", [
    (boxes, lambda: ([1.5 * j for j in range(7)], TURNS)), (grows, lambda: ([], TURNS)), (tuples, lambda: ([], TURNS)),
    (calls, lambda: ([], TURNS)), (scalars, lambda: ([], TURNS)),
], ids=lambda value: getattr(value, "__name__", ""))
def test_memory_runs_out(unwatched, function, make):
    fast = framejit.jit(function)
    for _ in range(3):
        fast(*make())
    entries = framejit.stats()["native_entries"]
    passed, expected = states(function, make)
    for start in range(1, FAILURES):
        result, error = failing(fast, make(), start)
        if error is None:
            assert type(result) is type(expected) and repr(result) == repr(expected)
        else:
            state = state_of_error(error, function)
            assert state is None or state in passed
    assert framejit.stats()["native_entries"] > entries
    assert function is not grows or left_for_memory(fast) > 0


def left_for_memory(function):
    return sum(count for variant in controller().code_of(function.__code__).known_variants()
               for exit, count in zip(variant.compiled.graph.exits, variant.region.exit_counts) if exit.kind == "memory")
