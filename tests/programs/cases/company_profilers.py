# native: entry
# alone: yes
# cProfile, profile, trace and settrace around functions that had run natively before: every call and line is seen.

import cProfile
import profile
import pstats
import sys
import trace

import framejit


def weight(k):
    return k * 3 % 7


class Total:
    def __init__(self):
        self.value = 0

    def add(self, k):
        self.value += k


@framejit.jit
def sums(n):
    total = Total()
    for k in range(n):
        total.add(weight(k))
    return total.value + sum(k for k in range(3))


def counted(profiler):
    """Calls by name of this file's functions."""
    return sorted((name, calls) for (path, _, name), (_, calls, *_) in pstats.Stats(profiler).stats.items() if path == __file__)


def lines_of(function, *arguments):
    """How often each line ran."""
    tracer = trace.Trace(count=True, trace=False)
    tracer.runfunc(function, *arguments)
    return sorted((line, count) for (path, line), count in tracer.results().counts.items() if path == __file__)


def events_of(function, *arguments):
    events = []

    def tracer(frame, event, argument):
        if frame.f_code.co_filename == __file__:
            events.append((frame.f_code.co_name, event, frame.f_lineno))
            return tracer
        return None

    sys.settrace(tracer)
    try:
        function(*arguments)
    finally:
        sys.settrace(None)
    return events


for turn in range(3):
    print(sums(3000), sums(3000))
    for kind in (cProfile.Profile, profile.Profile):
        profiler = kind()
        print(profiler.runcall(sums, 500), counted(profiler))
    print(lines_of(sums, 40))
    events = events_of(sums, 5)
    print(len(events), events[:12])
