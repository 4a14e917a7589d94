# status: 1
# The program's own excepthook, which fails in its turn; and an exception in a thread.
import sys
import threading


def hook(kind, value, traceback):
    print("hook", kind.__name__, value, traceback.tb_frame.f_code.co_name, sys._getframe().f_back)
    raise RuntimeError("hook failed")


def broken():
    return {}["missing"]


threading.excepthook = lambda details: print("thread", details.exc_type.__name__, details.exc_traceback.tb_next.tb_lineno)
thread = threading.Thread(target=broken)
thread.start()
thread.join()
sys.excepthook = hook
broken()
