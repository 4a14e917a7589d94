"""Interpreters that framejit doesn't know, or that aren't what it expects: one record, and programs run as ever."""

import subprocess
import sysconfig

import pytest
from process import python

TOTAL = """
import framejit

@framejit.jit
def total(n):
    found = 0
    for number in range(n):
        found += number
    return found
"""
PROGRAM = TOTAL + """
framejit.enable()
print(total(10), framejit.is_enabled(), framejit.stats()["regions_compiled"])
with framejit.jit():
    print(total(100000))
framejit.disable()
"""
SITUATIONS = {
    "another layout": ("import framejit._machine as machine; machine.self_test = lambda: ['a frame has another size']", "FJ018", "a frame has another size"),
    "another build": ("import framejit._machine as machine; machine.supported = lambda: False", "FJ018", "this build of Python is not supported"),
    "no machine": ("import sys; sys.modules['framejit._machine'] = None", "FJ024", "framejit._machine"),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_one_record(situation):
    first, code, words = SITUATIONS[situation]
    process = python("-c", first + PROGRAM, FRAMEJIT_LOG="breaks")
    assert process.returncode == 0 and process.stdout == "45 False 0\n4999950000\n", process.stderr
    lines = process.stderr.splitlines()
    assert code in lines[0] and words in lines[0], process.stderr
    assert {line.split()[1] for line in lines} == {code}


def test_without_a_log_nothing_is_written():
    process = python("-c", SITUATIONS["another layout"][0] + PROGRAM)
    assert (process.returncode, process.stdout, process.stderr) == (0, "45 False 0\n4999950000\n", "")


INTERPRETERS = """import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
if len(sys.argv) > 1:
    import framejit
    total = framejit.jit(lambda n: n + 1)
    total(10)
other = interpreters.create()
failure = interpreters.run_string(other, PROGRAM)
if failure is not None:
    print(failure.formatted)
interpreters.destroy(other)
print("behind")
"""


@pytest.mark.parametrize("words", [(), ("first",)], ids=["there only", "here before"])
def test_a_subinterpreter(words):
    process = python("-c", f"PROGRAM = {PROGRAM!r}\n" + INTERPRETERS, *words, FRAMEJIT_LOG="breaks")
    assert process.returncode == 0 and process.stdout == "45 False 0\n4999950000\nbehind\n", process.stdout + process.stderr
    assert [line.split()[1] for line in process.stderr.splitlines()] == ["FJ016"], process.stderr


UNKNOWN = """import framejit._machine as machine, framejit.bytecode.versions as versions
machine.supported, versions.RUNNING = lambda: False, None
"""


def test_an_unknown_version():
    process = python("-c", UNKNOWN + PROGRAM, FRAMEJIT_LOG="breaks")
    assert process.stdout == "45 False 0\n4999950000\n", process.stderr
    assert [line.split()[1] for line in process.stderr.splitlines()] == ["FJ017"], process.stderr


HOOK = """
#include <Python.h>
struct _PyInterpreterFrame;
PyObject *_PyEval_EvalFrameDefault(PyThreadState *, struct _PyInterpreterFrame *, int);
static long count;
PyObject *foreign(PyThreadState *thread, struct _PyInterpreterFrame *frame, int raising) { count++; return _PyEval_EvalFrameDefault(thread, frame, raising); }
long frames(void) { return count; }
typedef PyObject *(*evaluator)(PyThreadState *, struct _PyInterpreterFrame *, int);
void _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState *, evaluator);
void install(int on) { _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState_Get(), on ? foreign : _PyEval_EvalFrameDefault); }
"""
HOOKED = "import ctypes, sys\ntool = ctypes.PyDLL(sys.argv[1])\n" + TOTAL + """
if sys.argv[2] == "before":
    tool.install(1)
framejit.enable()
if sys.argv[2] == "behind":
    print(total(10))
    tool.install(1)
entries, frames = framejit.stats()["native_entries"], tool.frames()
print(total(100000), [total(5) for _ in range(3)])
print(framejit.stats()["native_entries"] - entries, tool.frames() - frames >= 4)
tool.install(0)
print(total(1000), total(1000), framejit.stats()["native_entries"] > entries)
"""


@pytest.mark.parametrize("moment", ["before", "behind"])
def test_a_foreign_frame_hook(tmp_path, moment):
    """It sees every frame while it is there; behind it native code goes on."""
    library = tmp_path / "tool.so"
    (tmp_path / "tool.c").write_text(HOOK)
    compiler = (sysconfig.get_config_var("CC") or "cc").split()
    subprocess.run([*compiler, "-shared", "-fPIC", f"-I{sysconfig.get_paths()['include']}", tmp_path / "tool.c", "-o", library], check=True)
    process = python("-c", HOOKED, library, moment, FRAMEJIT_LOG="breaks")
    expected = ["45"] * (moment == "behind") + ["4999950000 [10, 10, 10]", "0 True", "499500 499500 True"]
    assert process.stdout.splitlines() == expected, process.stdout + process.stderr
    assert moment == "behind" or "FJ015" in process.stderr, process.stderr
