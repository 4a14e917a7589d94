# native: loop
# Lists of numbers that become part of garbage: collections come while the loop makes them, and find what is garbage by then.

import gc

ENDED = []


class Loud:
    def __del__(self):
        ENDED.append(1)


def cycles(n):
    loud = Loud()
    loud.itself = loud
    loud, total = None, 0
    for k in range(n):
        held = [k]
        held.append(held)
        total += k
    return total, len(ENDED)


def kept(n):
    loud = Loud()
    loud.itself = loud
    loud, rows = None, []
    for k in range(n):
        rows.append([k, k + 1])
    return len(rows), len(ENDED)


def as_tuples(n):
    loud = Loud()
    loud.itself = loud
    loud, rows, k = None, [], 0
    while k < n:
        rows.append(tuple(x * k for x in range(2)))
        k += 1
    return len(rows), len(ENDED)


for count in cycles, kept, as_tuples:
    ENDED.clear()
    gc.collect()
    print(count.__name__, count(400000))
