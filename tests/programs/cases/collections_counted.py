# native: loop
"""What the collector counts and finds: nothing that the compiler makes, no spare lists that it leaves behind."""
import gc


def collected(n, out):
    s = 0
    for i in range(n):
        s += i * i % 7
        if i % 1000 == 0:
            out.append([i, [s]])
    return s


def own(n):
    s, out = 0, []
    for i in range(n):
        s += i * i % 7
        if i % 1000 == 0:
            out.append([i, [s]])
    return s, out


class Cycle:
    def __init__(self):
        self.me = self


def cycles(n):
    s = 0
    for i in range(n):
        s += i * i % 7
        if i % 1000 == 0:
            Cycle()
    return s


def counted():
    """How many objects each of some rounds adds, and how many of 100 lists behind it are new ones."""
    gc.disable()
    gc.set_threshold(100000, 1000, 1000)
    for function in (lambda: collected(60000, kept), lambda: own(60000), lambda: cycles(60000)):
        rounds = []
        for _ in range(5):
            gc.collect()
            kept = []
            before = gc.get_count()[0]
            result = function()
            between = gc.get_count()[0]
            lists = [[] for _ in range(100)]
            rounds.append((between - before, gc.get_count()[0] - between))
            result = lists = None
        print(rounds)
    gc.enable()


def note(phase, info):
    if phase == "stop":
        found.append(info["collected"])


counted()
found = []
gc.collect()
gc.set_threshold(50, 100, 100)
gc.callbacks.append(note)
items, total = {}, 0
for i in range(1500000):
    total += i
    if i % 3000 == 2999:
        items[i] = (i, [i])
gc.callbacks.clear()
print(total, len(items), found)
items.clear()
gc.disable()
print(gc.collect(0), gc.collect(1), gc.collect(), gc.collect())
