# native: loop
# alone: yes
"""Blocks while somebody looks on: tracers, profilers, monitoring; other hooks; managers that are used in odd ways."""

import contextlib
import sys

import framejit


def block(n):
    s = 0
    with framejit.jit():
        for k in range(n):
            s += k
            if k == 5:
                call(s)
    return s


def call(s):
    return s + 1


def traced(n):
    events = []

    def trace(frame, event, argument):
        if frame.f_code.co_filename == __file__ and frame.f_code is not trace.__code__:
            events.append((frame.f_code.co_name, event, frame.f_lineno))
        return trace

    sys.settrace(trace)
    try:
        block(n)
    finally:
        sys.settrace(None)
    return [event for event in events if event[0] in ("block", "call")]


def profiled(n):
    events = []
    sys.setprofile(lambda frame, event, argument: events.append((frame.f_code.co_name, event)))
    try:
        block(n)
    finally:
        sys.setprofile(None)
    return [event for event in events if event[0] in ("block", "call") and not event[1].startswith("c_")]


def monitored(n):
    monitoring = getattr(sys, "monitoring", None)
    if monitoring is None:
        return 2 * n
    lines = []
    monitoring.use_tool_id(4, "a tool")
    monitoring.register_callback(4, monitoring.events.LINE, lambda code, line: lines.append(line) if code is block.__code__ else None)
    monitoring.set_events(4, monitoring.events.LINE)
    try:
        block(n)
    finally:
        monitoring.set_events(4, 0)
        monitoring.free_tool_id(4)
    return len(lines) - 6 + 0 * n


def begins_inside(n):
    s = 0
    events = []
    with framejit.jit():
        for k in range(n):
            s += k
            if k == 500:
                sys.setprofile(lambda frame, event, argument: events.append((frame.f_code.co_name, event)))
            if k == 510:
                sys.setprofile(None)
            if k % 100 == 5:
                call(k)
    return s, [event for event in events if event[0] == "call"]


def odd(n):
    s = 0
    manager = framejit.jit()
    entered = manager.__enter__()
    for k in range(n):
        s += k
    manager.__exit__(None, None, None)
    with contextlib.ExitStack() as stack:
        stack.enter_context(framejit.jit())
        for k in range(n):
            s += k
    with Forwarding(), Returning():
        for k in range(n):
            s += k
    with manager as other, framejit.jit() as third:
        for k in range(n):
            s += k
    return s, entered is manager, other is manager, third is not manager


class Forwarding:
    def __init__(self):
        self.manager = framejit.jit()

    def __enter__(self):
        return self.manager.__enter__()

    def __exit__(self, *error):
        return self.manager.__exit__(*error)


class Returning:
    __enter__ = framejit.jit().__enter__

    def __exit__(self, *error):
        return True


print(block(2000))
print(traced(8))
print(block(2000))
print(profiled(8))
print(block(2000))
monitored(30)
print(block(2000))
print(begins_inside(2000))
print(odd(1000))
try:
    with framejit.jit():
        for k in range(3000):
            if k == 2500:
                raise RuntimeError(k)
except RuntimeError as error:
    print(repr(error), error.__traceback__.tb_lineno)
framejit.enable()
print(block(1000))
with framejit.jit():
    framejit.disable()
    for k in range(5000):
        s = k
    framejit.enable()
print(block(1000), s)
