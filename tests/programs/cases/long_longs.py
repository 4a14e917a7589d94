# native: loop
# NumPy's `long long` has int64's layout, and a type of its own.

import array

import numpy as np


def items(a, n):
    found = []
    s = 0
    for k in range(n):
        s += k
        x = a[k % 3]
        found = [x, x + x, -x, a[0] & 1]
        a[k % 3] = x + 1
    return s, [(type(each).__name__, each.dtype.char, each) for each in found], a.tolist()


for turn in range(30):
    for kind in (np.longlong, np.ulonglong, np.int64, np.uint64, "q"):
        print(*items(np.arange(4, dtype=kind)[:0:-1], 200))
    print(*items(np.frombuffer(array.array("q", [4, 5, 6]), dtype="q").copy(), 50))
