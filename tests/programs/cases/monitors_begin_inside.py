# native: loop
"""Tools of sys.monitoring that begin, and end, while loops between yields run: for all code, or for one code object."""
import sys

if sys.version_info >= (3, 12):
    EVENTS, monitoring = sys.monitoring.events, sys.monitoring
    LINES = EVENTS.LINE

    def use(code):
        monitoring.use_tool_id(3, "test")
        monitoring.register_callback(3, LINES, heard)
        monitoring.set_local_events(3, code, LINES) if code else monitoring.set_events(3, LINES)

    def leave(code):
        monitoring.set_local_events(3, code, 0) if code else monitoring.set_events(3, 0)
        monitoring.free_tool_id(3)
else:
    def use(code):
        sys._getframe(2).f_trace = traced
        sys.settrace(traced)

    def leave(code):
        sys.settrace(None)


def traced(frame, event, argument):
    if event == "line":
        heard(frame.f_code, frame.f_lineno)
    return traced


lines = []


def heard(code, line):
    if code.co_name in ("rows", "table"):
        lines.append(line - code.co_firstlineno)


def begin(code):
    use(code)


def end(code):
    leave(code)


def rows(n, m, at, code):
    for i in range(n):
        if i == at:
            begin(code)
        s = 0
        for j in range(m):
            s += (i ^ j) % 7
        if i == at + 3:
            end(code)
        yield s


def table(n, m, at, code):
    t = k = 0
    while k < n:
        class Row:
            pass
        j = 0
        if k == at:
            begin(code)
        while j < m:
            j += 1
            t += (j & k) % 3
        if k == at + 2:
            end(code)
        k += 1
    return t


for code in (False, True):
    for turn in range(2):
        print(sum(rows(1500, 600, 1400, code and rows.__code__)), len(lines), lines[:12], lines[-12:])
        lines.clear()
        print(table(1300, 500, 1200, code and table.__code__), len(lines), lines[:12], lines[-12:])
        lines.clear()
