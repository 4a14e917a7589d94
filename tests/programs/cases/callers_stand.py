# native: loop
"""Where callers are while what they call looks at them, and where tracebacks say that they were: `f_lasti` and `tb_lasti` of calls of functions and
methods, by position and by name, of classes, and of builtins that call back; a tracer that one of them sets hears the rest of its line, or doesn't."""
import sys
from collections import Counter

seen = Counter()
BIG = 2500


def place(code, lasti):
    """On 3.11 the interpreter stands at either of a builtin call's two instructions, as specialised as they are."""
    return lasti if sys.version_info >= (3, 12) else list(code.co_positions())[lasti // 2]


def where(k, depth=1):
    frame = sys._getframe(depth)
    seen[frame.f_code.co_name, place(frame.f_code, frame.f_lasti)] += 1
    if k == BIG - 1:
        raise ValueError(k)
    return k


class Point:
    def __init__(self, k):
        self.k = where(k, 2)

    def at(self, k):
        return where(k, 2)


def short(k):
    total = 0
    for j in range(k % 5):
        total += j
    return total + where(k)


def calls(n):
    s = 0
    for k in range(n):
        s += where(k) + 1
    return s


def methods(n):
    s = 0
    for k in range(n):
        s += Point(1).at(k)
    return s


def named(n):
    s = 0
    for k in range(n):
        s += where(k=k)
    return s


def starred(n):
    s = 0
    for k in range(n):
        s += where(*(k,))
    return s


def mapped(n):
    s = 0
    for k in range(n):
        s += sum(map(where, (k, k)))
    return s


def made(n):
    s = 0
    for k in range(n):
        s += Point(k).k
    return s


def inner(n):
    s = 0
    for k in range(n):
        s += short(k)
    return s


def bound(n):
    s, at = 0, Point(1).at
    for k in range(n):
        s += at(k)
    return s


def nothing_passed(n):
    global turn
    for turn in range(n):
        counted()


def counted():
    where(turn, 2)


for function in (calls, methods, named, starred, mapped, made, inner, bound, nothing_passed):
    for _ in range(3):
        try:
            function(BIG)
        except ValueError as error:
            at, way = error.__traceback__, []
            while at:
                way.append((at.tb_frame.f_code.co_name, place(at.tb_frame.f_code, at.tb_lasti)))
                at = at.tb_next
            print(way[1:])
    if function is not mapped or sys.version_info >= (3, 12):       # builtins that call back stand elsewhere before they are specialised
        print(sorted(seen.items()))
    seen.clear()

lines = []


def tracer(frame, event, arg):
    lines.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
    return tracer


def watch(k):
    if k == 700:
        sys._getframe(1).f_trace = tracer
        sys.settrace(tracer)
    if k == 702:
        sys.settrace(None)
    return k % 3


def watched(n):
    s = 0
    for k in range(n):
        s += (k % 5) * (7 if k < 698 else watch(k)) + (watch(k=k)
            if k > 5 else 0)
    return s


for turn in range(6):
    print(watched(1000), len(lines), lines)
    lines.clear()
