# native: entry
# Small functions that make and drop objects, called one by one from where nothing is compiled: how such a call ends, and who looks on.

import gc
import sys
import traceback
from itertools import repeat


class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b


class Looker:
    what = None

    def __init__(self, a):
        self.a = a

    def __del__(self):
        if Looker.what:
            Looker.what()


def mixed(p, q, by):
    made = Pair(p.a * by + q.a, p.b * by + q.b)
    made.a = made.a - p.b
    return made


def divided(p, q, by):
    made = Pair(p.a, q.b)
    return Pair(made.a * 2.0 + (made.b + p.a) / (by - 3.0), by)


def listed(items, place, p):
    made = Pair(p.a, p.b)
    return (made.a + items[place]) * (made.b - items[place - 1])


def replaced(p, holder):
    made = Pair(p.a, p.b)
    holder.held = made
    return made.a + made.b


def kept(p, frames):
    made = Pair(p.a, 1.0)
    frames.append(made)
    return made.b + p.a


def chosen(p, by):
    if by > 2.0:
        made = Pair(p.a, by)
        return made
    made = Pair(by, p.b)
    return made.a


def driven(function, turns, *arguments):
    """No loop of ours: map calls."""
    return list(map(function, *[repeat(one, turns) for one in arguments]))


p, q = Pair(1.5, 2.5), Pair(0.25, 4.0)
for turn in range(6):
    print([(one.a, one.b) for one in driven(mixed, 4000, p, q, 1.25)[::1000]])
    print([one.a for one in driven(divided, 400, p, q, 1.25)[::100]], driven(chosen, 400, p, 1.0)[-1], driven(chosen, 400, p, 3.0)[-1].b)
    print(driven(listed, 400, [1.0, 2.0, 3.0], 1, p)[-1])

for wrong in (3.0, 1, "text", None):
    try:
        print(divided(p, q, wrong).a)
    except Exception:
        traceback.print_exc(file=sys.stdout)
for place in (2, 7, -1, 2 ** 70, True, None):
    try:
        print(listed([1.0, 2.0, 3.0], place, p))
    except Exception:
        traceback.print_exc(file=sys.stdout)
print(listed([1, 2, 3], 2, p), mixed(Pair(1, 2), q, 2).a, mixed(Pair(2 ** 62, 2), Pair(2 ** 62, 1), 2).a)


class Holder:
    held = None


holder = Holder()
holder.held = None
print(driven(replaced, 600, p, holder)[-1])

seen = []


def note(text):
    frame = sys._getframe(3)
    seen.append((text, frame.f_code.co_name, frame.f_lineno, sorted(frame.f_locals)))
    seen.append(frame)


Looker.what = lambda: note("ends")
holder.held = Looker(1)
print(replaced(p, holder))
Looker.what = None
for one in seen:
    print(one if type(one) is tuple else (one.f_code.co_name, one.f_lineno, one.f_locals.get("p") is p))
del seen[:], one

events = []


def traced(frame, event, argument):
    if frame.f_code.co_filename == __file__ and frame.f_code.co_name not in ("traced", "profiled"):
        events.append((event, frame.f_code.co_name, frame.f_lineno))
    return traced


def profiled(frame, event, argument):
    if frame.f_code.co_name == "replaced":
        events.append((event, frame.f_code.co_name, frame.f_lineno))


def begin_trace():
    sys.settrace(traced)
    sys._getframe(2).f_trace = traced


def begin_profile():
    sys.setprofile(profiled)


for begin, end in ((begin_trace, sys.settrace), (begin_profile, sys.setprofile)):
    for again in range(2):
        holder.held = Looker(2)
        Looker.what = begin
        value = replaced(p, holder)
        end(None)
        Looker.what = None
        print(value, events)
        del events[:]


def collected(phase, info):
    if phase == "start" and sys._getframe(1).f_code.co_name in ("mixed", "kept"):
        events.append(sys._getframe(1).f_code.co_name)


items = []
driven(kept, 600, p, items)
gc.callbacks.append(collected)
gc.collect()
driven(kept, 3000, p, items)
gc.callbacks.remove(collected)
print(len(items), set(events) <= {"kept"}, items[-1].a)


def many(p, q, by):
    made = Pair(p.a, q.b)
    return [made, p, q, by, made.a + by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by,
            by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, by, made.b / (by - 2.0)]


print(driven(many, 600, p, q, 1.5)[-1][4:6])
try:
    many(p, q, 2.0)
except ZeroDivisionError:
    traceback.print_exc(file=sys.stdout)


def deep(p, n):
    made = Pair(p.a, n)
    return made.a if n == 0 else deep(made, n - 1) + made.b


print(driven(deep, 300, p, 3)[-1])
try:
    deep(p, 100000)
except RecursionError as error:
    print(error)
print(deep(p, 20))
