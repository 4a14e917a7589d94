# A tracer or profiler that is switched on in the middle sees every line, call and return.
import sys
import threading


def helper(x):
    y = x * 2
    return y


def loop(n):
    total = 0
    for k in range(n):
        total += helper(k)
    return total


def switched(n, at):
    total = 0
    for k in range(n):
        if k == at:
            sys.setprofile(profile)
        total += helper(k)
    sys.setprofile(None)
    return total


def trace(frame, event, argument):
    events.append((frame.f_code.co_name, event, frame.f_lineno))
    return trace


def profile(frame, event, argument):
    events.append((frame.f_code.co_name, event))


events = []
for _ in range(800):
    loop(12)
    switched(12, -1)
sys.settrace(trace)
loop(2)
sys.settrace(None)
print(events)
events = []
sys.setprofile(profile)
loop(2)
sys.setprofile(None)
print(events)
events = []
print(switched(6, 4), events)
events = []
threading.settrace(trace)
thread = threading.Thread(target=loop, args=(2,))
thread.start()
thread.join()
threading.settrace(None)
print([event for event in events if event[0] in ("loop", "helper")])
