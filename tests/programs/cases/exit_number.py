# status: 3
import atexit
import sys

atexit.register(lambda: print("at exit", sys._getframe().f_back, len(sys._current_frames())))


def leave(n):
    for k in range(n):
        if k == 5:
            try:
                sys.exit(3)
            finally:
                print("finally", k)


leave(10)
