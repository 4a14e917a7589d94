"""While the compiler works other threads run: what they want raised in its thread waits until it is done, and so does a fork of theirs."""

import os

import pytest

from tests.shell.process import python

COMMON = """if True:
    import builtins, ctypes, gc, os, sys, threading, time, warnings
    import framejit

    folder = os.path.dirname(framejit.__file__)
    sys.setswitchinterval(1e-5)
    ready, heard = [], []

    def state():
        return len(warnings.filters), gc.isenabled(), len(sys.meta_path), sys.getrecursionlimit(), [*map(id, vars(builtins).values())]

    def at_work(main, sights):
        end = time.time() + 30
        while time.time() < end:
            frame = sys._current_frames()[main]
            if ready and frame.f_code.co_filename.startswith(folder) and not frame.f_code.co_filename.endswith("api.py"):
                sights -= 1
                if sights < 0:
                    return True
            time.sleep(1e-5)

    def total(n):
        s = 0.0
        for k in range(n):
            s += k * 0.5
        return s

    def until_native(quick):
        for turn in range(2000):
            quick(2000)
            if framejit.stats()["native_iterations"]:
                break
"""
ASKED = COMMON + """
    class Stop(Exception):
        pass

    def ask(main):
        if at_work(main, {sights}):
            heard.append(ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(main), ctypes.py_object({kind})))

    thread, quick, caught = threading.Thread(target=ask, args=(threading.get_ident(),)), framejit.jit(total), 0
    thread.start()
    ready.append(state())
    try:
        until_native(quick)
        for k in range(300000):
            pass
        thread.join()
        for k in range(300000):
            pass
    except {kind}:
        caught += 1
    thread.join()
    until_native(quick)
    print(heard, caught, state() == ready[0], framejit.stats()["native_iterations"] > 0, len(sys._current_frames()))
"""
FORKED = COMMON + """
    warnings.simplefilter("ignore", DeprecationWarning)

    def fork(main):
        found = at_work(main, {sights})
        child = os.fork()
        if child == 0:
            same = state() == ready[0]
            until_native(framejit.jit(lambda n: sum([k * 0.5 for k in range(n)])))
            os._exit(found and same and framejit.stats()["native_iterations"] > 0)
        heard.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

    thread, quick = threading.Thread(target=fork, args=(threading.get_ident(),)), framejit.jit(total)
    thread.start()
    ready.append(state())
    until_native(quick)
    thread.join()
    print(heard, state() == ready[0])
"""


@pytest.mark.parametrize("kind", ("Stop", "KeyboardInterrupt"))
@pytest.mark.parametrize("sights", (0, 7, 40))
def test_what_another_thread_asks_for(kind, sights):
    """It is raised in the program's code, once, and the compiler's work is not in vain."""
    done = python("-c", ASKED.format(kind=kind, sights=sights))
    assert (done.stdout, done.stderr) == ("[1] 1 True True 1\n", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("sights", (0, 20))
def test_a_fork_of_another_thread(sights):
    """The child has the collector, filters, finders and builtins of the program's, and compiles."""
    done = python("-c", FORKED.format(sights=sights))
    assert (done.stdout, done.stderr) == ("[1] True\n", "")
