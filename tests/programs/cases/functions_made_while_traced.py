# Functions are made while a tracer, a profiler or a tool of sys.monitoring looks on: it sees the program's frames, and no others.
import sys

heard = []


def trace(frame, event, argument):
    heard.append((event, frame.f_code.co_name, frame.f_code.co_filename == __file__))
    return trace


def makers():
    exec("x = 12\ndef inner(): return x\nvalue = inner()", made := {})
    add = [lambda n=n: n + 1 for n in range(3)]
    return made["value"] + sum(each() for each in add)


def shown(what, answer):
    own = [f"{event} {name}" for event, name, ours in heard if ours]
    others = sorted({name for event, name, ours in heard if not ours})
    print(what, answer, len(heard), own[:40], others)
    heard.clear()


def traced():
    sys.settrace(trace)
    try:
        return makers()
    finally:
        sys.settrace(None)


def profiled():
    sys.setprofile(trace)
    try:
        return makers()
    finally:
        sys.setprofile(None)


def monitored():
    monitoring = sys.monitoring
    events = monitoring.events
    monitoring.use_tool_id(3, "test")
    for event in (events.PY_START, events.PY_RETURN, events.LINE, events.CALL):
        monitoring.register_callback(3, event, lambda code, *rest: heard.append(("event", code.co_name, code.co_filename == __file__)))
    monitoring.set_events(3, events.PY_START | events.PY_RETURN | events.LINE | events.CALL)
    try:
        return makers()
    finally:
        monitoring.set_events(3, 0)
        monitoring.free_tool_id(3)


for each in (traced, profiled, *((monitored,) if hasattr(sys, "monitoring") else ())):
    shown(each.__name__, each())
    shown(each.__name__, each())
