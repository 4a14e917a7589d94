# native: loop
# alone: yes
# Other tools at work on functions that run natively: C code that has a call run something else, extras of code objects with an end
# of their own.

import ctypes
import sys

import framejit

try:
    from _testcapi import function_setvectorcall as overridden
except ImportError:
    overridden = None

ENDED = []
api = ctypes.pythonapi
request = api.PyUnstable_Eval_RequestCodeExtraIndex if sys.version_info >= (3, 12) else api._PyEval_RequestCodeExtraIndex


@ctypes.CFUNCTYPE(None, ctypes.c_void_p)
def ended(extra, ENDED=ENDED):
    ENDED.append(extra)


request.argtypes = (ctypes.c_void_p,)
request(ctypes.cast(ended, ctypes.c_void_p))


def leaf(k):
    return k + 1


def make():
    @framejit.jit
    def calls(n, function):
        total = 0
        for k in range(n):
            if k == n // 2:
                change(function)
            total += function(k) if function is not leaf else leaf(k)
        return str(total)

    return calls


def nothing(function):
    return None


change = nothing
for turn in range(6):
    calls = make()
    print([calls(3000, leaf) for again in range(2)], ENDED)
if overridden is not None:
    calls = make()
    print(calls(2000, leaf), calls(2000, leaf))
    change = overridden
    for turn in range(2):
        try:
            print(calls(2000, leaf))
        except TypeError as error:
            print(error, error.__traceback__.tb_next.tb_lineno)
print(ENDED)
