# The process forks while a tracer, a profiler or a tool of sys.monitoring looks on: it sees the program's frames, and no others.
import os
import sys

heard = []


def trace(frame, event, argument):
    heard.append((event, frame.f_code.co_name))
    return trace


def fork():
    pid = os.fork()
    if not pid:
        sys.settrace(None)
        os._exit(len(heard))
    return os.waitpid(pid, 0)[1] >> 8


def traced():
    sys.settrace(trace)
    try:
        return fork()
    finally:
        sys.settrace(None)


def profiled():
    sys.setprofile(trace)
    try:
        return fork()
    finally:
        sys.setprofile(None)


def monitored():
    monitoring = sys.monitoring
    events = monitoring.events
    monitoring.use_tool_id(3, "test")
    for event in (events.PY_START, events.PY_RETURN, events.LINE):
        monitoring.register_callback(3, event, lambda code, *rest: heard.append(("event", code.co_name)))
    monitoring.set_events(3, events.PY_START | events.PY_RETURN | events.LINE)
    try:
        return fork()
    finally:
        monitoring.set_events(3, 0)
        monitoring.free_tool_id(3)


for each in (traced, profiled, *((monitored,) if hasattr(sys, "monitoring") else ())):
    for turn in range(2):
        print(each.__name__, each(), heard)
        heard.clear()
