# python: -W always
# alone: yes
"""Functions and blocks that are compiled in hooks around os.fork(), the first of all: the process has one thread when threads are counted."""
import os

import framejit


@framejit.jit
def total(n):
    s = 0
    for k in range(n):
        s += k ^ 7
    return s


def block(n):
    s = 0
    with framejit.jit():
        for k in range(n):
            s += k ^ 5
    return s


def fork(name):
    child = os.fork()
    if child == 0:
        os._exit((total(50) + block(60)) % 100)
    print(name, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


for name, work in (("function", total), ("block", block)):
    os.register_at_fork(after_in_parent=lambda name=name, work=work: print("behind", name, work(100_000), flush=True))
for name in ("first", "second", "third"):
    fork(name)
print(total(200_000), block(200_000))
