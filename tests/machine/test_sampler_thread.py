"""The sampler's thread: who ends it where several threads want that at once, and what a child has of it."""

import os
import subprocess
import sys

START = "import os, sys, threading, time\nfrom framejit import _machine as machine\nsys.setswitchinterval(1e-5)\n"
AT_ONCE = START + """
def ends():
    for _ in range(300):
        machine.sampler_start(500)
        machine.sampler_stop()
threads = [threading.Thread(target=ends) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
machine.sampler_stop()
print("over")
"""
CHILD = START + """
machine.sampler_start(500)
time.sleep(0.01)
pid = os.fork()         # no hook of framejit's: the child takes itself for one that has the thread
if pid:
    machine.sampler_stop()
    print(os.waitpid(pid, 0)[1])
else:
    machine.sampler_start(500)
    machine.sampler_stop()
    machine.sampler_stop()
    os._exit(0)
"""


def answer(program):
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", program], env={**os.environ, "FRAMEJIT_DISABLE": "1"}, capture_output=True, text=True, timeout=60)
    return run.stdout.strip() or run.stderr


def test_several_threads_end_it_at_once():
    assert answer(AT_ONCE) == "over"


def test_a_child_has_no_thread_to_wait_for():
    assert answer(CHILD) == "0"
