# native: loop
"""A collection that waits (3.12 and later) when the compiler is called: callbacks see the program's own frames, and no others."""
import gc
import sys

seen = set()


def note(phase, info):
    frame, names = sys._getframe(1), []
    while frame is not None:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    seen.add(" ".join(name for name in names if name not in ("make", "work", "caller", "<module>")))


def make():
    def work(n):
        total = 0
        for i in range(n):
            total += i & 3
        return total
    return work


def caller(work, n):
    items = []
    return work(n), items


total = 0
kept = []
gc.callbacks.append(note)
gc.set_threshold(1)
for round in range(300):
    total += caller(make(), 2000)[0]
work = make()
for round in range(300):
    kept.append([round])
    total += work(20000)
gc.set_threshold(700)
gc.callbacks.clear()
print(total, sorted(seen))
