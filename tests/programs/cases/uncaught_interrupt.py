# status: -2
# A Ctrl-C that nobody catches: the traceback, the exit functions, and the end by the signal itself.
import atexit
import os
import signal

atexit.register(print, "at exit")


def loop(n):
    for k in range(n):
        if k == 40:
            os.kill(os.getpid(), signal.SIGINT)
            for _ in range(1000):
                pass


print("start", flush=True)
loop(100)
