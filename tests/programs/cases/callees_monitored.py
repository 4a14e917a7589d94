# native: loop
# alone: yes
# What tools of sys.monitoring ask for of one function's code only, while it is called natively: by name, by a variable, as a
# generator expression that is consumed on the spot, as a property.

import sys

import framejit

EVENTS = []
MONITORING = getattr(sys, "monitoring", None)


def leaf(k):
    return k * 2 + 1


class Point:
    def __init__(self, x):
        self.x = x

    @property
    def twice(self):
        return self.x * 2


def hear(code, on):
    if MONITORING is None:
        return
    if on:
        MONITORING.use_tool_id(4, "heard")
        MONITORING.register_callback(4, MONITORING.events.PY_RETURN, lambda code, unit, value: EVENTS.append((code.co_name, value)))
    MONITORING.set_local_events(4, code, MONITORING.events.PY_RETURN if on else 0)
    if not on:
        MONITORING.free_tool_id(4)


@framejit.jit
def by_name(n, code, wanted):
    total = 0
    for k in range(n):
        if wanted and k == n // 2:
            hear(code, True)
        if wanted and k == n // 2 + 3:
            hear(code, False)
        total += leaf(k)
    return total


@framejit.jit
def by_variable(n, code, wanted, function):
    total = 0
    for k in range(n):
        if wanted and k == n // 2:
            hear(code, True)
        if wanted and k == n // 2 + 3:
            hear(code, False)
        total += function(k)
    return total


@framejit.jit
def consumed(n, code, wanted):
    total = 0
    for k in range(n):
        if wanted and k == n // 2:
            hear(code, True)
        if wanted and k == n // 2 + 3:
            hear(code, False)
        total += sum(x * k for x in (1, 2, 3))
    return total


@framejit.jit
def of_a_class(n, code, wanted, point):
    total = 0
    for k in range(n):
        if wanted and k == n // 2:
            hear(code, True)
        if wanted and k == n // 2 + 3:
            hear(code, False)
        total += point.twice
    return total


def inner(function):
    return next(one for one in function.__code__.co_consts if hasattr(one, "co_code"))


PROGRAMS = [(by_name, leaf.__code__), (by_variable, leaf.__code__, leaf), (consumed, inner(consumed)),
            (of_a_class, Point.twice.fget.__code__, Point(3))]
for function, code, *more in PROGRAMS:
    for wanted in (False, False, True, True, False):
        EVENTS.clear()
        print(function.__name__, function(4000, code, wanted, *more), EVENTS)
