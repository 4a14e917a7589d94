# native: entry
# The variable of a generator expression keeps an item alive until the next one is taken: so it does where no generator is made, and where native code leaves.

import sys
import weakref

import framejit

SEEN = []


class Point:
    def __init__(self, x):
        self.x = x

    def __del__(self):
        SEEN.append(self.x)


@framejit.jit
def replaced(points):
    s, count = 0.0, 0
    for v in (p.x for p in points):
        s += v
        count += 1
        if v == 1.5:
            points[1] = points[0]
            s += len(SEEN) * 1000
    return s, count


@framejit.jit
def given(points):
    """The loop's own variable lets go first."""
    found = []
    for p in (q for q in points if q.x != 2.5):
        x = p.x
        p = None
        if len(points) > 2:
            points.pop(0)
        found.append((x, len(SEEN)))
    return found


@framejit.jit
def paired(points, others):
    found = []
    for p, n in ((a, b.x) for a, b in zip(points, others)):
        points[0] = others[-1]
        others[0] = p
        found.append((n, len(SEEN)))
        if n > 7:
            break
    found.append(len(SEEN))
    return found


@framejit.jit
def raising(points):
    try:
        for x in (1 / (p.x - 3.5) for p in points):
            points[:] = points[-3:]
            if x > 100:
                return x
    except ZeroDivisionError:
        return "divided", len(SEEN)
    return "ended", len(SEEN)


@framejit.jit
def changed(points, n):
    """Other types, which native code leaves for."""
    found = []
    for k, x in enumerate(p.x for p in points):
        if k < len(points) - 1:
            points[k] = points[-1]
        found.append((x, len(SEEN)))
    for x in (p.x for p in points):
        points[0] = None
        found.append((x, len(SEEN)))
    return found


def outcome(function, *arguments):
    SEEN.clear()
    made = [[Point(k + 0.5) for k in range(count)] for count in arguments if type(count) is int]
    watched = [weakref.ref(point) for points in made for point in points]
    found = function(*made, *[one for one in arguments if type(one) is not int])
    alive = sum([reference() is not None for reference in watched])
    del made
    return found, alive, SEEN[:]


def main():
    for turn in range(40):
        results = [outcome(replaced, 6), outcome(given, 5), outcome(paired, 4, 9), outcome(raising, 7), outcome(changed, 5, "n")]
        if turn in (0, 1, 2, 39):
            print(results)
    mixed = [Point(1), Point(2.5), Point("three"), Point(4)]
    print([x for x in (p.x for p in mixed)], [outcome(given, 3), outcome(given, 1), outcome(given, 0)])


main()
print(sys.getrefcount(None) > 100)
