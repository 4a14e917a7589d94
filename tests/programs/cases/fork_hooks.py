# native: loop
"""What a program does in its hooks around os.fork() takes no longer there than elsewhere, and is done in its order."""
import os
import sys
import time

LONG = 0.4      # seconds of the thread's processor time: ten times what it takes


def spent():
    total, begun = 0, time.thread_time()
    for i in range(900):
        for j in range(700):
            total += i ^ j
    return total, time.thread_time() - begun


def hook(name):
    total, seconds = spent()
    print(name, total, seconds < LONG, flush=True)


def compiles():
    """Whether the compiler is still to come: its imports alone take as long as that."""
    ours = sys.modules.get("framejit")
    return ours is not None and not ours.stats()["regions_compiled"]


print(spent()[0])
while compiles():
    spent()
os.register_at_fork(before=lambda: hook("before"), after_in_parent=lambda: hook("parent"), after_in_child=spent)
os.register_at_fork(before=lambda: hook("before, first"), after_in_parent=lambda: hook("parent, last"))
total = 0
for i in range(1500):
    for j in range(700):
        total ^= i * j
    if i % 500 == 499:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            os.write(writing, str(spent()[0] + total).encode())
            os._exit(0)
        os.close(writing)
        os.waitpid(child, 0)
        print(os.read(reading, 100), total, flush=True)
sys.exit(0)
