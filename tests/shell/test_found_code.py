"""What looks have found goes on as plain until another thread has made its first code."""

import pytest
from process import python

LINES = "\n".join(f"        if s > {k}.5: s -= xs[k % {k + 3}] * {k}.25 + ys[k % {k + 2}]\n        else: s += xs[{k}] / (ys[{k}] + {k + 1}.0)" for k in range(12))
BEGINNING = f"""
import gc, os, sys, threading, time
import framejit
from framejit import pipeline
from framejit.runtime.controller import controller

xs, ys, K = [0.5 * k for k in range(40)], [1.0 + k for k in range(40)], 2.0
waited, made = [], pipeline.load_new
def load_new(compiled, level, kept):
    waited.append(compiled.name)
    return made(compiled, level, kept)
pipeline.load_new = load_new
began, add = [], controller().first_code.add
def added(state, *parts):
    began.append((state.code.co_name, framejit.stats()["native_iterations"]))
    add(state, *parts)
controller().first_code.add = added

def work(n, s=0.0):
    for k in range(n):
{LINES}
    return s

def state(function=None):
    return controller().code_of((function or work).__code__)

def until(condition, seconds=60):
    "Works until then; whether all results were as before."
    same, end = True, time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        same &= work(20_000) == wanted
    return same and bool(condition())

wanted = work(20_000)
"""


def printed(text, expected, **settings):
    process = python("-c", BEGINNING + text, **{"FRAMEJIT_PLAIN_FIRST": "1", **settings})
    assert (process.returncode, process.stdout, process.stderr) == (0, expected, "")


def test_loops_run_plain_until_their_code_has_come():
    printed("""
framejit.enable()
print(until(lambda: began), began[0], waited)
print(until(lambda: framejit.stats()["native_iterations"] > 20_000 and not state().arriving), waited)
""", "True ('work', 0) []\nTrue []\n")


def test_one_long_loop_is_entered_once_its_code_has_come():
    printed("""
plain = work(1_500_000)
framejit.enable()
print(work(1_500_000) == plain, framejit.stats()["native_iterations"] > 0, waited)
""", "True True []\n")


@pytest.mark.parametrize("name", ["FRAMEJIT_EAGER", "FRAMEJIT_PLAIN_FIRST"])
def test_they_wait_for_it_where_that_is_asked_for(name):
    printed("""
framejit.enable()
print(until(lambda: framejit.stats()["native_iterations"]), bool(waited), state().arriving)
""", "True True {}\n", **{name: "1" if name == "FRAMEJIT_EAGER" else "0"})


def test_blocks_and_functions_that_were_asked_for_wait():
    printed("""
with framejit.jit():
    s = 0.0
    for k in range(60_000):
        s += work(1)
print(bool(waited), "work" in waited or framejit.stats()["native_entries"] > 0)
count = len(waited)
fast = framejit.jit(work)
print(fast(20_000) == wanted, len(waited) > count, state().arriving)
""", "True True\nTrue True {}\n")


def test_what_it_reads_changes_meanwhile():
    printed(f"""
def reading(n, s=0.0):
    for k in range(n):
{LINES}
        s += K
    return s
def results():
    global K, ys
    found = []
    for K in (2.0, 3, 0.25):
        for ys in (list(ys), [1.0 + k for k in range(40)], [k + 1 for k in range(40)]):
            found.append(reading(20_000))
    return found
plain = results()
framejit.enable()
same, end = True, time.monotonic() + 60
while framejit.stats()["native_iterations"] < 100_000 and time.monotonic() < end:
    same &= results() == plain
print(same, framejit.stats()["native_iterations"] > 0)
""", "True True\n")


def test_errors_come_where_they_do():
    printed(f"""
def failing(n, s=0.0):
    for k in range(n):
{LINES}
        if k == n - 1: s += xs[k]
    return s
def seen():
    try: failing(20_000)
    except IndexError as error:
        return str(error), error.__traceback__.tb_next.tb_lineno, dict(error.__traceback__.tb_next.tb_frame.f_locals)
plain = seen()
framejit.enable()
same, end = True, time.monotonic() + 60
while framejit.stats()["native_iterations"] < 100_000 and time.monotonic() < end:
    same &= seen() == plain
print(same, framejit.stats()["native_iterations"] > 0)
""", "True True\n")


def test_the_function_goes_meanwhile():
    printed(f"""
source = '''def gone(n, s=0.0):
    for k in range(n):
{LINES}
    return s'''
framejit.enable()
exec(source)
end = time.monotonic() + 60
while not began and time.monotonic() < end:
    gone(20_000)
reference = controller().codes[id(gone.__code__)].reference
del gone
def ended():
    gc.collect()
    return reference() is None
print(until(ended), until(lambda: framejit.stats()["native_iterations"]))
""", "True True\n")


def test_the_process_forks_meanwhile():
    printed("""
framejit.enable()
print(until(lambda: began), flush=True)
child = os.fork()
if child == 0:
    print(until(lambda: framejit.stats()["native_iterations"]), flush=True)
    os._exit(0)
print(os.waitpid(child, 0)[1])
print(until(lambda: framejit.stats()["native_iterations"]))
""", "True\nTrue\n0\nTrue\n")


@pytest.mark.parametrize("end", ["", "framejit.disable(); print(until(lambda: time.monotonic() > end))", "sys.exit(0)", "threading.Thread(target=work, args=(300_000,), daemon=True).start()"])
def test_the_process_ends_meanwhile(end):
    printed(f"""
framejit.enable()
end = time.monotonic() + 0.5
print(until(lambda: began))
{end}
""", "True\n" + ("True\n" if "disable" in end else ""))


def test_threads_run_it_meanwhile():
    printed("""
framejit.enable()
answers = []
def run():
    answers.append(until(lambda: framejit.stats()["native_iterations"] > 100_000))
threads = [threading.Thread(target=run) for _ in range(3)]
for thread in threads: thread.start()
end = until(lambda: framejit.stats()["native_iterations"] > 100_000)
for thread in threads: thread.join()
print(end, answers)
""", "True [True, True, True]\n")
