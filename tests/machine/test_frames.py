"""What can be seen of frames: empty stacks at module level, frame objects that outlive the call, errors raised natively."""

import gc
import os
import subprocess
import sys
import threading
import time
import traceback

import pytest

from framejit import _machine as machine
from test_calls import SUM, fresh, summer
from test_loops import CALLS, calling, header_region, sum_to
from units import ROW, behind, first, landing, recipe, units

WHILE = "s = 0\ni = 0\nwhile i < n:\n    s = s + i\n    i = i + 1\nr = s\n"


def backward(code):
    """(unit of the loop's backward jump, its target)."""
    import dis
    for item in dis.get_instructions(code):
        if "JUMP_BACKWARD" in item.opname:
            return item.offset // 2, item.argval // 2


def leaving(natives, code, native, unit=None, consts=(), exits=None, depth=0, space=None):
    target = backward(code)[1]
    return machine.Region(code, native, unit=target, depth=depth, framed=True, spill=2, consts=consts,
                          exits=exits or [(recipe(target if unit is None else unit), -1)], globals=space)


def test_module_level_with_an_empty_stack(natives):
    code = compile(WHILE, "program", "exec")
    for _ in range(1000):
        space = {"n": 60}
        region = leaving(natives, code, natives.leave_at_once)
        machine.request_osr(code, region)
        exec(code, space)
        assert space["r"] == sum_to(59) and region.entries == 1
    body = units(code, "LOAD_NAME")
    region = leaving(natives, code, natives.leave_at_once, unit=units(code, "STORE_NAME")[-1], exits=[
        (recipe(units(code, "STORE_NAME")[-1], (), (("CONST", 0),)), -1)], consts=(77,))
    machine.request_osr(code, region)
    space = {"n": 60}
    exec(code, space)
    assert space["r"] == 77 and body


@pytest.mark.parametrize("last", ["", "    if n < 0: unbound = 1\n", "    t = n\n"])
def test_function_with_an_empty_stack(natives, last):
    source = "def f(n):\n" + "".join("    " + line + "\n" for line in WHILE.splitlines()[:-1]) + last + "    return s\n"
    f = fresh(source)
    for n in (1, 2, 70):
        for _ in range(300):
            region = leaving(natives, f.__code__, natives.leave_at_once)
            machine.request_osr(f.__code__, region)
            assert f(n) == sum_to(n - 1)
    assert region.entries == 1


def test_return_from_a_running_loop(natives):
    f = fresh("def f(n):\n    i = 0\n    while i < n:\n        i += 1\n    return None\n")
    code = f.__code__
    back = units(code, "RETURN")[-1]
    for value in ("x", None, 5):
        region = leaving(natives, code, natives.return_const, consts=(value, back))
        machine.request_osr(code, region)
        got = f(100)
        assert region.entries == 1 and got == (value if machine.has_return(code) else None)


def test_frame_objects_outlive_the_call(natives):
    f = fresh(CALLS)
    slot = calling(natives, f)
    frames = []
    cb = lambda s: frames.append(sys._getframe(1))
    for hook in (False, True):
        machine.always_hook(hook)
        frames.clear()
        assert f(4, cb) == 6
        assert slot.variants[0].entries
        frame = frames[0]
        assert all(other is frame for other in frames)
        assert dict(frame.f_locals) == {"n": 4, "cb": cb, "s": frame.f_locals["s"], "i": frame.f_locals["i"]}
        assert frame.f_code.co_name == "f" and frame.f_lineno in (1, 2, 3, 4, 5, 6) and frame.f_back is sys._getframe()
        frame.clear()
    count = sys.getrefcount(f)
    for _ in range(20000):
        frames.clear()
        f(2, cb)
    frames.clear()
    gc.collect()
    assert abs(sys.getrefcount(f) - count) <= 1


def test_error_raised_in_a_running_loop(natives):
    source = "def f(n, g):\n    i = 0\n    while i < n:\n        i += 1\n        TRY\n    return i\n"
    guarded = "def f(n, g):\n    i = 0\n    while i < n:\n        i += 1\n        try:\n            g(i)\n        except KeyError as error:\n            return 'caught', i, error.args\n    return i\n"

    for text in (source.replace("TRY", "g(i)"), guarded):
        f, plain = fresh(text), fresh(text)
        code = f.__code__
        call = units(code, "CALL")[0]
        target = backward(code)[1]
        from test_rows import L, call_stack
        state = recipe(landing(code, call), (), call_stack(1, 2))
        after = recipe(behind(code, call), (), (("KEEP",),))
        region = machine.Region(code, natives.one_callout, unit=target, depth=0, framed=True, spill=2, globals=f.__globals__,
                                consts=(ROW["CALL"], 1, behind(code, call), call), exits=[(state, -1), (after, -1)])

        def outcome(function, arm):
            calls = []

            def g(i):
                calls.append(i)
                if arm and len(calls) == 4:
                    machine.request_osr(code, region)         # the fifth call is made natively
                if len(calls) == 5:
                    raise KeyError("fifth")

            try:
                return function(60, g)[::2]
            except KeyError as error:
                rows = [(e.name, e.lineno, e.colno) for e in traceback.extract_tb(error.__traceback__)]
                return error.args, [row for row in rows if row[0] == "f"]

        want = outcome(plain, False)
        for _ in range(200):
            assert outcome(f, True) == want
        assert region.entries == 200


def test_numpy_scalars(natives):
    numpy = pytest.importorskip("numpy")
    import ctypes
    import struct
    scalar = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_int32, ctypes.c_int64)(machine.symbols()["fj_scalar"])
    for kind in "?bBhHiIlLqQfd":
        dtype = numpy.dtype(kind)
        for value in (0, 1):
            raw = numpy.array([value], dtype).tobytes().ljust(8, b"\0")
            bits = struct.unpack("q", raw)[0]
            for _ in range(3):
                got = scalar(dtype.num, bits)
                assert type(got) is dtype.type and got == value


CHILD = """
import sys, os, time
from framejit import _machine as machine
asked = []
machine.set_callbacks(on_sample=lambda *rest: asked.append(rest[2]))
machine.sampler_start(1000)
def spin(n):
    i = 0
    while i < n:
        i += 1
spin(2000000)
print(any(target >= 0 for target in asked))
machine.sampler_stop()
sys.stdout.flush()
if os.fork() == 0:
    machine.sampler_start(1000)
    spin(300000)
    os._exit(0)
machine.sampler_start(1000)
print(os.wait()[1])
spin(300000)
"""


def test_sampler_survives_fork_and_exit():
    done = subprocess.run([sys.executable, "-W", "error", "-c", CHILD], capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert (done.stdout, done.stderr, done.returncode) == ("True\n0\n", "", 0)


def test_threads_with_call_outs_and_entries(natives):
    f = fresh(CALLS)
    calling(natives, f)
    g = fresh(SUM)
    region = header_region(natives, g, 5)
    wrong, stop = [], []

    def work(k):
        while not stop:
            seen = []
            if f(9, seen.append) != 36 or len(seen) != 9:
                wrong.append("f")
            if g(20 + k) != sum_to(19 + k):
                wrong.append("g")

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    [t.start() for t in threads]
    end = time.time() + 2
    while time.time() < end:
        machine.request_osr(g.__code__, region)
        if g(50) != sum_to(49):
            wrong.append("main")
    stop.append(1)
    [t.join() for t in threads]
    sys.setswitchinterval(interval)
    assert not wrong and region.entries > 50


def test_region_is_replaced_while_it_runs(natives):
    f = fresh(CALLS)
    slot = calling(natives, f)

    def swap(s):
        slot.variants = []
        gc.collect()

    for _ in range(10):
        assert f(5, swap) == 10
        calling(natives, f)
    assert f(5, lambda s: machine.release(f)) == 10
