# native: loop
# A profiler or tracer that begins inside a running loop, or in a call that then raises, hears of the program's own functions only.
import sys

events = []


def profile(frame, event, argument):
    if len(events) < 60:
        events.append((frame.f_code.co_name, event, getattr(argument, "__name__", None)))


def trace(frame, event, argument):
    if len(events) < 60:
        events.append((frame.f_code.co_name, event, frame.f_lineno))
    return trace


q = 0
for k in range(400000):
    if k == 300000:
        sys.setprofile(profile)
    q = abs(k - 15000)
    if k == 300003:
        sys.setprofile(None)
print(events, q)
events.clear()
for k in range(400000):
    if k == 300000:
        sys.settrace(trace)
    q = abs(k - 15000)
    if k == 300003:
        sys.settrace(None)
print(events, q)
events.clear()


def both(missing):
    sys.settrace(trace)
    sys.setprofile(profile)
    if missing:
        raise KeyError("gone")


def switched(n, at, missing):
    total = 0
    for k in range(n):
        if k == at:
            both(missing)
        total += k % 7
    return total


for at, missing in ((200000, False), (200000, True), (299999, False), (-1, True), (5, True)):
    try:
        total = switched(300000, at, missing)
    except KeyError as error:
        total = error
    finally:
        sys.settrace(None)
        sys.setprofile(None)
    print(repr(total), events)
    events.clear()
