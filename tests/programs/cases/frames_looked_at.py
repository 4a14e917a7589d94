# native: loop
# Functions that look at their callers: frames, locals, the stack, the line of a warning.
import inspect
import sys
import traceback
import warnings


def look():
    caller = sys._getframe(1)
    return caller.f_lineno, dict(caller.f_locals), [entry.function for entry in inspect.stack()]


def loop(n):
    total = 0
    answer = None
    for k in range(n):
        total += 2 * k
        if k == n - 2:
            answer = look()
    return total, answer, sorted(locals())


def warning(n):
    for k in range(n):
        if k == 11:
            warnings.warn("seen late", stacklevel=2)
    return traceback.extract_stack(limit=1)[0].lineno


def depth(n):
    frame, count = None, 0
    for k in range(n):
        if k == n - 1:
            frame = sys._getframe()
    while frame is not None:
        frame = frame.f_back
        count += 1
    return count


for _ in range(600):
    loop(15)
    depth(15)
print(loop(15), depth(15))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    for _ in range(600):
        line = warning(15)
print(line, len(caught), caught[-1].lineno, caught[-1].message)
print([entry.function for entry in inspect.stack()], sys._getframe().f_back)
