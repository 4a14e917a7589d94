# python: -W error
# alone: yes
"""A fork within a block that is looked at: the child leaves the block, too, and enters others."""

import os
import sys

import framejit


def count(n):
    s = 0
    with framejit.jit():
        for k in range(n):
            s += k
    return s


def forked(n):
    s = 0
    with framejit.jit():
        exec("pass")
        for k in range(n):
            s += k
        child = os.fork()
        status = os.waitpid(child, 0)[1] if child else None
        for k in range(n):
            s += k
    print("child" if child == 0 else "parent", s, count(n), flush=True)
    return child, status


child, status = forked(3000)
if child == 0:
    with framejit.jit():
        print("in the child", [count(n) for n in (10, 2000)], flush=True)
    os._exit(0)
print("ended with", status, count(5000))
