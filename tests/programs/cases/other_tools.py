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


def held_by_a_variable(n, before):
    """Calls what a variable holds, which is known by what it runs; from the first turn on, or from the middle, it runs something else."""
    def step(number):
        return number + 1
    found = [step(1)]
    before(step)
    for k in range(n):
        found.append(step(k))
        if k == n // 2:
            change(step)
    return sorted(map(str, found))[:2] + sorted(map(str, found))[-2:], found.count("overridden")


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
    for turn in range(3):
        print(held_by_a_variable(3000, nothing), held_by_a_variable(3000, overridden))
print(ENDED)
