# native: entry
# Loops over generator expressions: what they walk over and read changes meanwhile, they raise, are left early, call out, end last.

import sys
import traceback

import numpy as np

import framejit

SCALE = 3
SEEN = []


class Loud(list):
    def __del__(self):
        SEEN.append("gone")


def tell(*what):
    SEEN.append(what)


@framejit.jit
def plain(n):
    s = 0
    for x in (k * k for k in range(n) if k % 3):
        s += x
    return s


@framejit.jit
def left(xs, limit):
    for x in (x * 2 for x in xs):
        if x > limit:
            break
    else:
        x = "none"
    for y in (x - 1 for x in xs if x):
        if y == limit:
            return x, y
    return x, None


@framejit.jit
def paired(xs, ys):
    s = 0.0
    for x, y in ((a * b, a) for a, b in zip(xs, ys)):
        s += x - y
    for k, v in ((k, v + k) for k, v in enumerate(ys)):
        s += k * v
    return s


@framejit.jit
def changing(xs, n):
    global SCALE
    found = []
    for x in (x * SCALE for x in xs):
        found.append(x)
        if len(found) == 5:
            SCALE = 100
            xs.append(7)
        if len(found) == 7:
            xs[8:] = [1, 2]
        if len(found) == n:
            xs.clear()
    SCALE = 3
    return found


@framejit.jit
def rebound(xs, c):
    s = 0
    for x in (x * c for x in xs):
        s += x
        c += 1
        xs = None
    return s, c, xs


@framejit.jit
def owned(n):
    made = Loud(range(n))
    s = 0
    for x in (x + 1 for x in made):
        s += x
        made = None
        if s == 10:
            SEEN.append("ten")
    SEEN.append("behind")
    return s


@framejit.jit
def raising(xs, k):
    s = 0
    try:
        for x in (1.0 / (x - k) for x in xs):
            s += x
    except ZeroDivisionError:
        s += 1000
    for x in (10 // x for x in xs):
        s += x
    return s


@framejit.jit
def telling(xs):
    s = 0
    for x in (x * x for x in xs):
        s += x
        tell("so far", s)
    return s


@framejit.jit
def nested(n):
    s = 0
    for x in (k + 1 for k in range(n)):
        for y in (x * j for j in range(x)):
            s += y
            if s % 7 == 6:
                break
        s += sum(z * y for z in range(x))
    return s, x, y


@framejit.jit
def of_arrays(a, m):
    s = 0
    for x in (x * x for x in a):
        s += x
        if s > 50:
            a[0] = 0
    for x in (row.sum() for row in m):
        s += x
    return s


@framejit.jit
def kinds(xs):
    found = []
    for x in (x if x > 2 else 0 for x in xs):
        found.append(x)
    for word in (str(x) for x in xs):
        found.append(word)
    for x in (x for x in xs):
        found.append(any([x is one for one in xs]))
    for x in (x * y for x in xs for y in range(2)):
        found.append(x)
    return found


def in_block(xs):
    s = 0
    with framejit.jit():
        for x in (x + 0.5 for x in xs):
            s += x
            if s > 40:
                raise ValueError(s)
    return s


@framejit.jit
def deep(n):
    if n == 0:
        s = 0
        for x in (k * 2 for k in range(30)):
            s += x
        return s
    return deep(n - 1)


@framejit.jit
def watched(xs):
    s = 0
    for x in (x + 1 for x in xs):
        s += x
        if s == 6:
            sys.settrace(watch)
    sys.settrace(None)
    return s


def watch(frame, event, argument):
    if frame.f_code.co_filename == __file__:
        SEEN.append((frame.f_code.co_name, event != "call" and event, frame.f_lineno))
    return watch


def attempt(name, function, *arguments):
    try:
        print(name, repr(function(*arguments)), SEEN)
    except Exception as error:
        frames = [(frame.f_code.co_name, line, sorted(frame.f_locals)) for frame, line in traceback.walk_tb(error.__traceback__)]
        print(name, type(error).__name__, error, frames[1:], SEEN)
    SEEN.clear()


for time in range(3):
    attempt("plain", plain, 40)
    attempt("left", left, list(range(30)), 21)
    attempt("left", left, [1, 2, 3], 99)
    attempt("left", left, [], 1)
    attempt("paired", paired, [1.5, 2.5, 4.0] * 5, list(range(12)))
    for n in (9, 3, 0):
        attempt("changing", changing, list(range(10)), n)
    attempt("rebound", rebound, [1, 2, 3, 4] * 5, 2)
    attempt("owned", owned, 12)
    for k in (7, 100, -1):
        attempt("raising", raising, list(range(1, 12)), k)
    attempt("raising", raising, [3, 2, 1, 0], 9)
    attempt("telling", telling, [1, 2, 3])
    attempt("nested", nested, 8)
    for kind in ("f8", "i8", "i1", "?"):
        attempt("arrays", of_arrays, np.arange(9).astype(kind), np.ones((3, 4), kind))
    attempt("kinds", kinds, [1.5, 2.5, 3.5, 2000.25])
    attempt("kinds", kinds, [1, 3, 5000])
    attempt("block", in_block, [float(k) for k in range(8)])
    attempt("block", in_block, [float(k) for k in range(20)])
    attempt("watched", watched, [1, 2, 3, 4])
    for n in (5, 10, 20):
        attempt("deep", deep, n)

total = 0
for x in (k * k for k in range(3000) if k & 1):
    total += x
print(total, x)
limit = sys.getrecursionlimit()
outcomes = []
for depth in range(limit - 40, limit + 2):
    try:
        outcomes.append(deep(depth))
    except RecursionError as error:
        outcomes.append(str(error))
print(len(outcomes), [index for index, (one, other) in enumerate(zip(outcomes, outcomes[1:])) if one != other], outcomes[-1])
