"""`with framejit.jit():`: what runs natively, what is left behind, what it costs."""

import os
import sys
import threading
import time

import pytest
from process import python

import framejit


def counters():
    now = framejit.stats()
    return {name: now[name] for name in ("native_entries", "native_iterations", "callouts", "exits", "regions_compiled", "osr_entries")}


def changed(work, *arguments):
    """(What it gives, how the counters have changed)."""
    before = counters()
    result = work(*arguments)
    return result, {name: value - before[name] for name, value in counters().items()}


def threads_of_the_process():
    return len(os.listdir("/proc/self/task"))


def threads_that_stay(most):
    """How many there are once those that end have ended: one that optimises code does with its job, and the system lists
    one that was joined a little longer."""
    end = time.monotonic() + 10
    while threads_of_the_process() > most and time.monotonic() < end:
        time.sleep(0.01)
    return threads_of_the_process()


def total(n):
    s = 0.0
    with framejit.jit():
        for k in range(n):
            s += k * 0.5
    return s


def test_the_block_runs_natively_at_once():
    result, seen = changed(total, 20_000)
    assert result == sum(k * 0.5 for k in range(20_000))
    assert (seen["native_entries"], seen["native_iterations"], seen["callouts"], seen["osr_entries"]) == (1, 20_000, 0, 0)
    result, seen = changed(total, 50)
    assert (seen["native_iterations"], seen["regions_compiled"], seen["exits"]) == (50, 0, 1)


def test_in_a_namespace_cell_after_cell():
    space = {}
    exec(compile("import framejit\nn = 3000\n", "<cell 1>", "exec"), space)
    cell = compile("with framejit.jit():\n    s = 0\n    for k in range(n):\n        s += k\n", "<cell 2>", "exec")
    for turn in range(3):
        _, seen = changed(exec, cell, space)
        assert space["s"] == sum(range(3000)) and (turn == 1 or seen["native_iterations"] == 3000)
        if turn == 1:
            assert seen["native_iterations"] == 3000


def test_in_another_thread():
    seen = []
    total(10)
    thread = threading.Thread(target=lambda: seen.append(changed(total, 4000)))
    thread.start()
    thread.join()
    assert seen[0][1]["native_iterations"] == 4000


def walk(n):
    s = 0
    with framejit.jit():
        for k in range(n):
            s += k
        yield s
        for k in range(n):
            s -= k * 2
        yield s


def test_generators():
    assert list(walk(20)) == [190, -190]
    made, seen = changed(lambda: list(walk(3000)))
    assert made == [4498500, -4498500] and seen["native_iterations"] >= 3000
    made = walk(3000)
    next(made)
    made.close()
    assert not looking()


def looking():
    from framejit import _machine
    return _machine.blocks_looking()


def make(n):
    values = [0] * n
    for k in range(n):
        values[k] = k * k
    return len(values)


def calls(n):
    with framejit.jit():
        return make(n) + make(n)


def test_what_a_block_without_a_loop_calls():
    assert calls(5) == 10
    calls(1000)
    result, seen = changed(calls, 1000)
    assert result == 2000 and (seen["native_entries"], seen["native_iterations"]) == (2, 2000)


def interpreted(n):
    """A body that begins with what isn't compiled."""
    with framejit.jit():
        kept = {str(k): k for k in range(3)}
        exec("pass")
        s = 0.0
        for i in range(n):
            for k in range(n):
                s += k * 0.5
        return s, len(kept)


def test_loops_behind_what_is_not_compiled():
    result, seen = changed(interpreted, 3000)
    assert result[1] == 3 and seen["native_iterations"] > 1_000_000


@pytest.mark.parametrize("how", ["return", "break", "raise", "end"])
def test_nothing_stays(how):
    before, hook = threads_of_the_process(), sys.gettrace()

    def work(n):
        for turn in range(2):
            with framejit.jit():
                exec("pass")                # the block is looked at
                for k in range(n):
                    if k == 300 and how == "return":
                        return k
                    if k == 300 and how == "break":
                        break
                    if k == 300 and how == "raise":
                        raise KeyError(k)
        return k

    code, table, constants = work.__code__.co_code, work.__code__.co_exceptiontable, work.__code__.co_consts
    for _ in range(30):
        try:
            work(400)
        except KeyError:
            assert how == "raise"
    assert threads_that_stay(before) <= before and not looking() and not framejit.is_enabled()
    assert work.__code__.co_exceptiontable == table and work.__code__.co_consts == constants and sys.gettrace() is hook
    assert work.__code__.co_code == code


def test_enabled_within_stays_enabled():
    with framejit.jit():
        exec("pass")
        framejit.enable()
        assert framejit.is_enabled()
    assert framejit.is_enabled()
    framejit.disable()
    with framejit.jit():
        exec("pass")
        assert not framejit.is_enabled()


def test_options_apply_to_the_block():
    def plain(n):
        s = 0.1
        with framejit.jit():
            for k in range(n):
                s = s * 1.1 + 0.3
        return s

    def fast(n):
        s = 0.1
        with framejit.jit(fastmath=True):
            for k in range(n):
                s = s * 1.1 + 0.3
        return s

    exact = 0.1
    for k in range(200):
        exact = exact * 1.1 + 0.3
    assert plain(200) == exact and fast(200) == pytest.approx(exact) and plain(200) == exact
    with pytest.raises(framejit.GraphBreakError):
        with framejit.jit(fullgraph=True):
            for k in range(100):
                class Local:
                    item = exact
    with framejit.jit(fullgraph=True):
        for k in range(1000):
            exact += k
    with pytest.raises(TypeError):
        framejit.jit(unknown=1)


def test_explain_counts_blocks():
    total(100)
    text = str(framejit.explain())
    line = total.__code__.co_firstlineno + 2
    assert f"block at {__file__}:{line}: " in text


def test_disabled():
    done = python("-c", "import framejit, sys\nwith framejit.jit() as j:\n    s = 0\n    for k in range(100):\n        s += k\n"
                  "print(s, framejit.stats()['native_entries'], 'framejit._machine' in sys.modules, j is not None)", FRAMEJIT_DISABLE="1")
    assert (done.stdout, done.stderr) == ("4950 0 False True\n", "")
