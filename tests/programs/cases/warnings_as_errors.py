# Under "error", what has been written when a warning strikes is what NumPy would have written.
import warnings

import numpy as np


def shrink(a, b, c):
    a -= b / c
    return a


def enlarge(values):
    values *= 100.0
    return values


def element(values, factor):
    for k in range(len(values)):
        values[k] = factor / values[k]
    return values


ones, twos = np.ones(500), np.full(500, 2.0)
for _ in range(600):
    shrink(np.zeros(500), ones, twos)
    enlarge(np.ones(500))
for _ in range(60):
    element(np.ones(200), 3.0)
warnings.simplefilter("error")
changed, huge = np.zeros(500), np.full(500, 1e307)
twos[250] = 0.0
partly = np.ones(200)
partly[120] = 0.0
for work, arguments in ((shrink, (changed, ones, twos)), (enlarge, (huge,)), (element, (partly, 3.0))):
    try:
        work(*arguments)
    except RuntimeWarning as warning:
        print(warning, warning.__traceback__.tb_next.tb_lineno)
print(changed.sum(), huge[:2], partly[118:123], partly.sum())
