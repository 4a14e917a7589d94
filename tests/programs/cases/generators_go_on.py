# native: entry
# A tool that begins in a loop over a generator expression hears the generator go on, not begin: it stands where it would, if it had been made.

import gc
import sys

import framejit

HEARD = []


def hear(name):
    def heard(code, offset, *more):
        if code.co_name in ("<genexpr>", "walk", "from_range"):
            HEARD.append((name, code.co_name, offset, len(more)))
    return heard


def begin():
    HEARD.clear()
    if sys.version_info < (3, 12):
        sys.setprofile(lambda frame, event, value: HEARD.append((event, frame.f_code.co_name, frame.f_lasti)) if "c_" not in event else None)
        return
    monitoring = sys.monitoring
    monitoring.use_tool_id(4, "heard")
    events = monitoring.events
    for name in ("PY_START", "PY_RESUME", "PY_YIELD", "PY_RETURN", "LINE"):
        monitoring.register_callback(4, getattr(events, name), hear(name))
    monitoring.set_events(4, events.PY_START | events.PY_RESUME | events.PY_YIELD | events.PY_RETURN | events.LINE)


def end():
    if sys.version_info < (3, 12):
        sys.setprofile(None)
        return
    sys.monitoring.set_events(4, 0)
    sys.monitoring.free_tool_id(4)


def looked_at():
    """Where the generators that are suspended stand."""
    found = [one for one in gc.get_objects() if type(one) is type(end_of(())) and one.gi_code.co_name == "<genexpr>" and one.gi_frame is not None]
    return sorted([(one.gi_running, one.gi_frame.f_lasti, one.gi_frame.f_lineno) for one in found if one.gi_code.co_filename == __file__])


def end_of(items):
    return (item for item in items)


@framejit.jit
def walk(xs, at, what):
    s = 0
    for x in (x * 2 for x in xs if x):
        if x == at:
            what()
        s += x
    return s


@framejit.jit
def from_range(first, n, at, what):
    s = 0
    for x in (x + 1 for x in range(first, n)):
        if x == at:
            what()
        s += x
    return s


def main():
    xs = list(range(12))
    for _ in range(5):
        walk(xs, -1, begin), from_range(3, 40, -1, begin)
    for at in (2, 8, 22):
        print(walk(xs, at, begin))
        end()
        print(HEARD)
    for at in (4, 20, 40):
        print(from_range(3, 40, at, begin))
        end()
        print(HEARD)
    seen = []
    walk(xs, 8, lambda: seen.append(looked_at()))
    from_range(3, 40, 9, lambda: seen.append(looked_at()))
    print(seen)


main()
