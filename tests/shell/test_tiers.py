"""Quick code first, thorough code beside the program; and awaiting an outer loop's jump."""

from types import SimpleNamespace

import pytest
from framejit.runtime.tiers import wins
from process import python

REPLACED = """if True:
    import framejit, threading, time
    from framejit.runtime.controller import controller
    framejit.enable()
    def watch():
        end = time.monotonic() + 60
        regions = lambda: [variant.region for state in controller().compiled.values() for variant in state.known_variants()]
        while time.monotonic() < end and not any(type(region.keep) is tuple for region in regions()):
            time.sleep(0.01)
        used = time.process_time()  # the code has come: the loop has time to go over to it, however busy the machine is
        while time.process_time() < used + 0.3:
            time.sleep(0.01)
        stop[0] = True
    stop = [False]
    watcher = threading.Thread(target=watch)
    watcher.start()
    s = 0
{loop}
    watcher.join()
    variants = [variant for state in controller().compiled.values() for variant in state.known_variants() if state.code.co_name == "<module>"]
    print(s == {expected}, [type(variant.region.keep) is tuple for variant in variants if variant.region.iterations > 1000])
    print(framejit.stats()["native_entries"] > framejit.stats()["osr_entries"])
"""
NEST = """
    for i in range(10**12):
        for j in range(1000):
            s += j
        if stop[0]:
            break
"""
SINGLE = """
    for i in range(10**12):
        s += i & 7
        if stop[0]:
            break
"""


@pytest.mark.parametrize("loop, expected", [(NEST, "(i + 1) * 499500"), (SINGLE, "sum(k & 7 for k in range(i % 8 + 1)) + i // 8 * 28")])
def test_a_run_goes_over_to_thorough_code(loop, expected):
    process = python("-c", REPLACED.format(loop=loop, expected=expected))
    assert process.stdout == "True [True]\nTrue\n", process.stdout + process.stderr


ENDS = """if True:
    import framejit, signal
    from framejit.runtime.controller import controller
    framejit.enable()
    look = controller().tiers.look
    def looked(compiler):
        look(compiler)
        if controller().tiers.current:
            print("begun", flush=True)
            signal.setitimer(signal.ITIMER_REAL, 0.001)
    controller().tiers.look = looked
    signal.signal(signal.SIGALRM, lambda *_: exit(3))
    s = 0
    for i in range(10**12):
        s += i & 3
"""


def test_the_process_ends_while_compiling():
    process = python("-c", ENDS)
    assert (process.returncode, process.stdout) == (3, "begun\n"), process.stderr


FORKED = """if True:
    import framejit, os, signal
    from framejit.runtime.controller import controller
    framejit.enable()
    s = 0
    look, children = controller().tiers.look, []
    def looked(compiler):
        look(compiler)
        if controller().tiers.current and not children:
            signal.setitimer(signal.ITIMER_REAL, 0.001)
    def fork(*_):
        children.append(os.fork())
    signal.signal(signal.SIGALRM, fork)
    controller().tiers.look = looked
    while not children:
        s = 0
        for i in range(10**8):
            s += i & 3
    child = children[0]
    if child == 0:
        t = 0
        for i in range(10**7):
            t += i & 3
        os._exit(t == 15000000)
    print(s, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_fork_while_compiling():
    process = python("-c", FORKED)
    assert (process.returncode, process.stdout) == (0, "150000000 1\n"), process.stderr


AWAITED = """if True:
    import dis, framejit, signal, sys
    framejit.enable()
    code = sys._getframe().f_code
    s = 0
    signal.signal(signal.SIGALRM, lambda *_: 1 / 0)
    signal.setitimer(signal.ITIMER_REAL, {seconds})
    try:
        for i in range(10**6):
            a = i
            for j in range({turns}):
                b = j
                for k in range(40):
                    {inner}
    except ZeroDivisionError:
        print("interrupted", s > 0)
    silent = [[line.offset for line in dis.get_instructions(code, adaptive=kind) if line.opname == "JUMP_BACKWARD_NO_INTERRUPT"] for kind in (True, False)]
    print(silent[0] != silent[1])
"""


@pytest.mark.parametrize("turns, inner, seconds", [(3000, "s += 1", 2), (10**9, "s += str(k).count('1')", 1), (10**9, "s += abs(k)", 1)])
def test_silenced_jumps_hear_signals_and_are_restored(turns, inner, seconds):
    process = python("-c", AWAITED.format(turns=turns, inner=inner, seconds=seconds))
    assert process.stdout == "interrupted True\nFalse\n", process.stdout + process.stderr


ARRAYS = """if True:
    import time
    import numpy as np
    import framejit
    from framejit.runtime.controller import controller
    from framejit.runtime.tiers import Tiers
    jobs, prepared = [], Tiers.prepared
    Tiers.prepared = lambda *given: jobs.append(given) or prepared(*given)
    def expression(a, b):
        return a * b + np.sqrt(a) - b / a
    def mean(a, b):
        return (a * b).mean()
    def total(a, n):
        s = 0.0
        for k in range(n):
            s += (a * k).sum()
        return s
    a = np.linspace(1.0, 2.0, 1000)
    for function, given in ((expression, (a, a[::-1].copy())), (mean, (a, a)), (total, (a, 20))):
        fast = framejit.jit(function)
        plain = np.asarray(function(*given)).tobytes()
        first = np.asarray(fast(*given)).tobytes() == plain
        region = controller().code_of(fast.__code__).variants[-1][0].region
        begun = len(jobs) > 0
        jobs.clear()
        end = time.monotonic() + 60
        while region.unfinished and time.monotonic() < end:
            time.sleep(0.001)
        print(first, begun, region.unfinished, np.asarray(fast(*given)).tobytes() == plain, framejit.stats()["native_entries"] >= 2)
"""


def test_whole_arrays_have_quick_code_first_and_nobody_has_to_look(tmp_path):
    """A function with a loop of its own is compiled thoroughly at once; what is kept on disk is the thorough code."""
    for turn in ("first", "second"):
        process = python("-c", ARRAYS, FRAMEJIT_CACHE="1", FRAMEJIT_CACHE_DIR=str(tmp_path / "kept"))
        begun = turn == "first"
        assert process.stdout == f"True {begun} False True True\nTrue {begun} False True True\nTrue False False True True\n", turn + process.stdout + process.stderr


@pytest.mark.parametrize("callouts, won, expected", [(0, 0, True), (5, 100, True), (5, -100, False)])
def test_no_thorough_code_of_what_its_call_outs_outweigh(callouts, won, expected):
    assert wins(SimpleNamespace(callouts=callouts, won=won)) == expected
