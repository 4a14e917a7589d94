# native: loop
"""Tools of sys.monitoring that ask for events of code whose frames wait: for a callee, at a yield, in another thread."""
import sys
import threading

if sys.version_info >= (3, 12):
    LINES, monitoring = sys.monitoring.events.LINE, sys.monitoring

    def use(code, everywhere):
        monitoring.use_tool_id(3, "test")
        monitoring.register_callback(3, LINES, heard)
        monitoring.set_events(3, LINES) if everywhere else monitoring.set_local_events(3, code, LINES)

    def leave(code, everywhere):
        monitoring.set_events(3, 0) if everywhere else monitoring.set_local_events(3, code, 0)
        monitoring.free_tool_id(3)
else:
    def use(code, everywhere):
        pass

    def leave(code, everywhere):
        pass

lines = []


def heard(code, line):
    if code.co_name in ("steps", "table", "deep"):
        lines.append((line - code.co_firstlineno, code is codes[code.co_name]))


def steps(n, m):
    k = 0
    while k < n:
        j = s = 0
        while j < m:
            j += 1
            s += (j & k) % 3
        k += 1
        yield s


def ask(at, k, code, everywhere):
    if k == at:
        use(code, everywhere)
    if k == at + 2:
        leave(code, everywhere)


def table(n, m, at, everywhere):
    t = k = 0
    while k < n:
        class Row:
            pass
        j = 0
        ask(at, k, codes["table"], everywhere)
        while j < m:
            j += 1
            t += (j & k) % 3
        k += 1
    return t


def deep(n, m, inner, ready, asked):
    t = k = 0
    while k < n:
        class Row:
            pass
        j = 0
        while j < m:
            j += 1
            t += (j & k) % 3
        if k == n - 2:
            list(map(inner, [k]))
            t += 1
        k += 1
    return t


codes = {function.__name__: function.__code__ for function in (steps, table, deep)}


def told(*results):
    print(*results, len(lines), lines[:8], lines[-8:])
    lines.clear()


for everywhere in (False, True):
    for turn in range(2):
        told(table(1200, 600, 1150, everywhere))
        walk, total = steps(1300, 600), 0
        for at, s in enumerate(walk):
            total += s
            if at == 1250:
                use(codes["steps"], everywhere)
            if at == 1253:
                leave(codes["steps"], everywhere)
        told(total)


def inner(k):
    use(codes["deep"], False)
    leave(codes["deep"], False)


for turn in range(3):
    told(deep(900, 600, inner, None, None))


def other(begun, asked, results):
    def pause(k):
        begun.set()
        asked.wait()
    results.append(deep(900, 600, pause, begun, asked))


for turn in range(2):
    begun, asked, results = threading.Event(), threading.Event(), []
    thread = threading.Thread(target=other, args=(begun, asked, results))
    thread.start()
    begun.wait()
    use(codes["deep"], False)
    asked.set()
    thread.join()
    leave(codes["deep"], False)
    told(results, len(lines) > 600)
