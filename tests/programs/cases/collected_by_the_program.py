# native: loop
"""Who looks on when the collector runs: callbacks and finalizers see the program's own frames, and no others."""
import gc
import sys


class Node:
    def __del__(self):
        look("finalizer")


seen = {}


def look(kind):
    frame, names = sys._getframe(1), []
    while frame is not None:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    names = " ".join(names)
    seen[kind, names] = seen.get((kind, names), 0) + 1


def note(phase, info):
    look(phase)


def cycles(n, m):
    total = 0
    for i in range(n):
        for j in range(m):
            total += i ^ j
            items = []
            items.append(items)
        node = Node()
        node.self = node
    return total


gc.collect()
gc.freeze()
gc.callbacks.append(note)
print(cycles(50, 20000), cycles(400, 2000))
gc.collect()
gc.callbacks.clear()
print(sorted(seen))
