"""What loops with call-outs spare the interpreter is counted as it happens; attempts that take longer than their code has run for are given up."""

import operator
import time

import framejit
import pytest
from framejit.api import copy_function
from framejit.capture.ends import NotYet
from framejit.runtime import compilation, compiling, review
from framejit.runtime.codes import CALL
from framejit.runtime.controller import controller

TURNS = 1000


def half(x):
    return x * 0.5 + 1.0


@framejit.jit
def touched(n, every):
    touch, s = operator.length_hint, 0.0
    for k in range(n):
        if k % every == 0:
            touch(k)
            s = half(s * 2.0 + k * 3.0 - (s + 1.0) * (k - 1.0)) + half(s) * 2.0 - half(k * 1.0)
        for j in range(3):
            s += j
    return s


def regions(function):
    return [variant.region for variant in controller().code_of(function.__code__).known_variants()]


@pytest.mark.parametrize("every, least, most", [(1, 90, 140), (10, 14, 22), (100, 6, 9)])
def test_instructions_are_counted_on_the_ways_that_are_gone(every, least, most):
    """About 50 and three calls on the long way, six on the short one; the inner loop calls nothing out, and only counts its iterations."""
    touched(7, every)
    touched(7, every)
    (region,) = regions(touched)
    work, iterations = region.work, region.iterations
    touched(TURNS, every)
    assert least * TURNS <= region.work - work <= most * TURNS
    assert region.iterations - iterations == 4 * TURNS


def test_entering_a_region_that_calls_out_has_its_price():
    touched(7, 1)
    touched(7, 1)
    (region,) = regions(touched)
    before = region.won
    for _ in range(100):
        touched(0, 1)
    assert region.won <= before - 1000


def test_loops_without_call_outs_count_nothing():
    @framejit.jit
    def summed(n):
        s = 0.0
        for k in range(n):
            s += half(k * 1.0)
        return s

    summed(TURNS)
    (region,) = regions(summed)
    assert region.iterations == TURNS and region.work == 0


def test_an_attempt_ends_when_its_time_is_over():
    def total(n):
        s = 0
        for k in range(n):
            s += k
        return s

    state = controller().code_of(total.__code__)
    request = compiling.allowing(compiling.function_spec(state, total, (7,)), controller().allows, time.thread_time() - 1.0)
    with pytest.raises(NotYet):
        compiling.pipeline.translate(request, compiling.hints_for(state, CALL), controller().layout)


def test_an_attempt_in_vain_refuses_nothing(monkeypatch):
    """It is made again once the code has run for longer; who asks for a function to be compiled waits for it."""
    def total(n):
        s = 0
        for k in range(n):
            s += k
        return s

    policy, state = controller(), controller().code_of(total.__code__)
    monkeypatch.setattr(compilation, "ATTEMPT", -1.0)
    monkeypatch.setattr(policy, "enabled", policy.defaults)
    request = lambda compiler: compiler.function_spec(state, total, (7,))       # noqa: E731
    assert policy.compile(state, CALL, request, (7,), total.__globals__) is None
    assert not state.refused and state.spent > 0 and not policy.affordable(state, CALL)
    state.ran = 3.0
    assert policy.affordable(state, CALL)
    assert policy.compile(state, CALL, request, (7,), total.__globals__) is not None
    state.ran, state.settings = 0.0, policy.defaults
    assert policy.until(state) is None


def outside(n):
    touch, s = operator.length_hint, 0
    touch(s)
    touch(n)
    for k in range(n):
        s += k
    touch(s)
    touch(n)
    return s


@pytest.mark.parametrize("n, calls, rests", [(2, 20_000, True), (20_000, 700, False)])
def test_call_outs_beside_a_short_loop_outweigh_it(n, calls, rests):
    """Such a function comes to no poll: it is weighed between its calls."""
    function = framejit.jit(copy_function(outside, apart=True))
    function(7)
    function(7)
    state = controller().code_of(function.__code__)
    state.slot.trial = 0
    (region,) = regions(function)
    for _ in range(calls):
        if region.outweighed or region.dead:
            break
        assert function(n) == n * (n - 1) // 2
    assert (region.outweighed or region.dead) == rests
    review.give_back(controller())
    assert (CALL in state.returned) == rests and function(n) == n * (n - 1) // 2
