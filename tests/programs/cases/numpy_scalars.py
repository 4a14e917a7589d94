# native: loop
# NumPy's scalar types keep their own rules in loops: wrap-around, division, promotion, type of the result.
import warnings

import numpy as np

warnings.simplefilter("ignore")


def horner(values, x):
    total = values[0]
    for k in range(1, len(values)):
        total = total * x + values[k]
    return total


def mixed(values):
    total = 0
    for k in range(len(values)):
        total += values[k] * k
    return total


kinds = [np.bool_, np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64, np.float16, np.float32, np.float64, np.complex64]
for _ in range(400):
    for kind in kinds:
        horner(np.arange(12).astype(kind), 2)
        mixed(np.arange(12).astype(kind))
for kind in kinds:
    values = np.arange(50).astype(kind)
    for answer in (horner(values, 3), horner(values, 0.5), mixed(values)):
        print(type(answer).__name__, repr(answer), end=" | ")
    answer = horner(values, 2)
    print(repr(answer / 3), repr(answer**2))
