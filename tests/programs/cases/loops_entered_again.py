# native: loop
"""Inner loops between yields, class statements and calls, in generators, functions and at module level: entered at their headers; exceptions in
the middle, lines that a tracer hears, and the code that frames show."""

import sys
import traceback


def rows(n, m, bad=None):
    for i in range(n):
        s = 0
        for j in range(m):
            s += (i ^ j) % 7
        if i == bad:
            s += None
        yield s


def classes(n, m, act=None):
    t = 0
    for i in range(n):
        class C:
            pass
        k = s = 0
        while k < m:
            s += k & 3
            k += 1
        for j in range(m):
            s += (i ^ j) % (7 if act is None or i < n - 2 or j < m - 1 else act(i))
        t += s
    return t


print(sum(rows(1200, 1500)), [sum(rows(9, 700)) for _ in range(150)][-1])
try:
    print(sum(rows(1200, 1500, 1100)))
except TypeError:
    traceback.print_exc(file=sys.stdout)
lines = []


def tracer(frame, event, arg):
    if frame.f_code is classes.__code__:
        lines.append((event, frame.f_lineno - classes.__code__.co_firstlineno))
        return tracer


def act(i):
    frame = sys._getframe(1)
    frame.f_trace = tracer
    sys.settrace(tracer)
    return frame.f_lineno % 5


print(classes(1200, 1500), classes(1200, 1500, act))
sys.settrace(None)
print(len(lines), lines[:30], lines[-8:])
try:
    print(classes(1200, 1500, lambda i: i - 1198))
except ZeroDivisionError as error:
    traceback.print_exc(file=sys.stdout)
    print(error.__traceback__.tb_next.tb_frame.f_code is classes.__code__)
total = 0
for i in range(1000):
    class D:
        pass
    for j in range(1200):
        total += i & j
print(total, rows(1, 1).gi_code is rows.__code__ or sys.version_info < (3, 12))
