# native: entry
# alone: yes
# pdb on functions that run natively: started in the middle, breakpoints, steps, values that it changes, post mortem.

import io
import pdb
import sys

import framejit


def leaf(k):
    return k * 2 + 1


def stops(k, at):
    if k == at:
        DEBUGGER.set_trace(sys._getframe(1))
    return k


@framejit.jit
def walk(n, at=-1):
    total = 0
    for k in range(n):
        total += leaf(k)
        total += stops(k, at)
    return total


@framejit.jit
def fails(n):
    total = 1.5
    for k in range(n):
        total += leaf(k) / (k - 700)
    return total


def session(commands, function, *arguments):
    """What a debugger says that is given these commands while the function runs."""
    global DEBUGGER
    said = io.StringIO()
    DEBUGGER = pdb.Pdb(stdin=io.StringIO("\n".join(commands) + "\n"), stdout=said, nosigint=True, readrc=False)
    DEBUGGER.use_rawinput = False
    try:
        print(function(*arguments))
    finally:
        sys.settrace(None)
        print(said.getvalue())


for turn in range(3):
    print(walk(2000), walk(2000))
    session(["p total, k", "n", "p k", "s", "w", "r", "p __return__", "c"], walk, 2000, 1000)
    session(["tbreak leaf", "c", "p k", "!k = 5", "n", "r", "u", "p n", "c"], walk, 2000, 1500)
    session(["!total = 0", "n", "n", "n", "p total", "unt", "c"], walk, 2000, 1990)
    print(walk(2000))
    try:
        fails(2000)
    except ZeroDivisionError as error:
        said = io.StringIO()
        post = pdb.Pdb(stdin=io.StringIO("p total, k, n\nw\nq\n"), stdout=said, nosigint=True, readrc=False)
        post.use_rawinput = False
        post.reset()
        post.interaction(None, error.__traceback__)
        print(said.getvalue())
