"""Functions of whole arrays run plain until another thread has made their first code."""

import pytest
from process import python

BEGINNING = """if True:
    import time, warnings
    import numpy as np
    import framejit
    from framejit.runtime.controller import controller
    a, b = np.linspace(1.0, 2.0, 100), np.linspace(0.0, 1.0, 100)[::-1].copy()
    entries = lambda: framejit.stats()["native_entries"]
    state = lambda function: controller().code_of(function.__code__)
    def until_native(function, *given, plain=None):
        "Calls it until its code has come; how often it was called before, and whether all results were the plain function's."
        plain = plain or function.__wrapped__
        wanted, count, same, end = plain(*given).tobytes(), 0, True, time.monotonic() + 60
        before = entries()
        while entries() == before and time.monotonic() < end:
            same &= function(*given).tobytes() == wanted
            count += 1
        return count, same
    def expression(x, y):
        return np.sqrt(x * y + 0.5) - x / (y + 1.0)
"""


def run(text, **settings):
    return python("-c", BEGINNING + text, **{"FRAMEJIT_PLAIN_FIRST": "1", **settings})


def printed(text, expected, **settings):
    process = run(text, **settings)
    assert (process.returncode, process.stdout, process.stderr) == (0, expected, "")


def test_calls_run_plain_until_the_code_has_come():
    printed("""
    fast = framejit.jit(expression)
    first = fast(a, b)
    print(entries(), framejit.stats()["regions_compiled"], first.tobytes() == expression(a, b).tobytes())
    count, same = until_native(fast, a, b)
    print(count >= 1, same, state(fast).coming, len(state(fast).slot.variants))
""", "0 1 True\nTrue True None 1\n")


LOOPS = """
    def turns(x, n):
        for _ in range(n):
            x = 0.5 * x * (1.0 - x)
        return x
    def sums(x, n):
        s = 0.0
        for k in range(n):
            s += k * 0.5
        return x * s
    def both(x, n):
        for k in range(n):
            x = x + 1.0
            for j in range(n):
                k += j * 2
        return x * k
    for function in (turns, sums, both):
        fast = framejit.jit(function)
        before = entries()
        same = fast(a, 3).tobytes() == function(a, 3).tobytes()
        print(function.__name__, same, entries() - before)
"""


def test_loops_that_compute_numbers_wait_for_their_code():
    printed(LOOPS, "turns True 0\nsums True 1\nboth True 1\n")


@pytest.mark.parametrize("name", ["FRAMEJIT_EAGER", "FRAMEJIT_PLAIN_FIRST"])
def test_the_first_call_is_native_where_that_is_asked_for(name):
    printed("""
    framejit.jit(expression)(a, b)
    print(entries())
""", "1\n", **{name: "1" if name == "FRAMEJIT_EAGER" else "0"})


def test_whole_graphs_blocks_and_long_calls_wait():
    printed("""
    framejit.jit(expression, fullgraph=True)(a, b)
    print(entries())
    def long(x, n):
        return np.sqrt(x) * n - x
    framejit.jit(long)(a, 10**9)                     # n may be a length
    print(entries())
    def larger(x, y):
        return np.sqrt(x * y) - x
    framejit.jit(larger)(np.ones(10**7), np.ones(10**7))
    print(entries())
    with framejit.jit():
        c = a * b + 1.0
        for k in range(100):
            c = c * b
    print(entries())
""", "1\n2\n3\n4\n")


def test_code_on_disk_is_entered_at_once(tmp_path):
    for expected in ("0\nTrue True\n", "1\nTrue True\n"):
        printed("""
    fast = framejit.jit(expression)
    fast(a, b)
    print(entries())
    count, same = until_native(fast, a, b)
    print(count >= 1, same)
""", expected, FRAMEJIT_CACHE="1", FRAMEJIT_CACHE_DIR=str(tmp_path / "kept"))


def test_warnings_and_errors_are_the_same():
    printed("""
    def risky(x, y):
        return np.log(x) / (x - y) + x
    fast = framejit.jit(risky)
    def seen(function, *given):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                answer = function(*given).tobytes()
            except ValueError as error:
                answer = str(error), error.__traceback__.tb_next.tb_lineno
        return answer, [(str(one.message), one.category, one.lineno) for one in caught]
    zeros, short = np.zeros(100), a[:7]
    same = True
    for k in range(400):
        for given in ((a, b), (zeros, b), (a, a), (a, short)):
            same &= seen(fast, *given) == seen(risky, *given)
    count, again = until_native(fast, a, b - 5.0)
    print(same, count >= 1, again)
""", "True True True\n")


def test_what_it_reads_is_replaced_meanwhile():
    printed("""
    K = 2.0
    def helper(x):
        return x * K
    def reading(x):
        return helper(x) + np.sqrt(x) * K
    fast = framejit.jit(reading)
    def check():
        return fast(a).tobytes() == reading(a).tobytes()
    same = check()
    K = 3.0
    same &= check()
    def helper(x):
        return x - K
    same &= check()
    time.sleep(0.3)
    same &= check()
    K = 5
    same &= check()
    np.sqrt, root = np.cbrt, np.sqrt
    same &= check()
    np.sqrt = root
    for _ in range(100):
        same &= check()
    print(same)
""", "True\n")


def test_other_types_come_meanwhile():
    printed("""
    fast = framejit.jit(expression)
    other = np.arange(100)
    same = True
    for x, y in ((a, b), (other, b), (a.astype(np.float32), b), (2.0, 3.0), (a, 1.5), (a[::2], b[::2])):
        same &= np.asarray(fast(x, y)).tobytes() == np.asarray(expression(x, y)).tobytes()
    print(same)
    print(until_native(fast, a, b)[1])
    print(until_native(fast, other, b)[1])
""", "True\nTrue\nTrue\n")


def test_the_first_call_is_a_threads():
    printed("""
    import threading
    fast = framejit.jit(expression)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(until_native(fast, a, b))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(all([same for _, same in answers]), entries() > 0)
""", "True True\n")


MANY = """
    made = []
    for k in range(30):
        space = {"np": np}
        exec(f"def made(x, y): return np.exp(x * {k}.5) + y * {k} - np.sqrt(y)", space)
        made.append(framejit.jit(space["made"]))
"""


def test_many_functions_wait_in_turn():
    printed(MANY + """
    before = [function(a, b).tobytes() for function in made]
    end = time.monotonic() + 60
    while any([state(function).coming for function in made]) and time.monotonic() < end:
        [function(a, b) for function in made]
    count = entries()
    after = [function(a, b).tobytes() for function in made]
    print(before == after == [function.__wrapped__(a, b).tobytes() for function in made], entries() - count)
""", "True 30\n")


def test_functions_that_are_gone_before_their_code_comes():
    printed(MANY + """
    import gc, weakref
    [function(a, b) for function in made]
    references = [weakref.ref(function) for function in made] + [weakref.ref(function.__code__) for function in made]
    space = function = None
    del made
    gc.collect()
    print([reference() for reference in references if reference() is not None])
    fast = framejit.jit(expression)
    print(until_native(fast, a, b)[1], controller().first_code.waiting)
""", "[]\nTrue []\n")


@pytest.mark.parametrize("ends, status", [("", 0), ("raise SystemExit(3)", 3), ("import os; os._exit(4)", 4), ("raise ValueError", 1)])
def test_the_process_ends_behind_its_first_call(ends, status):
    process = run(MANY + f"""
    [function(a, b) for function in made]
    framejit.jit(expression)(a, b)
    print("ends", flush=True)
    {ends}
""")
    assert (process.returncode, process.stdout) == (status, "ends\n")
    assert status == 1 or process.stderr == ""


def test_nothing_begins_once_the_process_ends():
    """A pending call that comes while the end waits for the worker takes what has been made, and that is all."""
    printed(MANY + """
    machine = controller().machine
    class Machine:
        ending = False
        def worker_wait(self):
            Machine.ending = True
            machine.worker_wait()
            controller().on_compiled()
        def worker_begin(self, *given):
            if Machine.ending:
                print("begun", given[0])
            return machine.worker_begin(*given)
        def __getattr__(self, name):
            return getattr(machine, name)
    controller().tiers.machine = controller().first_code.machine = Machine()
    [function(a, b) for function in made]
    print("ends")
""", "ends\n")


def test_the_process_forks_behind_its_first_call():
    printed(MANY + """
    import os
    fast = framejit.jit(expression)
    [function(a, b) for function in made[:3]]
    fast(a, b)
    child = os.fork()
    count, same = until_native(fast, a, b)
    if child == 0:
        os._exit(5 if same else 6)
    print(same, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
""", "True 5\n")


@pytest.mark.parametrize("fails", ["begin = lambda *given: False", "take = lambda lane: (real(lane), (None, 0.0))[1]"])
def test_nobody_waits_for_a_worker_that_fails(fails):
    name = fails.split(" = ")[0]
    printed(f"""
    machine = controller().machine
    real = machine.worker_{name}
    class Machine:
        worker_{name} = staticmethod({fails.split(" = ")[1]})
        def __getattr__(self, name):
            return getattr(machine, name)
    controller().first_code.machine = Machine()
    fast = framejit.jit(expression)
    print(fast(a, b).tobytes() == expression(a, b).tobytes(), *until_native(fast, a, b)[1:])
    def other(x):
        return x * 2.0 + np.exp(x)
    before = entries()
    framejit.jit(other)(a)
    print(entries() - before)
""", "True True\n1\n")


def test_nothing_is_lost_while_somebody_looks_on():
    printed("""
    import sys
    fast = framejit.jit(expression)
    fast(a, b)
    sys.setprofile(lambda *event: None)
    same = all([fast(a, b).tobytes() == expression(a, b).tobytes() for _ in range(2000)])
    sys.setprofile(None)
    print(same, until_native(fast, a, b)[1])
""", "True True\n")


def test_switched_off_meanwhile():
    printed("""
    fast = framejit.jit(expression)
    framejit.enable()
    fast(a, b)
    framejit.disable()
    print(until_native(fast, a, b)[1])
""", "True\n")
