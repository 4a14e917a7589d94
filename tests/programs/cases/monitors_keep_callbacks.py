# native: loop
"""What sys.monitoring gives back of callbacks, and who keeps them, while loops are entered again and again: before and behind the first one."""
import gc
import sys
import weakref

HELD = 3
events = []


def steps(n, m):
    k = 0
    while k < n:
        j = s = 0
        while j < m:
            j += 1
            s += (j & k) % 3
        k += 1
        yield s


def total(n):
    return sum(list(steps(n, 600)))


def named(hook, arguments):
    if hook == "sys.monitoring.register_callback":
        events.append(getattr(arguments[0], "name", type(arguments[0]).__name__))


class Callback:
    def __init__(self, name):
        self.name = name
        self.heard = []

    def __call__(self, code, *more):
        if code.co_name == "steps":
            self.heard.append((code is steps.__code__, more[0] - code.co_firstlineno if self.name == "line" else len(more)))
        if self.name == "gone" and code.co_name == "steps":
            sys.monitoring.register_callback(HELD, LINE, None)
            return weakly() is self

    def __repr__(self):
        return f"<{self.name}>"


def weakly():
    return watched[-1]()


if sys.version_info >= (3, 12):
    monitoring = sys.monitoring
    LINE, START, YIELD = monitoring.events.LINE, monitoring.events.PY_START, monitoring.events.PY_YIELD
    sys.addaudithook(named)
    monitoring.use_tool_id(HELD, "test")
    early = Callback("line")
    print(monitoring.register_callback(HELD, LINE, early))
    print(total(1200))
    print(monitoring.register_callback(HELD, LINE, early) is early, monitoring.register_callback(HELD, YIELD, Callback("yield")), monitoring.register_callback(HELD, START, events.append))
    for turn in range(2):
        walk = steps(1300, 600)
        for at, s in enumerate(walk):
            if at == 1200:
                monitoring.set_local_events(HELD, steps.__code__, LINE | YIELD)
            if at == 1202:
                monitoring.set_local_events(HELD, steps.__code__, 0)
        print(len(early.heard), early.heard[:5], early.heard[-5:])
        early.heard.clear()
    watched = [weakref.ref(Callback("gone"))]
    gone = Callback("gone")
    watched.append(weakref.ref(gone))
    print(monitoring.register_callback(HELD, LINE, gone) is early, [one() for one in watched])
    del gone
    monitoring.set_local_events(HELD, steps.__code__, LINE)
    print(total(20), [one() for one in watched])
    monitoring.set_local_events(HELD, steps.__code__, 0)
    gc.collect()
    late = monitoring.register_callback(HELD, YIELD, None)
    print(late, late.heard[:3], len(late.heard), sys.getrefcount(late), monitoring.register_callback(HELD, START, None) == events.append)
    print(monitoring.register_callback(HELD, LINE, None), events[:9])
    for wrong in ((HELD, 3, early), (9, LINE, early), (HELD,)):
        try:
            monitoring.register_callback(*wrong)
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)
    monitoring.free_tool_id(HELD)
else:
    print(total(1200))
