# native: entry
# A tuple on the stack that can't be an object while an append is under way: it was made twice.

import numpy as np

from turns import run


def behind_a_range(n, l, p, m):
    r = None
    for k in range(n):
        r = ((range(k), l[0]), m.append(p[0] if k & 1 else p[1]), k)
    return len(m), r[1:]


def behind_a_view(n, a, l, p, m):
    r = None
    for k in range(n):
        r = ((a[0], l[0]), m.append(p[0] if k & 1 else p[1]), k)
    return len(m), r[1:]


run(behind_a_range, lambda k: (20, [1.5, 2.5], [[1, 2], [3, 4]], [[0]]), 300)
run(behind_a_view, lambda k: (20, np.arange(9.0).reshape(3, 3), [1.5, 2.5], [[1, 2], [3, 4]], [[0]]), 300)
