# One function is called with every kind of number and array; then once more with the first.
import numpy as np


def formula(a, b):
    return (a + b) * 3 - b


pairs = [(2, 5), (0.5, 2), (2**65, -1), (True, True), (2j, 0.5), ("x", "y"), ([1], [2]), (np.float32(0.1), 3), (np.int8(120), np.int8(7)),
         (np.uint8(200), 100), (np.arange(4), 1), (np.arange(4.0)[::2], np.ones((3, 1))), (np.arange(3, dtype=">f8"), 1), (np.float16(2), np.float32(3)),
         (np.zeros((2, 0)), 1), (np.array(2.5), 1), (np.uint64(2**63), np.int64(-1)), (np.array([2, "b"], dtype=object), 1), (None, 1), (np.bool_(True), np.bool_(False)),
         (np.longdouble(1) / 3, 1.0), (np.datetime64("2020-01-01"), np.timedelta64(1, "D"))]


def attempt(a, b):
    try:
        return formula(a, b)
    except Exception as error:
        return error


with np.errstate(all="ignore"):
    for _ in range(120):
        for a, b in pairs:
            attempt(a, b)
    for a, b in pairs + pairs[:2]:
        answer = attempt(a, b)
        print(type(answer).__name__, getattr(answer, "dtype", "-"), repr(answer))
