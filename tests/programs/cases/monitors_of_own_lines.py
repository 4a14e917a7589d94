# native: loop
"""A frame that asks for its own events, when nobody has asked for those of all code yet, and then for none: nothing is heard any more."""
import sys

lines = []

if sys.version_info >= (3, 12):
    monitoring = sys.monitoring
    monitoring.use_tool_id(3, "test")
    monitoring.register_callback(3, monitoring.events.LINE, lambda code, line: lines.append((line - code.co_firstlineno, code is table.__code__)))
    ask, events = monitoring.set_local_events, monitoring.events.LINE
else:
    def ask(tool, code, events):
        pass

    events = 0


def table(n, m, at):
    t = k = 0
    while k < n:
        class Row:
            pass
        j = 0
        if k == at:
            ask(3, table.__code__, events)
        if k == at + 2:
            ask(3, table.__code__, 0)
        while j < m:
            j += 1
            t += (j & k) % 3
        k += 1
    return t


for turn in range(16):
    print(table(1200, 600, 1100 + turn if turn > 11 else -5), len(lines), lines[:8], lines[-8:])
    lines.clear()
