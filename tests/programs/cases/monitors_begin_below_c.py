# native: loop
"""Tools of sys.monitoring that begin and end in calls that C code makes from frames whose loops native code was entered for."""
import sys

if sys.version_info >= (3, 12):
    monitoring = sys.monitoring
    LINE = monitoring.events.LINE
    monitoring.use_tool_id(3, "test")

    def watch(events):
        monitoring.set_events(3, events)
else:
    LINE = 1

    def watch(events):
        pass


def line():
    return sys._getframe(1).f_lineno


def loop(n, on, off):
    s = 0
    for k in range(n):
        if k == on:
            watch(LINE)
        s += k
        if k == off:
            watch(0)
    return s


def nested(n, on, off):
    return sum(map(loop, (n,), (on,), (off,)))


MODULE = compile("""\
for i in range(60):
    for j in range(60): loop(300, -1, -1)
    print(end="")
list(map(loop, (2000,), (100,), (1500,))); lines.add(line())
max(map(nested, (2000, 300), (100, -1), (1500, -1))); lines.add(line())
""", "module", "exec")


def function():
    for i in range(60):
        for j in range(6):
            loop(300, -1, -1)
        print(end="")
    list(map(loop, (2000,), (100,), (1500,)))
    first = line()
    sorted((7, 3, 5), key=lambda k: loop(400 * k, 100, 300 * k))
    return line() - first


for k in range(40):
    lines = set()
    exec(MODULE, globals())
    print(*sorted(lines), function(), end=" ")
print()
